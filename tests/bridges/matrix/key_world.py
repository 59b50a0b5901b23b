"""A homeserver that knows nothing but keys, and people's devices on it."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from nio.crypto import Olm
from nio.store import SqliteMemoryStore

from bot.bridges.matrix.api import Api, Object
from bot.bridges.matrix.encryption import Encryption
from bot.domain.richtext_json import Json
from tests.bridges.matrix.nio_device import SEALER
from tests.town import FakeClock

BOT, GRANNE, TORGET = "@granne:grannar.test", "GRANNE", "!torget:grannar.test"
FINE, CUT = 200, 0
"""How a question may end."""
ANNA, BO, EVE = "@anna:grannar.test", "@bo:grannar.test", "@eve:hostile.test"


@dataclass
class KeyServer:
    """A homeserver of keys.

    Attributes:
        members: Who is in the room.
        devices: What it tells of devices, by whose they are and their names.
        one_time_keys: What is there to begin with them.
        troubles: With what to answer next, by a part of the path.
        bots_keys: How many the bot has left there, to begin with it.
        sent: To which devices something was sent.
    """

    members: list[str] = field(default_factory=list)
    devices: dict[str, Object] = field(default_factory=dict)
    one_time_keys: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    bots_keys: int = 0
    identity: Object = field(default_factory=dict)
    troubles: list[tuple[str, int]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)

    def comes(self, user_id: str, device_id: str = "PHONE") -> Object:
        """Let somebody come into the room with a device."""
        store = SqliteMemoryStore(user_id, device_id)
        told = Olm(user_id, device_id, store).share_keys()
        store.database.close()
        if user_id not in self.members:
            self.members.append(user_id)
        device: Object = told["device_keys"]
        self.devices.setdefault(user_id, {})[device_id] = device
        pairs = told["one_time_keys"].items()
        self.one_time_keys[user_id, device_id] = [{name: key} for name, key in pairs]
        return device

    def times(self, end: str) -> int:
        """How often something was asked for."""
        return sum(end in path for path in self.asked)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer as homeservers do."""
        path = request.path.partition("/v3/")[2]
        self.asked.append(path)
        trouble = next((one for one in self.troubles if one[0] in path), None)
        if trouble is not None:
            self.troubles.remove(trouble)
        if trouble is not None and trouble[1] != FINE:
            if trouble[1] == CUT:
                assert request.transport is not None
                request.transport.abort()
            return web.json_response({}, status=trouble[1] or FINE)
        body = await request.json() if request.can_read_body else {}
        return web.json_response(self._told(path, body))

    def _told(self, path: str, body: Object) -> Object:
        match path.split("/"):
            case ["keys", "query"]:
                return self.identity | {"device_keys": dict(self.devices)}
            case ["keys", "upload"]:
                if "device_keys" in body:
                    self.devices.setdefault(BOT, {})[GRANNE] = body["device_keys"]
                given = body.get("one_time_keys")
                self.bots_keys += len(given) if isinstance(given, dict) else 0
                # Of what there is none many servers say nothing.
                counts: Object = {"signed_curve25519": self.bots_keys} if self.bots_keys else {}
                return {"one_time_key_counts": counts}
            case ["keys", "device_signing", "upload"]:
                self.identity = {f"{name}s": {BOT: key} for name, key in body.items()}
            case ["keys", "claim"]:
                return self._claimed(body)
            case ["rooms", _, "joined_members"]:
                return {"joined": {one: {} for one in [BOT, *self.members]}}
            case ["sendToDevice", *_]:
                messages = body["messages"]
                assert isinstance(messages, dict)
                for user_id, devices in messages.items():
                    assert isinstance(devices, dict)
                    self.sent += [(user_id, name) for name in devices]
        return {}

    def _claimed(self, body: Object) -> Object:
        found: defaultdict[str, Object] = defaultdict(dict)
        wanted = body["one_time_keys"]
        assert isinstance(wanted, dict)
        for user_id, devices in wanted.items():
            assert isinstance(devices, dict)
            for name in devices:
                left = self.one_time_keys.get((user_id, name))
                if left:
                    found[user_id][name] = left.pop()
        return {"one_time_keys": {**found}, "failures": {}}


@asynccontextmanager
async def sealing_bot(
    server: KeyServer, folder: Path, clock: FakeClock
) -> AsyncIterator[Encryption]:
    """Sign the bot in there, its keys loaded and not published."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    async with TestServer(app) as running:
        api = Api(
            homeserver=str(running.make_url("")),
            user_id=BOT,
            device_id=GRANNE,
            token="t",
            store=folder,
        )
        encryption = Encryption(api=api, clock=clock, folder=folder, sealer=SEALER)
        encryption.note(TORGET)
        yield encryption
        await api.close()
        if api.client.store:
            api.client.store.database.close()
