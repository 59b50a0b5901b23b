"""What is taken out of people's text and names before anybody else sees it."""

import re
import unicodedata

from confusable_homoglyphs import confusables

from bot.domain.richtext import RichText

MAX_NAME_CHARS = 32
MAX_MARKS = 4  # combining marks on one letter; real scripts need at most three

# Direction overrides and isolates, zero-width characters, byte order mark, interlinear marks.
# The joiners U+200C and U+200D stay: Persian and emoji are written with them.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]"
_STACKED = re.compile(f"({_MARK}{{{MAX_MARKS}}}){_MARK}+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"\s+")

RESERVED_STARTS = (
    "polis", "police", "kommun", "municipal", "admin", "moderator", "grannbro",
    "raddningstjanst", "fire service", "ordningsvakt", "vaktare", "samordnare", "coordinator",
)  # fmt: skip
RESERVED_WORDS = ("bot",)
_SAME_TO_THE_EYE = str.maketrans("0134579l|!", "oieastgiii")
_SMALL_CAPITAL = re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])$")


def clean_text(text: RichText) -> RichText:
    """Take out what can't be seen but changes how text reads."""
    return text.map_text(_clean).stripped()


def clean_name(name: str) -> str | None:
    """Make a display name safe to print beside a message.

    Returns:
        At most 32 characters on one line without badges or emoji, or None if nothing
        is left or if it could be taken for an authority or for the bot.
    """
    letters = unicodedata.normalize("NFKC", _clean(name))
    kept = "".join(c for c in letters if _is_name_char(c))
    short = _SPACES.sub(" ", kept).strip()[:MAX_NAME_CHARS].strip()
    if not any(c.isalpha() for c in short) or is_reserved(short):
        return None
    return short


def is_reserved(name: str) -> bool:
    """Whether a name, as the eye reads it, holds a word that only the bot may print."""
    shape = skeleton(_clean(name))
    words = shape.split()
    if words and all(len(word) == 1 for word in words):
        shape, words = "".join(words), ["".join(words)]
    starts = any(f" {start}" in f" {shape}" for start in _RESERVED_STARTS)
    return starts or not _RESERVED_WORDS.isdisjoint(words)


def skeleton(name: str) -> str:
    """Reduce a name to the Latin letters that the eye takes it for, `i` standing for `l` too."""
    plain = unicodedata.normalize("NFKD", "".join(_look_alike(c) for c in name))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.casefold().translate(_SAME_TO_THE_EYE)).strip()


def has_words(text: str) -> bool:
    """Whether a text says something in letters or digits."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def clean_file_name(name: str) -> str:
    """Return the last part of a file name, safe to show and to store; never empty."""
    last = re.split(r"[/\\]", _clean(name))[-1]
    kept = "".join(c for c in last if c.isalnum() or c in " .-_()")
    return kept.strip(" .")[-100:] or "file"


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    visible = _CONTROL.sub("", _HIDDEN.sub("", composed))
    return _EMPTY_LINES.sub("\n\n", _STACKED.sub(r"\1", visible))


def _is_name_char(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" or char in " -'’.()"


def _look_alike(char: str) -> str:
    if char.isascii():
        return char
    if small := _SMALL_CAPITAL.match(unicodedata.name(char, "")):
        return small[1]
    found = confusables.is_confusable(char, preferred_aliases=["latin"], greedy=False)
    if not found:
        return char
    shapes = (shape["c"] for shape in found[0]["homoglyphs"])
    return next((shape for shape in shapes if shape.isascii()), char)


_RESERVED_STARTS = tuple(skeleton(word) for word in RESERVED_STARTS)
_RESERVED_WORDS = frozenset(skeleton(word) for word in RESERVED_WORDS)
