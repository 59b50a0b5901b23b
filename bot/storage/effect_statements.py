"""The statements by which effects are stored, each built once."""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.domain.copies import CopyState, SubjectKind
from bot.domain.effects import AT_ONCE, ON_ENTRIES, PRIVATE_LAG, EffectState, Verb
from bot.storage.alert_tables import HELD_ALERTS
from bot.storage.copy_tables import COPIES, EFFECTS, PENDING_SHOW
from bot.storage.dialect import Insert, insert_into, random_token
from bot.storage.people_tables import is_unreachable
from bot.storage.schema import UtcTime

EFFECT_COLUMNS = [
    "verb", "platform", "lane", "urgency", "copy_id", "on_doubt", "state", "version",
    "attempts", "doubts", "not_before", "stored_at", "reason",
]  # fmt: skip
_OF_SUBJECT = and_(
    COPIES.c.subject_kind == bindparam("of_kind"), COPIES.c.subject_id == bindparam("of_id")
)
_QUEUED = EffectState.QUEUED.value
_IN_DOUBT = and_(EFFECTS.c.verb.in_([Verb.SHOW.value, Verb.PIN.value]), EFFECTS.c.doubts > 0)


def rows_of(verb: Verb, copies: FromClause) -> Select[Any]:
    """Select an effect for each copy of a subject; all else are parameters."""
    return select(
        literal(verb.value),
        copies.c.platform,
        copies.c.lane,
        bindparam("with_urgency", type_=Integer)
        - case((copies.c.person_id.is_not(None), PRIVATE_LAG), else_=0),
        copies.c.id,
        bindparam("if_in_doubt"),
        literal(_QUEUED),
        literal(0),
        literal(0),
        literal(0),
        bindparam("not_earlier", type_=UtcTime),
        bindparam("now", type_=UtcTime),
        literal(""),
    ).order_by(copies.c.id)


def has_no_effect() -> ColumnElement[bool]:
    """Whether nothing is queued for a copy."""
    return ~exists().where(EFFECTS.c.copy_id == COPIES.c.id)


SHOW_FIRST = insert(EFFECTS).from_select(
    EFFECT_COLUMNS,
    rows_of(Verb.SHOW, COPIES).where(
        _OF_SUBJECT,
        COPIES.c.state == CopyState.WAITING.value,
        has_no_effect(),
    ),
)


class Among(StrEnum):
    """Which of the copies that show something: all of them, those in rooms, or a page of the rest.

    Digests are those that tell of it.
    """

    ALL = "all"
    ROOMS = "rooms"
    CARDS = "cards"
    ALL_DIGESTS = "all_digests"
    DIGESTS = "digests"


_TOLD = (
    HELD_ALERTS.c.subject_kind == bindparam("of_kind"),
    HELD_ALERTS.c.subject_id == bindparam("of_id"),
    HELD_ALERTS.c.digest_id.is_not(None),
)
_FROM, _TO = bindparam("looked_to", type_=String), bindparam("page_end", type_=String)
_WAS_THERE = COPIES.c.id <= bindparam("last_copy")


def _digests(*told: ColumnElement[bool]) -> ColumnElement[bool]:
    digests = select(HELD_ALERTS.c.digest_id).where(*_TOLD, *told)
    return and_(
        COPIES.c.subject_kind == SubjectKind.DIGEST.value, COPIES.c.subject_id.in_(digests)
    )


AMONG = {
    Among.ALL: _OF_SUBJECT,
    Among.ROOMS: and_(_OF_SUBJECT, COPIES.c.person_id.is_(None)),
    Among.CARDS: and_(
        _OF_SUBJECT,
        COPIES.c.person_id.is_not(None),
        COPIES.c.lane > _FROM,
        COPIES.c.lane <= _TO,
        _WAS_THERE,
    ),
    Among.ALL_DIGESTS: _digests(),
    Among.DIGESTS: and_(
        _digests(HELD_ALERTS.c.person_id > _FROM, HELD_ALERTS.c.person_id <= _TO), _WAS_THERE
    ),
}
_CARDS = select(COPIES.c.lane.label("at")).where(
    _OF_SUBJECT, COPIES.c.person_id.is_not(None), COPIES.c.lane > _FROM
)
_TELLING = select(HELD_ALERTS.c.person_id.label("at")).where(
    *_TOLD, HELD_ALERTS.c.person_id > _FROM
)
PAGE_END = {
    Among.CARDS: _CARDS.order_by(COPIES.c.lane).offset(bindparam("before_it")).limit(1),
    Among.DIGESTS: _TELLING.order_by(HELD_ALERTS.c.person_id)
    .offset(bindparam("before_it"))
    .limit(1),
}
"""Where a page of so many and one ends; nothing if there are not as many left."""
LAST = {
    Among.CARDS: _CARDS.order_by(COPIES.c.lane.desc()).limit(1),
    Among.DIGESTS: _TELLING.order_by(HELD_ALERTS.c.person_id.desc()).limit(1),
}


