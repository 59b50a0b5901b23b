"""What those who administer a room do: `await anna.manages(room).kicks(bo.id)`."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.servers.matrix.asking import Asker, Json, as_object
from tests.servers.matrix.contents import BEACON_INFO

ENCRYPTION: Json = {"algorithm": "m.megolm.v1.aes-sha2"}


def make_room(
    name: str,
    *,
    invites: Sequence[str],
    version: str | None,
    is_public: bool,
    is_encrypted: bool,
    is_direct: bool,
) -> Json:
    """Say what a room shall be like; everybody in it may share a live location, as apps do it."""
    state = [{"type": "m.room.encryption", "content": ENCRYPTION}] if is_encrypted else []
    wanted: Json = {
        "name": name,
        "preset": "public_chat" if is_public else "private_chat",
        "invite": list(invites),
        "initial_state": state,
        "is_direct": is_direct,
        "power_level_content_override": {"events": {BEACON_INFO: 0}},
    }
    return wanted | ({"room_version": version} if version else {})


@dataclass(frozen=True)
class Management:
    """A room in the hands of somebody who may do this there, or is refused."""

    ask: Asker
    room: str

    async def invites(self, user: str) -> None:
        """Invite somebody, or let in somebody who has knocked."""
        await self._call("invite", user_id=user)

    async def kicks(self, user: str, reason: str = "") -> None:
        """Put somebody out, or say no to a knock."""
        await self._call("kick", user_id=user, reason=reason)

    async def bans(self, user: str, reason: str = "") -> None:
        """Put somebody out for good."""
        await self._call("ban", user_id=user, reason=reason)

    async def unbans(self, user: str) -> None:
        """Let somebody come again."""
        await self._call("unban", user_id=user)

    async def empowers(self, user: str, level: int) -> None:
        """Give somebody a power level: 50 moderates, 100 administers."""
        levels = await self.state("m.room.power_levels")
        users = as_object(levels.get("users")) | {user: level}
        await self.sets("m.room.power_levels", levels | {"users": users})

    async def requires(self, level: int, kind: str) -> None:
        """Say which power level it takes to send events of a type."""
        levels = await self.state("m.room.power_levels")
        events = as_object(levels.get("events")) | {kind: level}
        await self.sets("m.room.power_levels", levels | {"events": events})

    async def renames(self, name: str) -> None:
        """Give the room another name."""
        await self.sets("m.room.name", {"name": name})

    async def pins(self, *events: str) -> None:
        """Hang up exactly these events."""
        await self.sets("m.room.pinned_events", {"pinned": list(events)})

    async def lets_knock(self) -> None:
        """Let everybody ask to be let in."""
        await self.sets("m.room.join_rules", {"join_rule": "knock"})

    async def encrypts(self) -> None:
        """Switch on encryption, which can't be undone."""
        await self.sets("m.room.encryption", ENCRYPTION)

    async def upgrades(self, version: str = "12") -> str:
        """Move the room to another version: a tombstone here; return the new room's id."""
        answer = await self._call("upgrade", new_version=version)
        return str(answer["replacement_room"])

    async def state(self, kind: str, key: str = "") -> Json:
        """Read a piece of the room's state."""
        return await self.ask("GET", "rooms", self.room, "state", kind, key)

    async def sets(self, kind: str, content: Json, key: str = "") -> str:
        """Set a piece of the room's state."""
        answer = await self.ask("PUT", "rooms", self.room, "state", kind, key, json=content)
        return str(answer["event_id"])

    async def members(self) -> dict[str, str]:
        """Who is in the room, knocks or is invited, by id; and how it stands with them."""
        answer = await self.ask("GET", "rooms", self.room, "members")
        chunk = answer["chunk"]
        assert isinstance(chunk, list)
        return {e["state_key"]: e["content"]["membership"] for e in chunk}

    async def _call(self, verb: str, **what: str) -> Json:
        return await self.ask("POST", "rooms", self.room, verb, json=dict(what))
