"""Lines carried between the rooms of a group; their words only until they have arrived."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    String,
    Table,
    bindparam,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    text,
    update,
)

from bot.domain.copies import SubjectKind
from bot.domain.groups import GroupId
from bot.domain.incoming import Extra
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import MediaId, MessageRef, RoomRef
from bot.domain.people import PersonId, Role
from bot.domain.relays import Relay, Voice
from bot.domain.richtext_json import Json
from bot.storage.burst_tables import BURST_LINES, BURSTS
from bot.storage.copy_tables import COPIES, EFFECTS
from bot.storage.dialect import insert
from bot.storage.files import hold, let_go
from bot.storage.groups import GROUPS
from bot.storage.schema import METADATA, UtcTime
from bot.storage.sealing import (
    byline_from_json,
    byline_to_json,
    text_from_json,
    text_to_json,
)
from bot.storage.session import Session
from bot.storage.vault import person_key

RELAYS = Table(
    "relays",
    METADATA,
    Column("id", String, primary_key=True),
    Column("group_slug", String, nullable=False),
    Column("person_id", String, nullable=False, index=True),
    Column("origin_room", String, nullable=False),
    Column("origin_message", String, nullable=False),
    Column("reply_to", String),
    Column("content", LargeBinary),
    Column("had_media", Boolean, nullable=False),
    Column("is_named", Boolean, nullable=False),
    Column("place", String),
    Column("sent_at", UtcTime, nullable=False, index=True),
    Column("stays", Boolean, nullable=False, server_default=false()),
    Column("digest", String),
    Column("spoke_for", String),
    Column("spoke_as", String),
    Index(
        "ix_relays_digest",
        "digest",
        sqlite_where=text("digest IS NOT NULL"),
        postgresql_where=text("digest IS NOT NULL"),
    ),
    Index("uq_relays_origin", "origin_room", "origin_message", unique=True),
    # Few of all lines are still on their way.
    Index(
        "ix_relays_undelivered",
        "id",
        sqlite_where=text("content IS NOT NULL"),
        postgresql_where=text("content IS NOT NULL"),
    ),
)
RELAY_PARTS = Table(
    "relay_parts",
    METADATA,
    Column("room", String, primary_key=True),
    Column("message", String, primary_key=True),
    Column("relay_id", ForeignKey("relays.id"), nullable=False, index=True),
)
"""Where a line came in several messages, as an album does: all but the one it is known by."""
_FIELD = "relays.content"
_SAID = select(func.count().label("times")).where(RELAYS.c.digest == bindparam("digest"))
_BY_ID = select(RELAYS).where(RELAYS.c.id == bindparam("relay"))
_BY_ORIGIN = select(RELAYS).where(
    RELAYS.c.origin_room == bindparam("room"), RELAYS.c.origin_message == bindparam("message")
)
_BY_PART = (
    select(RELAYS)
    .join(RELAY_PARTS)
    .where(RELAY_PARTS.c.room == bindparam("room"), RELAY_PARTS.c.message == bindparam("message"))
)
_ADD = RELAYS.insert()


class RelayRows:
    """Carried lines in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(
        self, relay: Relay, *, said: str = "", others: Sequence[MessageRef] = ()
    ) -> None:
        """Store a line until it is delivered, with the other messages that it came in."""
        row = {
            "id": relay.id,
            "group_slug": relay.group,
            "person_id": relay.author,
            "origin_room": str(relay.origin.room),
            "origin_message": relay.origin.message_id,
            "reply_to": relay.reply_to.message_id if relay.reply_to else None,
            "content": await self._sealed(relay),
            "had_media": bool(relay.media),
            "is_named": relay.byline.name is not None,
            "place": relay.place,
            "sent_at": relay.sent_at,
            "stays": relay.stays,
            "digest": self._digest(said, relay.author, relay.origin.room),
            **_voice_columns(relay),
        }
        await self._session.run(_ADD, [row])
        parts = [
            {"room": str(part.room), "message": part.message_id, "relay_id": relay.id}
            for part in others
        ]
        await self._session.run(insert(self._session.connection, RELAY_PARTS), parts)
        await hold(self._session, f"relay:{relay.id}", relay.media)

    async def save(self, relay: Relay) -> None:
        """Store a line's new text."""
        await self._session.run(
            update(RELAYS)
            .where(RELAYS.c.id == relay.id)
            .values(
                content=await self._sealed(relay),
                is_named=relay.byline.name is not None,
                place=relay.place,
                **_voice_columns(relay),
            )
        )

    async def get(self, relay: str) -> Relay | None:
        """Return a line, without its words if they have arrived; None if it was forgotten."""
        row = await self._session.first(_BY_ID, relay=relay)
        return await self._relay(row) if row else None

    async def by_origin(self, origin: MessageRef) -> Relay | None:
        """Return the line that was carried from a message, or of which it was a part."""
        room, message = str(origin.room), origin.message_id
        row = await self._session.first(
            _BY_ORIGIN, room=room, message=message
        ) or await self._session.first(_BY_PART, room=room, message=message)
        return await self._relay(row) if row else None

    async def of_person(self, person: PersonId) -> Sequence[str]:
        """Return the ids of a person's lines."""
        rows = await self._session.all(
            select(RELAYS.c.id).where(RELAYS.c.person_id == person).order_by(RELAYS.c.sent_at)
        )
        return [row.id for row in rows]

    async def named_by(self, person: PersonId) -> Sequence[str]:
        """Return the ids of a person's lines that bear their name."""
        rows = await self._session.all(
            select(RELAYS.c.id).where(RELAYS.c.person_id == person, RELAYS.c.is_named.is_(True))
        )
        return [row.id for row in rows]

    async def wipe_delivered(self, now: datetime) -> Sequence[MediaId]:
        """Forget the words of lines that have arrived everywhere; return their files."""
        can_be_asked_for = (
            exists()
            .where(BURST_LINES.c.relay_id == RELAYS.c.id)
            .where(BURSTS.c.id == BURST_LINES.c.burst_id, BURSTS.c.kept_until > now)
        )
        on_its_way = (
            exists()
            .where(
                COPIES.c.subject_kind == SubjectKind.RELAY.value,
                COPIES.c.subject_id == RELAYS.c.id,
            )
            # What was given up may still be let go once more by whoever looks after the bot.
            .where(EFFECTS.c.copy_id == COPIES.c.id)
        )
        rows = await self._session.all(
            select(RELAYS)
            .where(RELAYS.c.content.is_not(None), ~on_its_way, ~can_be_asked_for)
            .limit(500)
        )
        files = await self._files_of(rows)
        await self._session.run(
            update(RELAYS).where(RELAYS.c.id.in_([row.id for row in rows])).values(content=None)
        )
        return files

    async def wipe_old(self, before: datetime) -> Sequence[MediaId]:
        """Keep of lines sent before a time only where they stand; return their files."""
        old = RELAYS.c.sent_at <= before
        rows = await self._session.all(select(RELAYS).where(old, RELAYS.c.content.is_not(None)))
        files = await self._files_of(rows)
        still_tells = or_(
            RELAYS.c.content.is_not(None),
            RELAYS.c.place.is_not(None),
            RELAYS.c.reply_to.is_not(None),
        )
        await self._session.run(
            update(RELAYS).where(old, still_tells).values(content=None, place=None, reply_to=None)
        )
        return files

    async def times_said(self, said: str, person: PersonId, room: RoomRef) -> int:
        """Return how often somebody has said the same in a room within the last minute."""
        row = await self._session.first(_SAID, digest=self._digest(said, person, room))
        return int(row.times) if row else 0

    async def forget_said(self, before: datetime) -> int:
        """Forget what lines said that were sent before a time; return how many they were."""
        return await self._session.run(
            update(RELAYS)
            .where(RELAYS.c.digest.is_not(None), RELAYS.c.sent_at < before)
            .values(digest=None)
        )

    async def forget_voices(self, before: datetime) -> int:
        """Forget for whom lines spoke that were sent before a time; return how many they were."""
        return await self._session.run(
            update(RELAYS)
            .where(RELAYS.c.spoke_for.is_not(None), RELAYS.c.sent_at < before)
            .values(spoke_for=None, spoke_as=None)
        )

    async def of_ended_groups(self) -> Sequence[str]:
        """Return the ids of the lines of groups that are no more."""
        rows = await self._session.all(
            select(RELAYS.c.id).where(RELAYS.c.group_slug.not_in(select(GROUPS.c.slug)))
        )
        return [row.id for row in rows]

    async def erase(self, relay: str) -> Sequence[MediaId]:
        """Delete a line; return the files it held."""
        found = await self.get(relay)
        await self._session.run(delete(RELAY_PARTS).where(RELAY_PARTS.c.relay_id == relay))
        await self._session.run(delete(RELAYS).where(RELAYS.c.id == relay))
        await let_go(self._session, f"relay:{relay}")
        return [media.id for media in found.media] if found else []

    def _digest(self, said: str, person: PersonId, room: RoomRef) -> str | None:
        return self._session.vault.digest(f"{room} {person} {said}") if said else None

    async def _files_of(self, rows: Sequence[Row[Any]]) -> Sequence[MediaId]:
        """Return the files of lines whose words are about to be forgotten."""
        files: list[MediaId] = []
        for row in rows:
            if row.had_media:
                files += [media.id for media in (await self._relay(row)).media]
                await let_go(self._session, f"relay:{row.id}")
        return files

    async def _sealed(self, relay: Relay) -> bytes | None:
        if relay.text is None:
            return None
        content: Json = {
            "text": text_to_json(relay.text),
            "byline": byline_to_json(relay.byline),
            "media": media_to_json(relay.media),
            "is_edited": relay.is_edited,
            "quote": relay.quote,
            "forwarded_from": relay.forwarded_from,
            "thread": relay.thread.message_id if relay.thread else None,
            "spoken_as": relay.spoken_as,
            "extra": relay.extra,
            "trail": list(relay.trail),
            "written_at": relay.written_at.isoformat() if relay.written_at else None,
        }
        return await self._session.vault.seal(person_key(relay.author), content, field=_FIELD)

    async def _relay(self, row: Row[Any]) -> Relay:
        owner = person_key(row.person_id)
        content = await self._session.vault.unseal(owner, row.content, field=_FIELD)
        fields = content if isinstance(content, dict) else {}
        room = RoomRef.parse(row.origin_room)
        thread = _text_or_none(fields.get("thread"))
        return Relay(
            id=row.id,
            group=GroupId(row.group_slug),
            author=PersonId(row.person_id),
            byline=byline_from_json(fields.get("byline")),
            origin=MessageRef(room, row.origin_message),
            text=text_from_json(fields["text"]) if fields else None,
            media=media_from_json(fields.get("media")),
            had_media=row.had_media,
            place=row.place,
            reply_to=MessageRef(room, row.reply_to) if row.reply_to else None,
            thread=MessageRef(room, thread) if thread else None,
            is_edited=bool(fields.get("is_edited")),
            quote=str(fields.get("quote", "")),
            forwarded_from=_text_or_none(fields.get("forwarded_from")),
            spoken_as=_text_or_none(fields.get("spoken_as")),
            extra=Extra(extra) if isinstance(extra := fields.get("extra"), str) else None,
            sent_at=row.sent_at,
            stays=row.stays,
            trail=tuple(map(str, trail)) if isinstance(trail := fields.get("trail"), list) else (),
            written_at=datetime.fromisoformat(at)
            if isinstance(at := fields.get("written_at"), str)
            else None,
            voice=_voice(row),
        )


def _voice_columns(relay: Relay) -> dict[str, str | None]:
    """Return for whom a line speaks; of one that stays where it was written it is not known."""
    if relay.stays:
        return {"spoke_for": None, "spoke_as": None}
    role = relay.byline.role
    return {"spoke_for": relay.byline.organisation or "", "spoke_as": role and role.value}


def _voice(row: Row[Any]) -> Voice | None:
    if row.spoke_for is None:
        return None
    return Voice(row.spoke_for or None, Role(row.spoke_as) if row.spoke_as else None)


def _text_or_none(value: Json) -> str | None:
    return value if isinstance(value, str) else None