@cache
def show_again(dialect: str, among: Among) -> Insert:
    """Queue another showing of what shows something."""
    # SQLite can't tell SELECT ... ON CONFLICT from a join's ON without a WHERE between them.
    changed = rows_of(Verb.SHOW, COPIES).where(
        AMONG[among],
        COPIES.c.state.in_([CopyState.SHOWN.value, CopyState.WAITING.value]),
        ~is_unreachable(COPIES.c.identity),
    )
    queue = insert_into(EFFECTS, dialect).from_select(EFFECT_COLUMNS, changed)
    new = queue.excluded
    return queue.on_conflict_do_update(
        index_elements=["copy_id"],
        index_where=PENDING_SHOW,
        set_={
            "urgency": _larger(EFFECTS.c.urgency, new.urgency),
            "not_before": _smaller(EFFECTS.c.not_before, new.not_before),
            "version": EFFECTS.c.version + 1,
        },
    )


def _larger(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one >= other, one), else_=other)


def _smaller(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one <= other, one), else_=other)


NEW_COLUMNS = [
    "subject_kind", "subject_id", "platform", "lane", "room", "identity", "person_id",
    "state", "secret", "message_ids", "answers_copy", "created_at",
]  # fmt: skip
_NOW = bindparam("now", type_=UtcTime)


@cache
def copies_of_news(dialect: str, among: Among) -> Insert:
    """Make a copy of news for each who got something, as an answer to theirs."""
    got_it: Select[Any] = select(
        bindparam("news_kind", type_=String),
        bindparam("news_id", type_=String),
        COPIES.c.platform,
        COPIES.c.lane,
        COPIES.c.room,
        COPIES.c.identity,
        COPIES.c.person_id,
        literal(CopyState.WAITING.value),
        random_token(dialect),
        literal("[]"),
        COPIES.c.id,
        _NOW,
    ).where(
        AMONG[among],
        COPIES.c.state == CopyState.SHOWN.value,
        or_(COPIES.c.person_id.is_(None), COPIES.c.person_id != bindparam("but")),
        ~is_unreachable(COPIES.c.identity),
    )
    if among in PAGE_END:
        # What the same transaction has made shows the news itself, even if it was sent since.
        got_it = got_it.where(COPIES.c.created_at != bindparam("planned_at", type_=UtcTime))
    rows = got_it.order_by(COPIES.c.id)
    return insert_into(COPIES, dialect).from_select(NEW_COLUMNS, rows).on_conflict_do_nothing()


LAST_COPY = select(func.coalesce(func.max(COPIES.c.id), 0).label("last"))
SHOW_NEWS = insert(EFFECTS).from_select(
    EFFECT_COLUMNS,
    rows_of(Verb.SHOW, COPIES).where(
        COPIES.c.id > bindparam("made_before"),
        # An expression has no index: of 100,000 copies only the newest are looked at.
        COPIES.c.subject_kind.concat("") == bindparam("news_kind", type_=String),
        COPIES.c.subject_id.concat("") == bindparam("news_id", type_=String),
        has_no_effect(),
    ),
)
"""Queue the first showing of copies that were just made."""


_IS_STANDING = COPIES.c.state.not_in([CopyState.REMOVED.value, CopyState.STONE.value])
_STANDING = select(COPIES.c.id).where(_OF_SUBJECT, _IS_STANDING)
DROP_QUEUED: Delete = delete(EFFECTS).where(
    EFFECTS.c.copy_id.in_(_STANDING), EFFECTS.c.state == _QUEUED, ~_IN_DOUBT
)
TRY_DOUBTFUL_AGAIN = (
    update(EFFECTS)
    .where(
        EFFECTS.c.copy_id.in_(
            select(COPIES.c.id).where(_OF_SUBJECT, COPIES.c.state == CopyState.FAILED.value)
        ),
        EFFECTS.c.state == EffectState.GIVEN_UP.value,
        _IN_DOUBT,
    )
    .values(state=_QUEUED, attempts=0, not_before=AT_ONCE)
)
REMOVE = insert(EFFECTS).from_select(
    EFFECT_COLUMNS,
    rows_of(Verb.REMOVE, COPIES).where(_OF_SUBJECT, _IS_STANDING),
)
DECIDE = {
    verb: insert(EFFECTS).from_select(
        EFFECT_COLUMNS,
        rows_of(verb, COPIES).where(_OF_SUBJECT, COPIES.c.state == CopyState.SHOWN.value),
    )
    for verb in ON_ENTRIES
}
PIN = insert(EFFECTS).from_select(
    EFFECT_COLUMNS,
    rows_of(Verb.PIN, COPIES).where(
        COPIES.c.id.in_(bindparam("ids", expanding=True)),
        ~exists().where(
            EFFECTS.c.copy_id == COPIES.c.id,
            EFFECTS.c.verb == Verb.PIN.value,
            EFFECTS.c.state == _QUEUED,
        ),
    ),
)
ECHO_QUEUED = select(EFFECTS.c.id).where(
    EFFECTS.c.lane == bindparam("lane"),
    EFFECTS.c.state == _QUEUED,
    EFFECTS.c.verb == Verb.ECHO.value,
    EFFECTS.c.target_room == bindparam("room"),
    EFFECTS.c.target_message == bindparam("message"),
)
