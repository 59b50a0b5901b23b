"""Files that come with a message."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.bridges.telegram.fields import Fields
from bot.domain.cleaning import clean_file_name
from bot.domain.messages import Attachment, MediaKind

_NAMES = {
    MediaKind.PHOTO: "photo.jpg",
    MediaKind.FILE: "file",
    MediaKind.VOICE: "voice.ogg",
    MediaKind.AUDIO: "audio.mp3",
    MediaKind.VIDEO: "video.mp4",
    MediaKind.ANIMATION: "animation.mp4",
    MediaKind.STICKER: "sticker.webp",
}


def _photo(message: Fields) -> Attachment | None:
    return _largest(message.each("photo"), MediaKind.PHOTO)


def _live_photo(message: Fields) -> Attachment | None:
    """Return the picture that moves as the picture that it is."""
    return _largest(message.inner("live_photo").each("photo"), MediaKind.PHOTO)


def _sticker(message: Fields) -> Attachment | None:
    """Return a sticker's picture; of one that moves the still one, if there is any."""
    sticker = message.inner("sticker")
    moves = sticker.flag("is_animated") or sticker.flag("is_video")
    still = sticker.inner_or_none("thumbnail") if moves else sticker
    if still is None:
        return None
    return replace(_file(still, MediaKind.STICKER), original=sticker.text("file_id"))


def _of_kind(field: str, kind: MediaKind) -> Callable[[Fields], Attachment | None]:
    return lambda message: _file(message.inner(field), kind)


def _shown_again(field: str, kind: MediaKind) -> Callable[[Fields], Attachment | None]:
    """Read what Telegram shows again by its id, if its name does no harm."""
    return lambda message: _by_its_id(_file(message.inner(field), kind))


def _by_its_id(file: Attachment) -> Attachment:
    return replace(file, shows_again=clean_file_name(file.name) == file.name)


# A round film can be shown by its id as a round film alone, which other rooms don't have.
# An animation is told as a document, too, for programs that know no animations: it comes first.
_READERS: Mapping[str, Callable[[Fields], Attachment | None]] = {
    "animation": _shown_again("animation", MediaKind.ANIMATION),
    "live_photo": _live_photo,
    "photo": _photo,
    "document": _shown_again("document", MediaKind.FILE),
    "voice": _shown_again("voice", MediaKind.VOICE),
    "audio": _shown_again("audio", MediaKind.AUDIO),
    "video": _shown_again("video", MediaKind.VIDEO),
    "video_note": _of_kind("video_note", MediaKind.VIDEO),
    "sticker": _sticker,
}
FILES = tuple(_READERS)
"""The fields that hold a file."""


def attachments_of(message: Fields) -> tuple[Attachment, ...]:
    """Return the file of a message, none if it has none: each part of an album has one."""
    field = message.first_of(FILES)
    found = _READERS[field](message) if field else None
    return (found,) if found else ()


def _largest(sizes: Iterable[Fields], kind: MediaKind) -> Attachment | None:
    by_size = sorted(sizes, key=lambda size: _number(size, "width") * _number(size, "height"))
    return _file(by_size[-1], kind) if by_size else None


def _file(file: Fields, kind: MediaKind) -> Attachment:
    return Attachment(
        kind=kind,
        handle=file.text("file_id"),
        name=file.text_or("file_name") or _name_for(kind, file.text_or("mime_type")),
        size_bytes=max(0, _number(file, "file_size")),
        identity=file.text_or("file_unique_id"),
    )


def _name_for(kind: MediaKind, mime: str) -> str:
    ending = mimetypes.guess_extension(mime) if mime else None
    usual = _NAMES[kind]
    return usual.partition(".")[0] + ending if ending else usual


def _number(fields: Fields, name: str) -> int:
    return fields.number(name) if name in fields else 0
