"""Placing, changing and removing messages.

A server remembers for a day under which transaction id an account has sent something, and answers
the same id with the same event: what is sent under a key is sent once, however often it is tried.

Source: Matrix client-server API, "Transaction identifiers", "Event replacements".
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from bot.bridges.matrix.api import Api, Object, of_room, text_of
from bot.bridges.matrix.encryption import Encryption
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.layout import (
    Tone,
    answering,
    as_edit,
    contents_of,
    in_thread,
    lay_out,
)
from bot.bridges.matrix.limits import Bucket, Limits
from bot.bridges.matrix.media import FILE, Files, Upload
from bot.bridges.matrix.rooms import message_ref
from bot.bridges.matrix.standing import Standing
from bot.bridges.matrix.threads import Threads
from bot.domain.messages import MessageRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext_json import Json
from bot.errors import PermanentFailure

MESSAGE = "m.room.message"
Parts = Sequence[MessageRef]


@dataclass(frozen=True, kw_only=True)
class Posting:
    """Changes what stands in rooms.

    Raises MatrixError, and BridgeError where the homeserver need not be asked.
    """

    api: Api
    limits: Limits
    files: Files
    standing: Standing
    encryption: Encryption
    threads: Threads

    async def post(self, room_id: str, message: OutgoingMessage, tone: Tone, *, key: str) -> Parts:
        """Place a message with its files: under one key once."""
        uploads = await self._uploads(room_id, message)
        contents = contents_of(message, uploads, tone)
        if not contents:
            raise PermanentFailure("there is nothing to show")
        thread = await self.threads.of(room_id, message)
        contents = [in_thread(content, thread) for content in contents]
        contents[0] = answering(contents[0], message, thread)
        return [
            await self.send(room_id, MESSAGE, content, key=f"{tone.mark}-{key}-{number}")
            for number, content in enumerate(contents)
        ]

    async def _uploads(self, room_id: str, message: OutgoingMessage) -> Sequence[Upload]:
        if not message.media:
            return ()
        is_sealed = await self.encryption.is_encrypted(room_id)
        return await self.files.fetch(message.media, is_sealed=is_sealed)

    async def edit(self, parts: Parts, message: OutgoingMessage, tone: Tone) -> Parts:
        """Show a message where another stands; return its parts."""
        standing = await self._all_of(parts)
        if standing is None:
            return await self._place_anew(parts, message, tone)
        files = [content for content in standing if FILE in content]
        if not message.keeps_media and _shown_in(files) != [media.id for media in message.media]:
            return await self._place_anew(parts, message, tone)
        contents = lay_out(message, files, tone)
        if not contents:
            raise PermanentFailure("there is nothing to show")
        for part, before, after in zip(parts, standing, contents, strict=False):
            if _without_relation(before) != after:
                await self._replace(part, before, after)
        for part in parts[len(contents) :]:
            await self.redact(part)
        return [*parts[: len(contents)], *await self._add(parts, contents)]

    async def _add(self, parts: Parts, contents: Sequence[Object]) -> Parts:
        """Place what a longer message has more, where the first part of it stands."""
        room_id, first = parts[0].room.room_id, parts[0].message_id
        more = contents[len(parts) :]
        thread = await self.threads.around(room_id, first) if more else ""
        return [
            await self.send(
                room_id,
                MESSAGE,
                in_thread(content, thread),
                key=f"{first}-{number}-{digest(content)}",
            )
            for number, content in enumerate(more, len(parts))
        ]

    async def send(
        self, room_id: str, event_type: str, content: Object, *, key: str
    ) -> MessageRef:
        """Send an event under a transaction id."""
        sealed_type, sealed = await self.encryption.seal(room_id, event_type, content)
        async with self.limits.asking(Bucket.MESSAGES):
            answer = await self.api.put(of_room(room_id, "send", sealed_type, key), sealed)
        event_id = text_of(answer, "event_id")
        if event_type == MESSAGE and "m.new_content" not in content:
            self.standing.note(event_id, content)
            self.threads.note(event_id, content)
        return message_ref(room_id, event_id)

    async def redact(self, target: MessageRef) -> None:
        """Remove a message; one that is gone, or never was, is no error."""
        room_id, event_id = target.room.room_id, target.message_id
        self.standing.forget(event_id)
        path = of_room(room_id, "redact", event_id, digest(event_id))
        try:
            async with self.limits.asking(Bucket.MESSAGES):
                await self.api.put(path, {})
        except Refusal as refusal:
            if not refusal.is_not_found and refusal.status != 400:
                raise

    async def pin(self, target: MessageRef) -> None:
        """Hang a message up; one that hangs is no error."""
        await self.standing.content_of(target)
        pinned = await self._pinned(target)
        if target.message_id not in pinned:
            await self._hang(target, [*pinned, target.message_id])

    async def unpin(self, target: MessageRef) -> None:
        """Take a message down; one that does not hang is no error."""
        pinned = await self._pinned(target)
        if target.message_id in pinned:
            await self._hang(target, [each for each in pinned if each != target.message_id])

    async def _all_of(self, parts: Parts) -> Sequence[Object] | None:
        """Return what the parts of a message show; None if a later one is gone.

        Raises:
            PermanentFailure: The first is gone.
        """
        first = await self.standing.content_of(parts[0])
        try:
            return [first, *[await self.standing.content_of(part) for part in parts[1:]]]
        except PermanentFailure:
            return None

    async def _replace(self, part: MessageRef, before: Object, after: Object) -> None:
        # Another id each time: what is shown may go back to what it was an hour ago.
        key = secrets.token_hex(12)
        content = as_edit(after, part.message_id, before=before)
        await self.send(part.room.room_id, MESSAGE, content, key=f"edit-{key}")
        self.standing.note(part.message_id, after)

    async def _place_anew(self, parts: Parts, message: OutgoingMessage, tone: Tone) -> Parts:
        """Post the message again and take the old one away: edited out, a file is still there."""
        room_id, first = parts[0].room.room_id, parts[0].message_id
        key = f"{first}-{digest(message.fingerprint)}"
        # Whom it mentions was told when it came.
        placed = await self.post(room_id, replace(message, pings=frozenset()), tone, key=key)
        # The first part goes last: as long as it stands, this can be done again.
        for part in reversed(parts):
            await self.redact(part)
        return placed

    async def _pinned(self, target: MessageRef) -> list[str]:
        try:
            told = await self.api.get(_pins(target))
        except Refusal as refusal:
            if refusal.is_not_found:
                return []
            raise
        pinned = told.get("pinned")
        return [str(each) for each in pinned] if isinstance(pinned, list) else []

    async def _hang(self, target: MessageRef, pinned: list[str]) -> None:
        body: dict[str, Json] = {"pinned": [*pinned]}
        async with self.limits.asking(Bucket.MESSAGES):
            await self.api.put(_pins(target), body)


def digest(value: Json) -> str:
    """Return a short text that is another for each value."""
    return hashlib.blake2b(quote(str(value)).encode(), digest_size=12).hexdigest()


def _pins(target: MessageRef) -> str:
    return of_room(target.room.room_id, "state", "m.room.pinned_events", "")


def _shown_in(files: Sequence[Object]) -> list[str]:
    return [str(file[FILE]) for file in files]


def _without_relation(content: Object) -> Object:
    return {name: value for name, value in content.items() if name != "m.relates_to"}
