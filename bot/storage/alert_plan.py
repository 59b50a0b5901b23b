"""Who hears of something at once and who later: decided in SQL for a page of people together.

What decides is what `bot.domain.alerting.wait_for` decides by; a quiet time that is over and of
which nobody has noted the next is taken for one that lasts, until it is looked at.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    MetaData,
    Select,
    String,
    Table,
    TextClause,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    select,
    text,
    true,
)

from bot.domain.copies import CopyState
from bot.domain.effects import Verb
from bot.domain.reports import Priority
from bot.storage.alert_tables import ALERT_SETTINGS, HELD_ALERTS, RECENT_ALERTS
from bot.storage.copy_tables import COPIES, EFFECTS
from bot.storage.dialect import Insert, insert_into, random_token
from bot.storage.effect_statements import EFFECT_COLUMNS, has_no_effect, rows_of
from bot.storage.followers import sees_it
from bot.storage.people_tables import IDENTITIES
from bot.storage.schema import UtcTime

_KIND, _ID = bindparam("of_kind", type_=String), bindparam("of_id", type_=String)
_HELD_AS = bindparam("held_as", type_=String)
_FAMILY: BindParameter[str] = bindparam("family", expanding=True)
"""The ids of all that tell of the same: who has one of them is not alerted to another."""
_NOW = bindparam("now", type_=UtcTime)
_IS_RED = bindparam("priority") == int(Priority.RED)
_COLUMNS = [
    "subject_kind", "subject_id", "platform", "lane", "identity", "person_id",
    "state", "secret", "message_ids", "created_at",
]  # fmt: skip
_S = ALERT_SETTINGS.c
_PAUSED = and_(_S.paused_until.is_not(None), _S.paused_until > _NOW)
_QUIET = and_(_S.quiet_from.is_not(None), _S.quiet_from <= _NOW)
_IN_LAST_HOUR = (
    select(func.count())
    .where(
        RECENT_ALERTS.c.person_id == _S.person_id,
        RECENT_ALERTS.c.at > bindparam("hour_ago", type_=UtcTime),
    )
    .correlate(ALERT_SETTINGS)
    .scalar_subquery()
)
_OVER_LIMIT = and_(_S.most_an_hour.is_not(None), _S.most_an_hour <= _IN_LAST_HOUR)
# In the order in which they hinder, so that what costs most is asked last.
_WAITS = case(
    (_PAUSED, true()),
    (and_(_IS_RED, _S.red_breaks_quiet), false()),
    (_QUIET, true()),
    (_IS_RED, false()),
    (_S.has_digest, true()),
    (_OVER_LIMIT, true()),
    else_=false(),
)


HEARERS = Table(
    "hearers",
    MetaData(),
    Column("person_id", String, primary_key=True),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
    postgresql_on_commit="DELETE ROWS",
)
"""A page of those whom it concerns: found once for all steps."""
_HEARER = HEARERS.c.person_id
# An expression has no index: so all else is looked up for the hearers, never the other way round.
_EACH_HEARER = _HEARER.concat("")
PEOPLE = select(_HEARER).order_by(_HEARER)


@cache
def gather(*, places: int, priority: int) -> TextClause:
    """Note the next of those whom it concerns, in the order of their ids.

    The followers of one place from one priority on lie in that order already: so the first few of
    each are enough, whatever comes after them. Who came after it was planned is none of them.
    Of more places than SQLite takes parts some are looked for together, and put in order then.
    """
    together = -(-places * priority // _MOST_PARTS)
    names = [f":place_{place}" for place in range(places)]
    # As a text: SQLAlchemy takes ten times as long to build so many parts as SQLite to run them.
    found = " UNION ".join(
        _FOLLOWING.format(places=", ".join(names[first : first + together]), at_least=at_least)
        for first in range(0, places, together)
        for at_least in range(Priority.GREEN, priority + 1)
    )
    page = f"SELECT person_id FROM ({found}) AS found ORDER BY person_id LIMIT :most"  # noqa: S608 - numbers alone
    return text(f"INSERT INTO hearers (person_id) {page}").bindparams(
        bindparam("planned_at", type_=UtcTime)
    )


_MOST_PARTS = 400
_FOLLOWING = """
SELECT person_id FROM (
    SELECT DISTINCT person_id FROM routes
    WHERE place IN ({places}) AND at_least = {at_least}
    AND person_id > :looked_to AND (kinds & :kinds) != 0
    AND person_id != :author AND person_id != :root_author
    AND EXISTS (
        SELECT 1 FROM subscriptions
        WHERE subscriptions.id = routes.subscription_id AND created_at <= :planned_at
    )
    ORDER BY person_id LIMIT :most
) AS following
"""


def _wishes(what: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a hearer has said so. A join would have SQLite read what all others have said."""
    said = select(literal(1)).select_from(ALERT_SETTINGS).where(_S.person_id == _HEARER, what)
    return exists(said.correlate(HEARERS))


