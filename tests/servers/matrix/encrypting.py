"""A person whose app encrypts: the same verbs, over matrix-js-sdk."""

import asyncio
import base64
from dataclasses import dataclass, field
from enum import IntEnum

from tests.servers.matrix import contents
from tests.servers.matrix.asking import Json, as_object, as_objects
from tests.servers.matrix.node import Node
from tests.servers.matrix.person import Person
from tests.servers.matrix.sight import Seen


class Shield(IntEnum):
    """The mark that an app puts beside a message."""

    NONE = 0
    GREY = 1
    RED = 2


@dataclass(frozen=True)
class Seal:
    """How a message came.

    Attributes:
        unreadable_because: The library's code for what stands in the way, None if it is readable.
        reason: The library's number for the reason of the shield; 2 is a device that its owner
            has not signed.
    """

    is_encrypted: bool
    unreadable_because: str | None
    shield: Shield
    reason: int | None


@dataclass(frozen=True)
class Trust:
    """What an app knows of somebody's device."""

    is_known: bool
    has_identity: bool
    is_signed_by_owner: bool
    is_verified: bool


@dataclass(eq=False)
class EncryptingPerson(Person):
    """A person with an app that encrypts where the room wants it, on a signed device."""

    node: Node = field(kw_only=True, repr=False)

    async def comes_online(self) -> None:
        """Start the app: make keys, sign the device, and read what there is."""
        about = {"url": self.ask.url, "user": self.id, "device": self.device_id}
        await self._app("arrives", **about, token=self.ask.token)

    async def joins(self, room: str) -> None:
        """Go into a room, some time after the app has told of it as people do.

        Synapse loses a join, and what is said right after it, if it is still telling of the
        invitation: the app would hear of neither.
        """
        known = -1
        while (changed := await self._changes_after(known)) != known:
            known = changed
        await self._app("joins", room=room)
        self._invites.pop(room, None)

    async def sends(
        self, room: str, kind: str, content: Json, *, transaction: str | None = None
    ) -> str:
        """Send an event of any type, encrypted where the room is."""
        await self._knows(room)
        return str(await self._app("sends", room=room, kind=kind, content=content))

    async def sends_file(
        self,
        room: str,
        what: contents.File,
        *,
        reply_to: str | None = None,
        thread: str | None = None,
    ) -> str:
        """Upload a file that only those in the room can open, and send it."""
        data = base64.b64encode(what.data).decode()
        file = as_object(await self._app("uploads", data=data, name=what.name, mime=what.mime))
        content = contents.file(what, "") | contents.relation(reply_to=reply_to, thread=thread)
        content = {name: value for name, value in content.items() if name != "url"}
        kind = "m.sticker" if what.kind == "m.sticker" else "m.room.message"
        return await self.sends(room, kind, content | {"file": file})

    async def events(self, room: str) -> list[Json]:
        """All events that they have of a room, oldest first, decrypted where they can."""
        await self._knows(room)
        return as_objects(await self._app("reads", room=room))

    async def downloads(self, seen: Seen) -> bytes:
        """Fetch and open the file of a message."""
        file = as_object(seen.content.get("file"))
        return base64.b64decode(str(await self._app("downloads", file=file)))

    async def seal(self, room: str, event_id: str) -> Seal:
        """How a message came."""
        event = next(e for e in await self.events(room) if e["event_id"] == event_id)
        because, shield = event.get("unreadable_because"), as_object(event.get("shield"))
        reason = shield.get("reason")
        return Seal(
            is_encrypted=bool(event["was_encrypted"]),
            unreadable_because=None if because is None else str(because),
            shield=Shield(int(str(shield.get("colour", 0)))),
            reason=reason if isinstance(reason, int) else None,
        )

    async def trusts(self, user: str, device: str) -> Trust:
        """What the app knows of a device of somebody with whom it shares an encrypted room."""
        got = as_object(await self._app("trusts", user=user, device=device))
        return Trust(
            is_known=got["is_known"] is True,
            has_identity=got["has_identity"] is True,
            is_signed_by_owner=got["is_signed_by_owner"] is True,
            is_verified=got["is_verified"] is True,
        )

    async def excludes_unsigned(self, *, on: bool = True) -> None:
        """Talk only to devices that their owners have signed, as apps do from 2026 on."""
        await self._app("excludes_unsigned", on=on)

    async def asks_to_verify(self, user: str, room: str) -> None:
        """Ask somebody in a room to compare keys, after having written there."""
        await self._knows(room)
        await self._app("asks_to_verify", user=user, room=room)

    async def starts_anew(self, room: str) -> None:
        """Make a new key for what is sent from now on, and hand it out again."""
        await self._app("starts_anew", room=room)

    async def _knows(self, room: str) -> None:
        """Wait until the app has heard that it is in a room and who else is."""

        async def is_in() -> bool:
            return bool(await self._app("is_in", room=room))

        async with asyncio.timeout(10):
            known = 0
            while not await is_in():
                known = await self._changes_after(known)

    async def _changes_after(self, known: int, *, within_ms: int = 1000) -> int:
        """Wait until the app has changed more often than that; return how often by then."""
        return int(str(await self._app("changed", known=known, within_ms=within_ms)))

    async def _sync(self, *, wait_ms: int) -> None:
        # The app alone may sync for its device: keys are handed over once.
        known = int(self._since or 0)
        self._since = str(await self._changes_after(known, within_ms=wait_ms))
        invited = as_object(await self._app("invitations"))
        self._invites = {room: as_objects(state) for room, state in invited.items()}

    async def _app(self, does: str, **what: object) -> object:
        return await self.node.call(self.id, does, what)
