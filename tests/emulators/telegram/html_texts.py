"""Texts sent with `parse_mode=HTML`."""

from html.parser import HTMLParser

from tests.emulators.telegram.entities import units
from tests.emulators.telegram.wire import Json, bad_request

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "a": "text_link",
}  # fmt: skip


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Read the tags that Telegram knows.

    Raises:
        Refused: A tag is unknown, or not closed as it should be.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag "
            f'"{reader.open[-1][0]}"'
        )
    return reader.text, sorted(reader.entities, key=lambda e: str(e["offset"]).zfill(6))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[tuple[str, Json]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}"')
        entity: Json = {"type": TAGS[tag], "offset": units(self.text)}
        if tag == "a":
            entity["url"] = dict(attrs).get("href") or ""
        self.open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise bad_request(f'can\'t parse entities: Unexpected end tag "{tag}"')
        entity = self.open.pop()[1]
        entity["length"] = units(self.text) - int(str(entity["offset"]))
        if entity["length"]:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data
