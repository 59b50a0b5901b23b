"""The statements by which effects are claimed and settled, each built once."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.domain.effects import EffectState, Urgency, Verb
from bot.storage.copy_tables import EFFECTS
from bot.storage.schema import UtcTime

_QUEUED = EffectState.QUEUED.value
_NOW = bindparam("now", type_=UtcTime)


def _is_free_to_go() -> ColumnElement[bool]:
    """Whether nothing that was refused before it holds up the lane of an effect."""
    resting = aliased(EFFECTS)
    lane_rests = exists().where(
        resting.c.lane == EFFECTS.c.lane,
        resting.c.state == _QUEUED,
        resting.c.id < EFFECTS.c.id,
        resting.c.attempts > 0,
        resting.c.not_before > _NOW,
    )
    return or_(EFFECTS.c.urgency > int(Urgency.ANSWER), ~lane_rests)


def _due(is_due: ColumnElement[bool], *order: ColumnElement[Any]) -> Select[Any]:
    """Select due effects, each with the one of its lane that is next.

    A lane waits while one of its effects that was refused waits for its time; only a red card
    overtakes.
    """
    older = aliased(EFFECTS)
    head = (
        select(older.c.id)
        .where(
            older.c.lane == EFFECTS.c.lane,
            older.c.state == _QUEUED,
            older.c.not_before <= _NOW,
        )
        .order_by(older.c.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(EFFECTS.c.id, EFFECTS.c.lane, EFFECTS.c.urgency, head.label("head"))
        .where(
            EFFECTS.c.platform == bindparam("platform"),
            EFFECTS.c.state == _QUEUED,
            is_due,
            EFFECTS.c.lane.not_in(bindparam("busy", expanding=True)),
            _is_free_to_go(),
        )
        .order_by(*order)
        .limit(bindparam("limit"))
    )


_IS_DUE = EFFECTS.c.not_before <= _NOW
# The other form keeps SQLite from walking the index of times and sorting all that it finds.
URGENT_FIRST = _due(case((_IS_DUE, 1), else_=0) == 1, EFFECTS.c.urgency.desc(), EFFECTS.c.id)
OLDEST_FIRST = _due(_IS_DUE, EFFECTS.c.not_before, EFFECTS.c.id)
BY_IDS = select(EFFECTS).where(EFFECTS.c.id.in_(bindparam("ids", expanding=True)))
NEXT_DUE = select(func.min(EFFECTS.c.not_before).label("at")).where(
    EFFECTS.c.platform == bindparam("platform"),
    EFFECTS.c.state == _QUEUED,
    EFFECTS.c.not_before > _NOW,
)
DUE_SINCE = select(
    func.min(
        case(
            (EFFECTS.c.not_before > EFFECTS.c.stored_at, EFFECTS.c.not_before),
            else_=EFFECTS.c.stored_at,
        )
    ).label("at")
).where(
    EFFECTS.c.platform == bindparam("platform"),
    EFFECTS.c.state.in_([_QUEUED, EffectState.STARTED.value]),
    EFFECTS.c.not_before <= _NOW,
    _is_free_to_go(),
)
VERSIONS = select(EFFECTS.c.id, EFFECTS.c.version).where(
    EFFECTS.c.id.in_(bindparam("ids", expanding=True))
)
START = (
    update(EFFECTS)
    .where(EFFECTS.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=EffectState.STARTED.value)
)
FINISH = delete(EFFECTS).where(
    EFFECTS.c.id == bindparam("effect"), EFFECTS.c.version == bindparam("shown_version")
)
POSTPONE = (
    update(EFFECTS)
    .where(EFFECTS.c.id == bindparam("effect"))
    .values(
        state=_QUEUED,
        attempts=bindparam("new_attempts"),
        doubts=bindparam("new_doubts"),
        not_before=bindparam("retry_at"),
        reason=bindparam("why"),
    )
)
GIVE_UP = (
    update(EFFECTS)
    .where(EFFECTS.c.id == bindparam("effect"))
    .values(state=EffectState.GIVEN_UP.value, reason=bindparam("why"))
)
NEWER = select(EFFECTS.c.id, EFFECTS.c.urgency).where(
    EFFECTS.c.id > bindparam("effect"),
    EFFECTS.c.copy_id == bindparam("copy"),
    EFFECTS.c.verb == Verb.SHOW.value,
    EFFECTS.c.state == _QUEUED,
)
