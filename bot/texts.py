"""Text id, values and language in, sentence out. The words stand in bot/locales."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import assert_never
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time
from fluent.runtime import FluentBundle, FluentResource

from bot.domain.richtext import RichText, Style, Styled, rich
from bot.domain.words import Moment, Value, Words

FALLBACK = "en"

# A value that may hold anything is set in after the sentence was parsed, so that what people
# write is never read as markup; in the sentence a private-use character holds its place.
_SLOT = re.compile("([\ue000-\uf8ff])")
_MARKUP = re.compile(r"(\*\*.+?\*\*|__.+?__)", re.DOTALL)
_SELECTOR = re.compile(r"[a-z_]+")


_FIRST_SLOT = 0xE000
_REMEMBERED = 2_000

_Values = tuple[tuple[str, str | float], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence in one style: words, and the characters that hold slots."""

    style: Style | None
    parts: tuple[str, ...]


class Texts:
    """All sentences of the bot in all languages it speaks."""

    def __init__(self, bundles: Mapping[str, FluentBundle], *, zone: ZoneInfo) -> None:
        self._bundles = bundles
        self.zone = zone
        # What people write is in the slots: nothing of it is remembered here.
        self._pieces = lru_cache(maxsize=_REMEMBERED)(self._parsed)

    @property
    def languages(self) -> tuple[str, ...]:
        """IETF tags of the languages that are there."""
        return tuple(self._bundles)

    def pick(self, tag: str | None) -> str | None:
        """Return the language that serves an IETF tag such as `sv-FI`, None if none does."""
        main = (tag or "").replace("_", "-").split("-")[0].lower()
        return main if main in self._bundles else None

    def has(self, text_id: str, language: str) -> bool:
        """Whether a text exists in a language."""
        return language in self._bundles and self._bundles[language].has_message(text_id)

    def say(self, words: Words, language: str) -> RichText:
        """Write a text.

        Raises:
            LookupError: The text does not exist, or a value is missing: a bug.
        """
        slots: list[RichText] = []
        values = [(k, self._argument(v, language, slots)) for k, v in words.values.items()]
        return _set_in(self._pieces(words.text_id, tuple(values), language), slots)

    def plain(self, words: Words, language: str) -> str:
        """Write a text without formatting, for a button or a title."""
        return self.say(words, language).plain

    def _parsed(self, text_id: str, values: _Values, language: str) -> tuple[_Piece, ...]:
        sentence = self._sentence(text_id, values, language)
        return tuple(_piece(text) for text in _MARKUP.split(sentence) if text)

    def _sentence(self, text_id: str, values: _Values, language: str) -> str:
        bundle = self._bundles.get(language) or self._bundles[FALLBACK]
        pattern = bundle.get_message(text_id).value
        if pattern is None:
            raise LookupError(f"{text_id} in {language} has no text")
        sentence, errors = bundle.format_pattern(pattern, dict(values))
        if errors:
            raise LookupError(f"{text_id} in {language}: {errors[0]}")
        return str(sentence)

    def _argument(self, value: Value, language: str, slots: list[RichText]) -> str | float:
        match value:
            case int() | float():
                return value
            case str() if _SELECTOR.fullmatch(value):
                return value
            case _:
                slots.append(self._written(value, language))
                return chr(_FIRST_SLOT + len(slots) - 1)

    def _written(self, value: Value, language: str) -> RichText:
        match value:
            case RichText():
                return value
            case Words():
                return self.say(value, language)
            case Moment(at, with_day):
                return rich(self._time(at, language, with_day=with_day))
            case str() | int() | float():
                return rich(str(value))
            case _ as never:
                assert_never(never)

    def _time(self, at: datetime, language: str, *, with_day: bool) -> str:
        local = at.astimezone(self.zone)
        if with_day:
            return str(format_datetime(local, "d MMM HH:mm", locale=language))
        return str(format_time(local, "HH:mm", locale=language))


def load_texts(*, zone: ZoneInfo) -> Texts:
    """Read every language that lies in bot/locales."""
    folder = files("bot").joinpath("locales")
    found = sorted((f for f in folder.iterdir() if f.is_dir()), key=lambda f: f.name)
    return Texts({f.name: _bundle(f.name) for f in found}, zone=zone)


@lru_cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for resource in _resources(files("bot").joinpath("locales", language)):
        bundle.add_resource(FluentResource(resource))
    return bundle


def _resources(folder: Traversable) -> Iterator[str]:
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".ftl"):
            yield file.read_text(encoding="utf-8")


def _piece(text: str) -> _Piece:
    is_marked = _MARKUP.fullmatch(text) is not None
    style = Style.BOLD if text.startswith("**") else Style.ITALIC
    parts = _SLOT.split(text.strip("*_") if is_marked else text)
    return _Piece(style if is_marked else None, tuple(part for part in parts if part))


def _set_in(pieces: Iterable[_Piece], slots: Sequence[RichText]) -> RichText:
    result = RichText()
    for piece in pieces:
        inner = RichText()
        for part in piece.parts:
            inner += slots[ord(part) - _FIRST_SLOT] if _SLOT.fullmatch(part) else rich(part)
        styled = RichText((Styled(piece.style, inner.nodes),)) if piece.style else inner
        result += styled
    return result
