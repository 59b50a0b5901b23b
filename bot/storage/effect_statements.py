"""The statements by which effects are stored, each built once."""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
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
from bot.storage.dialect import Insert, insert_into
from bot.storage.people_tables import UNREACHABLE
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


_DIGESTS_WITH_IT = and_(
    COPIES.c.subject_kind == SubjectKind.DIGEST.value,
    COPIES.c.subject_id.in_(
        select(HELD_ALERTS.c.digest_id).where(
            HELD_ALERTS.c.subject_kind == bindparam("of_kind"),
            HELD_ALERTS.c.subject_id == bindparam("of_id"),
            HELD_ALERTS.c.digest_id.is_not(None),
        )
    ),
)


@cache
def show_again(dialect: str, *, in_digests: bool = False) -> Insert:
    """Queue another showing of all that shows something, or of the digests that tell of it."""
    # SQLite can't tell SELECT ... ON CONFLICT from a join's ON without a WHERE between them.
    changed = rows_of(Verb.SHOW, COPIES).where(
        _DIGESTS_WITH_IT if in_digests else _OF_SUBJECT,
        COPIES.c.state.in_([CopyState.SHOWN.value, CopyState.WAITING.value]),
        or_(COPIES.c.identity.is_(None), COPIES.c.identity.not_in(UNREACHABLE)),
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
