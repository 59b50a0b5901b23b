"""Which files belong to something, as JSON values."""

from collections.abc import Iterable

from bot.domain.messages import Media, MediaId, MediaKind
from bot.domain.richtext_json import Json


def media_to_json(media: Iterable[Media]) -> Json:
    """Write which files belong to something."""
    return [
        {
            "id": file.id,
            "kind": file.kind.value,
            "mime": file.mime,
            "name": file.name,
            "size": file.size_bytes,
        }
        for file in media
    ]


def media_from_json(value: Json) -> tuple[Media, ...]:
    """Read which files belong to something; no list means none.

    Raises:
        ValueError: An entry is not of the shape that `media_to_json` makes.
    """
    return tuple(_media(entry) for entry in value) if isinstance(value, list) else ()


def _media(value: Json) -> Media:
    match value:
        case {
            "id": str(media), "kind": str(kind), "mime": str(mime),
            "name": str(name), "size": int(size),
        }:  # fmt: skip
            return Media(
                id=MediaId(media), kind=MediaKind(kind), mime=mime, name=name, size_bytes=size
            )
        case _:
            raise ValueError("not a file")
