"""In which of its forms Telegram shows a file.

Source: Bot API, sendPhoto, sendVideo, sendAnimation, sendVoice, sendAudio, sendMediaGroup. What
it takes in no other form it takes as a document.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.domain.messages import Media, MediaKind, Platform

MAX_PHOTO_BYTES = 10_000_000
_MOST_IN_ALBUM = 10


class Form(StrEnum):
    """How a file is shown, by the name of the field that holds it in a message."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"


# A sticker of another platform's is kept as a still picture.
_WANTED: Mapping[MediaKind, Form] = {
    MediaKind.PHOTO: Form.PHOTO,
    MediaKind.STICKER: Form.PHOTO,
    MediaKind.VIDEO: Form.VIDEO,
    MediaKind.ANIMATION: Form.ANIMATION,
    MediaKind.VOICE: Form.VOICE,
    MediaKind.AUDIO: Form.AUDIO,
    MediaKind.FILE: Form.DOCUMENT,
}
# By names: which types a machine knows by name is the machine's, and a kept file has no more.
_ENDINGS: Mapping[Form, frozenset[str]] = {
    Form.VIDEO: frozenset({"mp4", "m4v"}),
    Form.ANIMATION: frozenset({"mp4", "gif"}),
    Form.VOICE: frozenset({"ogg", "oga", "opus", "mp3", "m4a"}),
    Form.AUDIO: frozenset({"mp3", "m4a"}),
}
_SHELVES: Mapping[Form, int] = {
    Form.PHOTO: 0,
    Form.VIDEO: 0,
    Form.ANIMATION: 1,
    Form.VOICE: 2,
    Form.AUDIO: 3,
    Form.DOCUMENT: 4,
    Form.STICKER: 5,
}
_ALONE = frozenset({Form.ANIMATION, Form.VOICE, Form.STICKER})


def form_of(media: Media) -> Form:
    """Return the form that a file wants and Telegram takes."""
    if id_of(media) is None:
        return plain_form_of(media)
    # By its id a file is shown as what it was sent as.
    return Form.STICKER if media.kind is MediaKind.STICKER else _WANTED[media.kind]


def id_of(media: Media) -> str | None:
    """Return the id under which Telegram had a file first; None if it came from elsewhere."""
    original = media.original
    return original.handle if original and original.platform is Platform.TELEGRAM else None


def plain_form_of(media: Media) -> Form:
    """Return the form of what is kept of a file."""
    wanted = _WANTED[media.kind]
    if wanted is Form.PHOTO:
        fits = media.size_bytes <= MAX_PHOTO_BYTES
    else:
        ending = media.name.rpartition(".")[2].lower()
        fits = wanted not in _ENDINGS or ending in _ENDINGS[wanted]
    return wanted if fits else Form.DOCUMENT


def shelf_of(form: Form) -> int:
    """Return what sorts files: photos and films go together, all else with its like."""
    return _SHELVES[form]


def takes_words(media: Iterable[Media]) -> bool:
    """Whether words can stand below files: a sticker has none."""
    return all(form_of(file) is not Form.STICKER for file in media)


def most_together(forms: Iterable[Form]) -> int:
    """Return how many files of these forms one message may hold."""
    return _MOST_IN_ALBUM if _ALONE.isdisjoint(forms) else 1
