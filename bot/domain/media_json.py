"""Which files belong to something, as JSON values."""

from collections.abc import Iterable

from bot.domain.messages import Media, MediaId, MediaKind, Original, Platform
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
            **_original_to_json(file.original),
            **({"alt": file.alt} if file.alt else {}),
        }
        for file in media
    ]


def media_from_json(value: Json) -> tuple[Media, ...]:
    """Read which files belong to something; no list means none.

    Raises:
        ValueError: An entry is not of the shape that `media_to_json` makes.
    """
    return tuple(_media(entry) for entry in value) if isinstance(value, list) else ()


def _original_to_json(original: Original | None) -> dict[str, Json]:
    return {"original": [original.platform.value, original.handle]} if original else {}


def _original(value: Json) -> Original | None:
    match value:
        case {"original": [str(platform), str(handle)]}:
            return Original(Platform(platform), handle)
        case _:
            return None


def _alt(value: Json) -> str | None:
    match value:
        case {"alt": str(alt)}:
            return alt
        case _:
            return None


def _media(value: Json) -> Media:
    match value:
        case {
            "id": str(media), "kind": str(kind), "mime": str(mime),
            "name": str(name), "size": int(size),
        }:  # fmt: skip
            return Media(
                id=MediaId(media),
                kind=MediaKind(kind),
                mime=mime,
                name=name,
                size_bytes=size,
                original=_original(value),
                alt=_alt(value),
            )
        case _:
            raise ValueError("not a file")
