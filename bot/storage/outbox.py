"""The queue of effects, as the worker that performs them sees it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.copies import Copy, CopyState
from bot.domain.effects import Effect, EffectId, EffectState, OnDoubt, Urgency, Verb
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.ports.copies import Depth, Outcome, Result
from bot.storage.copies import COPIES, CopyRows
from bot.storage.effects import EFFECTS
from bot.storage.session import Session

_QUEUED = EffectState.QUEUED.value


class OutboxRows:
    """Stored effects, claimed and settled."""

    def __init__(self, session: Session, copies: CopyRows, now: datetime) -> None:
        self._session = session
        self._copies = copies
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
        order = [EFFECTS.c.id] if oldest_first else [EFFECTS.c.urgency.desc(), EFFECTS.c.id]
        chosen: dict[str, int] = {}
        resting = set(busy)
        while len(chosen) < limit:
            due = self._due(platform, now, resting | chosen.keys()).order_by(*order).limit(limit)
            found = await self._candidates(due, now)
            if not found:
                break
            for row in found:
                if row.lane in chosen or row.lane in resting:
                    continue
                head = row.id if row.urgency == Urgency.RED else row.head
                if head is None:
                    resting.add(row.lane)
                elif len(chosen) < limit:
                    chosen[row.lane] = head
        return await self._load(list(chosen.values()))

    async def start(self, effects: Sequence[Effect]) -> None:
        """Note that attempts begin."""
        await self._session.run(
            update(EFFECTS)
            .where(EFFECTS.c.id.in_([effect.id for effect in effects]))
            .values(state=EffectState.STARTED.value)
        )

    async def settle(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Note how attempts ended."""
        for outcome in outcomes:
            match outcome.result:
                case Result.DONE:
                    await self._done(outcome)
                case Result.POSTPONED:
                    await self._postpone(outcome, now)
                case Result.GIVEN_UP:
                    await self._give_up(outcome)

    async def recover(self, platform: Platform) -> int:
        """After a crash: put back what was begun, its outcome unknown; return how many."""
        begun = and_(
            EFFECTS.c.platform == platform.value, EFFECTS.c.state == EffectState.STARTED.value
        )
        for row in await self._session.all(select(EFFECTS.c.id, EFFECTS.c.copy_id).where(begun)):
            await self._absorb_newer(row.id, row.copy_id)
        return await self._session.run(
            update(EFFECTS).where(begun).values(state=_QUEUED, doubts=EFFECTS.c.doubts + 1)
        )

    async def next_due(self, platform: Platform) -> datetime | None:
        """Return when the next effect comes due, None if all that waits is due already."""
        row = await self._session.first(
            select(func.min(EFFECTS.c.not_before).label("at")).where(
                EFFECTS.c.platform == platform.value,
                EFFECTS.c.state == _QUEUED,
                EFFECTS.c.not_before > self._now,
            )
        )
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

    def _due(self, platform: Platform, now: datetime, busy: Collection[str]) -> Select[Any]:
        return select(EFFECTS.c.id, EFFECTS.c.lane, EFFECTS.c.urgency).where(
            EFFECTS.c.platform == platform.value,
            EFFECTS.c.state == _QUEUED,
            EFFECTS.c.not_before <= now,
            EFFECTS.c.lane.not_in(busy),
        )

    async def _candidates(self, due_rows: Select[Any], now: datetime) -> Sequence[Any]:
        """Return due effects in their order, each with the head of its lane if that is ready."""
        due = due_rows.subquery()
        first = aliased(EFFECTS)
        oldest = (
            select(first.c.id)
            .where(
                first.c.lane == due.c.lane,
                first.c.state == _QUEUED,
                or_(first.c.not_before <= now, first.c.attempts > 0),
            )
            .order_by(first.c.id)
            .limit(1)
            .correlate(due)
            .scalar_subquery()
        )
        head = aliased(EFFECTS)
        ready = (
            select(head.c.id).where(head.c.id == oldest, head.c.not_before <= now)
        ).scalar_subquery()
        return await self._session.all(
            select(due.c.id, due.c.lane, due.c.urgency, ready.label("head"))
        )

    async def _load(self, ids: Sequence[int]) -> Sequence[Effect]:
        rows = await self._session.all(
            select(EFFECTS).where(EFFECTS.c.id.in_(ids)).order_by(EFFECTS.c.id)
        )
        copy_ids = [row.copy_id for row in rows if row.copy_id is not None]
        found = await self._session.all(select(COPIES).where(COPIES.c.id.in_(copy_ids)))
        copies = {row.id: await self._copies.load(row) for row in found}
        by_id = {row.id: _effect(row, copies.get(row.copy_id)) for row in rows}
        return [by_id[number] for number in ids if number in by_id]

    async def _done(self, outcome: Outcome) -> None:
        effect = outcome.effect
        await self._session.run(
            delete(EFFECTS).where(
                EFFECTS.c.id == effect.id,
                # What changed while this was performed is shown by another round.
                or_(EFFECTS.c.version == effect.version, EFFECTS.c.state != _QUEUED),
            )
        )
        if effect.copy is None or outcome.parts is None:
            return
        state = CopyState.REMOVED if effect.verb is Verb.REMOVE else CopyState.SHOWN
        await self._copies.note_outcome(effect.copy, state, outcome.parts, outcome.fingerprint)

    async def _postpone(self, outcome: Outcome, now: datetime) -> None:
        effect = outcome.effect
        if effect.copy is not None and effect.is_send:
            await self._absorb_newer(effect.id, effect.copy.id)
        await self._session.run(
            update(EFFECTS)
            .where(EFFECTS.c.id == effect.id)
            .values(
                state=_QUEUED,
                attempts=effect.attempts + 1,
                doubts=effect.doubts + (1 if outcome.in_doubt else 0),
                not_before=outcome.retry_at or now,
                reason=outcome.reason,
            )
        )

    async def _absorb_newer(self, effect: int, copy: int) -> None:
        """Let a showing that comes back stand for the one of the same copy queued since then.

        It shows all that has changed meanwhile, and it keeps its place in the lane.
        """
        newer = await self._session.first(
            select(EFFECTS.c.id, EFFECTS.c.urgency).where(
                EFFECTS.c.id > effect,
                EFFECTS.c.copy_id == copy,
                EFFECTS.c.verb == Verb.SHOW.value,
                EFFECTS.c.state == _QUEUED,
            )
        )
        if newer is None:
            return
        await self._session.run(delete(EFFECTS).where(EFFECTS.c.id == newer.id))
        await self._session.run(
            update(EFFECTS)
            .where(EFFECTS.c.id == effect, EFFECTS.c.urgency < newer.urgency)
            .values(urgency=newer.urgency)
        )

    async def _give_up(self, outcome: Outcome) -> None:
        effect = outcome.effect
        await self._session.run(
            update(EFFECTS)
            .where(EFFECTS.c.id == effect.id)
            .values(state=EffectState.GIVEN_UP.value, reason=outcome.reason)
        )
        if effect.copy is not None and not effect.copy.parts:
            await self._copies.note_outcome(effect.copy, CopyState.FAILED, (), None)


def _effect(row: Any, copy: Copy | None) -> Effect:  # noqa: ANN401 - a row of EFFECTS
    target = None
    if row.target_room is not None:
        target = MessageRef(RoomRef.parse(row.target_room), row.target_message)
    return Effect(
        id=EffectId(row.id),
        verb=Verb(row.verb),
        platform=Platform(row.platform),
        lane=row.lane,
        urgency=Urgency(row.urgency),
        copy=copy,
        target=target,
        on_doubt=OnDoubt(row.on_doubt),
        attempts=row.attempts,
        doubts=row.doubts,
        version=row.version,
        due_at=row.not_before,
    )
