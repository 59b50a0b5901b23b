"""What today's apps write into events, as pure functions from what a person means."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.servers.matrix.asking import Json

POLL_START = "org.matrix.msc3381.poll.start"
POLL_RESPONSE = "org.matrix.msc3381.poll.response"
POLL_END = "org.matrix.msc3381.poll.end"
BEACON_INFO = "org.matrix.msc3672.beacon_info"
BEACON = "org.matrix.msc3672.beacon"
PLACE = "org.matrix.msc3488.location"
_TEXT = "org.matrix.msc1767.text"
_ASSET = "org.matrix.msc3488.asset"
_MOMENT = "org.matrix.msc3488.ts"
HTML = "org.matrix.custom.html"


@dataclass(frozen=True, kw_only=True)
class File:
    """A file in a person's hand, and how the app sends it.

    Attributes:
        kind: `m.image`, `m.file`, `m.audio`, `m.video`, or `m.sticker`.
        caption: The text below it; a sticker has none.
        duration_ms: How long it plays.
        is_voice: Whether it was spoken into the app.
    """

    kind: str
    data: bytes
    name: str
    mime: str
    caption: str = ""
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    is_voice: bool = False


def text(
    body: str, *, html: str | None = None, kind: str = "m.text", mentions: Iterable[str] = ()
) -> Json:
    """Words; `mentions` are user ids, or `@room`."""
    content: Json = {"msgtype": kind, "body": body, "m.mentions": _mentions(mentions)}
    return content | ({"format": HTML, "formatted_body": html} if html is not None else {})


def _mentions(mentions: Iterable[str]) -> Json:
    named = list(mentions)
    users = [name for name in named if name != "@room"]
    return ({"user_ids": users} if users else {}) | ({"room": True} if "@room" in named else {})


def file(what: File, mxc: str) -> Json:
    """A file that lies on the server."""
    info: dict[str, object] = {"mimetype": what.mime, "size": len(what.data)}
    sizes = {"w": what.width, "h": what.height, "duration": what.duration_ms}
    info |= {name: size for name, size in sizes.items() if size is not None}
    if what.kind == "m.sticker":
        return {"body": what.caption or what.name, "url": mxc, "info": info}
    content: Json = {"msgtype": what.kind, "url": mxc, "info": info, "m.mentions": {}}
    content |= {"body": what.caption or what.name, "filename": what.name}
    return content | (_voice(what) if what.is_voice else {})


def _voice(what: File) -> Json:
    heard = {"duration": what.duration_ms or 0, "waveform": [0, 512, 1024, 512]}
    return {"org.matrix.msc3245.voice": {}, "org.matrix.msc1767.audio": heard}


def location(latitude: float, longitude: float, *, words: str = "", is_own: bool = False) -> Json:
    """A place; `is_own` says that the person stands there."""
    uri = f"geo:{latitude},{longitude}"
    body = words or f"Location {uri}"
    return {
        "msgtype": "m.location",
        "body": body,
        "geo_uri": uri,
        _TEXT: body,
        PLACE: {"uri": uri} | ({"description": words} if words else {}),
        _ASSET: {"type": "m.self" if is_own else "m.pin"},
        _MOMENT: _now_ms(),
        "m.mentions": {},
    }


def live_place(*, words: str, lasts_s: int, is_live: bool) -> Json:
    """The state that says where a person's live location begins or ends."""
    return {
        "description": words,
        "live": is_live,
        "timeout": lasts_s * 1000,
        _MOMENT: _now_ms(),
        _ASSET: {"type": "m.self"},
    }


def beacon(of: str, latitude: float, longitude: float) -> Json:
    """One step of a live location; `of` is the event that began it."""
    return _refers(of) | {PLACE: {"uri": f"geo:{latitude},{longitude}"}, _MOMENT: _now_ms()}


def poll(question: str, answers: Sequence[str], *, most: int = 1, is_secret: bool = False) -> Json:
    """A question; the answers' ids are their places, from "0" on."""
    kind = "undisclosed" if is_secret else "disclosed"
    listed = "\n".join(f"{number}. {answer}" for number, answer in enumerate(answers, 1))
    return {
        POLL_START: {
            "question": {_TEXT: question, "body": question, "msgtype": "m.text"},
            "kind": f"org.matrix.msc3381.poll.{kind}",
            "max_selections": most,
            "answers": [{"id": str(n), _TEXT: answer} for n, answer in enumerate(answers)],
        },
        _TEXT: f"{question}\n{listed}",
        "m.mentions": {},
    }


def vote(of: str, answers: Sequence[str]) -> Json:
    """A vote in the poll that an event began; without answers it is taken back."""
    return _refers(of) | {POLL_RESPONSE: {"answers": list(answers)}}


def poll_end(of: str, words: str) -> Json:
    """The end of a poll."""
    return _refers(of) | {POLL_END: {}, _TEXT: words, "body": words}


def reaction(to: str, key: str) -> Json:
    """A reaction to an event."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": to, "key": key}}


def edit(of: str, content: Json) -> Json:
    """New words for an event, with what old apps show of them."""
    new = {name: value for name, value in content.items() if name != "m.relates_to"}
    shown = new | {"body": f"* {new.get('body', '')}"}
    if "formatted_body" in new:
        shown["formatted_body"] = f"* {new['formatted_body']}"
    replaces: Json = {"rel_type": "m.replace", "event_id": of}
    return shown | {"m.new_content": new, "m.relates_to": replaces}


def relation(*, reply_to: str | None, thread: str | None) -> Json:
    """Where a message belongs: an answer, in a thread, or both."""
    answer: Json = {"m.in_reply_to": {"event_id": reply_to or thread}}
    if thread is not None:
        inside: Json = {"rel_type": "m.thread", "event_id": thread}
        return {"m.relates_to": inside | {"is_falling_back": reply_to is None} | answer}
    return {"m.relates_to": answer} if reply_to else {}


def _refers(to: str) -> Json:
    return {"m.relates_to": {"rel_type": "m.reference", "event_id": to}}


def _now_ms() -> int:
    return int(time.time() * 1000)
