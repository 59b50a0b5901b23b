"""A homeserver that knows reactions and nothing else, and breaks down when it is told to."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from bot.bridges.matrix.api import ANSWER_WITHIN_S, Api, Object
from bot.bridges.matrix.errors import Broken, Refusal
from bot.domain.richtext_json import Json
from tests.bridges.matrix.events import ME


@dataclass(kw_only=True)
class Homeserver(Api):
    """What the bot asks of it, and which emoji stand under its messages.

    Attributes:
        asked: The paths, in order.
        standing: Event ids of the bot's reactions by the message and the emoji.
        is_broken: Whether a proxy answers in its place.
        loses_answers: Whether what it does is never answered.
    """

    homeserver: str = "http://localhost"
    user_id: str = ME
    asked: list[str] = field(default_factory=list)
    standing: dict[tuple[str, str], str] = field(default_factory=dict)
    is_broken: bool = False
    loses_answers: bool = False

    async def get(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        within_s: float = ANSWER_WITHIN_S,
    ) -> Object:
        """Tell which reactions stand under a message."""
        del query, within_s
        await self._hear(path)
        target = _event_after("/relations/", path)
        chunk: list[Json] = [
            {**_reaction(under, key), "event_id": event_id}
            for (under, key), event_id in self.standing.items()
            if under == target
        ]
        return {"chunk": chunk}

    async def put(self, path: str, body: Mapping[str, Json]) -> Object:
        """Set a reaction or take it back."""
        await self._hear(path)
        event_id = f"${len(self.asked)}"
        if "/m.reaction/" in path:
            self._set(body, event_id)
        else:
            gone = _event_after("/redact/", path)
            self.standing = {on: one for on, one in self.standing.items() if one != gone}
        if self.loses_answers:
            raise Broken("TimeoutError")
        return {"event_id": event_id}

    async def _hear(self, path: str) -> None:
        self.asked.append(path)
        # Others may ask meanwhile.
        await asyncio.sleep(0)
        if self.is_broken:
            raise Refusal(502, "")

    def _set(self, body: Mapping[str, Json], event_id: str) -> None:
        relation = body["m.relates_to"]
        assert isinstance(relation, dict)
        on = (str(relation["event_id"]), str(relation["key"]))
        if on in self.standing:
            raise Refusal(400, "M_DUPLICATE_ANNOTATION")
        self.standing[on] = event_id


def _event_after(begin: str, path: str) -> str:
    return unquote(path.partition(begin)[2].partition("/")[0])


def _reaction(target: str, key: str) -> dict[str, Json]:
    relation: Json = {"rel_type": "m.annotation", "event_id": target, "key": key}
    return {"type": "m.reaction", "sender": ME, "content": {"m.relates_to": relation}}
