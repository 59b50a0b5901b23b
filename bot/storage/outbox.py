"""The queue of effects, as the worker that performs them sees it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
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

from bot.domain.copies import Copy, CopyState
from bot.domain.effects import Effect, EffectId, EffectState, OnDoubt, Urgency, Verb, stored_as
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.ports.outbox import Depth, Outcome, Result
from bot.storage.copies import CopyRows
from bot.storage.copy_outcomes import Standing, note_pins, note_standings
from bot.storage.copy_tables import EFFECTS
from bot.storage.effects import EffectRows
from bot.storage.schema import UtcTime
from bot.storage.session import Session

_QUEUED = EffectState.QUEUED.value
_LOOKS = 4
"""Queries that a claim may need at most: one is enough unless a lane is long and urgent."""
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
_URGENT_FIRST = _due(case((_IS_DUE, 1), else_=0) == 1, EFFECTS.c.urgency.desc(), EFFECTS.c.id)
_OLDEST_FIRST = _due(_IS_DUE, EFFECTS.c.not_before, EFFECTS.c.id)
_BY_IDS = select(EFFECTS).where(EFFECTS.c.id.in_(bindparam("ids", expanding=True)))
_NEXT_DUE = select(func.min(EFFECTS.c.not_before).label("at")).where(
    EFFECTS.c.platform == bindparam("platform"),
    EFFECTS.c.state == _QUEUED,
    EFFECTS.c.not_before > _NOW,
)
_DUE_SINCE = select(
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
_VERSIONS = select(EFFECTS.c.id, EFFECTS.c.version).where(
    EFFECTS.c.id.in_(bindparam("ids", expanding=True))
)
_START = (
    update(EFFECTS)
    .where(EFFECTS.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=EffectState.STARTED.value)
)
_DONE = delete(EFFECTS).where(
    EFFECTS.c.id == bindparam("effect"), EFFECTS.c.version == bindparam("shown_version")
)
_POSTPONE = (
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
_GIVE_UP = (
    update(EFFECTS)
    .where(EFFECTS.c.id == bindparam("effect"))
    .values(state=EffectState.GIVEN_UP.value, reason=bindparam("why"))
)
_NEWER = select(EFFECTS.c.id, EFFECTS.c.urgency).where(
    EFFECTS.c.id > bindparam("effect"),
    EFFECTS.c.copy_id == bindparam("copy"),
    EFFECTS.c.verb == Verb.SHOW.value,
    EFFECTS.c.state == _QUEUED,
)


class OutboxRows:
    """Stored effects, claimed and settled."""

    def __init__(
        self, session: Session, copies: CopyRows, effects: EffectRows, now: datetime
    ) -> None:
        self._session = session
        self._copies = copies
        self._effects = effects
        self._now = now

    async def claim(
        self,
        platform: Platform,
        now: datetime,
        *,
        limit: int,
        busy: Collection[str],
        oldest_first: bool = False,
    ) -> Sequence[Effect]:
        """Return what may be performed now, at most one of each lane, most urgent first.

        A lane is as urgent as the most urgent effect in it, and goes on with its oldest; only a
        red card overtakes. An effect that was refused keeps its lane waiting until its time.
        """
        query = _OLDEST_FIRST if oldest_first else _URGENT_FIRST
        chosen: dict[str, int] = {}
        for _ in range(_LOOKS):
            rows = await self._session.all(
                query, platform=platform.value, now=now, busy=[*busy, *chosen], limit=limit
            )
            for row in rows:
                if len(chosen) < limit:
                    is_red = row.urgency > Urgency.ANSWER
                    chosen.setdefault(row.lane, row.id if is_red else row.head)
            if len(rows) < limit or len(chosen) == limit:
                break
        return await self._load(list(chosen.values()))

    async def start(self, effects: Sequence[Effect]) -> Collection[EffectId]:
        """Note that attempts begin; return which: the others were changed since the claim."""
        claimed = {(effect.id, effect.version) for effect in effects}
        rows = await self._session.all(_VERSIONS, ids=[effect.id for effect in effects])
        wanted = [EffectId(row.id) for row in rows if (row.id, row.version) in claimed]
        await self._session.run(_START, ids=wanted)
        return wanted

    async def settle(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Note how attempts ended."""
        done = [outcome for outcome in outcomes if outcome.result is Result.DONE]
        # What changed while it was performed is shown by another round.
        await self._session.run(
            _DONE,
            [{"effect": o.effect.id, "shown_version": o.effect.version} for o in done],
        )
        standings = [standing for outcome in outcomes if (standing := _standing(outcome))]
        await note_standings(self._session, standings)
        await self._settle_pins(outcomes)
        for outcome in outcomes:
            if outcome.result is Result.POSTPONED:
                await self._postpone(outcome, now)
        await self._session.run(
            _GIVE_UP,
            [
                {"effect": outcome.effect.id, "why": outcome.reason}
                for outcome in outcomes
                if outcome.result is Result.GIVEN_UP
            ],
        )

    async def _settle_pins(self, outcomes: Sequence[Outcome]) -> None:
        copies = [(o, o.effect.copy.id) for o in outcomes if o.effect.copy]
        await note_pins(self._session, {copy: o.pin for o, copy in copies if o.pin})
        await self._effects.pin([copy for o, copy in copies if o.needs_pin])

    async def recover(self, platform: Platform) -> int:
        """After a crash: put back what was begun, its outcome unknown; return how many."""
        begun = and_(
            EFFECTS.c.platform == platform.value, EFFECTS.c.state == EffectState.STARTED.value
        )
        shown = and_(begun, EFFECTS.c.verb == Verb.SHOW.value)
        for row in await self._session.all(select(EFFECTS.c.id, EFFECTS.c.copy_id).where(shown)):
            await self._absorb_newer(row.id, row.copy_id)
        return await self._session.run(
            update(EFFECTS).where(begun).values(state=_QUEUED, doubts=EFFECTS.c.doubts + 1)
        )

    async def next_due(self, platform: Platform) -> datetime | None:
        """Return when the next effect comes due, None if all that waits is due already."""
        row = await self._session.first(_NEXT_DUE, platform=platform.value, now=self._now)
        return row.at if row else None

    async def due_since(self, platform: Platform) -> datetime | None:
        """Return since when the oldest effect could have been performed; None if none is due."""
        row = await self._session.first(_DUE_SINCE, platform=platform.value, now=self._now)
        return row.at if row else None

    async def depth(self, platform: Platform) -> Depth:
        """Count what waits."""
        rows = await self._session.all(
            select(
                EFFECTS.c.state,
                func.count().label("number"),
                func.min(EFFECTS.c.stored_at).label("oldest"),
            )
            .where(EFFECTS.c.platform == platform.value)
            .group_by(EFFECTS.c.state)
        )
        by_state = {row.state: row for row in rows}
        dead = by_state.pop(EffectState.GIVEN_UP.value, None)
        return Depth(
            waiting=sum(row.number for row in by_state.values()),
            given_up=dead.number if dead else 0,
            oldest=min((row.oldest for row in by_state.values()), default=None),
        )

    async def _load(self, ids: Sequence[int]) -> Sequence[Effect]:
        if not ids:
            return []
        rows = await self._session.all(_BY_IDS, ids=ids)
        copies = await self._copies.by_ids([row.copy_id for row in rows if row.copy_id])
        by_id = {row.id: _effect(row, copies.get(row.copy_id)) for row in rows}
        return [by_id[number] for number in ids if number in by_id]

    async def _postpone(self, outcome: Outcome, now: datetime) -> None:
        effect = outcome.effect
        if effect.copy is not None and effect.is_send:
            await self._absorb_newer(effect.id, effect.copy.id)
        row = {
            "effect": effect.id,
            # Its lane waits for what was refused, whatever the reason.
            "new_attempts": effect.attempts + 1 if outcome.is_counted else max(1, effect.attempts),
            "new_doubts": effect.doubts + (1 if outcome.in_doubt else 0),
            "retry_at": outcome.retry_at or now,
            "why": outcome.reason,
        }
        await self._session.run(_POSTPONE, [row])

    async def _absorb_newer(self, effect: int, copy: int) -> None:
        """Let a showing that comes back stand for the one of the same copy queued since then.

        It shows all that has changed meanwhile, and it keeps its place in the lane.
        """
        newer = await self._session.first(_NEWER, effect=effect, copy=copy)
        if newer is None:
            return
        await self._session.run(delete(EFFECTS).where(EFFECTS.c.id == newer.id))
        await self._session.run(
            update(EFFECTS)
            .where(EFFECTS.c.id == effect, EFFECTS.c.urgency < newer.urgency)
            .values(urgency=newer.urgency)
        )


