"""Requests to the homeserver, as JSON.

The library carries them; what it would make of the answers is left out where it knows less than
the answer says, and where it would try again for ever.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

import aiohttp
from nio import AsyncClient, AsyncClientConfig

from bot.bridges.matrix.errors import RETRY_S, Broken, NotReached, Refusal
from bot.bridges.matrix.key_machine import KeyClient
from bot.domain.richtext_json import Json

CLIENT = "/_matrix/client/v3"
ANSWER_WITHIN_S = 30.0

Object = dict[str, Json]


@dataclass(kw_only=True)
class Api:
    """One account's way to its homeserver.

    Attributes:
        store: Where the library keeps the keys of encrypted rooms; None for none.
    """

    homeserver: str
    user_id: str = ""
    device_id: str = ""
    token: str = ""
    store: Path | None = None
    client: AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        """Make the library's client; nothing is opened yet."""
        # Every retry is the outbox's or the sync's own.
        config = AsyncClientConfig(
            max_limit_exceeded=0,
            max_timeouts=0,
            store_sync_tokens=False,
            encryption_enabled=self.store is not None,
            request_timeout=ANSWER_WITHIN_S,
        )
        self.client = KeyClient(
            self.homeserver, self.user_id, store_path=str(self.store or ""), config=config
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self.client.close()
        self.client.client_session = None

    async def get(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        within_s: float = ANSWER_WITHIN_S,
    ) -> Object:
        """Ask for something.

        Raises:
            MatrixError: It was not answered, or refused.
        """
        asked = f"{path}?{urlencode(query)}" if query else path
        return await self._call("GET", asked, None, within_s=within_s)

    async def put(self, path: str, body: Mapping[str, Json]) -> Object:
        """Put something where it belongs; twice is once."""
        return await self._call("PUT", path, json.dumps(body))

    async def post(self, path: str, body: Mapping[str, Json]) -> Object:
        """Have something done."""
        return await self._call("POST", path, json.dumps(body))

    async def upload(self, data: bytes, *, mime: str, name: str, within_s: float) -> str:
        """Upload a file; return its `mxc://` address."""
        path = f"/_matrix/media/v3/upload?{urlencode({'filename': name})}"
        answer = await self._call("POST", path, data, mime=mime, within_s=within_s)
        return text_of(answer, "content_uri")

    async def download(self, path: str, *, most_bytes: int, within_s: float) -> bytes:
        """Return a file.

        Raises:
            Refusal: It is not there, or longer than asked for.
        """
        answer = await self._ask("GET", path, None, within_s=within_s)
        try:
            async with answer:
                if answer.status != 200:
                    raise _refusal(answer, await answer.read())
                return await _read_at_most(answer, most_bytes)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise Broken(type(error).__name__) from error

    async def _call(
        self,
        method: str,
        path: str,
        body: str | bytes | None,
        *,
        mime: str = "application/json",
        within_s: float = ANSWER_WITHIN_S,
    ) -> Object:
        answer = await self._ask(method, path, body, mime=mime, within_s=within_s)
        try:
            async with answer:
                said = await answer.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            raise Broken(type(error).__name__) from error
        if answer.status != 200:
            raise _refusal(answer, said)
        return _object(said)

    async def _ask(
        self,
        method: str,
        path: str,
        body: str | bytes | None,
        *,
        mime: str = "application/json",
        within_s: float,
    ) -> aiohttp.ClientResponse:
        headers = {"Content-Type": mime}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer: aiohttp.ClientResponse = await self.client.send(
                method, path, body, headers, timeout=aiohttp.ClientTimeout(total=within_s)
            )
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise NotReached(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise Broken(type(error).__name__) from error
        return answer


def of_room(room_id: str, *parts: str) -> str:
    """Return a path below a room; what stands in it is never read as a path."""
    return "/".join([f"{CLIENT}/rooms", *(quote(part, safe="") for part in (room_id, *parts))])


def text_of(answer: Mapping[str, Json], name: str) -> str:
    """Return a text that an answer must hold.

    Raises:
        Broken: It does not.
    """
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise Broken(f"the answer has no {name}")
    return value


async def _read_at_most(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    data = bytearray()
    async for chunk in answer.content.iter_chunked(65_536):
        data += chunk
        if len(data) > most_bytes:
            raise Refusal(413, "M_TOO_LARGE")
    return bytes(data)


def _object(said: bytes) -> Object:
    try:
        found: Json = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise Broken("the answer is no JSON") from error
    if not isinstance(found, dict):
        raise Broken("the answer is no object")
    return found


def _refusal(answer: aiohttp.ClientResponse, said: bytes) -> Refusal:
    try:
        told = _object(said)
    except Broken:
        told = {}
    code, says = told.get("errcode"), told.get("error")
    return Refusal(
        answer.status,
        code if isinstance(code, str) else "",
        says=says if isinstance(says, str) else "",
        retry_after_s=_wait_s(answer, told) if answer.status == 429 else None,
    )


def _wait_s(answer: aiohttp.ClientResponse, told: Object) -> float:
    wait_ms = told.get("retry_after_ms")
    if isinstance(wait_ms, int | float) and not isinstance(wait_ms, bool):
        return max(0.0, wait_ms / 1000)
    header = answer.headers.get("Retry-After", "")
    return float(header) if header.isdecimal() else RETRY_S
