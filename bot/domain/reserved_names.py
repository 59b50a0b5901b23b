"""Names that only the bot may print, known also when they are written with look-alike letters."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from confusable_homoglyphs import confusables

RESERVED = (
    "polis", "polisen", "police", "polici", "policja", "poliisi", "polizei",
    "politiet", "booliis", "полици", "поліці", "شرطة", "شرطه", "پلیس",
    "полицейс", "поліцейс", "booliska", "konstapel", "kommissarie", "polisinspektör",
    "kommun", "коммун", "комун", "municip", "муниципал", "муніципал", "міськрад", "горсовет",
    "kaupunki", "urząd", "ayuntamiento", "alcaldía", "بلدية", "شهرداری", "degmada", "dawladda",
    "moderator", "модератор", "moderaat", "moderador", "المشرف", "مشرف المجموعة",
    "admin", "админ", "адмін", "ylläpit", "maamul", "المدير", "مدیر گروه", "grannbro",
    "räddningstjänst", "brandkår", "fire service", "fire brigade", "sos alarm", "larmcentral",
    "väktare", "ordningsvakt", "skyddsvakt", "security guard", "hyresvärd", "landlord",
    "brandförsvar", "palokunta", "pelastuslaitos", "straż pożarna", "straż miejska",
    "пожежн", "пожарная", "пожарный", "إطفاء", "آتشنشانی", "vartija", "järjestyksenvalvoja",
    "حارس أمن", "samordnare", "coordinator", "nattvandrare", "grannstöd",
)  # fmt: skip
"""Wherever these stand in a name, it could be taken for an authority or for the bot."""

RESERVED_WORDS = (
    "bot", "бот", "полис", "granne", "neighbour", "neighbor", "politi", "officer", "vakt",
    "gmina", "kunnan", "мэрия", "мерія", "bomberos", "ochrona", "охрана", "охорона", "strażnik",
    "ilaalada", "مدير", "مدیر", "موثق", "власть", "władza",
)  # fmt: skip
"""These alone: they begin or end other words. The bot calls people `Granne 14`.

