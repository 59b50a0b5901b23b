"""What failed for good, for an operator to look at."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.domain.effects import EffectState
from bot.ports.inbox import DeadLetter
from bot.storage.effects import EFFECTS
from bot.storage.inbox import DEAD, INBOX, WAITING
from bot.storage.session import Session


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

    async def replay(self, letter: str | None, now: datetime) -> int:
        """Put one, or all, back where they failed; return how many."""
        side, _, number = (letter or "").partition("-")
        replayed = 0
        if side in {"", "in"}:
            replayed += await self._session.run(
                update(INBOX)
                .where(INBOX.c.state == DEAD, _is(INBOX.c.id, number))
                .values(state=WAITING, attempts=0, not_before=now, reason="")
            )
        if side in {"", "out"}:
            replayed += await self._session.run(
                update(EFFECTS)
                .where(EFFECTS.c.state == EffectState.GIVEN_UP.value, _is(EFFECTS.c.id, number))
                .values(
                    state=EffectState.QUEUED.value, attempts=0, doubts=0, not_before=now, reason=""
                )
            )
        return replayed


def _is(column: Any, number: str) -> Any:  # noqa: ANN401 - a column expression
    return column == int(number) if number.isdecimal() else column.is_not(None)


def _letter(name: str, row: Any, since: datetime) -> DeadLetter:  # noqa: ANN401 - a row
    return DeadLetter(
        id=name,
        platform=row.platform,
        lane=row.lane.split(":")[0],
        since=since,
        attempts=row.attempts,
        reason=row.reason,
    )
