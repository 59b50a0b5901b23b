"""What can be sent besides text; a value says it all before anybody sends it."""

import itertools
from dataclasses import dataclass

from tests.emulators.telegram.wire import Json, present

_polls = itertools.count(5_200_000_000_000_000_001)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sendable:
    """The content of one message; what is stored as a file has `content`."""

    kind: str
    fields: Json
    content: bytes | None = None
    name: str = ""


def photo(content: bytes) -> Sendable:
    """A picture; the service makes its own JPEGs of it."""
    return Sendable(kind="photo", fields={}, content=content, name="photo.jpg")


def document(content: bytes, name: str = "file.bin", mime_type: str | None = None) -> Sendable:
    """A file as it is."""
    fields = present(file_name=name, mime_type=mime_type)
    return Sendable(kind="document", fields=fields, content=content, name=name)


def voice(content: bytes, duration_s: int = 3) -> Sendable:
    """Something said."""
    fields: Json = {"duration": duration_s, "mime_type": "audio/ogg"}
    return Sendable(kind="voice", fields=fields, content=content, name="voice.oga")


def audio(
    content: bytes, *, title: str = "", performer: str = "", duration_s: int = 60
) -> Sendable:
    """A piece of music."""
    fields: Json = {"duration": duration_s, "mime_type": "audio/mpeg", "file_name": "audio.mp3"}
    fields |= present(title=title, performer=performer)
    return Sendable(kind="audio", fields=fields, content=content, name="audio.mp3")


def video(content: bytes, *, width: int = 640, height: int = 360, duration_s: int = 5) -> Sendable:
    """A film."""
    fields: Json = {"width": width, "height": height, "duration": duration_s}
    fields |= {"mime_type": "video/mp4", "file_name": "video.mp4"}
    return Sendable(kind="video", fields=fields, content=content, name="video.mp4")


def video_note(content: bytes, *, length: int = 240, duration_s: int = 5) -> Sendable:
    """A round film."""
    fields: Json = {"length": length, "duration": duration_s}
    return Sendable(kind="video_note", fields=fields, content=content, name="note.mp4")


def animation(content: bytes, *, width: int = 320, height: int = 180) -> Sendable:
    """A short film without sound."""
    fields: Json = {"width": width, "height": height, "duration": 2}
    fields |= {"mime_type": "video/mp4", "file_name": "animation.mp4"}
    return Sendable(kind="animation", fields=fields, content=content, name="animation.mp4")


def sticker(content: bytes, *, emoji: str = "👍", set_name: str | None = None) -> Sendable:
    """A picture out of a set; a bytes' start tells how it moves."""
    moves, films = content[:2] == b"\x1f\x8b", content[:4] == b"\x1a\x45\xdf\xa3"
    ending = "tgs" if moves else "webm" if films else "webp"
    fields: Json = {"type": "regular", "width": 512, "height": 512, "is_animated": moves}
    fields |= {"is_video": films} | present(emoji=emoji, set_name=set_name)
    return Sendable(kind="sticker", fields=fields, content=content, name=f"sticker.{ending}")


def location(
    latitude: float, longitude: float, *, live_s: int = 0, accuracy_m: float | None = None
) -> Sendable:
    """A place; a live one is edited while somebody walks."""
    fields: Json = {"latitude": latitude, "longitude": longitude}
    fields |= present(live_period=live_s or None, horizontal_accuracy=accuracy_m)
    return Sendable(kind="location", fields=fields)


def venue(latitude: float, longitude: float, title: str, address: str) -> Sendable:
    """A place with a name."""
    where: Json = {"latitude": latitude, "longitude": longitude}
    return Sendable(kind="venue", fields={"location": where, "title": title, "address": address})


def contact(phone_number: str, first_name: str, user_id: int | None = None) -> Sendable:
    """Somebody's number."""
    fields: Json = {"phone_number": phone_number, "first_name": first_name}
    return Sendable(kind="contact", fields=fields | present(user_id=user_id))


def dice(emoji: str = "🎲", value: int = 4) -> Sendable:
    """A throw."""
    return Sendable(kind="dice", fields={"emoji": emoji, "value": value})


def poll(
    question: str, options: list[str], *, is_anonymous: bool = True, several: bool = False
) -> Sendable:
    """A question with answers to choose from."""
    fields: Json = {
        "id": str(next(_polls)),
        "question": question,
        "options": [
            {"persistent_id": str(n), "text": text, "voter_count": 0}
            for n, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": is_anonymous,
        "type": "regular",
        "allows_multiple_answers": several,
        "allows_revoting": True,
        "members_only": False,
    }
    return Sendable(kind="poll", fields=fields)
