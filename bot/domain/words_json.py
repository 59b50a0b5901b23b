"""Words as JSON values, for keeping until they are said."""

from datetime import datetime
from typing import assert_never

from bot.domain.richtext import RichText
from bot.domain.richtext_json import Json, from_json, to_json
from bot.domain.words import Moment, Value, Words


def words_to_json(words: Words) -> Json:
    """Turn words into JSON values."""
    return {"id": words.text_id, "values": {k: _encode(v) for k, v in words.values.items()}}


def words_from_json(value: Json) -> Words:
    """Turn them back.

    Raises:
        ValueError: The value is not of the shape that `words_to_json` makes.
    """
    match value:
        case {"id": str(text_id), "values": dict(values)}:
            return Words(text_id, {k: _decode(v) for k, v in values.items()})
        case _:
            raise ValueError("not words")


def _encode(value: Value) -> Json:
    match value:
        case str() | int() | float():
            return value
        case Moment(at, with_day):
            return {"at": at.isoformat(), "with_day": with_day}
        case RichText():
            return {"rich": to_json(value)}
        case Words():
            return {"words": words_to_json(value)}
        case _ as never:
            assert_never(never)


def _decode(value: Json) -> Value:
    match value:
        case str() | int() | float():
            return value
        case {"at": str(at), "with_day": bool(with_day)}:
            return Moment(datetime.fromisoformat(at), with_day)
        case {"rich": rich}:
            return from_json(rich)
        case {"words": words}:
            return words_from_json(words)
        case _:
            raise ValueError("not a value")
