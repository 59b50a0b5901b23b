"""A Telegram that answers what it was told to, without a network."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from telegram.request import BaseRequest, RequestData

from bot.domain.incoming import RawUpdate
from bot.domain.richtext_json import Json
from bot.errors import StorageUnavailable

Answer = tuple[int, bytes]


def updates(*numbers: int) -> Answer:
    """An answer with updates of these numbers."""
    return said([{"update_id": number} for number in numbers])


def said(result: Json) -> Answer:
    """An answer that says yes, with something."""
    return 200, json.dumps({"ok": True, "result": result}).encode()


def refusal(code: int, description: str, **parameters: Json) -> Answer:
    """An answer that says no."""
    told = {"ok": False, "error_code": code, "description": description}
    return code, json.dumps(told | ({"parameters": parameters} if parameters else {})).encode()


class Scripted(BaseRequest):
    """Answers with one after the other, then ends whoever asks."""

    def __init__(self, *answers: Answer | Exception | Callable[[], Answer]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, str]] = []

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.asked.append(query)
        await asyncio.sleep(0)
        if not self.answers:
            raise asyncio.CancelledError
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else answer


@dataclass
class Keeper:
    """An inbox that is out of order a few times."""

    refusals: int = 0
    kept: list[RawUpdate] = field(default_factory=list)
    refused: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def accept(self, update: RawUpdate) -> None:
        """Keep it, or say that it can't be kept."""
        if self.refused < self.refusals:
            self.refused += 1
            raise StorageUnavailable("the disk is full")
        self.kept.append(update)
        self._news.set()

    async def until(self, number: int) -> None:
        """Wait until so many are kept."""
        async with asyncio.timeout(5):
            while len(self.kept) < number:
                self._news.clear()
                await self._news.wait()

    @property
    def numbers(self) -> Sequence[int]:
        """What was kept of Telegram's own, in order."""
        return [int(u.update_id) for u in self.kept if u.update_id.isdecimal()]
