"""Where one sign ends and the next begins, as readers see it.

The rules of Unicode's UAX #29 that matter in chats: marks, joined emoji, skin tones, flags, tags,
Hangul. What is rarer is cut between code points, which harms nothing but its looks.
"""

import unicodedata

JOINER = "\u200d"
_EXTENDING = frozenset({JOINER, "\u200c", *map(chr, range(0x1F3FB, 0x1F400))})
_TAGS = range(0xE0020, 0xE0080)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_LEADING_JAMO = range(0x1100, 0x1160)
_FOLLOWING_JAMO = range(0x1160, 0x1200)
_LONGEST = 64


def whole_before(text: str, at: int) -> int:
    """Return the last place up to `at` that is between two signs.

    A sign of more than 64 characters is none that anybody reads; it may be cut.
    """
    for place in range(at, max(0, at - _LONGEST), -1):
        if is_between(text, place):
            return place
    return at


def is_between(text: str, at: int) -> bool:
    """Whether a sign ends before `at` and another begins there."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before == JOINER or _extends(after) or (before, after) == ("\r", "\n"):
        return False
    if ord(before) in _FLAG_LETTERS and ord(after) in _FLAG_LETTERS:
        return _flag_letters_before(text, at) % 2 == 0
    is_jamo = ord(before) in _LEADING_JAMO or ord(before) in _FOLLOWING_JAMO
    return not (is_jamo and ord(after) in _FOLLOWING_JAMO)


def _extends(char: str) -> bool:
    return char in _EXTENDING or ord(char) in _TAGS or unicodedata.category(char)[0] == "M"


def _flag_letters_before(text: str, at: int) -> int:
    count = 0
    while count < at and ord(text[at - count - 1]) in _FLAG_LETTERS:
        count += 1
    return count
