"""What is taken out of people's text and names before anybody else sees it."""

import re
import unicodedata

from bot.domain.badges import without_badges
from bot.domain.reserved_names import is_reserved
from bot.domain.richtext import RichText

MAX_NAME_CHARS = 32
MAX_TITLE_CHARS = 64
MAX_MARKS = 4  # combining marks on one letter; real scripts need at most three

# Direction overrides and isolates, zero-width characters, byte order mark, interlinear marks,
# letters without a shape, and tags but for those that make a flag (the group, which is put back).
# The joiners U+200C and U+200D stay: Persian and emoji are written with them.
_HIDDEN = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e007a]{4,6}\U000e007f)"
    "|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]"
_STACKED = re.compile(f"({_MARK}{{{MAX_MARKS}}}){_MARK}+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"\s+")
_NUMBERED = re.compile(r"\b(?:Granne|Neighbour) [0-9]{1,6}\b")
_IN_NAMES = frozenset(" -'’.()\u200c\u05be\u05f3\u0f0b")  # as Persian, Hebrew and Tibetan have
_PERSIAN = "[\u0620-\u064a\u066e-\u06d3]"
_STRAY_JOINER = re.compile(f"(?<!{_PERSIAN})\u200c|\u200c(?!{_PERSIAN})")
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def clean_text(text: RichText) -> RichText:
    """Take out what can't be seen but changes how text reads, and what passes for a badge."""
    return without_badges(text.map_text(_clean)).stripped()


def clean_name(name: str) -> str | None:
    """Make a display name safe to print beside a message.

    Returns:
        At most 32 characters on one line without badges or emoji, or None if nothing
        is left or if it could be taken for an authority or for the bot.
    """
    return _printable(name, most_chars=MAX_NAME_CHARS)


def clean_spoken_as(name: str) -> str | None:
    """Make a name safe that another program gives to whoever speaks; as `clean_name`.

    It may call somebody `Granne 14`, as bots like this one do: who has brought the line stands
    beside it.
    """
    return _printable(name, most_chars=MAX_NAME_CHARS, allowed=_NUMBERED)


def clean_title(title: str) -> str | None:
    """Make the name of a room or a group safe to print; as `clean_name`, and longer."""
    return _printable(title, most_chars=MAX_TITLE_CHARS)


def _printable(
    name: str, *, most_chars: int, allowed: re.Pattern[str] | None = None
) -> str | None:
    letters = unicodedata.normalize("NFKC", _VARIATIONS.sub("", _clean(name)))
    kept = "".join(c for c in _SPACES.sub(" ", letters) if _is_name_char(c))
    short = _STRAY_JOINER.sub("", _SPACES.sub(" ", kept).strip()[:most_chars].strip())
    if not any(c.isalpha() for c in short):
        return None
    judged = [allowed.sub("", said) if allowed else said for said in (name, short)]
    return None if any(is_reserved(said) for said in judged) else short


def has_words(text: str) -> bool:
    """Whether a text says something in letters or digits."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def clean_file_name(name: str) -> str:
    """Return the last part of a file name, safe to show and to store; never empty."""
    last = re.split(r"[/\\]", _clean(name))[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] in "LMN" or c in " .-_()")
    return kept.strip(" .")[-100:].strip(" .") or "file"


def _clean(text: str) -> str:
    visible = _CONTROL.sub("", _HIDDEN.sub(r"\1", _LINE_ENDS.sub("\n", text)))
    composed = unicodedata.normalize("NFC", visible)
    return _EMPTY_LINES.sub("\n\n", _STACKED.sub(r"\1", composed))


def _is_name_char(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" or char in _IN_NAMES
