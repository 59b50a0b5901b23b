"""JSON as it goes over the wire, and errors as the Bot API words them."""

import json
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = dict[str, object]
"""An object of JSON; what its fields are is the schema's business."""


@dataclass(eq=False)
class Refused(Exception):
    """The Bot API says no."""

    code: int
    description: str
    parameters: Json = field(default_factory=dict)

    def to_json(self) -> Json:
        """Word it as an answer."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(why: str, **parameters: object) -> Refused:
    """Refuse what is wrong in itself."""
    return Refused(400, f"Bad Request: {why}", parameters)


def forbidden(why: str) -> Refused:
    """Refuse what somebody has decided against."""
    return Refused(403, f"Forbidden: {why}")


def conflict(why: str) -> Refused:
    """Refuse a second way of getting updates."""
    return Refused(409, f"Conflict: {why}")


def too_many(retry_after_s: int) -> Refused:
    """Refuse until a number of seconds has passed."""
    return Refused(
        429, f"Too Many Requests: retry after {retry_after_s}", {"retry_after": retry_after_s}
    )


def not_found() -> Refused:
    """Refuse what there is not."""
    return Refused(404, "Not Found")


def unauthorized() -> Refused:
    """Refuse a token that nobody has, or has any more."""
    return Refused(401, "Unauthorized")


def present(**fields: object) -> Json:
    """Leave out what is None, False or empty: the Bot API never says that."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def as_object(value: object) -> Json:
    """Read an object; one without fields when it is none."""
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}


def as_objects(value: object) -> list[Json]:
    """Read a list of objects."""
    return [as_object(item) for item in value] if isinstance(value, list) else []


def as_list(value: object) -> list[object]:
    """Read a list; an empty one when it is none."""
    return list(value) if isinstance(value, list) else []


def as_integer(value: object, default: int = 0) -> int:
    """Read a whole number."""
    return value if isinstance(value, int) else default


def decoded(text: str) -> object:
    """Read JSON; the text itself when it is none."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return text
    return found
