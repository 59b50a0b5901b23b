"""The queue of effects, as the worker that performs them sees it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    and_,
    delete,
    func,
    select,
    update,
)

from bot.domain.copies import Copy, CopyState
from bot.domain.effects import Effect, EffectId, EffectState, OnDoubt, Urgency, Verb, stored_as
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.ports.outbox import Depth, Outcome, Result
from bot.storage.copies import CopyRows
from bot.storage.copy_outcomes import Standing, note_pins, note_standings
from bot.storage.copy_tables import EFFECTS
from bot.storage.effects import EffectRows
from bot.storage.outbox_statements import (
    BY_IDS,
    DUE_SINCE,
    FINISH,
    GIVE_UP,
    NEWER,
    NEXT_DUE,
    OLDEST_FIRST,
    POSTPONE,
    START,
    URGENT_FIRST,
    VERSIONS,
)
from bot.storage.session import Session

_LOOKS = 4
"""Queries that a claim may need at most: one is enough unless a lane is long and urgent."""


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
        query = OLDEST_FIRST if oldest_first else URGENT_FIRST
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
        rows = await self._session.all(VERSIONS, ids=[effect.id for effect in effects])
        wanted = [EffectId(row.id) for row in rows if (row.id, row.version) in claimed]
        await self._session.run(START, ids=wanted)
        return wanted

    async def settle(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Note how attempts ended."""
        done = [outcome for outcome in outcomes if outcome.result is Result.DONE]
        # What changed while it was performed is shown by another round.
        await self._session.run(
            FINISH,
            [{"effect": o.effect.id, "shown_version": o.effect.version} for o in done],
        )
        standings = [standing for outcome in outcomes if (standing := _standing(outcome))]
        await note_standings(self._session, standings)
        await self._settle_pins(outcomes)
        for outcome in outcomes:
            if outcome.result is Result.POSTPONED:
                await self._postpone(outcome, now)
        await self._session.run(
            GIVE_UP,
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
            update(EFFECTS)
            .where(begun)
            .values(state=EffectState.QUEUED.value, doubts=EFFECTS.c.doubts + 1)
        )

    async def next_due(self, platform: Platform) -> datetime | None:
        """Return when the next effect comes due, None if all that waits is due already."""
        row = await self._session.first(NEXT_DUE, platform=platform.value, now=self._now)
        return row.at if row else None

    async def due_since(self, platform: Platform) -> datetime | None:
        """Return since when the oldest effect could have been performed; None if none is due."""
        row = await self._session.first(DUE_SINCE, platform=platform.value, now=self._now)
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
        rows = await self._session.all(BY_IDS, ids=ids)
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
        await self._session.run(POSTPONE, [row])

    async def _absorb_newer(self, effect: int, copy: int) -> None:
        """Let a showing that comes back stand for the one of the same copy queued since then.

        It shows all that has changed meanwhile, and it keeps its place in the lane.
        """
        newer = await self._session.first(NEWER, effect=effect, copy=copy)
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
