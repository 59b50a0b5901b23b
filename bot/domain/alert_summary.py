"""What somebody has asked to be alerted of, all of it, in one sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.alerting import AlertSettings
from bot.domain.areas import AreaId
from bot.domain.day_words import clock, days_words, hours_words
from bot.domain.kinds import Kind
from bot.domain.quiet_hours import EVERY_DAY, QuietHours
from bot.domain.reports import Priority
from bot.domain.words import Moment, Words, in_a_row, with_commas, words

MOST_LISTED = 3
"""So many places or kinds are named; of what is beyond, the number."""
_KM = 1000


class Extent(StrEnum):
    """What sort of place is followed."""

    AREA = "area"
    WHOLE_AREA = "whole_area"
    CIRCLE = "circle"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that somebody follows, as it is told.

    Attributes:
        name: Of the area or the group; for a circle of the area in which it lies, if there is one.
        chain: The area itself and all that contain it; empty for circles and groups.
        kinds: Empty means all.
    """

    extent: Extent
    name: str
    at_least: Priority
    kinds: frozenset[Kind] = frozenset()
    radius_m: int = 0
    chain: tuple[AreaId, ...] = ()


def summary_words(followed: Sequence[Told], settings: AlertSettings, now: datetime) -> Words:
    """Say what comes, from where and when; names of at most three places a clause."""
    paused = settings.paused_until
    until = Moment(paused, with_day=True) if paused is not None and paused > now else None
    wishes = [*_wishes(followed, settings)]
    if not followed:
        chosen = [words("summary-until", until=until), *wishes] if until else wishes
        return words("summary-none-but", wishes=_clauses(chosen)) if chosen else _NOTHING
    rest = _in_full([*_gets(followed, settings)], wishes)
    if until is not None:
        return words("summary-paused", until=until, rest=rest)
    return words("summary", rest=rest)


def place_words(one: Told) -> Words:
    """Say a place after `från` or `inom`: `hela Botkyrka`, `500 m från din plats`."""
    if one.extent is Extent.CIRCLE:
        return _circle("followed-circle", one)
    return words(f"followed-{one.extent.value}", name=one.name)


def title_words(one: Told) -> Words:
    """Say a place by itself: `Botkyrka`, `gruppen Skomakarna`, `500 m runt din plats`."""
    if one.extent is Extent.CIRCLE:
        return _circle("circle-title", one)
    text_id = "followed-group" if one.extent is Extent.GROUP else "followed-area"
    return words(text_id, name=one.name)


def what_words(one: Told, *, always: bool = False) -> Words:
    """Say what comes: `rött och gult om bränder`."""
    kinds = [words(f"about-{kind.value}") for kind in Kind if kind in one.kinds]
    return words(
        "summary-what",
        at_least=one.at_least.word,
        always="yes" if always else "no",
        kinds=_at_most(kinds, "more-kinds"),
        any_kinds="yes" if kinds else "no",
    )


_NOTHING = words("summary-none")


def _circle(text_id: str, one: Told) -> Words:
    is_far = one.radius_m >= _KM
    return words(
        text_id,
        name=one.name,
        radius=one.radius_m / _KM if is_far else one.radius_m,
        unit="km" if is_far else "m",
        is_in="yes" if one.name else "no",
    )


def _in_full(gets: Sequence[Words], wishes: Sequence[Words]) -> Words:
    if not wishes:
        return _clauses(gets)
    return words("in-a-row", first=with_commas(gets), rest=_clauses(wishes))


def _clauses(parts: Sequence[Words]) -> Words:
    """List clauses; those are long, and may hold an `och` of their own."""
    match parts:
        case [*before, last] if before:
            return words("clauses-last", first=with_commas(before), last=last)
        case _:
            return with_commas(parts)


def _gets(followed: Sequence[Told], settings: AlertSettings) -> Iterator[Words]:
    """Yield a clause for all places from which the same comes, red alone last."""
    alike = [*_alike(followed)]
    shown = alike if len(alike) <= MOST_LISTED + 1 else alike[:MOST_LISTED]
    is_mixed = any(one.at_least is not Priority.RED for one in followed)
    for same in shown:
        what = what_words(same[0], always=is_mixed and _is_always(same[0], settings))
        yield words("summary-gets", what=what, places=_places(same))
    left_out = sum(len(same) for same in alike[len(shown) :])
    if left_out:
        yield words("more-followed", number=left_out)


def _alike(followed: Iterable[Told]) -> Iterator[Sequence[Told]]:
    alike: dict[tuple[Priority, frozenset[Kind]], list[Told]] = {}
    for one in sorted(followed, key=lambda one: one.at_least):
        alike.setdefault((one.at_least, one.kinds), []).append(one)
    yield from alike.values()


def _places(same: Sequence[Told]) -> Words:
    """Say `från Alby och Fittja och inom 500 m från din plats`."""
    named = [place_words(one) for one in same if one.extent is not Extent.CIRCLE]
    circles = [place_words(one) for one in same if one.extent is Extent.CIRCLE]
    parts = [
        words(text_id, places=_at_most(places, "more-places"))
        for text_id, places in (("summary-from", named), ("summary-within", circles))
        if places
    ]
    return in_a_row(parts)


def _at_most(parts: Sequence[Words], more: str) -> Words:
    if len(parts) <= MOST_LISTED + 1:
        return in_a_row(parts)
    left_out = len(parts) - MOST_LISTED
    return in_a_row([*parts[:MOST_LISTED], words(more, number=left_out)])


def _wishes(followed: Sequence[Told], settings: AlertSettings) -> Iterator[Words]:
    if settings.quiet:
        yield _quiet(followed, settings)
    if settings.digest is not None:
        at, days = clock(settings.digest.at), days_words(settings.digest.days)
        yield words("summary-digest", at=at, days=days)
    if settings.most_an_hour is not None:
        yield words("summary-limit", most=settings.most_an_hour)
    if settings.also_in_private:
        yield words("summary-also-in-private")


def _quiet(followed: Sequence[Told], settings: AlertSettings) -> Words:
    """Say when it is silent; that red comes all the same is said once, here or with its place."""
    spans = _spans(settings.quiet)
    red = "breaks" if settings.red_breaks_quiet else "held"
    if red == "breaks" and _says_always(followed, settings):
        red = "told"
    is_short = len(spans) == 1 and spans[0].days == EVERY_DAY
    text_id = "summary-quiet" if is_short else "summary-quiet-days"
    return words(text_id, red=red, hours=in_a_row([hours_words(span) for span in spans]))


def _spans(quiet: Sequence[QuietHours]) -> Sequence[QuietHours]:
    """Return the same with the days of equal hours put together."""
    joined: dict[object, QuietHours] = {}
    for one in quiet:
        known = joined.get((one.begins, one.ends))
        days = one.days | known.days if known else one.days
        joined[one.begins, one.ends] = replace(one, days=days)
    return [*joined.values()]


def _is_always(one: Told, settings: AlertSettings) -> bool:
    """Whether only what breaks the quiet comes from a place."""
    return one.at_least is Priority.RED and settings.red_breaks_quiet and bool(settings.quiet)


def _says_always(followed: Sequence[Told], settings: AlertSettings) -> bool:
    """Whether "always red" is said of a place around each of the others: then it holds for all."""
    always = {
        one.chain[0]
        for one in followed
        if one.chain and not one.kinds and _is_always(one, settings)
    }
    others = [one for one in followed if one.at_least is not Priority.RED]
    return bool(others) and all(always & {*one.chain} for one in others)
