"""What people do on Matrix: `await anna.writes(room, "…")`."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tests.servers.matrix import contents
from tests.servers.matrix.asking import Asker, Json, as_object, as_objects
from tests.servers.matrix.contents import BEACON, BEACON_INFO, POLL_END, POLL_RESPONSE, POLL_START
from tests.servers.matrix.managing import Management, make_room
from tests.servers.matrix.sight import Seen, look

PATIENCE_S = 10.0
_LONG_POLL_MS = 5000
_WAKE_ONLY = (
    '{"room":{"timeline":{"limit":1},"state":{"lazy_load_members":true},'
    '"ephemeral":{"types":[]},"account_data":{"types":[]}},'
    '"presence":{"types":[]},"account_data":{"types":[]}}'
)


@dataclass(eq=False)
class Person:
    """A person with an app that has no encryption.

    Attributes:
        ask: Their program, for what this class has no word for.
    """

    id: str
    name: str
    device_id: str
    ask: Asker = field(repr=False)
    _since: str | None = field(default=None, repr=False)
    _invites: dict[str, list[Json]] = field(default_factory=dict, repr=False)

    # Rooms.

    async def opens(
        self,
        name: str = "Torget",
        *,
        invites: "Iterable[Person | str]" = (),
        version: str | None = None,
        is_public: bool = False,
        is_encrypted: bool = False,
        is_direct: bool = False,
    ) -> str:
        """Make a room and return its id; of version 12 on it has no server in it."""
        wanted = make_room(
            name,
            invites=[who if isinstance(who, str) else who.id for who in invites],
            version=version,
            is_public=is_public,
            is_encrypted=is_encrypted,
            is_direct=is_direct,
        )
        return str((await self.ask("POST", "createRoom", json=wanted))["room_id"])

    def manages(self, room: str) -> Management:
        """Administer a room: `await anna.manages(room).kicks(bo.id)`."""
        return Management(self.ask, room)

    async def joins(self, room: str) -> None:
        """Go into a room, invited or where everybody may."""
        await self.ask("POST", "join", room, json={})
        self._invites.pop(room, None)

    async def knocks(self, room: str, reason: str = "") -> None:
        """Ask to be let in."""
        await self.ask("POST", "knock", room, json={"reason": reason})

    async def leaves(self, room: str) -> None:
        """Go out of a room, or say no to an invitation."""
        await self.ask("POST", "rooms", room, "leave", json={})
        self._invites.pop(room, None)

    async def renames_to(self, name: str) -> None:
        """Take another display name."""
        await self.ask("PUT", "profile", self.id, "displayname", json={"displayname": name})
        self.name = name

    # Writing. Each returns the id of the event.

    async def writes(
        self,
        room: str,
        body: str,
        *,
        html: str | None = None,
        kind: str = "m.text",
        reply_to: str | None = None,
        thread: str | None = None,
        mentions: Iterable[str] = (),
    ) -> str:
        """Write words; `kind` may be `m.notice` or `m.emote`, `mentions` are ids or `@room`."""
        content = contents.text(body, html=html, kind=kind, mentions=mentions)
        content |= contents.relation(reply_to=reply_to, thread=thread)
        return await self.sends(room, "m.room.message", content)

    async def edits(self, room: str, event_id: str, body: str, *, html: str | None = None) -> str:
        """Put other words in the place of their own."""
        content = contents.edit(event_id, contents.text(body, html=html))
        return await self.sends(room, "m.room.message", content)

    async def edits_caption(self, room: str, event_id: str, caption: str) -> str:
        """Put other words below a file of their own."""
        before = next(seen for seen in await self.reads(room) if seen.event_id == event_id)
        content = contents.edit(event_id, before.content | {"body": caption})
        return await self.sends(room, "m.room.message", content)

    async def reacts(self, room: str, event_id: str, key: str) -> str:
        """React to a message; redact the reaction to take it back."""
        return await self.sends(room, "m.reaction", contents.reaction(event_id, key))

    async def redacts(self, room: str, event_id: str, reason: str = "") -> str:
        """Take away a message or a reaction."""
        path = ("rooms", room, "redact", event_id, _new_transaction())
        return str((await self.ask("PUT", *path, json={"reason": reason}))["event_id"])

    async def sends_file(
        self,
        room: str,
        what: contents.File,
        *,
        reply_to: str | None = None,
        thread: str | None = None,
    ) -> str:
        """Upload a file and send it; pictures, voices and stickers are files too."""
        mxc = await self.ask.upload(what.data, name=what.name, mime=what.mime)
        content = contents.file(what, mxc) | contents.relation(reply_to=reply_to, thread=thread)
        kind = "m.sticker" if what.kind == "m.sticker" else "m.room.message"
        return await self.sends(room, kind, content)

    async def shares_place(
        self, room: str, latitude: float, longitude: float, *, words: str = ""
    ) -> str:
        """Send a place on the map."""
        content = contents.location(latitude, longitude, words=words)
        return await self.sends(room, "m.room.message", content)

    async def begins_walking(self, room: str, *, words: str = "", lasts_s: int = 900) -> str:
        """Begin to share a live location."""
        return await self._lives(room, contents.live_place(
            words=words, lasts_s=lasts_s, is_live=True
        ))  # fmt: skip

    async def walks(self, room: str, of: str, latitude: float, longitude: float) -> str:
        """Walk on with a live location that `begins_walking` has begun."""
        return await self.sends(room, BEACON, contents.beacon(of, latitude, longitude))

    async def stops_walking(self, room: str) -> str:
        """End a live location."""
        return await self._lives(room, contents.live_place(words="", lasts_s=0, is_live=False))

    async def asks_all(self, room: str, question: str, *answers: str, most: int = 1) -> str:
        """Begin a poll; the answers' ids are "0", "1" and so on."""
        return await self.sends(room, POLL_START, contents.poll(question, answers, most=most))

    async def votes(self, room: str, poll: str, *answers: str) -> str:
        """Vote by the answers' ids; with none the vote is taken back."""
        return await self.sends(room, POLL_RESPONSE, contents.vote(poll, answers))

    async def ends_poll(self, room: str, poll: str, words: str = "Slut") -> str:
        """End a poll."""
        return await self.sends(room, POLL_END, contents.poll_end(poll, words))

    async def sends(
        self, room: str, kind: str, content: Json, *, transaction: str | None = None
    ) -> str:
        """Send an event of any type."""
        path = ("rooms", room, "send", kind, transaction or _new_transaction())
        return str((await self.ask("PUT", *path, json=content))["event_id"])

    # Reading.

    async def events(self, room: str) -> list[Json]:
        """All events that they may see, oldest first, as the server gives them."""
        found: list[Json] = []
        wanted: dict[str, str | int] = {"dir": "f", "limit": 500}
        while True:
            page = await self.ask("GET", "rooms", room, "messages", query=wanted)
            found += as_objects(page["chunk"])
            if "end" not in page:
                return found
            wanted["from"] = str(page["end"])

    async def reads(self, room: str) -> list[Seen]:
        """What stands in the room now, oldest first."""
        return look(await self.events(room))

    async def waits(
        self, room: str, holds: Callable[[Sequence[Seen]], object], *, within_s: float = PATIENCE_S
    ) -> list[Seen]:
        """Wait until what stands in the room fits; return it."""
        seen: list[Seen] = []

        async def fits() -> bool:
            seen[:] = await self.reads(room)
            return bool(holds(seen))

        try:
            await self._sync_until(fits, within_s)
        except TimeoutError:
            shown = "\n".join(f"{s.kind} {s.sender}: {s.text!r} {dict(s.reactions)}" for s in seen)
            raise AssertionError(f"{self.name} does not see that, but:\n{shown}") from None
        return seen

    async def sees(
        self, room: str, what: str | Callable[[Seen], object], *, within_s: float = PATIENCE_S
    ) -> Seen:
        """Wait for a message that stands there and fits; return the latest."""

        def fitting(seen: Iterable[Seen]) -> list[Seen]:
            standing = [one for one in seen if not one.is_gone]
            return [s for s in standing if (what in s.text if isinstance(what, str) else what(s))]

        return fitting(await self.waits(room, fitting, within_s=within_s))[-1]

    async def downloads(self, seen: Seen) -> bytes:
        """Fetch the file of a message."""
        assert seen.mxc is not None
        return await self.ask.download(seen.mxc)

    async def is_invited(self, by: str | None = None, *, within_s: float = PATIENCE_S) -> str:
        """Wait for an invitation, by a certain user perhaps; return the room's id."""

        def found() -> list[str]:
            return [room for room, state in self._invites.items() if self._is_by(by, state)]

        async def fits() -> bool:
            return bool(found())

        try:
            await self._sync_until(fits, within_s)
        except TimeoutError:
            raise AssertionError(f"{self.name} is not invited") from None
        return found()[-1]

    def _is_by(self, by: str | None, state: Iterable[Json]) -> bool:
        mine = [e for e in state if e.get("state_key") == self.id and e["type"] == "m.room.member"]
        return by is None or any(event["sender"] == by for event in mine)

    async def _lives(self, room: str, content: Json) -> str:
        path = ("rooms", room, "state", BEACON_INFO, self.id)
        return str((await self.ask("PUT", *path, json=content))["event_id"])

    async def _sync_until(self, fits: Callable[[], Awaitable[bool]], limit_s: float) -> None:
        async with asyncio.timeout(limit_s):
            # The first sync comes before the first look: what happens after it wakes the next.
            if self._since is None:
                await self._sync(wait_ms=0)
            while not await fits():
                await self._sync(wait_ms=_LONG_POLL_MS)

    async def _sync(self, *, wait_ms: int) -> None:
        wanted: dict[str, str | int] = {"timeout": wait_ms, "filter": _WAKE_ONLY}
        wanted |= {"since": self._since} if self._since else {}
        answer = await self.ask("GET", "sync", query=wanted)
        self._since = str(answer["next_batch"])
        rooms = as_object(answer.get("rooms"))
        for room, invited in as_object(rooms.get("invite")).items():
            state = as_object(as_object(invited).get("invite_state")).get("events")
            self._invites[room] = as_objects(state)
        for room in (*as_object(rooms.get("join")), *as_object(rooms.get("leave"))):
            self._invites.pop(room, None)


def _new_transaction() -> str:
    return secrets.token_hex(8)
