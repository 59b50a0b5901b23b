"""What the bot and other devices tell each other about keys.

Source: Matrix client-server API, "Key requests", "m.room_key.withheld", "Olm sessions wedged".
"""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog
from nio import ErrorResponse, MatrixRoom, SyncResponse
from nio.event_builders import RoomKeyRequestMessage

from bot.bridges.matrix.answers import as_object, events_in
from bot.bridges.matrix.api import Api, Object
from bot.bridges.matrix.errors import TOKEN_REFUSED, Broken, MatrixError, Refusal
from bot.bridges.matrix.key_questions import begin_with, learn_devices
from bot.bridges.matrix.key_server import TokenRefused
from bot.bridges.matrix.key_upkeep import KeyStock, keep_stock, key_stock
from bot.bridges.matrix.opening import Opening
from bot.bridges.matrix.unread import Missing
from bot.domain.richtext_json import Json
from bot.errors import PermanentFailure, TemporaryFailure

ALGORITHM = "m.megolm.v1.aes-sha2"
WITHHELD = "m.room_key.withheld"
NO_OLM = "m.no_olm"
"""Somebody could not begin to talk to the bot's device, which does so itself then."""
ASKED_AFTER_S = 2.0
"""A key that is on its way need not be asked for."""
LOOKED_EVERY_S = 60.0
NEVER = datetime.min.replace(tzinfo=UTC)
COUNTED_EVERY = timedelta(minutes=10)
"""A fallback key serves who finds no other meanwhile."""
_STATUS = {"M_LIMIT_EXCEEDED": 429}
"""The library does not tell it, and much else that is refused may pass."""

log = structlog.get_logger("matrix")


@dataclass(kw_only=True)
class KeyTalk:
    """Takes keys, asks for those that are missing, and begins anew with devices where it broke.

    Attributes:
        turn: Held by whoever changes keys over more than one question.
    """

    api: Api
    opening: Opening
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _counted_at: datetime = NEVER

    async def take(self, told: Mapping[str, Json], about_keys: Object) -> None:
        """Take from an answer to a sync what is about keys, and answer it.

        Raises:
            MatrixError: The homeserver can't be asked for what is missing.
        """
        client = self.api.client
        # Most answers say nothing of keys; the library writes to its store at each.
        if _says_something(about_keys, client.rooms.values()):
            await self._take_keys(about_keys)
        self._take_refusals(told)
        try:
            await keep_stock(client, self._stock(told))
        except TokenRefused as error:
            raise Refusal(401, "M_UNKNOWN_TOKEN") from error
        except PermanentFailure as error:
            log.warning("matrix.keys_refused", reason=str(error))
        except TemporaryFailure as error:
            raise Broken(str(error)) from error
        await self.ask_for_devices()
        await self._begin_anew()
        await surely(client.send_to_device_messages())

    async def run(self) -> None:
        """Ask for the keys of what could not be opened, until cancelled."""
        clock, wanted = self.opening.clock, self.opening.wanted
        while True:
            await clock.wait(wanted, at_most_s=LOOKED_EVERY_S)
            wanted.clear()
            await clock.sleep(ASKED_AFTER_S)
            # What is refused now is asked again, and why is told where the bot listens.
            with suppress(MatrixError):
                await self._ask()

    async def ask_for_devices(self) -> None:
        """Learn the devices of those about whom the bot does not know them.

        Raises:
            MatrixError: Not now.
        """
        if self.api.client.should_query_keys:
            await learn_devices(self.api, self.api.client.users_for_key_query)

    def _stock(self, told: Mapping[str, Json]) -> KeyStock:
        """Return what is left, which is not asked about with every answer that does not say it."""
        stock, now = key_stock(told), self.opening.clock.now()
        if stock.one_time is not None:
            return stock
        if now - self._counted_at < COUNTED_EVERY:
            return replace(stock, one_time=self.api.client.olm.uploaded_key_count)
        self._counted_at = now
        return stock

    async def _ask(self) -> None:
        client = self.api.client
        if client.olm is None:
            return
        async with self.turn:
            await self.ask_for_devices()
            for missing in self.opening.unread.to_be_asked_for():
                self.opening.unread.note_asked_for(missing)
                if not self.opening.has_whole_key(missing):
                    client.olm.outgoing_to_device_messages.append(self._request(missing))
            await surely(client.send_to_device_messages())

    def _request(self, missing: Missing) -> RoomKeyRequestMessage:
        body = {
            "algorithm": ALGORITHM,
            "room_id": missing.room_id,
            "session_id": missing.session_id,
            "sender_key": missing.sender_key,
        }
        content = {
            "action": "request",
            "body": {name: value for name, value in body.items() if value},
            "request_id": missing.session_id,
            "requesting_device_id": self.api.device_id,
        }
        return RoomKeyRequestMessage(
            "m.room_key_request",
            missing.sender,
            "*",
            content,
            missing.session_id,
            missing.session_id,
            missing.room_id,
            ALGORITHM,
        )

    async def _take_keys(self, about_keys: Object) -> None:
        try:
            response = SyncResponse.from_dict(about_keys)
            if isinstance(response, SyncResponse):
                await self.api.client.receive_response(response)
            else:
                log.error("matrix.keys_not_read")
        except Exception as bug:  # noqa: BLE001 - what anybody sends to a device must not stop all
            log.error("matrix.keys_not_taken", bug=bug)  # noqa: TRY400 - it may quote people

    def _take_refusals(self, told: Mapping[str, Json]) -> None:
        """Take who says that the bot does not get a key."""
        for event in events_in(told.get("to_device")):
            if event.get("type") == WITHHELD:
                said, sender = as_object(event.get("content")), str(event.get("sender"))
                self.opening.unread.learn_withheld(said, sender)
                if said.get("code") == NO_OLM:
                    self.api.client.olm.mark_for_unwedging(sender, str(said.get("sender_key")))

    async def _begin_anew(self) -> None:
        """Make new sessions with the devices whose old ones open nothing any more."""
        client = self.api.client
        if not client.should_claim_keys:
            return
        begun_with = {device.user_id for device in client.olm.wedged_devices}
        await begin_with(self.api, client.get_users_for_key_claiming())
        # What they have answered by the old sessions could not be opened.
        if self.opening.unread.note_unanswered(begun_with):
            self.opening.wanted.set()
        # Who had no key to begin with is begun with the next time.
        client.olm.wedged_devices.clear()


async def surely(asked: Awaitable[object]) -> None:
    """Wait for something that the library asks the homeserver.

    Raises:
        MatrixError: It was refused, or not answered.
    """
    try:
        answer = await asked
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Broken(type(error).__name__) from error
    for one in answer if isinstance(answer, list) else [answer]:
        if isinstance(one, ErrorResponse):
            code = one.status_code or ""
            status = 401 if code in TOKEN_REFUSED else _STATUS.get(code, 500)
            raise Refusal(status, code)


def _says_something(about_keys: Object, rooms: Iterable[MatrixRoom]) -> bool:
    """Whether there is anything for the library; how many keys are left is looked at apart.

    Synapse says of whoever speaks in one room and then in another that their devices have changed.
    The library asks only about those with whom the bot shares an encrypted room.
    """
    if events_in(about_keys["to_device"]) or as_object(about_keys["rooms"]).get("join"):
        return True
    devices = as_object(about_keys["device_lists"])
    lists = [
        listed for name in ("changed", "left") if isinstance(listed := devices.get(name), list)
    ]
    people = {user for listed in lists for user in listed if isinstance(user, str)}
    return any(room.encrypted and not people.isdisjoint(room.users) for room in rooms)