def _has_copy(person: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(
        COPIES.c.person_id == person,
        COPIES.c.subject_kind == _KIND,
        COPIES.c.subject_id.in_(_FAMILY),
    )


def _is_held(person: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(
        HELD_ALERTS.c.person_id == person,
        HELD_ALERTS.c.subject_kind == _KIND,
        HELD_ALERTS.c.subject_id.in_(_FAMILY),
    )


RELEASE = delete(HELD_ALERTS).where(
    HELD_ALERTS.c.subject_kind == _KIND,
    HELD_ALERTS.c.subject_id == _ID,
    HELD_ALERTS.c.digest_id.is_(None),
    HELD_ALERTS.c.person_id.in_(select(_HEARER)),
    ~exists(select(literal(1)).where(_S.person_id == HELD_ALERTS.c.person_id, _WAITS)),
)
"""Let go of those who wait for something that they hear of at once as it is now."""


@cache
def hold(dialect: str) -> Insert:
    """Hold it back from those who have said that they want to hear of it later."""
    waiting: Select[Any] = (
        select(_HEARER, _KIND, _HELD_AS, bindparam("held_priority"), _NOW, _NOW)
        .select_from(HEARERS)
        .where(
            _wishes(_WAITS),
            ~sees_it(_HEARER),
            ~_has_copy(_HEARER),
        )
    )
    columns = ["person_id", "subject_kind", "subject_id", "priority", "held_at", "due_at"]
    held = insert_into(HELD_ALERTS, dialect).from_select(columns, waiting)
    return held.on_conflict_do_update(
        index_elements=["person_id", "subject_kind", "subject_id"],
        set_={"priority": held.excluded.priority, "because": None, "due_at": held.excluded.due_at},
        where=and_(HELD_ALERTS.c.digest_id.is_(None), HELD_ALERTS.c.subject_id == _ID),
    )


@cache
def copies_at_once(dialect: str) -> Insert:
    """Make a copy for each of the others, in one account of theirs."""
    earlier = IDENTITIES.alias("earlier")
    is_first = ~exists().where(
        earlier.c.person_id == IDENTITIES.c.person_id,
        earlier.c.is_reachable.is_(True),
        earlier.c.hash < IDENTITIES.c.hash,
    )
    rows: Select[Any] = (
        select(
            _KIND,
            _ID,
            IDENTITIES.c.platform,
            literal("person:") + IDENTITIES.c.hash,
            IDENTITIES.c.hash,
            _HEARER,
            literal(CopyState.WAITING.value),
            random_token(dialect),
            literal("[]"),
            _NOW,
        )
        .select_from(HEARERS.join(IDENTITIES, IDENTITIES.c.person_id == _EACH_HEARER))
        .where(
            IDENTITIES.c.is_reachable.is_(True),
            is_first,
            ~_has_copy(_HEARER),
            ~_is_held(_HEARER),
            ~sees_it(_HEARER),
        )
    )
    return insert_into(COPIES, dialect).from_select(_COLUMNS, rows).on_conflict_do_nothing()


SHOW_AT_ONCE = insert(EFFECTS).from_select(
    EFFECT_COLUMNS,
    rows_of(Verb.SHOW, COPIES).where(
        COPIES.c.person_id.in_(select(_HEARER)),
        COPIES.c.subject_kind == _KIND,
        COPIES.c.subject_id == _ID,
        COPIES.c.state == CopyState.WAITING.value,
        has_no_effect(),
    ),
)
"""Queue the first showing of the copies that were made for this page."""


@cache
def note_recent(dialect: str) -> Insert:
    """Count what came at once for those who have said how much may in an hour."""
    came: Select[Any] = (
        select(_HEARER, _NOW, _KIND, _ID)
        .select_from(HEARERS)
        .where(
            _wishes(_S.most_an_hour.is_not(None)),
            exists().where(
                COPIES.c.person_id == _HEARER,
                COPIES.c.subject_kind == _KIND,
                COPIES.c.subject_id == _ID,
                COPIES.c.created_at == _NOW,
            ),
        )
    )
    columns = ["person_id", "at", "subject_kind", "subject_id"]
    noted = insert_into(RECENT_ALERTS, dialect).from_select(columns, came)
    return noted.on_conflict_do_nothing()
