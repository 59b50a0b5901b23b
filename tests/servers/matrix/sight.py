"""What somebody sees of a room: events folded as an app shows them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.servers.matrix.asking import Json, as_object
from tests.servers.matrix.contents import (
    BEACON,
    BEACON_INFO,
    PLACE,
    POLL_END,
    POLL_RESPONSE,
    POLL_START,
)

SHOWN = {"m.room.message", "m.sticker", "m.room.encrypted", POLL_START, BEACON_INFO}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One message as an app shows it now.

    Attributes:
        sender: Id of the user.
        kind: `m.text`, `m.image` and so on, or the event's type where it has no such kind.
        text: The words, the caption, or a poll's question.
        mentions: Ids of the users named, and `@room`.
        mxc: Address of its file.
        place: `geo:` address; of a live location the last one.
        reactions: How many have reacted with what.
        votes: How many have chosen the answer with this id.
        is_over: Whether a poll or a live location has ended.
        content: All of it, the last edit applied.
    """

    event_id: str
    sender: str
    kind: str
    text: str
    html: str | None
    content: Json
    sent_at_ms: int = 0
    reply_to: str | None = None
    thread: str | None = None
    mentions: frozenset[str] = frozenset()
    mxc: str | None = None
    file_name: str | None = None
    place: str | None = None
    is_edited: bool = False
    is_gone: bool = False
    is_over: bool = False
    reactions: Mapping[str, int] = field(default_factory=dict)
    votes: Mapping[str, int] = field(default_factory=dict)


def look(events: Iterable[Json]) -> list[Seen]:
    """Fold a room's events, oldest first, into what its readers see."""
    whole = list(events)
    gone = {str(event["event_id"]) for event in whole if "redacted_because" in _unsigned(event)}
    gone |= set(_redacted(whole))
    standing = [event for event in whole if event["event_id"] not in gone]
    return [
        _gone(event) if event["event_id"] in gone else _as_it_stands(event, standing)
        for event in whole
        if event["type"] in SHOWN and not _is_edit(event)
        if event["type"] != BEACON_INFO or _content(event).get("live")
    ]


def _redacted(events: Iterable[Json]) -> Iterator[str]:
    for event in events:
        if event["type"] == "m.room.redaction":
            # The field has moved in room version 11.
            target = _content(event).get("redacts") or event.get("redacts")
            if target:
                yield str(target)


def _gone(event: Json) -> Seen:
    return replace(_plain(event, {}), text="", is_gone=True)


def _as_it_stands(event: Json, standing: Sequence[Json]) -> Seen:
    related = [
        other for other in standing if _relation(other).get("event_id") == event["event_id"]
    ]
    edits = [e for e in related if _is_edit(e) and _is_of_same(e, event)]
    content = as_object(_content(edits[-1])["m.new_content"]) if edits else _content(event)
    steps = [as_object(_content(e).get(PLACE)) for e in related if e["type"] == BEACON]
    seen = _plain(event, content)
    return replace(
        seen,
        is_edited=bool(edits),
        is_over=_is_over(event, related, standing),
        reactions=_reactions(related),
        votes=_votes(related),
        place=str(steps[-1].get("uri")) if steps else seen.place,
    )


def _plain(event: Json, content: Json) -> Seen:
    relation = _relation(event)
    answered = as_object(relation.get("m.in_reply_to")).get("event_id")
    question = as_object(as_object(content.get(POLL_START)).get("question"))
    named = as_object(content.get("m.mentions"))
    users = named.get("user_ids")
    return Seen(
        event_id=str(event["event_id"]),
        sender=str(event["sender"]),
        kind=str(content.get("msgtype", event["type"])),
        text=str(content.get("body") or question.get("body") or content.get("description") or ""),
        html=_word(content.get("formatted_body")),
        content=content,
        sent_at_ms=int(str(event.get("origin_server_ts", 0))),
        reply_to=None if relation.get("is_falling_back") else _word(answered),
        thread=_word(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else None,
        mentions=frozenset(map(str, users) if isinstance(users, list) else ())
        | ({"@room"} if named.get("room") else set()),
        mxc=_word(content.get("url")),
        file_name=_word(content.get("filename")),
        place=_word(content.get("geo_uri")),
    )


def _reactions(related: Iterable[Json]) -> Mapping[str, int]:
    """Count each person once for each key."""
    pairs = {
        (e["sender"], str(_relation(e).get("key"))) for e in related if e["type"] == "m.reaction"
    }
    return Counter(key for _, key in pairs)


def _votes(related: Sequence[Json]) -> Mapping[str, int]:
    """Count the last vote of each person before the poll's end."""
    ends = [number for number, event in enumerate(related) if event["type"] == POLL_END]
    before = related[: ends[0]] if ends else related
    last = {event["sender"]: event for event in before if event["type"] == POLL_RESPONSE}
    counted: Counter[str] = Counter()
    for event in last.values():
        answers = as_object(_content(event).get(POLL_RESPONSE)).get("answers")
        counted.update(map(str, answers) if isinstance(answers, list) else ())
    return counted


def _is_over(event: Json, related: Iterable[Json], standing: Iterable[Json]) -> bool:
    if event["type"] == BEACON_INFO:
        mine = [e for e in standing if e["type"] == BEACON_INFO and e["sender"] == event["sender"]]
        return mine[-1] is not event
    return any(other["type"] == POLL_END for other in related)


def _is_edit(event: Json) -> bool:
    is_replacing = _relation(event).get("rel_type") == "m.replace"
    return is_replacing and "m.new_content" in _content(event)


def _is_of_same(edit: Json, event: Json) -> bool:
    return edit["sender"] == event["sender"] and edit["type"] == event["type"]


def _relation(event: Json) -> Json:
    return as_object(_content(event).get("m.relates_to"))


def _content(event: Json) -> Json:
    return as_object(event.get("content"))


def _unsigned(event: Json) -> Json:
    return as_object(event.get("unsigned"))


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None
