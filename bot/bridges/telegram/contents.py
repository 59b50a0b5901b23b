"""What a message says, in words, files and places that every platform knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from telegram import MessageEntity

from bot.bridges.telegram.attachments import FILES, attachments_of
from bot.bridges.telegram.fields import Fields
from bot.bridges.telegram.markup import from_telegram
from bot.bridges.telegram.services import SERVICE
from bot.domain.cleaning import clean_text
from bot.domain.incoming import Extra
from bot.domain.messages import Attachment, Position
from bot.domain.richtext import NOTHING, Bullets, Node, RichText, Text, rich
from bot.errors import MalformedUpdate

_ENTITIES_AT_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a message."""

    text: RichText = NOTHING
    attachments: tuple[Attachment, ...] = ()
    position: Position | None = None
    extra: Extra | None = None


def content_of(message: Fields) -> Content | None:
    """Read what a message says; None if it only tells what happened to the chat, or shows nothing.

    What is not known, or newer than this, is UNKNOWN: it is told that there is something.
    """
    if message.first_of(tuple(SERVICE)):
        return None
    field = message.first_of(tuple(_READERS))
    if field is not None:
        found = _READERS[field](message)
        if found.text or found.attachments or found.position:
            return found
    if field == "text":
        return None
    return Content(text=_caption(message), extra=Extra.UNKNOWN)


def _with_file(message: Fields) -> Content:
    words = _caption(message)
    if "sticker" in message:
        words = clean_text(rich(message.inner("sticker").text_or("emoji")))
    return Content(text=words, attachments=attachments_of(message))


def _words(message: Fields) -> Content:
    return Content(text=_formatted(message, "text", "entities"))


def _caption(message: Fields) -> RichText:
    return _formatted(message, "caption", "caption_entities")


def _location(message: Fields) -> Content:
    return Content(position=_position(message.inner("location")))


def _venue(message: Fields) -> Content:
    """Read a place with a name; its name and address are public."""
    venue = message.inner("venue")
    lines = (venue.text_or("title"), venue.text_or("address"))
    return Content(text=_plain("\n".join(lines)), position=_position(venue.inner("location")))


def _contact(message: Fields) -> Content:
    contact = message.inner("contact")
    names = (contact.text_or("first_name"), contact.text_or("last_name"))
    name = " ".join(part for part in names if part)
    return Content(text=_plain(f"👤 {name}, {contact.text_or('phone_number')}"))


def _poll(message: Fields) -> Content:
    poll = message.inner("poll")
    options = [[Text(option.text("text"))] for option in poll.each("options")]
    return Content(text=_listed(f"📊 {poll.text('question')}", options), extra=Extra.POLL)


def _checklist(message: Fields) -> Content:
    checklist = message.inner("checklist")
    tasks = [
        [Text(f"{'✅' if 'completion_date' in task else '◻️'} {task.text('text')}")]
        for task in checklist.each("tasks")
    ]
    return Content(text=_listed(checklist.text("title"), tasks))


def _dice(message: Fields) -> Content:
    dice = message.inner("dice")
    return Content(text=_plain(f"{dice.text('emoji')} {dice.number('value')}"))


def _game(message: Fields) -> Content:
    game = message.inner("game")
    return Content(text=_plain(f"🎮 {game.text_or('title')}\n{game.text_or('description')}"))


# A venue is told as a location, too, and a game may hold an animation.
_READERS: Mapping[str, Callable[[Fields], Content]] = {
    "text": _words,
    **dict.fromkeys(FILES, _with_file),
    "venue": _venue,
    "location": _location,
    "contact": _contact,
    "poll": _poll,
    "checklist": _checklist,
    "dice": _dice,
    "game": _game,
}


def _plain(text: str) -> RichText:
    return clean_text(rich(text))


def _listed(title: str, items: Iterable[Iterable[Node]]) -> RichText:
    return clean_text(RichText((Text(title), Bullets(tuple(tuple(item) for item in items)))))


def _position(location: Fields) -> Position:
    lat, lon = location.decimal("latitude"), location.decimal("longitude")
    if abs(lat) > 90 or abs(lon) > 180:
        raise MalformedUpdate("telegram: location is no place on earth")
    return Position(lat, lon)


def _formatted(message: Fields, text: str, entities: str) -> RichText:
    marks = [_entity(entity) for entity in message.each(entities)][:_ENTITIES_AT_MOST]
    return clean_text(from_telegram(message.text_or(text), marks))


def _entity(fields: Fields) -> MessageEntity:
    return MessageEntity(
        fields.text("type"),
        fields.number("offset"),
        fields.number("length"),
        url=fields.text_or("url") or None,
        language=fields.text_or("language") or None,
    )
