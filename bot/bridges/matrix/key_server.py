"""The calls about keys that nio has no method for, made over nio's connection."""

import json
from dataclasses import dataclass

import aiohttp
import nio

from bot.bridges.matrix.errors import TOKEN_REFUSED
from bot.bridges.matrix.signing import Json
from bot.errors import PermanentFailure, PlatformAway

CLIENT = "/_matrix/client/v3"
_PATIENCE_S = 30.0


class TokenRefused(PlatformAway):
    """The account's token opens nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the homeserver has said; `status` is HTTP's."""

    status: int
    body: Json

    @property
    def code(self) -> str:
        """Matrix's code of a refusal, such as `M_FORBIDDEN`."""
        return str(self.body.get("errcode", ""))


async def post(client: nio.AsyncClient, path: str, body: Json) -> Answer:
    """Post to the client-server API; a refusal is an answer too.

    Raises:
        TemporaryFailure: The homeserver can't be reached, is out of order, or wants a pause.
    """
    headers = {
        "Authorization": f"Bearer {client.access_token}",
        "Content-Type": "application/json",
    }
    sent = client.send(
        "POST", f"{CLIENT}/{path}", json.dumps(body), headers=headers, timeout=_PATIENCE_S
    )
    try:
        response = await sent
        answer = await response.json(content_type=None)
    except (TimeoutError, aiohttp.ClientError, ValueError) as error:
        raise PlatformAway(f"keys: {type(error).__name__}") from error
    found = Answer(status=response.status, body=answer if isinstance(answer, dict) else {})
    _require_service(found)
    return found


async def must_post(client: nio.AsyncClient, path: str, body: Json) -> Json:
    """Post what can only be refused for good.

    Raises:
        TemporaryFailure: Try again later.
        PermanentFailure: The homeserver has refused.
    """
    answer = await post(client, path, body)
    if answer.status != 200:
        raise PermanentFailure(f"{path}: {answer.status} {answer.code}")
    return answer.body


def _require_service(answer: Answer) -> None:
    if answer.code in TOKEN_REFUSED:
        raise TokenRefused(f"keys: {answer.code}")
    wait_ms = answer.body.get("retry_after_ms")
    wait_s = wait_ms / 1000 if isinstance(wait_ms, int | float) else None
    if answer.status == 429 or answer.status >= 500:
        raise PlatformAway(f"keys: {answer.status} {answer.code}", retry_after_s=wait_s)