Words that are also somebody's name are not among them: Kunta, Alcalde, Влада, مشرف, رسمی, ناظر.
"""

VOUCHED = (
    "verif", "bekräftad", "auktoriser", "authori", "official", "officiell", "myndighet", "certif",
    "weryfik", "vahvistettu", "подтвержд", "підтвердж", "تایید شده", "xaqiijiy", "virallinen",
    "viranomai", "oficjaln", "oficial", "официальн", "офіційн", "autoridad",
)  # fmt: skip
"""Wherever these stand in a name, it says that somebody has been looked into."""

REAL_NAMES = (
    "polischuk", "polishchuk", "polishuk", "poliszczuk", "polissky", "polisski", "polisskaya",
    "polisensky", "polisenska", "policella", "policicchio", "annapolis", "tripolis",
)  # fmt: skip
"""Names of people and towns that hold a reserved word."""

# "-opolis" ends towns and Greek surnames, and badminton is a sport.
_NOT_AFTER = {"polis": "o", "admin": "b"}

_SAME_TO_THE_EYE = str.maketrans("0123456789l|!¡@$€£¢©®°", "oizeasgtbgiiiiaseiccro")
_TOGETHER = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_ODD_SHAPES = {"ʍ": "m", "ĸ": "k", "π": "n", "б": "b"}  # for the Cyrillic м, к, п and б
_READ_AS = [str.maketrans("λσςΣΛ", "lsssl"), str.maketrans("λσςΣΛρΡ", "lssslrr")]
_GREEK = re.compile("[\u0370-\u03ff]")
_UNSEEN = dict.fromkeys(map(ord, "\u0640\u115f\u1160\u3164\uffa0"))
"""Letters without a shape, and the stroke that only makes Arabic words longer."""
_LATIN = re.compile(
    r"(?:LATIN|REGIONAL INDICATOR)\b.* LETTER "
    r"(?:(?:SMALL CAPITAL|DOTLESS|SCRIPT|TURNED|REVERSED|OPEN|INSULAR|BARRED|BLACKLETTER) )*"
    r"([A-Z])(?:LPHA)?(?: WITH .+)?$"
)
_RIGHT_TO_LEFT = re.compile("[\u202b\u202e\u2067]")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"\b(?:Granne|Neighbour) ?\d{1,6}\b", re.IGNORECASE)
_MAX_CHARS = 128
_MAX_PIECES = 20


def is_reserved(name: str) -> bool:
    """Whether a name, as the eye reads it, holds a word that only the bot may print."""
    return _holds_reserved(name[:_MAX_CHARS])


@lru_cache(maxsize=1_000)
def _holds_reserved(name: str) -> bool:
    """The same few people write most lines, and each reading takes a while."""
    return any(_is_reserved(_words(reading)) for reading in _readings(name))


def imitates_authority(name: str) -> bool:
    """Whether somebody's name, as the eye reads it, passes for an authority or for the bot.

    A neighbour's number does not: people keep what the bot calls them.
    """
    return is_reserved(_NUMBERED.sub("", name[:_MAX_CHARS]))


def skeleton(text: str) -> str:
    """Reduce a text to the Latin letters that the eye takes it for, `i` standing for `l` too."""
    plain = unicodedata.normalize("NFKD", text).translate(_UNSEEN)
    bare = (c for c in plain if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    shape = "".join(_look_alike(char) for char in bare)
    return shape.casefold().translate(_SAME_TO_THE_EYE)


def _readings(name: str) -> Iterator[str]:
    """Yield a name as written, and the other ways in which an eye may read it."""
    small = name.casefold()
    yield name
    yield small
    yield _DIGITS.sub(" ", name)
    for pair, letter in _TOGETHER:
        small = small.replace(pair, letter)
    yield small
    if _GREEK.search(name):
        yield from (name.translate(letters) for letters in _READ_AS)
    if _RIGHT_TO_LEFT.search(name):
        yield name[::-1]


def _words(name: str) -> Sequence[str]:
    return [word for word in _WORD.findall(skeleton(name)) if word not in _REAL_NAMES]


def _is_reserved(words: Sequence[str]) -> bool:
    alone = {*words, "".join(words)} if all(len(word) == 1 for word in words) else {*words}
    return (
        not _RESERVED_WORDS.isdisjoint(alone)
        or any(_ANYWHERE.search(word) for word in words)
        or any(_IN_PIECES.fullmatch(pieces) for pieces in _neighbours_joined(words))
    )


def _neighbours_joined(words: Sequence[str]) -> Iterator[str]:
    """Yield every short run of words as one: `P o l i s`, `Fire Service`."""
    for start in range(len(words)):
        for end in range(start + 2, min(start + _MAX_PIECES, len(words)) + 1):
            yield "".join(words[start:end])


@lru_cache(maxsize=4096)
def _look_alike(char: str) -> str:
    found = confusables.is_confusable(char) or [{"homoglyphs": []}]
    shapes = (_latin(shape) for shape in (char, *(like["c"] for like in found[0]["homoglyphs"])))
    return next((shape for shape in shapes if shape), char)


def _latin(shape: str) -> str | None:
    """Return the ASCII letters that a shape is a form of, None if it is not Latin."""
    if shape.isascii() or shape in _ODD_SHAPES:
        return _ODD_SHAPES.get(shape, shape)
    letter = _LATIN.search(unicodedata.name(shape, "")) if len(shape) == 1 else None
    return letter[1] if letter else None


def _joined_skeleton(word: str) -> str:
    return "".join(_WORD.findall(skeleton(word)))


def _pattern(word: str) -> str:
    shape = re.escape(_joined_skeleton(word))
    return f"(?<!{_NOT_AFTER[word]}){shape}" if word in _NOT_AFTER else shape


_REAL_NAMES = frozenset(skeleton(name) for name in REAL_NAMES)
_RESERVED_WORDS = frozenset(skeleton(word) for word in RESERVED_WORDS)
_ANYWHERE = re.compile("|".join(_pattern(word) for word in (*RESERVED, *VOUCHED)))
_IN_PIECES = re.compile(
    rf"(?:{'|'.join(_joined_skeleton(word) for word in (*RESERVED, *VOUCHED))})"
    r"(?:e?n?s?|er|et|ai|eii|ied|ierad)"
)
