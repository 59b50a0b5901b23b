"""A time as people write it, taken apart: `fre-sön kl 23 till 9`, `10 på kvällen till 7`."""

import re
from collections.abc import Iterator, Sequence
from datetime import time, timedelta

from bot.domain.quiet_hours import EVERY_DAY, Weekday
from bot.domain.time_words import MEANT, Days, Mark, Number, Token

MOST_CHARS = 200
"""Nobody writes longer times."""
_THROUGH = re.compile(r"\bt\.?\s?o\.?\s?m\b\.?")
_ONCE = re.compile(r"\b(?:once|(?:en|1) gång|one time)(?: (?:an?|om|i|per|every))?\b")
_SAYS_NOTHING = re.compile(r"[!?\"'“”’]|(?<!\d)\.|\.(?!\d)")
_WORD = re.compile(
    r"(?P<clock>\d{1,2}[:.]\d{2})\s*(?P<clock_half>[ap]m\b)?"
    r"|(?P<joined>\d{4})(?!\d)"
    r"|(?P<number>\d{1,3})\s*(?P<half>[ap]m\b)?"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<to>[-–—])"
    r"|(?P<break>[,;\n+&])"
    r"|(?P<other>\S)"
)
_NOON = 12
_HOURS_A_DAY = 24
_LAST_MINUTE = 59


class NotATime(ValueError):
    """A text holds something that is no part of a time."""


def tokens_of(text: str) -> list[Token]:
    """Read the words of a time; those that only bind are left out.

    Raises:
        NotATime: It holds something else.
    """
    if len(text) > MOST_CHARS:
        raise NotATime
    plain = _SAYS_NOTHING.sub(" ", _THROUGH.sub("till", _ONCE.sub(" ", text.casefold())))
    words = [token for token in _each(plain) if token is not None]
    while words and words[-1] is Mark.BREAK:
        words.pop()
    return list(_without_exceptions(list(_joined_days(_in_the_evening(words)))))


def hour_of(token: Token | None) -> time | None:
    """Return the time that a token is, or that a bare number means; None if it is none."""
    if isinstance(token, Number):
        return _time(token.value, 0)
    return token if isinstance(token, time) else None


def _each(text: str) -> Iterator[Token | None]:
    for found in _WORD.finditer(text):
        match found.lastgroup:
            case "clock" | "clock_half":
                hour, minute = map(int, re.split(r"[:.]", found["clock"]))
                yield _required(_time(_in_half(hour, found["clock_half"]), minute))
            case "joined":
                yield _required(_time(*divmod(int(found["joined"]), 100)))
            case "number":
                yield Number(int(found["number"]))
            case "half":
                yield _required(_time(_in_half(int(found["number"]), found["half"]), 0))
            case "word" if found["word"] in MEANT:
                yield MEANT[found["word"]]
            case "to":
                yield Mark.TO
            case "break":
                yield Mark.BREAK
            case _:
                raise NotATime


def _in_the_evening(tokens: Sequence[Token]) -> Iterator[Token]:
    """Read `10 på kvällen` as 22 and `7 på morgonen` as 7."""
    rest = list(tokens)
    while rest:
        match rest:
            case [Number() | time() as said, Mark.EVENING, *others] if hour_of(said) is not None:
                yield _later(_required(hour_of(said)))
            case [Number() | time() as said, Mark.MORNING, *others] if hour_of(said) is not None:
                yield _required(hour_of(said))
            case [first, *others]:
                yield first
            case _:
                others = []
        rest = others


def _joined_days(tokens: Iterator[Token]) -> Iterator[Token]:
    """Put days together: `fre-sön`, `mån, ons`, `varje dag`, `every week`."""
    rest = list(tokens)
    while rest:
        match rest:
            case [frozenset() as first, Mark.TO, frozenset() as last, *others]:
                rest = [_from_to(first, last), *others]
            case [frozenset() as first, Mark.BREAK, frozenset() as second, *others]:
                rest = [first | second, *others]
            case [frozenset() as first, frozenset() as second, *others]:
                rest = [first | second, *others]
            case [first, *others]:
                yield first
                rest = others


def _without_exceptions(tokens: Sequence[Token]) -> Iterator[Token]:
    """Read `vardagar utom fredag` as four days, and `men inte helger` as the others."""
    rest = list(tokens)
    while rest:
        match rest:
            case [frozenset() as days, Mark.EXCEPT, frozenset() as but, *others]:
                yield _some(days - but)
            case [timedelta(days=1), Mark.EXCEPT, frozenset() as but, *others]:
                yield _some(EVERY_DAY - but)
            case [Mark.EXCEPT, frozenset() as but, *others]:
                if sum(isinstance(token, frozenset) for token in tokens) > 1:
                    raise NotATime  # of which of them it is an exception is not clear
                yield _some(EVERY_DAY - but)
            case [Mark.BREAK, Mark.EXCEPT, *others]:
                others = [Mark.EXCEPT, *others]
            case [first, *others]:
                yield first
            case _:
                others = []
        rest = others


def _from_to(first: Days, last: Days) -> Days:
    begins, ends = min(first), max(last)
    length = (ends - begins) % len(Weekday) + 1
    return frozenset(Weekday((begins + n) % len(Weekday)) for n in range(length))


def _some(days: Days) -> Days:
    if not days:
        raise NotATime
    return days


def _later(at: time) -> time:
    return at.replace(hour=at.hour + _NOON) if 0 < at.hour < _NOON else at


def _in_half(hour: int, half: str | None) -> int:
    """Read 12 am as 0 and 12 pm as 12."""
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        raise NotATime
    return hour % _NOON + (_NOON if half == "pm" else 0)


def _time(hour: int, minute: int) -> time | None:
    if hour == _HOURS_A_DAY and minute == 0:
        return time(0)
    return time(hour, minute) if hour < _HOURS_A_DAY and minute <= _LAST_MINUTE else None


def _required(at: time | None) -> time:
    if at is None:
        raise NotATime
    return at
