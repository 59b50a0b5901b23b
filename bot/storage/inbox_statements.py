"""The statements by which updates are kept, found and forgotten, each built once."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import ColumnElement, bindparam, case, func, select, update

from bot.ports.inbox import InboxEntry
from bot.storage.dialect import Insert, insert_into
from bot.storage.inbox_tables import DONE, INBOX, WAITING
from bot.storage.schema import UtcTime

FORGOTTEN = {
    "state": DONE,
    "payload": None,
    "amendment": None,
    "person_id": None,
    "about": None,
    "bundle": None,
}
_NEXT = INBOX.alias()
_FIRST_LANE = select(func.min(INBOX.c.lane).label("lane")).where(INBOX.c.state == WAITING)
_LANES = _FIRST_LANE.cte("lanes", recursive=True)
# From lane to lane, for what waits in one may be thousands.
_LANES = _LANES.union_all(
    select(
        select(func.min(_NEXT.c.lane))
        .where(_NEXT.c.state == WAITING, _NEXT.c.lane > _LANES.c.lane)
        .scalar_subquery()
    ).where(_LANES.c.lane.is_not(None))
)
_FIRST_OF_LANES = (
    select(
        select(func.min(_NEXT.c.id))
        .where(_NEXT.c.state == WAITING, _NEXT.c.lane == _LANES.c.lane)
        .scalar_subquery()
        .label("id")
    )
    .where(_LANES.c.lane.is_not(None), _LANES.c.lane.not_in(bindparam("busy", expanding=True)))
    .subquery()
)
HEADS = (
    select(INBOX)
    .join(_FIRST_OF_LANES, _FIRST_OF_LANES.c.id == INBOX.c.id)
    .where(INBOX.c.not_before <= bindparam("now", type_=UtcTime))
    .order_by(INBOX.c.id)
    .limit(bindparam("limit"))
)
NEXT_DUE = select(func.min(INBOX.c.not_before).label("at")).where(
    INBOX.c.state == WAITING, INBOX.c.not_before > bindparam("now", type_=UtcTime)
)
BUNDLED = (
    select(INBOX)
    .where(INBOX.c.bundle.in_(bindparam("bundles", expanding=True)), INBOX.c.state == WAITING)
    .order_by(INBOX.c.id)
)
WAIT_FOR_MORE = (
    update(INBOX)
    .where(INBOX.c.bundle == bindparam("of_bundle"), INBOX.c.state == WAITING)
    .where(INBOX.c.attempts == 0, INBOX.c.received_at > bindparam("begun", type_=UtcTime))
    .values(not_before=bindparam("until", type_=UtcTime))
)
KEYS_IN_USE = (
    select(INBOX.c.key_owner)
    .distinct()
    .where(INBOX.c.payload.is_not(None), INBOX.c.key_owner.in_(bindparam("days", expanding=True)))
)
DUE_SINCE = select(
    func.min(
        case(
            (INBOX.c.not_before > INBOX.c.received_at, INBOX.c.not_before),
            else_=INBOX.c.received_at,
        )
    ).label("at")
).where(INBOX.c.state == WAITING, INBOX.c.not_before <= bindparam("now", type_=UtcTime))
UNHANDLED = (
    select(INBOX)
    .where(INBOX.c.state == WAITING, INBOX.c.id > bindparam("last"))
    .order_by(INBOX.c.id)
    .limit(bindparam("limit"))
)
FINISH = (
    update(INBOX)
    .where(
        INBOX.c.id == bindparam("entry"),
        INBOX.c.platform == bindparam("of_platform"),
        INBOX.c.update_id == bindparam("of_update"),
        INBOX.c.state == WAITING,
    )
    .values(**FORGOTTEN)
)


def is_of(entry: InboxEntry) -> Sequence[ColumnElement[bool]]:
    """Say which row is an entry's: numbers come again if a keeping fails."""
    return (
        INBOX.c.id == entry.id,
        INBOX.c.platform == entry.update.platform.value,
        INBOX.c.update_id == entry.update.update_id,
    )


@cache
def put_into(dialect: str) -> Insert:
    """Build what keeps an update unless it was seen."""
    unseen = insert_into(INBOX, dialect)
    return unseen.on_conflict_do_nothing(index_elements=["platform", "update_id"])
