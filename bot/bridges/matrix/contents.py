"""What a message says, in words, files and places that every platform knows."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.hostile import TooManyTags
from bot.bridges.matrix.markup import HTML
from bot.bridges.matrix.polls import poll_in
from bot.bridges.matrix.profiles import FALLBACK, has_fallback, without_fallback
from bot.bridges.matrix.reading import from_html
from bot.bridges.matrix.updates import POLL_STARTS
from bot.domain.cleaning import clean_text
from bot.domain.incoming import Extra
from bot.domain.messages import Attachment, MediaKind, Position
from bot.domain.richtext import NOTHING, Bullets, Node, RichText, Style, Styled, Text, rich

VOICE = ("org.matrix.msc3245.voice", "org.matrix.msc3245.voice.v2", "m.voice")
_LOCATIONS = ("m.location", "org.matrix.msc3488.location")
_TEXTS = ("m.text", "org.matrix.msc1767.text")
_GEO = re.compile(r"geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:[,;].*)?", re.ASCII)
_QUOTE = re.compile(r"\A(?:>[^\n]*(?:\n|\Z))+\n?")
_MOST_CHARS = 70_000
"""More than fits into an event."""
_ANSWERS_AT_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a message."""

    text: RichText = NOTHING
    attachments: tuple[Attachment, ...] = ()
    position: Position | None = None
    extra: Extra | None = None


_NOT_SHOWN = Content(extra=Extra.UNKNOWN)


def content_of(event_type: str, content: Fields, *, is_answer: bool = False) -> Content:
    """Read what a message says; what is not known is UNKNOWN: it is told that there is something.

    Args:
        event_type: The event's.
        content: The event's, or what an edit puts in its place.
        is_answer: It may begin with a quote that older clients have put there.
    """
    if event_type == "m.sticker":
        return _with_file(MediaKind.STICKER)(content, is_answer)
    if event_type in POLL_STARTS:
        return _poll(content)
    if event_type == "m.room.encrypted":
        return _NOT_SHOWN
    read = _READERS.get(content.text_or("msgtype"))
    if read is None:
        # What is newer than this may still have words for those who don't know it.
        return Content(text=_words(content, is_answer), extra=Extra.UNKNOWN)
    found = read(content, is_answer)
    return found if found.text or found.attachments or found.position else _NOT_SHOWN


def position_of(content: Fields) -> Position | None:
    """Return the place in a content; None if there is none on earth."""
    told = content.first_inner(*_LOCATIONS)
    uri = (told.text_or("uri") if told else "") or content.text_or("geo_uri")
    found = _GEO.fullmatch(uri)
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[2])
    return Position(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def file_handle(content: Fields) -> str | None:
    """Return what fetches a file: its address, or what opens it where it is encrypted."""
    sealed = content.inner_or_none("file")
    if sealed is None:
        return content.text_or("url") or None
    key, hashes = sealed.inner_or_empty("key"), sealed.inner_or_empty("hashes")
    handle = {
        "url": sealed.text_or("url"),
        "k": key.text_or("k"),
        "iv": sealed.text_or("iv"),
        "sha256": hashes.text_or("sha256"),
    }
    return json.dumps(handle) if all(handle.values()) else None


def _address(content: Fields) -> str:
    """Return where a file lies: each upload lies somewhere else."""
    return (content.inner_or_none("file") or content).text_or("url")


def _text(content: Fields, is_answer: bool) -> Content:  # noqa: FBT001 - one of a table
    return Content(text=_words(content, is_answer))


def _emote(content: Fields, is_answer: bool) -> Content:  # noqa: FBT001
    """Read what somebody does; whose name stands before it reads as such."""
    words = _words(content, is_answer)
    return Content(text=RichText((Styled(Style.ITALIC, words.nodes),)) if words else NOTHING)


def _place(content: Fields, _is_answer: bool) -> Content:  # noqa: FBT001
    """Read a place; the plain words of it hold its exact position, so they are left out."""
    described = content.first_inner(*_LOCATIONS)
    words = described.text_or("description") if described else ""
    return Content(text=clean_text(rich(words)), position=position_of(content))


def _with_file(kind: MediaKind) -> Callable[[Fields, bool], Content]:
    def read(content: Fields, is_answer: bool) -> Content:  # noqa: FBT001
        handle = file_handle(content)
        name = content.text_or("filename") or content.text_or("body") or "file"
        has_caption = "filename" in content and content.text_or("body") != name
        words = _words(content, is_answer) if has_caption else NOTHING
        if handle is None:
            return Content(text=words, extra=Extra.UNKNOWN)
        info = content.inner_or_empty("info")
        attachment = Attachment(
            kind=_kind(kind, content, info),
            handle=handle,
            name=name,
            size_bytes=info.number_or("size"),
            identity=_address(content),
        )
        return Content(text=words, attachments=(attachment,))

    return read


def _kind(kind: MediaKind, content: Fields, info: Fields) -> MediaKind:
    if kind is MediaKind.AUDIO and any(name in content for name in VOICE):
        return MediaKind.VOICE
    if kind is MediaKind.VIDEO and info.flag("fi.mau.gif"):
        return MediaKind.ANIMATION
    return kind


def _poll(content: Fields) -> Content:
    poll = poll_in(content)
    if poll is None:
        return _NOT_SHOWN
    question = _extensible(poll.inner_or_empty("question"))
    answers = [_extensible(answer) for answer in poll.each("answers")][:_ANSWERS_AT_MOST]
    items = tuple((Text(answer),) for answer in answers)
    nodes: tuple[Node, ...] = (Text(f"📊 {question}"), Bullets(items))
    return Content(text=clean_text(RichText(nodes)), extra=Extra.POLL)


def _extensible(content: Fields) -> str:
    """Return words that stand in one of several forms."""
    for name in _TEXTS:
        if words := content.text_or(name):
            return words
        for each in content.each(name):
            if words := each.text_or("body"):
                return words
    return content.text_or("body")


def _words(content: Fields, is_answer: bool) -> RichText:  # noqa: FBT001
    html = content.text_or("formatted_body")
    if html and content.text_or("format") == HTML:
        left_out = FALLBACK if has_fallback(content) else ""
        # The plain words are there for those who read no HTML.
        with suppress(TooManyTags):
            return clean_text(from_html(html[:_MOST_CHARS], left_out=left_out))
    body = content.text_or("body")[:_MOST_CHARS]
    said = _QUOTE.sub("", body) if is_answer else body
    return clean_text(rich(without_fallback(said, content)))


_READERS: Mapping[str, Callable[[Fields, bool], Content]] = {
    "m.text": _text,
    "m.notice": _text,
    "m.emote": _emote,
    "m.location": _place,
    "m.image": _with_file(MediaKind.PHOTO),
    "m.file": _with_file(MediaKind.FILE),
    "m.audio": _with_file(MediaKind.AUDIO),
    "m.video": _with_file(MediaKind.VIDEO),
}
