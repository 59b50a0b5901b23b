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
_AT = frozenset({"i", "in", "från", "fran", "from", "of", "på", "pa", "kring", "around"})
_WHOLE = frozenset({"hela", "whole", "the", "reports", "rapporter"})
_RADIUS = re.compile(
    r"(?P<number>\d{1,5}(?:[.,]\d)?|en|ett|one|a)\s*"
    r"(?P<unit>kilomet(?:er|re)s?|km|met(?:er|re)s?|m)?"
)
_AROUND_ME = re.compile(
    r"(?:(?:här|har|here|min plats|my place)\b|(?:runt|kring|around) (?:mig|me|här|here)\b"
    r"|(?P<near>nära|nara|near) (?:mig|me|här|here)\b|(?:inom|within)(?= \d))\s*(?P<rest>.*)"
)
_DISTANCE = re.compile(r"\d{1,4}|\d{1,5}(?:[.,]\d)?\s*(?:kilomet(?:er|re)s?|km|met(?:er|re)s?|m)")
_AND = re.compile(r"\s*[,;&+]\s*(?:och|and)?\s*|\s+(?:och|and)\s+", re.IGNORECASE)
ALL = frozenset({"all", "alla", "allt", "everything"})
_PRIORITIES = {
    **dict.fromkeys(("red", "röd", "röda", "rött", "rod", "roda", "rott"), Priority.RED),
    **dict.fromkeys(("yellow", "gul", "gula", "gult"), Priority.YELLOW),
    **dict.fromkeys(("green", "grön", "gröna", "grönt", "gron", "grona"), Priority.GREEN),
    **dict.fromkeys(ALL, Priority.GREEN),
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
    here = _around_me(" ".join(said).casefold())
    if here is not None:
        return replace(wanted, is_here=True, radius_m=_radius(here))
    return replace(wanted, name=" ".join(said).rstrip(",;"))


def read_wishes_first(wanted: Wanted) -> Wanted | None:
    """Read `röda i alby` and `brand från fittja` once that is no name; None if it says no wish.

    A place may be called so: `Gröna Lund`.
    """
    said, found = wanted.name.split(), wanted
    takes_all = False
    while len(said) > 1:
        word = said[0].casefold().strip(",;")
        takes_all |= word in ALL and said[1].casefold() != "of"
        wider = found if word in _AT | _WHOLE | ALL else _with_last(word, found)
        if wider is None:
            break
        found, said = wider, said[1:]
    if takes_all and found.at_least is None and not found.kinds:
        found = replace(found, at_least=Priority.GREEN)
    name = " ".join(said)
    return replace(found, name=name) if name != wanted.name else None


def names_in(name: str) -> Sequence[str]:
    """Part `alby, fittja och hallunda`; one name is returned as it is."""
    return [part for part in _AND.split(name) if part]


def wishes_said(wanted: Wanted) -> Sequence[str]:
    """Return the words of all that was said besides the place, for a line that is read again."""
    at_least = [wanted.at_least.word] if wanted.at_least else []
    return [*at_least, *kinds_said(wanted.kinds), *(["kinds"] if wanted.opens_kinds else [])]


def is_possible_radius(radius_m: int) -> bool:
    """Whether a circle can be that large."""
    return LEAST_RADIUS_M <= radius_m <= MOST_RADIUS_M


def _with_last(word: str, wanted: Wanted) -> Wanted | None:
    """Add what the last word says; None if it is a part of the name."""
    if word in ALL and wanted.at_least is not None:
        return wanted
    if word in _PRIORITIES:
        meant = _PRIORITIES[word]
        return replace(wanted, at_least=min(meant, wanted.at_least or meant))
    if word in _KIND_OF:
        return replace(wanted, kinds=wanted.kinds | {_KIND_OF[word]})
    if word in _KINDS_MENU:
        return replace(wanted, opens_kinds=True)
    if word in _CHANGE:
        return replace(wanted, changes=True)
    return wanted if word in _BINDING else None


def _around_me(said: str) -> str | None:
    """Return what stands after `här` or `runt mig`, or a distance alone; None if it is a name."""
    if _DISTANCE.fullmatch(said):
        return said
    found = _AROUND_ME.fullmatch(said)
    if found is None:
        return None
    return found["rest"] or ("nära" if found["near"] else "")


def _radius(text: str) -> int | None:
    """Read `500`, `500 m`, `1,5 km` or `nära`; None if there is nothing, 0 if it is unclear."""
    said = re.sub(r"^(?:i|inom|within)\s+", "", text).strip()
    if not said:
        return None
    if said in _NEAR:
        return NEARBY_M
    found = _RADIUS.fullmatch(said)
    if found is None:
        return 0
    factor = 1000 if (found["unit"] or "m").startswith("k") else 1
    number = found["number"].replace(",", ".")
    return round((float(number) if number[0].isdecimal() else 1) * factor)


def kinds_said(kinds: frozenset[Kind]) -> Sequence[str]:
    """Return a word for each kind, for a line that is read again."""
    return [_KINDS[kind].split()[0] for kind in Kind if kind in kinds]