def _standing(outcome: Outcome) -> Standing | None:
    """Return what is known of a copy after an attempt; None if nothing new is."""
    copy = outcome.effect.copy
    if copy is None:
        return None
    match outcome.result:
        case Result.DONE if outcome.parts is not None:
            state = _state_after(outcome.effect.verb, outcome.parts)
            return Standing(copy, state, outcome.parts, outcome.fingerprint)
        case Result.GIVEN_UP if not copy.parts:
            return Standing(copy, CopyState.FAILED)
        case _:
            return None


def _state_after(verb: Verb, parts: Sequence[MessageRef]) -> CopyState:
    if verb is not Verb.REMOVE:
        return CopyState.SHOWN
    return CopyState.STONE if parts else CopyState.REMOVED


def _effect(row: Row[Any], copy: Copy | None) -> Effect:
    target = None
    if row.target_room is not None:
        target = MessageRef(RoomRef.parse(row.target_room), row.target_message)
    return Effect(
        id=EffectId(row.id),
        verb=Verb(row.verb),
        platform=Platform(row.platform),
        lane=row.lane,
        urgency=stored_as(row.urgency),
        copy=copy,
        target=target,
        on_doubt=OnDoubt(row.on_doubt),
        attempts=row.attempts,
        doubts=row.doubts,
        version=row.version,
    )
