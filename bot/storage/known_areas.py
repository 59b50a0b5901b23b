"""What is remembered of the map, and new slugs wherever an area is named."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Float,
    Row,
    String,
    Table,
    delete,
    exists,
    func,
    select,
    update,
)

from bot.domain.areas import AreaId
from bot.domain.known_areas import KnownArea
from bot.domain.messages import Position
from bot.domain.people import PersonId
from bot.storage.dialect import insert_into
from bot.storage.groups_tables import GROUPS
from bot.storage.notice_tables import NOTICE_AREAS
from bot.storage.people_tables import ALIASES, GRANTS, PEOPLE
from bot.storage.reports_tables import REPORTS
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session
from bot.storage.subscription_tables import ROUTES, SUBSCRIPTIONS

AREAS = Table(
    "areas",
    METADATA,
    Column("slug", String, primary_key=True),
    Column("identity", String, nullable=False),
    Column("name", String, nullable=False),
    Column("parent", String),
    Column("lat", Float),
    Column("lon", Float),
    Column("gone_at", UtcTime),
    Column("told_at", UtcTime),
)
_WHOLE = "area:"
_NAMED_IN = (
    (SUBSCRIPTIONS.c.followed, _WHOLE),
    (SUBSCRIPTIONS.c.lies_in, ""),
    (ROUTES.c.place, ""),
    (ROUTES.c.place, "in:"),
    (REPORTS.c.area, ""),
    (NOTICE_AREAS.c.area, ""),
    (GROUPS.c.area, ""),
    (PEOPLE.c.shared_area, ""),
    (ALIASES.c.scope, "area:"),
    (AREAS.c.slug, ""),
)
"""Where areas are named, and what stands before the name there."""
_MOVING = "moving "
"""No slug has a space: what stands in between meets nothing."""
_AT_ONCE = 500


class KnownAreaRows:
    """Known areas in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> Sequence[KnownArea]:
        """Return all of them."""
        return [_known(row) for row in await self._session.all(select(AREAS))]

    async def get(self, area: str) -> KnownArea | None:
        """Return one, None if it was never on the map, or left it long ago."""
        row = await self._session.first(select(AREAS).where(AREAS.c.slug == area))
        return _known(row) if row else None

    async def put(self, areas: Iterable[KnownArea]) -> None:
        """Remember areas as they are now; of one that is back it is forgotten that it was gone."""
        rows = [_row(area) for area in areas]
        new = insert_into(AREAS, self._session.dialect)
        told = AREAS.c.told_at
        changed = {
            column.name: new.excluded[column.name]
            for column in AREAS.c
            if column.name not in {"slug", "told_at"}
        }
        # Whoever was told stays so while it is gone.
        kept = told if any(row["gone_at"] for row in rows) else None
        statement = new.on_conflict_do_update(
            index_elements=["slug"], set_={**changed, "told_at": kept}
        )
        for start in range(0, len(rows), _AT_ONCE):
            await self._session.run(statement, rows[start : start + _AT_ONCE])

    async def rename(self, renamed: Mapping[AreaId, AreaId]) -> None:
        """Give areas other slugs, all at once, wherever they are named."""
        for column, before in _NAMED_IN if renamed else ():
            rows = await self._session.all(select(column.label("slug")).distinct())
            named = {row.slug for row in rows}
            moves = {before + old: before + new for old, new in renamed.items()}
            here = {old: new for old, new in moves.items() if old in named}
            # First all make room: one may get the slug that another has had.
            for old in here:
                await self._move(column, old, _MOVING + old)
            for old, new in here.items():
                await self._give_way(column, _MOVING + old, new)
                await self._move(column, _MOVING + old, new)
        await self._rename_in_grants(renamed)

    async def followed_unknown(self) -> Sequence[AreaId]:
        """Return the areas that somebody follows and of which nothing is remembered."""
        slug = func.substr(SUBSCRIPTIONS.c.followed, len(_WHOLE) + 1)
        is_known = exists().where(AREAS.c.slug == slug)
        rows = await self._session.all(
            select(slug.label("slug"))
            .where(SUBSCRIPTIONS.c.followed.startswith(_WHOLE, autoescape=True), ~is_known)
            .distinct()
        )
        return [AreaId(row.slug) for row in rows]

    async def followers(self, area: str) -> Sequence[PersonId]:
        """Return who follows an area itself."""
        rows = await self._session.all(
            select(SUBSCRIPTIONS.c.person_id).where(SUBSCRIPTIONS.c.followed == _WHOLE + area)
        )
        return [PersonId(row.person_id) for row in rows]

    async def untold(self, before: datetime) -> Sequence[AreaId]:
        """Return the areas that left the map before a time, whose followers don't know it."""
        rows = await self._session.all(
            select(AREAS.c.slug).where(AREAS.c.gone_at <= before, AREAS.c.told_at.is_(None))
        )
        return [AreaId(row.slug) for row in rows]

    async def note_told(self, area: str, now: datetime) -> None:
        """Note that the followers of an area have been told."""
        await self._session.run(update(AREAS).where(AREAS.c.slug == area).values(told_at=now))

    async def past_lifetime(self, before: datetime) -> Sequence[AreaId]:
        """Return the areas that left the map before a time."""
        rows = await self._session.all(select(AREAS.c.slug).where(AREAS.c.gone_at <= before))
        return [AreaId(row.slug) for row in rows]

    async def forget(self, area: str) -> int:
        """Forget an area that left the map, and who followed it; return how many did."""
        whole = SUBSCRIPTIONS.c.followed == _WHOLE + area
        gone = await self._session.run(delete(SUBSCRIPTIONS).where(whole))
        await self._session.run(delete(AREAS).where(AREAS.c.slug == area))
        return gone

    async def _move(self, column: Column[Any], old: str, new: str) -> None:
        statement = update(column.table).where(column == old).values({column.name: new})
        await self._session.run(statement)

    async def _give_way(self, column: Column[Any], old: str, new: str) -> None:
        """Take out what would be there twice: whoever follows both, follows one from now on."""
        if column is SUBSCRIPTIONS.c.followed:
            own = SUBSCRIPTIONS.alias()
            twice = exists().where(
                own.c.person_id == SUBSCRIPTIONS.c.person_id, own.c.followed == new
            )
            await self._session.run(delete(SUBSCRIPTIONS).where(column == old, twice))
        elif column.table is AREAS:
            await self._session.run(delete(AREAS).where(column == new))
        elif column.table is ALIASES:
            await self._keep_numbers_apart(old, new)

    async def _keep_numbers_apart(self, old: str, new: str) -> None:
        """Where numbers are given already, those who come get others."""
        taken = await self._session.first(select(ALIASES).where(ALIASES.c.scope == new))
        if taken is not None:
            await self._session.run(delete(ALIASES).where(ALIASES.c.scope == old))

    async def _rename_in_grants(self, renamed: Mapping[AreaId, AreaId]) -> None:
        rows = await self._session.all(select(GRANTS.c.id, GRANTS.c.areas)) if renamed else ()
        for row in rows:
            held: list[str] = json.loads(row.areas)
            now = sorted({renamed.get(AreaId(area), area) for area in held})
            if now != held:
                await self._session.run(
                    update(GRANTS).where(GRANTS.c.id == row.id).values(areas=json.dumps(now))
                )


def _row(area: KnownArea) -> dict[str, object]:
    return {
        "slug": area.id,
        "identity": area.identity,
        "name": area.name,
        "parent": area.parent,
        "lat": area.middle.lat if area.middle else None,
        "lon": area.middle.lon if area.middle else None,
        "gone_at": area.gone_at,
        "told_at": None,
    }


def _known(row: Row[Any]) -> KnownArea:
    return KnownArea(
        id=AreaId(row.slug),
        identity=row.identity,
        name=row.name,
        parent=AreaId(row.parent) if row.parent else None,
        middle=None if row.lat is None else Position(row.lat, row.lon),
        gone_at=row.gone_at,
    )
