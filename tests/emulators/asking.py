"""A client without any library: what goes over the wire is what a test says."""

from dataclasses import dataclass

import aiohttp

from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.wire import Json, as_object, as_objects


@dataclass(eq=False)
class Answered(Exception):
    """The Bot API has said no."""

    code: int
    description: str
    parameters: Json

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


@dataclass(frozen=True)
class Asker:
    """Calls methods: `await ask("sendMessage", chat_id=1, text="hej")`."""

    emulator: Emulator
    bot: Bot
    session: aiohttp.ClientSession

    async def __call__(self, method: str, **params: object) -> object:
        """Call a method with JSON.

        Raises:
            Answered: It was refused.
        """
        url = f"{self.emulator.base_url}{self.bot.token}/{method}"
        async with self.session.post(url, json=params) as response:
            answer = as_object(await response.json())
        if answer["ok"]:
            return answer["result"]
        code = response.status
        raise Answered(code, str(answer["description"]), as_object(answer.get("parameters")))

    async def record(self, method: str, **params: object) -> Json:
        """Call a method that answers with an object."""
        return as_object(await self(method, **params))

    async def updates(self, **params: object) -> list[Json]:
        """Get what waits."""
        return as_objects(await self("getUpdates", **params))

    async def texts(self, **params: object) -> list[str]:
        """Get what waits, and read only the words."""
        return [str(m["text"]) for m in await self.messages(**params) if "text" in m]

    async def messages(self, **params: object) -> list[Json]:
        """Get what waits, and read only what was written."""
        found = await self.updates(**params)
        return [as_object(update["message"]) for update in found if "message" in update]
