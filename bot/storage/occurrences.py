"""What happens once, however many workers and starts find it due."""

from datetime import datetime

from sqlalchemy import delete

from bot.storage.dialect import insert_into
from bot.storage.notice_tables import OCCURRENCES
from bot.storage.session import Session


class OccurrenceRows:
    """Occurrences in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def take(self, what: str, due_at: datetime, now: datetime) -> bool:
        """Note that what was due happens with this transaction; False if it has happened."""
        row = {"what": what, "due_at": due_at, "happened_at": now}
        once = insert_into(OCCURRENCES, self._session.dialect).on_conflict_do_nothing()
        return await self._session.run(once, [row]) > 0

    async def forget_old(self, before: datetime) -> int:
        """Forget what has happened before a time."""
        return await self._session.run(
            delete(OCCURRENCES).where(OCCURRENCES.c.happened_at < before)
        )
