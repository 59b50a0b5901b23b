"""Switches and limits of alerts, as people write them; times are read in time_answers.py."""

import re

from bot.domain.time_answers import Off

MOST_AN_HOUR = 60
_YES = frozenset({"yes", "ja", "on", "på", "pa", "true"})
_NO = frozenset({"no", "nej", "off", "av", "inte", "ej", "never", "aldrig", "false"})
_RED = frozenset({"red", "röd", "rod", "rött", "rott", "röda", "roda"})
_ROOMS = frozenset({"rooms", "rum", "rummen", "groups", "grupper", "grupperna"})
_LIMITS = frozenset({"limit", "gräns", "grans", "max", "högst", "hogst", "most"})
_NUMBER = re.compile(r"\b\d{1,3}\b")


def read_red_breaks(text: str) -> bool | None:
    """Read `red no` or `rött på natten: ja`: whether red comes in the quiet; None if unclear."""
    return _switch(text, _RED)


def read_also_in_private(text: str) -> bool | None:
    """Read `rooms on` or `grupper av`; None if it is none."""
    return _switch(text, _ROOMS)


def read_limit(text: str, *, is_asked: bool = False) -> int | Off | None:
    """Read `max 3`, `at most 3 an hour` or `limit off`; None if it is none.

    Args:
        text: What was written.
        is_asked: The limit was asked for, so that the number or the `off` alone will do.
    """
    said = _words(text)
    if not is_asked and not said & _LIMITS:
        return None
    numbers = _NUMBER.findall(text)
    if said & _NO and not numbers:
        return Off.OFF
    is_one = len(numbers) == 1 and 1 <= int(numbers[0]) <= MOST_AN_HOUR
    return int(numbers[0]) if is_one else None


def asks_for_limit(text: str) -> bool:
    """Whether somebody wants a limit and has not said which."""
    said = text.casefold().split()
    return len(said) == 1 and said[0] in _LIMITS


def _switch(text: str, names: frozenset[str]) -> bool | None:
    said = _words(text)
    if not said & names or bool(said & _YES) == bool(said & _NO):
        # "på natten" and "on" are no yes beside a no.
        return False if said & names and said & _NO else None
    return bool(said & _YES)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.casefold()))
