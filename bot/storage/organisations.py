"""Organisations with their desks."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Column, Row, String, Table, bindparam, delete, false, select

from bot.domain.areas import AreaId
from bot.domain.messages import RoomRef
from bot.domain.opening_hours import hours_from_json, hours_to_json
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Role
from bot.storage.dialect import insert
from bot.storage.moved_rooms import where_now
from bot.storage.schema import METADATA
from bot.storage.session import Session

ORGANISATIONS = Table(
    "organisations",
    METADATA,
    Column("slug", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("areas", String, nullable=False),
    Column("mail_domains", String, nullable=False),
    Column("desk_rooms", String, nullable=False),
    Column("phone", String, nullable=False, server_default=""),
    Column("hours", String, nullable=False, server_default="[]"),
    Column("asks", String, nullable=False, server_default="{}"),
    Column("by_chat", Boolean, nullable=False, server_default=false()),
)
_BY_SLUG = select(ORGANISATIONS).where(ORGANISATIONS.c.slug == bindparam("slug"))
_ALL = select(ORGANISATIONS).order_by(ORGANISATIONS.c.slug)


class OrganisationRows:
    """Organisations in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, organisation: Organisation, *, by_chat: bool = False) -> None:
        """Add an organisation, or change it."""
        columns = {
            "name": organisation.name,
            "role": organisation.role.value,
            "areas": json.dumps(sorted(organisation.areas)),
            "mail_domains": json.dumps(organisation.mail_domains),
            "desk_rooms": json.dumps(
                [str(room) for room in await where_now(self._session, organisation.desk_rooms)]
            ),
            "phone": organisation.phone,
            "hours": json.dumps(hours_to_json(organisation.hours)),
            "asks": json.dumps(dict(organisation.asks)),
            "by_chat": by_chat,
        }
        await self._session.run(
            insert(self._session.connection, ORGANISATIONS)
            .values(slug=organisation.id, **columns)
            .on_conflict_do_update(index_elements=["slug"], set_=columns)
        )

    async def keep_only(self, organisations: Sequence[OrganisationId]) -> None:
        """Remove the organisations that are not among these, but for those made by chat."""
        await self._session.run(
            delete(ORGANISATIONS).where(
                ORGANISATIONS.c.slug.not_in(organisations), ORGANISATIONS.c.by_chat.is_(False)
            )
        )

    async def remove(self, organisation: OrganisationId) -> None:
        """Remove an organisation."""
        mine = ORGANISATIONS.c.slug == organisation
        await self._session.run(delete(ORGANISATIONS).where(mine))

    async def is_by_chat(self, organisation: OrganisationId) -> bool:
        """Whether an organisation was made by chat, and not by the configuration."""
        row = await self._session.first(_BY_SLUG, slug=organisation)
        return row is not None and bool(row.by_chat)

    async def get(self, organisation: str) -> Organisation | None:
        """Return an organisation, None if there is none such."""
        row = await self._session.first(_BY_SLUG, slug=organisation)
        return _organisation(row) if row else None

    async def all(self) -> Sequence[Organisation]:
        """Return all organisations, in the order of their slugs."""
        return [_organisation(row) for row in await self._session.all(_ALL)]

    async def of_desk(self, room: RoomRef) -> Organisation | None:
        """Return the organisation whose desk a room is."""
        rows = await self._session.all(select(ORGANISATIONS).order_by(ORGANISATIONS.c.slug))
        found = (_organisation(row) for row in rows)
        return next((o for o in found if room in o.desk_rooms), None)

    async def covering(self, chain: Sequence[AreaId]) -> Sequence[Organisation]:
        """Return the organisations that look after the innermost of these areas."""
        return [o for o in await self.all() if o.covers(tuple(chain))]


def _organisation(row: Row[Any]) -> Organisation:
    return Organisation(
        id=OrganisationId(row.slug),
        name=row.name,
        role=Role(row.role),
        areas=frozenset(AreaId(area) for area in json.loads(row.areas)),
        mail_domains=tuple(json.loads(row.mail_domains)),
        desk_rooms=tuple(RoomRef.parse(room) for room in json.loads(row.desk_rooms)),
        phone=row.phone,
        hours=hours_from_json(json.loads(row.hours)),
        asks=json.loads(row.asks),
    )
