"""Calls to a homeserver without any library: what goes over the wire is what a test says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

import aiohttp

Json: TypeAlias = dict[str, object]
"""An object of JSON."""

CLIENT = "/_matrix/client/v3"
MEDIA = "/_matrix/client/v1/media"
UPLOADS = "/_matrix/media/v3"
ADMIN = "/_synapse/admin/v1"
PATIENCE_S = 60


@dataclass(eq=False)
class Refused(Exception):
    """The homeserver has said no."""

    status: int
    code: str
    reason: str
    retry_after_ms: int | None = None

    def __str__(self) -> str:
        return f"{self.status} {self.code}: {self.reason}"


@dataclass(frozen=True)
class Asker:
    """Somebody's program: `await ask("PUT", "rooms", room, "leave", json={})`."""

    url: str
    session: aiohttp.ClientSession
    token: str | None = None

    async def __call__(
        self,
        method: str,
        *path: str,
        under: str = CLIENT,
        json: Json | None = None,
        query: Mapping[str, str | int] | None = None,
    ) -> Json:
        """Call the client-server API; the parts of the path are escaped.

        Raises:
            Refused: The homeserver has said no.
        """
        async with self.session.request(
            method,
            self._address(under, path),
            json=json,
            params=query,
            headers=self._headers(),
            timeout=aiohttp.ClientTimeout(PATIENCE_S),
        ) as response:
            return await _understood(response)

    async def upload(self, data: bytes, *, name: str, mime: str) -> str:
        """Leave a file with the server; return its mxc address."""
        async with self.session.post(
            self._address(UPLOADS, ("upload",)),
            data=data,
            params={"filename": name},
            headers=self._headers() | {"Content-Type": mime},
        ) as response:
            return str((await _understood(response))["content_uri"])

    async def download(self, mxc: str) -> bytes:
        """Fetch a file by its mxc address, as somebody who is signed in."""
        path = ("download", *mxc.removeprefix("mxc://").split("/"))
        async with self.session.get(
            self._address(MEDIA, path), headers=self._headers()
        ) as response:
            if response.status != 200:
                await _understood(response)
            return await response.read()

    def _address(self, under: str, path: tuple[str, ...]) -> str:
        # aiohttp would unescape what is escaped if it were told parts.
        return f"{self.url}{under}/" + "/".join(quote(part, safe="") for part in path)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


async def _understood(response: aiohttp.ClientResponse) -> Json:
    answer = as_object(await response.json(content_type=None))
    if response.status == 200:
        return answer
    wait = answer.get("retry_after_ms")
    raise Refused(
        response.status,
        str(answer.get("errcode")),
        str(answer.get("error")),
        wait if isinstance(wait, int) else None,
    )


def as_object(value: object) -> Json:
    """Read an object; one without fields when it is none."""
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}


def as_objects(value: object) -> list[Json]:
    """Read a list of objects; an empty one when it is none."""
    return [as_object(item) for item in value] if isinstance(value, list) else []
