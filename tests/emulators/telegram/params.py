"""What a request asks for, out of JSON, a form or a multipart body."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.web_request import FileField

from tests.emulators.telegram.wire import (
    Json,
    Refused,
    as_list,
    as_object,
    bad_request,
    decoded,
)


@dataclass(frozen=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Params:
    """The parameters of one call, read by the type that the method wants."""

    values: Json
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """Read a text."""
        value = self.values.get(name)
        if isinstance(value, dict | list):
            raise bad_request(f"{name} is no String")
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Read a whole number."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(str(value))
        except ValueError:
            raise bad_request(f'parameter "{name}" must be an integer') from None

    def number(self, name: str) -> float:
        """Read a number that may have a fraction."""
        try:
            return float(str(self.values.get(name)))
        except ValueError:
            raise bad_request(f'parameter "{name}" must be a number') from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read a yes or no."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() in {"true", "1", "yes"}

    def entry(self, name: str) -> object:
        """Read what may be written as JSON."""
        value = self.values.get(name)
        return decoded(value) if isinstance(value, str) else value

    def record(self, name: str) -> Json | None:
        """Read an object; None when it is not there."""
        value = self.entry(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return as_object(value)

    def listing(self, name: str) -> list[object]:
        """Read a list; an empty one when it is not there or null."""
        value = self.entry(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"array expected as {name.replace('_', ' ')}")
        return as_list(value)

    def records(self, name: str) -> list[Json]:
        """Read a list of objects."""
        return [as_object(item) for item in self.listing(name)]

    def upload(self, name: str) -> Upload | None:
        """Find the file that a parameter means, sent in its place or attached by name."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.attached(value)
        return self.uploads.get(name)

    def attached(self, reference: str) -> Upload:
        """Find a file by `attach://name`."""
        found = self.uploads.get(reference.removeprefix("attach://"))
        if found is None:
            raise bad_request(f"file not found: {reference} is not in the request")
        return found


async def read_params(request: web.Request) -> Params:
    """Read the parameters in the address and in the body."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        body = decoded(await request.text() or "{}")
        if not isinstance(body, dict):
            raise bad_request("can't parse the body: object expected")
        return Params(values | as_object(body))
    try:
        posted = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    uploads = {}
    for name, value in posted.items():
        if isinstance(value, FileField):
            content = value.file.read()
            uploads[name] = Upload(value.filename, content, value.content_type)
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, uploads)
