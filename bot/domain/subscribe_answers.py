"""What somebody wants to follow, as they write it: `alby brand röd`, `här 1 km`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.circles import LEAST_RADIUS_M, MOST_RADIUS_M
from bot.domain.kinds import Kind
from bot.domain.reports import Priority

NEARBY_M = 300
HERE = frozenset({"here", "här", "har"})
_KINDS_MENU = frozenset({"kinds", "slag", "typer"})
_CHANGE = frozenset({"change", "ändra", "andra"})
_NEAR = frozenset({"near", "nearby", "close", "nära", "nara", "närheten", "närmast"})
_BINDING = frozenset({"och", "and", "om", "about", "bara", "only"})
_RADIUS = re.compile(r"(?P<number>\d{1,5}(?:[.,]\d)?)\s*(?P<unit>km|m)?")
_PRIORITIES = {
    **dict.fromkeys(("red", "röd", "röda", "rött", "rod", "roda", "rott"), Priority.RED),
    **dict.fromkeys(("yellow", "gul", "gula", "gult"), Priority.YELLOW),
    **dict.fromkeys(("green", "grön", "gröna", "grönt", "gron", "grona"), Priority.GREEN),
    **dict.fromkeys(("all", "alla", "allt", "everything"), Priority.GREEN),
}
_KINDS: Mapping[Kind, str] = {
    Kind.THEFT_RING: "stöldliga stöldligor ligor theft-rings",
    Kind.THEFT: "stöld stölder stold theft thefts",
    Kind.BURGLARY: "inbrott burglary burglaries",
    Kind.VANDALISM: "skadegörelse skadegorelse vandalism",
    Kind.GRAFFITI: "klotter graffiti",
    Kind.VIOLENCE: "våld vald violence",
    Kind.THREAT: "hot threat threats",
    Kind.SUSPICIOUS: "misstänkt misstänkta suspicious",
    Kind.FIRE: "brand bränder brander fire fires",
    Kind.TRAFFIC: "trafik traffic",
    Kind.MISSING_PERSON: "försvunnen försvunna missing",
    Kind.WANTED_VEHICLE: "efterlyst efterlysta wanted",
    Kind.SAFETY_ENVIRONMENT: "utemiljö utemiljön miljö surroundings",
    Kind.LOST_FOUND: "hittegods borttappat lost",
    Kind.INFORMATION: "information info",
}
_KIND_OF = {word: kind for kind, names in _KINDS.items() for word in names.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was written.

    Attributes:
        name: Of an area or a group; empty if nothing was named.
        is_here: Where the sender is, instead of a name.
        radius_m: Around there; None for the area in which that is.
        at_least: None if it was not said.
        kinds: Empty if none were said.
        opens_kinds: The kinds shall be chosen from a list.
        changes: What holds shall be shown with all that can be changed.
    """

    name: str = ""
    is_here: bool = False
    radius_m: int | None = None
    at_least: Priority | None = None
    kinds: frozenset[Kind] = frozenset()
    opens_kinds: bool = False
    changes: bool = False


def read_wanted(text: str) -> Wanted:
    """Read what stands after `/subscribe`: a place, and after it priority and kinds."""
    said = text.split()
    wanted = Wanted()
    while said:
        wider = _with_last(said[-1].casefold().strip(",;"), wanted) if len(said) > 1 else None
        if wider is None:
            break
        wanted, said = wider, said[:-1]
    if said and said[0].casefold() in HERE:
        return replace(wanted, is_here=True, radius_m=_radius(" ".join(said[1:])))
    return replace(wanted, name=" ".join(said).rstrip(",;"))


def is_possible_radius(radius_m: int) -> bool:
    """Whether a circle can be that large."""
    return LEAST_RADIUS_M <= radius_m <= MOST_RADIUS_M


def _with_last(word: str, wanted: Wanted) -> Wanted | None:
    """Add what the last word says; None if it is a part of the name."""
    if word in _PRIORITIES and wanted.at_least is None:
        return replace(wanted, at_least=_PRIORITIES[word])
    if word in _KIND_OF:
        return replace(wanted, kinds=wanted.kinds | {_KIND_OF[word]})
    if word in _KINDS_MENU:
        return replace(wanted, opens_kinds=True)
    if word in _CHANGE:
        return replace(wanted, changes=True)
    return wanted if word in _BINDING else None


def _radius(text: str) -> int | None:
    """Read `500`, `500 m`, `1,5 km` or `nära`; None if there is nothing, 0 if it is unclear."""
    said = text.casefold().removeprefix("i ").strip()
    if not said:
        return None
    if said in _NEAR:
        return NEARBY_M
    found = _RADIUS.fullmatch(said)
    if found is None:
        return 0
    factor = 1000 if found["unit"] == "km" else 1
    return round(float(found["number"].replace(",", ".")) * factor)


def kinds_said(kinds: frozenset[Kind]) -> Sequence[str]:
    """Return a word for each kind, for a line that is read again."""
    return [_KINDS[kind].split()[0] for kind in Kind if kind in kinds]
