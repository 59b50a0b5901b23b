"""Who keeps their lines on their own side of a group."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, bindparam, delete, select

from bot.domain.groups import GroupId
from bot.domain.people import PersonId
from bot.storage.dialect import insert
from bot.storage.groups_tables import GROUPS
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session

RELAY_MUTES = Table(
    "relay_mutes",
    METADATA,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("group_slug", String, primary_key=True),
    Column("since", UtcTime, nullable=False),
)
_ONE = (RELAY_MUTES.c.person_id == bindparam("of_person")) & (
    RELAY_MUTES.c.group_slug == bindparam("of_group")
)
_HAS = select(RELAY_MUTES.c.since).where(_ONE)


class RelayMuteRows:
    """Choices in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, person: PersonId, group: GroupId, now: datetime) -> bool:
        """Keep a person's lines where they are written; False if they are kept there already."""
        added = await self._session.run(
            insert(self._session.connection, RELAY_MUTES)
            .values(person_id=person, group_slug=group, since=now)
            .on_conflict_do_nothing()
        )
        return added > 0

    async def drop(self, person: PersonId, group: GroupId) -> bool:
        """Let a person's lines be carried; False if they were."""
        gone = await self._session.run(
            delete(RELAY_MUTES).where(_ONE), of_person=person, of_group=group
        )
        return gone > 0

    async def has(self, person: PersonId, group: GroupId) -> bool:
        """Whether a person's lines stay where they are written."""
        found = await self._session.first(_HAS, of_person=person, of_group=group)
        return found is not None

    async def of(self, person: PersonId) -> Sequence[GroupId]:
        """Return the groups in which a person's lines stay where they are written."""
        rows = await self._session.all(
            select(RELAY_MUTES.c.group_slug)
            .where(RELAY_MUTES.c.person_id == person)
            .order_by(RELAY_MUTES.c.group_slug)
        )
        return [GroupId(row.group_slug) for row in rows]

    async def erase_of(self, person: PersonId) -> None:
        """Forget a person's choices."""
        await self._session.run(delete(RELAY_MUTES).where(RELAY_MUTES.c.person_id == person))

    async def forget_of_ended_groups(self) -> int:
        """Forget the choices for groups that are no more; return how many."""
        ended = RELAY_MUTES.c.group_slug.not_in(select(GROUPS.c.slug))
        return await self._session.run(delete(RELAY_MUTES).where(ended))
