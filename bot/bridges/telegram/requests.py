"""Requests to the Bot API, for the library, by aiohttp.

The library's own way, httpx, takes some four times the processor's time for each request, and
that is most of what a message costs at thirty a second.
"""

import urllib.request
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 20.0
FILE_TIMEOUT_S = 60.0

_UNSET = BaseRequest.DEFAULT_NONE


@dataclass
class Requests(BaseRequest):
    """Connections to the service, kept open between requests.

    Attributes:
        connections: How many there may be at once.
        answer_within_s: How long the service may be silent where a request does not say.
    """

    connections: int
    answer_within_s: float = ANSWER_TIMEOUT_S
    _session: aiohttp.ClientSession | None = field(default=None, init=False)
    _proxies: dict[str, str | None] = field(default_factory=dict, init=False)

    @property
    def read_timeout(self) -> float:
        """How long the service may be silent, in seconds."""
        return self.answer_within_s

    async def initialize(self) -> None:
        """Be ready to connect; nothing is asked yet."""
        self._open()

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - as the library asks
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = _UNSET,
        write_timeout: object = _UNSET,
        connect_timeout: object = _UNSET,
        pool_timeout: object = _UNSET,
    ) -> tuple[int, bytes]:
        """Make a request; return the answer's status and its body.

        Raises:
            TimedOut: The answer, or a connection, took too long.
            NetworkError: The connection could not be made, or broke; the cause tells which.
        """
        connect_s = _given(connect_timeout, CONNECT_TIMEOUT_S)
        has_files = request_data is not None and request_data.contains_files
        timeout = aiohttp.ClientTimeout(
            total=_given(write_timeout, FILE_TIMEOUT_S) * 2 if has_files else None,
            connect=_given(pool_timeout, connect_s),
            sock_connect=connect_s,
            sock_read=_given(read_timeout, self.answer_within_s),
        )
        try:
            async with self._open().request(
                method,
                url,
                data=_body(request_data),
                timeout=timeout,
                proxy=self._proxy_to(url),
                allow_redirects=False,
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # Its text holds the address, and the address holds the token.
            raise NetworkError(type(error).__name__) from error

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self.connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def _proxy_to(self, url: str) -> str | None:
        """Return the proxy that the environment names for an address, None for none."""
        where = urlsplit(url)
        host = where.netloc
        if host not in self._proxies:
            is_direct = urllib.request.proxy_bypass(host)
            proxy = None if is_direct else urllib.request.getproxies().get(where.scheme)
            self._proxies[host] = proxy
        return self._proxies[host]


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None or not data.contains_files:
        return data.json_parameters if data is not None else None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form


def _given(timeout_s: object, default_s: float) -> float:
    """Return what a request says, or what holds for those that say nothing."""
    return timeout_s if isinstance(timeout_s, int | float) else default_s
