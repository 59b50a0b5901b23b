"""Lines carried between the rooms of a group; their words only until they have arrived."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from bot.domain.copies import SubjectKind
from bot.domain.messages import Attachment, MediaId, MessageRef, RoomRef
from bot.domain.people import PersonId
from bot.domain.relays import Relay
from bot.storage.burst_tables import BURST_LINES, BURSTS
from bot.storage.copy_tables import COPIES, EFFECTS
from bot.storage.files import hold, let_go
from bot.storage.groups_tables import GROUPS
from bot.storage.relays_content import relay_from_row, relay_to_sealed, voice_columns
from bot.storage.relays_tables import RELAY_PARTS, RELAYS
from bot.storage.session import Session

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
_PARTS = select(RELAY_PARTS).where(RELAY_PARTS.c.relay_id == bindparam("relay"))
_ADD = RELAYS.insert()
_ADD_PARTS = RELAY_PARTS.insert()


class RelayRows:
    """Carried lines in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(
        self,
        relay: Relay,
        *,
        said: str = "",
        others: Sequence[MessageRef] = (),
        files: Sequence[Attachment] | None = None,
    ) -> None:
        """Store a line until it is delivered, with the other messages that it came in."""
        row = {
            "id": relay.id,
            "group_slug": relay.group,
            "person_id": relay.author,
            "origin_room": str(relay.origin.room),
            "origin_message": relay.origin.message_id,
            "reply_to": relay.reply_to.message_id if relay.reply_to else None,
            "content": await relay_to_sealed(relay, self._session.vault),
            "had_media": bool(relay.media),
            "is_named": relay.byline.name is not None,
            "place": relay.place,
            "sent_at": relay.sent_at,
            "stays": relay.stays,
            "digest": self._digest(said, relay.author, relay.origin.room),
            "files": None if files is None else " ".join(self._file_digests(files)),
            **voice_columns(relay),
        }
        await self._session.run(_ADD, [row])
        parts = [
            {"room": str(part.room), "message": part.message_id, "relay_id": relay.id}
            for part in others
        ]
        await self._session.run(_ADD_PARTS, parts)
        await hold(self._session, f"relay:{relay.id}", relay.media)

    async def save(self, relay: Relay) -> None:
        """Store a line's new text."""
        await self._session.run(
            update(RELAYS)
            .where(RELAYS.c.id == relay.id)
            .values(
                content=await relay_to_sealed(relay, self._session.vault),
                is_named=relay.byline.name is not None,
                place=relay.place,
                **voice_columns(relay),
            )
        )

    async def get(self, relay: str) -> Relay | None:
        """Return a line, without its words if they have arrived; None if it was forgotten."""
        row = await self._session.first(_BY_ID, relay=relay)
        return await relay_from_row(row, self._session.vault) if row else None

    async def by_origin(self, origin: MessageRef) -> Relay | None:
        """Return the line that was carried from a message, or of which it was a part."""
        row = await self._row_of(origin)
        return await relay_from_row(row, self._session.vault) if row else None

    async def album_of(self, part: MessageRef) -> Relay | None:
        """Return the line that a message came in beside others, though it be a line itself."""
        row = await self._first_of(_BY_PART, part)
        return await relay_from_row(row, self._session.vault) if row else None

    async def parts(self, relay: str) -> Sequence[MessageRef]:
        """Return the messages that a line came in, except the one it is known by."""
        rows = await self._session.all(_PARTS, relay=relay)
        return [MessageRef(RoomRef.parse(row.room), row.message) for row in rows]

    async def came_with_others(self, origin: MessageRef, files: Sequence[Attachment]) -> bool:
        """Whether a line was carried with other files than its message has now."""
        # What was written later below a picture of an album is a line that came without files.
        row = await self._first_of(_BY_PART, origin) or await self._first_of(_BY_ORIGIN, origin)
        if row is None or row.files is None or not all(file.identity for file in files):
            return False
        before, now = set(row.files.split()), set(self._file_digests(files))
        # An album is one line: each of its messages has one of the files.
        return not now <= before if now else bool(before)

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
            RELAYS.c.files.is_not(None),
        )
        await self._session.run(
            update(RELAYS)
            .where(old, still_tells)
            .values(content=None, place=None, reply_to=None, files=None)
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

    async def _row_of(self, origin: MessageRef) -> Row[Any] | None:
        return await self._first_of(_BY_ORIGIN, origin) or await self._first_of(_BY_PART, origin)

    async def _first_of(self, query: Select[Any], message: MessageRef) -> Row[Any] | None:
        return await self._session.first(query, room=str(message.room), message=message.message_id)

    def _file_digests(self, files: Sequence[Attachment]) -> Sequence[str]:
        return [self._session.vault.digest(file.identity) for file in files if file.identity]

    def _digest(self, said: str, person: PersonId, room: RoomRef) -> str | None:
        return self._session.vault.digest(f"{room} {person} {said}") if said else None

    async def _files_of(self, rows: Sequence[Row[Any]]) -> Sequence[MediaId]:
        """Return the files of lines whose words are about to be forgotten."""
        files: list[MediaId] = []
        for row in rows:
            if row.had_media:
                files += [
                    media.id for media in (await relay_from_row(row, self._session.vault)).media
                ]
                await let_go(self._session, f"relay:{row.id}")
        return files
