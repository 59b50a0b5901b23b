"""What stands for people's names in groups and areas, in the database."""

from collections.abc import Mapping

from sqlalchemy import bindparam, func, or_, select, update

from bot.domain.people import PersonId
from bot.storage.dialect import insert
from bot.storage.people_tables import ALIASES
from bot.storage.session import Session

_NUMBER = select(ALIASES.c.number).where(
    ALIASES.c.scope == bindparam("of"), ALIASES.c.person_id == bindparam("whose")
)


class AliasRows:
    """Numbers, and the names that are taken beside them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def number_of(self, person: PersonId, scope: str) -> int:
        """Return the stable number of a person in a group or area, a new one if needed."""
        own = await self._session.first(_NUMBER, of=scope, whose=person)
        if own is not None:
            return int(own.number)
        last = await self._session.first(
            select(func.max(ALIASES.c.number).label("number")).where(ALIASES.c.scope == scope)
        )
        number = (last.number if last and last.number else 0) + 1
        await self._session.run(
            insert(self._session.connection, ALIASES).values(
                scope=scope, number=number, person_id=person
            )
        )
        return number

    async def take_name(self, person: PersonId, scope: str, shape: str) -> bool:
        """Let somebody who has a number be called so in a group or area; False if another is."""
        digest = self._session.vault.digest(f"name {shape}")
        rows = await self._session.all(
            select(ALIASES.c.person_id, ALIASES.c.name_digest).where(
                ALIASES.c.scope == scope,
                or_(ALIASES.c.name_digest == digest, ALIASES.c.person_id == person),
            )
        )
        is_free = all(row.person_id == person for row in rows)
        wanted = digest if is_free else None
        if any(row.person_id == person and row.name_digest != wanted for row in rows):
            own = (ALIASES.c.scope == scope, ALIASES.c.person_id == person)
            await self._session.run(update(ALIASES).where(*own).values(name_digest=wanted))
        return is_free

    async def of(self, person: PersonId) -> Mapping[str, int]:
        """Return a person's numbers, by the group or area where they stand for the name."""
        rows = await self._session.all(
            select(ALIASES).where(ALIASES.c.person_id == person).order_by(ALIASES.c.scope)
        )
        return {row.scope: row.number for row in rows}
