"""Polls and the votes in them, in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    select,
    update,
)

from bot.domain.groups import GroupId
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.people import PersonId
from bot.domain.polls import Asked, Poll, PollId
from bot.domain.richtext_json import Json
from bot.storage.dialect import insert
from bot.storage.groups_tables import GROUPS
from bot.storage.schema import METADATA, UtcTime
from bot.storage.sealing import byline_from_json, byline_to_json
from bot.storage.session import Session
from bot.storage.vault import person_key

POLLS = Table(
    "polls",
    METADATA,
    Column("id", String, primary_key=True),
    Column("group_slug", String, nullable=False),
    Column("author_id", String, nullable=False, index=True),
    Column("origin_room", String, nullable=False),
    Column("origin_message", String, nullable=False),
    Column("content", LargeBinary),
    Column("asked_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Index("uq_polls_origin", "origin_room", "origin_message", unique=True),
)
POLL_VOTES = Table(
    "poll_votes",
    METADATA,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("person_id", String, primary_key=True, index=True),
    Column("choice", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
)
_FIELD = "polls.content"


class PollRows:
    """Polls in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, poll: Poll) -> None:
        """Store a new poll."""
        await self._session.run(
            insert(self._session.connection, POLLS).values(
                id=poll.id,
                group_slug=poll.group,
                author_id=poll.author,
                origin_room=str(poll.origin.room),
                origin_message=poll.origin.message_id,
                content=await self._sealed(poll),
                asked_at=poll.asked_at,
                closes_at=poll.closes_at,
            )
        )

    async def save(self, poll: Poll) -> None:
        """Store what a poll asks by now, and whether it was changed."""
        content = await self._sealed(poll)
        await self._session.run(update(POLLS).where(POLLS.c.id == poll.id).values(content=content))

    async def close(self, poll: PollId, now: datetime) -> bool:
        """Let no more votes count; False if it was closed."""
        closed = await self._session.run(
            update(POLLS)
            .where(POLLS.c.id == poll, POLLS.c.closed_at.is_(None))
            .values(closed_at=now)
        )
        return closed > 0

    async def get(self, poll: PollId) -> Poll | None:
        """Return a poll, None if there is none such."""
        return next(iter(await self._polls(POLLS.c.id == poll)), None)

    async def by_origin(self, origin: MessageRef) -> Poll | None:
        """Return the poll that was made of a platform's own."""
        here = (
            POLLS.c.origin_room == str(origin.room),
            POLLS.c.origin_message == origin.message_id,
        )
        return next(iter(await self._polls(*here)), None)

    async def vote(self, poll: PollId, person: PersonId, choice: int, now: datetime) -> bool:
        """Choose, instead of an earlier choice; False if it is the same."""
        chosen = {"choice": choice, "at": now}
        changed = await self._session.run(
            insert(self._session.connection, POLL_VOTES)
            .values(poll_id=poll, person_id=person, **chosen)
            .on_conflict_do_update(
                index_elements=["poll_id", "person_id"],
                set_=chosen,
                where=POLL_VOTES.c.choice != choice,
            )
        )
        return changed > 0

    async def take_back(self, poll: PollId, person: PersonId) -> bool:
        """Take a person's vote back; False if there was none."""
        gone = await self._session.run(
            delete(POLL_VOTES).where(
                POLL_VOTES.c.poll_id == poll, POLL_VOTES.c.person_id == person
            )
        )
        return gone > 0

    async def votes(self, poll: PollId) -> Mapping[PersonId, int]:
        """Return what everybody has chosen."""
        rows = await self._session.all(select(POLL_VOTES).where(POLL_VOTES.c.poll_id == poll))
        return {PersonId(row.person_id): row.choice for row in rows}

    async def of_author(self, person: PersonId) -> Sequence[Poll]:
        """Return what a person has asked, oldest first."""
        return await self._polls(POLLS.c.author_id == person)

    async def votes_of(self, person: PersonId) -> Mapping[PollId, int]:
        """Return what a person has chosen."""
        rows = await self._session.all(
            select(POLL_VOTES).where(POLL_VOTES.c.person_id == person).order_by(POLL_VOTES.c.at)
        )
        return {PollId(row.poll_id): row.choice for row in rows}

    async def due(self, now: datetime) -> Sequence[PollId]:
        """Return the open polls whose time is up."""
        return await self._ids(POLLS.c.closed_at.is_(None), POLLS.c.closes_at <= now)

    async def wipe_old(self, before: datetime) -> int:
        """Forget words and votes of polls closed before a time, but not where they stand."""
        old = await self._ids(POLLS.c.closed_at <= before, POLLS.c.content.is_not(None))
        await self._session.run(delete(POLL_VOTES).where(POLL_VOTES.c.poll_id.in_(old)))
        return await self._session.run(
            update(POLLS).where(POLLS.c.id.in_(old)).values(content=None)
        )

    async def of_ended_groups(self) -> Sequence[PollId]:
        """Return the polls of groups that are no more."""
        return await self._ids(POLLS.c.group_slug.not_in(select(GROUPS.c.slug)))

    async def erase(self, poll: PollId) -> None:
        """Delete a poll with its votes."""
        await self._session.run(delete(POLL_VOTES).where(POLL_VOTES.c.poll_id == poll))
        await self._session.run(delete(POLLS).where(POLLS.c.id == poll))

    async def _ids(self, *which: ColumnElement[bool]) -> Sequence[PollId]:
        rows = await self._session.all(select(POLLS.c.id).where(*which).order_by(POLLS.c.asked_at))
        return [PollId(row.id) for row in rows]

    async def _polls(self, *which: ColumnElement[bool]) -> Sequence[Poll]:
        rows = await self._session.all(select(POLLS).where(*which).order_by(POLLS.c.asked_at))
        return [await self._poll(row) for row in rows]

    async def _sealed(self, poll: Poll) -> bytes | None:
        if poll.asked is None:
            return None
        content: Json = {
            "question": poll.asked.question,
            "choices": list(poll.asked.choices),
            "byline": byline_to_json(poll.byline),
            "is_changed": poll.is_changed,
        }
        return await self._session.vault.seal(person_key(poll.author), content, field=_FIELD)

    async def _poll(self, row: Row[Any]) -> Poll:
        owner = person_key(row.author_id)
        content = await self._session.vault.unseal(owner, row.content, field=_FIELD)
        fields = content if isinstance(content, dict) else {}
        return Poll(
            id=PollId(row.id),
            group=GroupId(row.group_slug),
            author=PersonId(row.author_id),
            byline=byline_from_json(fields.get("byline")),
            origin=MessageRef(RoomRef.parse(row.origin_room), row.origin_message),
            asked=_asked(fields),
            asked_at=row.asked_at,
            closes_at=row.closes_at,
            closed_at=row.closed_at,
            is_changed=bool(fields.get("is_changed")),
        )


def _asked(fields: Mapping[str, Json]) -> Asked | None:
    match fields:
        case {"question": str(question), "choices": list(choices)}:
            return Asked(question=question, choices=tuple(map(str, choices)))
        case _:
            return None
