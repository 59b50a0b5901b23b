"""The bot's own reactions under its messages, so that people need only press one.

They are a comfort: none is set while the homeserver has had enough of the messages themselves, and
what it refuses is not tried again. What an outage keeps back waits: who has pressed a number could
not press it again before that is taken back.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote
from weakref import WeakValueDictionary

import structlog

from bot.bridges.matrix.api import Api, Object, of_room, text_of
from bot.bridges.matrix.buttons import Rows, keyed
from bot.bridges.matrix.errors import MatrixError, Refusal
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.inbound import MARK
from bot.bridges.matrix.limits import Bucket, Limits
from bot.bridges.matrix.outage import Outage, is_outage
from bot.bridges.matrix.reactions import reaction_in
from bot.domain.messages import MessageRef
from bot.errors import TemporaryFailure
from bot.ports.clock import Clock

MOST_WAITING = 500
MOST_KEYS = 8
LOOKS_AGAIN_AFTER_S = 5.0
TRIES_AGAIN_AFTER_S = 30.0
MOST_TRIES = 3
_REMEMBERED = 5_000

log = structlog.get_logger("matrix")


@dataclass(frozen=True, slots=True)
class _Wish:
    """One thing to be done for the comfort of somebody.

    Attributes:
        keys: The emoji that shall stand under a message; None to take a press back.
    """

    target: MessageRef
    keys: tuple[str, ...] | None


@dataclass(kw_only=True)
class Mirrors:
    """Sets and takes back the bot's reactions, one after the other, as far as that succeeds."""

    api: Api
    clock: Clock
    limits: Limits
    outage: Outage
    mark: str
    _wishes: asyncio.Queue[_Wish] = field(
        default_factory=lambda: asyncio.Queue(maxsize=MOST_WAITING)
    )
    _set: OrderedDict[str, dict[str, str]] = field(default_factory=OrderedDict)
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def want(self, target: MessageRef, rows: Rows, *, is_new: bool) -> None:
        """Let the emoji of a message's buttons stand under it, and no others."""
        keys = tuple(key for key, _ in keyed(rows))[:MOST_KEYS]
        if is_new:
            self._note(target.message_id, {})
        if keys or not is_new:
            self._wish(_Wish(target, keys))

    def take_back(self, press: MessageRef) -> None:
        """Take somebody's press back, so that the same number can be pressed again."""
        self._wish(_Wish(press, None))

    async def run(self, heard_at: Callable[[], datetime | None]) -> None:
        """Do what is wished for, until cancelled; during an outage nothing is asked.

        Args:
            heard_at: Returns when the homeserver was heard last.
        """
        while True:
            wish = await self._wishes.get()
            for _ in range(MOST_TRIES):
                while self.outage.lasts(heard_at()):
                    await self.clock.sleep(LOOKS_AGAIN_AFTER_S)
                if await self._is_settled(wish):
                    break
                await self.clock.sleep(TRIES_AGAIN_AFTER_S)

    async def _is_settled(self, wish: _Wish) -> bool:
        """Do what is wished for; False if that is worth another try."""
        try:
            await self._fulfil(wish)
        except (MatrixError, TemporaryFailure) as error:
            # Where the bot is no moderator each press is: nothing for whoever reads the log.
            is_refused = isinstance(error, Refusal) and error.is_for_good
            say = log.debug if is_refused else log.info
            say("matrix.reaction_not_set", reason=str(error))
            if isinstance(error, MatrixError) and is_outage(error):
                self.outage.note(error)
                return False
        return True

    def _wish(self, wish: _Wish) -> None:
        if not self._wishes.full():
            self._wishes.put_nowait(wish)

    async def _fulfil(self, wish: _Wish) -> None:
        if wish.keys is None:
            await self._redact(wish.target.room.room_id, wish.target.message_id)
            return
        if not self.limits.is_scarce(Bucket.MESSAGES):
            await self.stand(wish.target, wish.keys)

    async def stand(self, target: MessageRef, keys: Sequence[str]) -> None:
        """Let only these of the bot's emoji stand under a message; raises MatrixError."""
        # What is wished for comes between what the outbox wants.
        turn = self._turns.setdefault(target.message_id, asyncio.Lock())
        async with turn:
            known = self._set.pop(target.message_id, None)
            standing = await self._ask(target) if known is None else known
            await self._settle(target, standing, keys)
            # Cut short, it may have been done all the same: the homeserver is asked the next time.
            self._note(target.message_id, standing)

    async def _settle(
        self, target: MessageRef, standing: dict[str, str], keys: Sequence[str]
    ) -> None:
        for key in [key for key in standing if key not in keys]:
            if gone := standing.pop(key):
                await self._redact(target.room.room_id, gone)
        for key in keys:
            if key not in standing:
                standing[key] = await self._react(target, key)

    async def _react(self, target: MessageRef, key: str) -> str:
        content: Object = {
            "m.relates_to": {
                "rel_type": "m.annotation",
                "event_id": target.message_id,
                "key": key,
            },
            MARK: self.mark,
        }
        # What was taken back once would be answered with itself; the server lets no two stand.
        path = of_room(target.room.room_id, "send", "m.reaction", secrets.token_hex(12))
        async with self.limits.asking(Bucket.MESSAGES):
            try:
                return text_of(await self.api.put(path, content), "event_id")
            except Refusal as refusal:
                if refusal.code != "M_DUPLICATE_ANNOTATION":
                    raise
        # An answer to the one before was lost.
        return (await self._ask(target)).get(key, "")

    async def _redact(self, room_id: str, event_id: str) -> None:
        async with self.limits.asking(Bucket.MESSAGES):
            await self.api.put(of_room(room_id, "redact", event_id, f"back-{event_id}"), {})

    async def _ask(self, target: MessageRef) -> dict[str, str]:
        room_id, event_id = (
            quote(part, safe="") for part in (target.room.room_id, target.message_id)
        )
        path = f"/_matrix/client/v1/rooms/{room_id}/relations/{event_id}/m.annotation/m.reaction"
        told = await self.api.get(path, {"limit": "100"})
        chunk = told.get("chunk")
        found: dict[str, str] = {}
        for event in chunk if isinstance(chunk, list) else []:
            if isinstance(event, dict) and event.get("sender") == self.api.user_id:
                reaction = reaction_in(Fields(event))
                if reaction is not None:
                    found[str(reaction["key"])] = str(event.get("event_id", ""))
        return found

    def _note(self, event_id: str, standing: dict[str, str]) -> None:
        self._set[event_id] = standing
        while len(self._set) > _REMEMBERED:
            self._set.popitem(last=False)
