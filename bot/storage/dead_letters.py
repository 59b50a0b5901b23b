"""What failed for good, for an operator to look at."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, false, func, or_, select, true, update

from bot.domain.effects import AT_ONCE, EffectState, OnDoubt, Verb
from bot.ports.inbox import DeadLetter
from bot.storage.copy_tables import EFFECTS
from bot.storage.inbox_tables import DEAD, INBOX, WAITING
from bot.storage.session import Session

_ID_DIGITS = 18
"""What fits into a row's id; a longer number is nobody's."""


class DeadLetterRows:
    """Buried updates and effects that were given up."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def list_all(self) -> Sequence[DeadLetter]:
        """Return all dead letters, oldest first."""
        updates = await self._session.all(select(INBOX).where(INBOX.c.state == DEAD))
        effects = await self._session.all(
            select(EFFECTS).where(EFFECTS.c.state == EffectState.GIVEN_UP.value)
        )
        letters = [_letter(f"in-{row.id}", row, row.received_at) for row in updates]
        letters += [_letter(f"out-{row.id}", row, row.stored_at) for row in effects]
        return sorted(letters, key=lambda letter: letter.since)

    async def replay(self, letter: str | None) -> int:
        """Put one, or all, back where they failed; return how many."""
        side, _, number = (letter or "").partition("-")
        replayed = 0
        if letter is None or side == "in":
            replayed += await self._session.run(
                update(INBOX)
                .where(INBOX.c.state == DEAD, _is(INBOX.c.id, letter, number))
                .values(state=WAITING, attempts=0, not_before=AT_ONCE, reason="")
            )
        if letter is None or side == "out":
            replayed += await self._replay_effects(_is(EFFECTS.c.id, letter, number))
        return replayed

    async def _replay_effects(self, wanted: ColumnElement[bool]) -> int:
        given_up = EFFECTS.c.state == EffectState.GIVEN_UP.value
        await self._drop_overtaken(and_(given_up, wanted))
        in_doubt = EFFECTS.c.doubts > 0
        # An operator lets it come once more; that it may have come before stays known.
        once_more = and_(in_doubt, EFFECTS.c.on_doubt == OnDoubt.GIVE_UP.value)
        return await self._session.run(
            update(EFFECTS)
            .where(given_up, wanted)
            .values(
                state=EffectState.QUEUED.value,
                attempts=0,
                doubts=case((in_doubt, 1), else_=0),
                on_doubt=case((once_more, OnDoubt.REPEAT_ONCE.value), else_=EFFECTS.c.on_doubt),
                not_before=AT_ONCE,
                reason="",
            )
        )

    async def _drop_overtaken(self, chosen: ColumnElement[bool]) -> None:
        """Drop showings of copies of which another one waits: that one shows everything."""
        is_show = EFFECTS.c.verb == Verb.SHOW.value
        last = select(func.max(EFFECTS.c.id)).where(chosen, is_show).group_by(EFFECTS.c.copy_id)
        queued = EFFECTS.c.state == EffectState.QUEUED.value
        waiting = select(EFFECTS.c.copy_id).where(queued, is_show)
        await self._session.run(
            delete(EFFECTS).where(
                chosen,
                is_show,
                or_(EFFECTS.c.id.not_in(last), EFFECTS.c.copy_id.in_(waiting)),
            )
        )


def _is(column: ColumnElement[int], letter: str | None, number: str) -> ColumnElement[bool]:
    if letter is None:
        return true()
    is_id = number.isdecimal() and len(number) <= _ID_DIGITS
    return column == int(number) if is_id else false()


def _letter(name: str, row: Any, since: datetime) -> DeadLetter:  # noqa: ANN401 - a row
    return DeadLetter(
        id=name,
        platform=row.platform,
        lane=row.lane.split(":")[0],
        since=since,
        attempts=row.attempts,
        reason=row.reason,
    )
