"""Notices in the database."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update

from bot.domain.areas import AreaId
from bot.domain.groups import GroupId
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import MediaId
from bot.domain.notice_drafts import texts_from_json
from bot.domain.notices import Notice, NoticeId, NoticeState, numbered
from bot.domain.organisations import OrganisationId
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.richtext_json import Json
from bot.storage.dialect import insert_into
from bot.storage.files import hold_only, let_go
from bot.storage.notice_tables import NOTICE_AREAS, NOTICE_NUMBERS, NOTICES
from bot.storage.session import Session
from bot.storage.vault import Owner

_FIELD = "notices.content"
_N = NOTICES.c
_IS_OUT = _N.state.in_([NoticeState.SENT.value, NoticeState.HELD.value])
_WAITS = _N.state == NoticeState.SCHEDULED.value


class NoticeRows:
    """Notices in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def free_id(self, now: datetime) -> NoticeId:
        """Return an id that no notice has or has had."""
        new = insert_into(NOTICE_NUMBERS, self._session.dialect).values(given_at=now)
        row = await self._session.first(new.returning(NOTICE_NUMBERS.c.number))
        if row is None:
            raise LookupError("no number was given")
        return numbered(row.number)

    async def put(self, notice: Notice, now: datetime) -> bool | None:
        """Store a notice: True if new, False if it has changed, None if it is the same."""
        known = await self.get(notice.id)
        if known == notice:
            return None
        columns = await self._columns(notice)
        new = insert_into(NOTICES, self._session.dialect)
        await self._session.run(
            new.values(id=notice.id, stored_at=now, **columns).on_conflict_do_update(
                index_elements=["id"], set_=columns
            )
        )
        await self._put_areas(notice)
        await hold_only(self._session, f"notice:{notice.id}", notice.media)
        return known is None

    async def get(self, notice: str) -> Notice | None:
        """Return a notice, None if there is none such."""
        return next(iter(await self._notices(_N.id == notice)), None)

    async def of_author(self, person: PersonId) -> Sequence[Notice]:
        """Return what a person has written, newest first."""
        return await self._notices(_N.author_id == person)

    async def recent(
        self, person: PersonId, organisations: Collection[str], *, limit: int
    ) -> Sequence[Notice]:
        """Return what a person, or one of these organisations, has written here, newest first."""
        own = or_(_N.author_id == person, _N.organisation.in_(organisations))
        # A feed's events are nobody's to correct by number.
        return await self._notices(own, _N.id.startswith("N-"), limit=limit)

    async def due(self, now: datetime) -> Sequence[NoticeId]:
        """Return the notices whose time to go out has come."""
        return await self._ids(_WAITS, _N.due_at <= now)

    async def run_out(self, now: datetime) -> Sequence[NoticeId]:
        """Return the notices that are out and hold no longer."""
        return await self._ids(_IS_OUT, _N.expires_at <= now)

    async def to_count(self, now: datetime) -> Sequence[NoticeId]:
        """Return the notices of which it is time to say how far they have come."""
        return await self._ids(_N.count_at <= now)

    async def count_at(self, notice: NoticeId, when: datetime | None) -> None:
        """Note when to say next how far a notice has come; None for never."""
        await self._session.run(update(NOTICES).where(_N.id == notice).values(count_at=when))

    async def plan(self, notice: NoticeId, *, rooms: int, people: int) -> None:
        """Note to how many a notice goes."""
        planned = {"planned_rooms": rooms, "planned_people": people}
        await self._session.run(update(NOTICES).where(_N.id == notice).values(planned))

    async def past_lifetime(self, before: datetime) -> Sequence[NoticeId]:
        """Return the notices that were kept long enough, counted from when they went out."""
        return await self._ids(~_WAITS, _N.stored_at <= before, _N.published_at <= before)

    async def unlink(self, person: PersonId) -> None:
        """Keep what a person has written for others to read, but no longer who wrote it."""
        await self._session.run(
            update(NOTICES).where(_N.author_id == person).values(author_id=None)
        )

    async def erase(self, notice: str) -> Sequence[MediaId]:
        """Delete a notice; return the files it held."""
        found = await self.get(notice)
        await self._session.run(delete(NOTICES).where(_N.id == notice))
        await self._session.run(delete(NOTICE_AREAS).where(NOTICE_AREAS.c.notice_id == notice))
        await let_go(self._session, f"notice:{notice}")
        return [media.id for media in found.media] if found else []

    async def _put_areas(self, notice: Notice) -> None:
        await self._session.run(delete(NOTICE_AREAS).where(NOTICE_AREAS.c.notice_id == notice.id))
        rows = [
            {"notice_id": notice.id, "place": place, "area": area}
            for place, area in enumerate(notice.areas)
        ]
        await self._session.run(insert(NOTICE_AREAS), rows)

    async def _columns(self, notice: Notice) -> Mapping[str, object]:
        content: Json = {
            "title": notice.title,
            "text": notice.text,
            "link": notice.link,
            "language": notice.language,
            "others": [[language, text] for language, text in notice.others.items()],
            "media": media_to_json(notice.media),
            "is_former": notice.is_former,
        }
        owner = _key(notice.organisation)
        return {
            "organisation": notice.organisation or "",
            "priority": int(notice.priority),
            "content": await self._session.vault.seal(owner, content, field=_FIELD),
            "happened_at": notice.happened_at,
            "published_at": notice.published_at,
            "groups": json.dumps(notice.groups),
            "author_id": notice.author,
            "state": notice.state.value,
            "due_at": notice.due_at,
            "expires_at": notice.expires_at,
            "changed_at": notice.changed_at,
        }

    async def _ids(self, *which: ColumnElement[bool]) -> Sequence[NoticeId]:
        rows = await self._session.all(select(_N.id).where(*which).order_by(_N.published_at))
        return [NoticeId(row.id) for row in rows]

    async def _notices(
        self, *which: ColumnElement[bool], limit: int | None = None
    ) -> Sequence[Notice]:
        wanted = select(NOTICES).where(and_(*which)).order_by(_N.published_at.desc(), _N.id.desc())
        rows = await self._session.all(wanted.limit(limit))
        areas = await self._session.all(
            select(NOTICE_AREAS)
            .where(NOTICE_AREAS.c.notice_id.in_([row.id for row in rows]))
            .order_by(NOTICE_AREAS.c.place)
        )
        return [
            await self._notice(row, [AreaId(a.area) for a in areas if a.notice_id == row.id])
            for row in rows
        ]

    async def _notice(self, row: Row[Any], areas: Sequence[AreaId]) -> Notice:
        organisation = OrganisationId(row.organisation) if row.organisation else None
        content = await self._session.vault.unseal(_key(organisation), row.content, field=_FIELD)
        fields = content if isinstance(content, dict) else {}
        link, language = fields.get("link"), fields.get("language")
        return Notice(
            id=NoticeId(row.id),
            organisation=organisation,
            areas=tuple(areas),
            groups=tuple(GroupId(group) for group in json.loads(row.groups)),
            priority=Priority(row.priority),
            title=str(fields.get("title", "")),
            text=str(fields.get("text", "")),
            language=language if isinstance(language, str) else None,
            others=texts_from_json(fields.get("others")),
            media=media_from_json(fields.get("media")),
            link=link if isinstance(link, str) else None,
            happened_at=row.happened_at,
            published_at=row.published_at,
            author=PersonId(row.author_id) if row.author_id else None,
            state=NoticeState(row.state),
            due_at=row.due_at,
            expires_at=row.expires_at,
            changed_at=row.changed_at,
            is_former=bool(fields.get("is_former")),
        )


def _key(organisation: str | None) -> Owner:
    """Return whose key it is: what is told in an office's name is the office's."""
    return Owner(f"organisation:{organisation or ''}")
