"""Whether two reports tell of the same thing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.kinds import Kind, guess_kind
from bot.domain.likeness import SUGGEST_AT, Sighting, likeness, says_more
from bot.domain.messages import Position
from bot.domain.positions import cell_of
from bot.domain.reports import Priority
from tests.domain.examples import ALBY, BOTKYRKA, CHAIN, GAMLA_STAN, NOW

BESIDE_ALBY = AreaId("albydalen")
COUNTY = CHAIN[-1]
RED, YELLOW, GREEN = Priority.RED, Priority.YELLOW, Priority.GREEN
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PLACES = {
    ALBY: (CHAIN, frozenset({BESIDE_ALBY})),
    BESIDE_ALBY: ((BESIDE_ALBY, BOTKYRKA, COUNTY), frozenset({ALBY})),
    BOTKYRKA: (CHAIN[1:], frozenset[AreaId]()),
    COUNTY: (CHAIN[2:], frozenset[AreaId]()),
    GAMLA_STAN: ((GAMLA_STAN, AreaId("stockholm"), COUNTY), frozenset[AreaId]()),
}


def saw(
    text: str,
    *,
    after: timedelta = timedelta(0),
    area: AreaId = ALBY,
    priority: Priority = RED,
    language: str | None = "sv",
) -> Sighting:
    """Somebody's line; its kind is what the words tell."""
    chain, beside = PLACES[area]
    return Sighting(
        chain=chain,
        beside=beside,
        first_at=NOW + after,
        last_at=NOW + after,
        kind=guess_kind(text),
        priority=priority,
        text=text,
        language=language,
    )


SMOKE = saw("rök ur ett fönster på Albyvägen")
RING = saw("Stöldliga, tre personer tömmer parfymhyllan, stora väskor")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SMOKE, SMOKE),
        (SMOKE, saw("Det brinner på Albyvägen 12, rök ur fönstret", after=4 * MINUTE)),
        (SMOKE, saw("Det brinner i huset mittemot", after=10 * MINUTE)),
        (SMOKE, saw("Smoke from a window, fire", language="en", after=5 * MINUTE)),
        (SMOKE, saw("Det brinner, rök ur fönster", area=BESIDE_ALBY, after=MINUTE)),
        (SMOKE, saw("Brand, rök ur ett fönster på Albyvägen", area=BOTKYRKA, after=MINUTE)),
        (SMOKE, saw("rök ur ett fönster på Albyvägen", priority=YELLOW, after=MINUTE)),
        (RING, saw("Stöldliga med stora väskor, nu i skobutiken", after=25 * MINUTE)),
        (RING, saw("Tre personer med stora väskor stjäl parfym", after=15 * MINUTE)),
        (
            saw("Klotter på busskuren vid skolan", priority=GREEN),
            saw("Graffiti on the bus shelter", priority=GREEN, language="en", after=DAY),
        ),
        (
            saw("Gatlyktan vid lekparken är släckt", priority=GREEN),
            saw("Lampan vid lekparken är släckt", priority=GREEN, after=2 * DAY),
        ),
        (saw("En älg går på torget"), saw("Det går en älg på torget", after=20 * MINUTE)),
    ],
    ids=[
        "the very same",
        "one fire, two windows",
        "one fire in other words",
        "one fire in Swedish and English",
        "one fire at the border of two areas",
        "one fire, told of the whole municipality",
        "one fire, less urgent to one of them",
        "a ring that moves on to another shop",
        "a ring that one calls thieves",
        "one graffiti in two languages",
        "one lamp two days later",
        "an elk that no kind knows",
    ],
)
def test_is_suggested(one: Sighting, other: Sighting):
    """One thing, told twice."""
    assert likeness(one, other) >= SUGGEST_AT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SMOKE, saw("Krock i korsningen vid Albyvägen")),
        (SMOKE, saw("rök ur ett fönster på Albyvägen", area=GAMLA_STAN)),
        (SMOKE, saw("Det brinner i en container", after=5 * HOUR)),
        (SMOKE, saw("rök ur ett fönster på Albyvägen", area=COUNTY)),
        (SMOKE, saw("rök ur ett fönster på Albyvägen", after=DAY)),
        (
            saw("Min cykel är stulen vid stationen", priority=YELLOW),
            saw("Ficktjuv tog en plånbok på bussen", priority=YELLOW, after=HOUR),
        ),
        (
            saw("Stulen cykel", priority=GREEN),
            saw("Stulen moped i garaget", priority=RED),
        ),
        (
            saw("Klotter på busskuren", priority=GREEN),
            saw("Klotter i tunneln under leden", priority=GREEN, after=8 * DAY),
        ),
        (saw("En älg går på torget"), saw("Vattnet är avstängt i hus 4")),
        (saw("En älg går på torget"), saw("Water is off in house 4", language="en")),
    ],
    ids=[
        "a fire and a crash a hundred metres apart, at once",
        "the same words in another town",
        "two fires an afternoon apart",
        "a fire in the county",
        "the same words the next day",
        "two thefts within an hour",
        "one is urgent, the other worth knowing",
        "two graffiti in a fortnight",
        "two things that no kind knows",
        "and in two languages",
    ],
)
def test_is_not_suggested(one: Sighting, other: Sighting):
    """Two things: who is asked in vain does not read the next question."""
    assert likeness(one, other) < SUGGEST_AT


texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(SMOKE.text.split() + RING.text.split()), max_size=6).map(" ".join),
)


@st.composite
def sightings(draw: st.DrawFn) -> Sighting:
    """Anything that anybody may tell."""
    chain, beside = PLACES[draw(st.sampled_from(sorted(PLACES)))]
    first = NOW + draw(st.timedeltas(timedelta(0), 20 * DAY))
    return Sighting(
        chain=chain,
        beside=beside,
        first_at=first,
        last_at=first + draw(st.timedeltas(timedelta(0), DAY)),
        kind=draw(st.one_of(st.none(), st.sampled_from(Kind))),
        priority=draw(st.sampled_from(Priority)),
        text=draw(texts),
        language=draw(st.sampled_from([None, "sv", "en"])),
    )


def _at(seen: Sighting, east_km: float) -> Sighting:
    """The same, told from so far to the east of Alby."""
    return replace(seen, cell=cell_of(Position(59.2414, 17.8471 + east_km / 56.9)))


@pytest.mark.parametrize(
    ("east_km", "is_one"),
    [(0, True), (0.3, True), (0.9, True), (4, False), (9, False)],
)
def test_positions_tell_more_than_areas(east_km: float, *, is_one: bool) -> None:
    """Across a border it is one fire; at the other end of a municipality it is another."""
    here = _at(replace(SMOKE, chain=PLACES[BOTKYRKA][0]), 0)
    there = _at(replace(SMOKE, chain=PLACES[BOTKYRKA][0]), east_km)
    over_a_border = _at(replace(SMOKE, chain=PLACES[GAMLA_STAN][0]), east_km)

    assert (likeness(here, there) >= SUGGEST_AT) is is_one
    assert likeness(here, over_a_border) == likeness(here, there)


def test_one_position_alone_tells_nothing() -> None:
    """Then the areas are compared, as ever."""
    assert likeness(_at(SMOKE, 0), SMOKE) == likeness(SMOKE, SMOKE) == 1.0


@given(one=sightings(), other=sightings())
def test_likeness_is_mutual_and_bounded(one: Sighting, other: Sighting):
    """Whoever tells first makes no difference."""
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(one=sightings())
def test_the_identical_is_one(one: Sighting):
    """Whatever it is, and however long ago."""
    assert likeness(one, one) == 1


@given(one=sightings(), other=sightings())
def test_nothing_alike_is_nothing(one: Sighting, other: Sighting):
    """Another place, or weeks apart, or a fire and a lost cat: words do not make up for it."""
    elsewhere = replace(other, chain=(AreaId("kiruna"),), beside=frozenset())
    later = replace(other, first_at=one.last_at + 10 * DAY, last_at=one.last_at + 10 * DAY)
    burns, lost = replace(one, kind=Kind.FIRE), replace(other, kind=Kind.LOST_FOUND)

    assert likeness(one, elsewhere) == likeness(one, later) == likeness(burns, lost) == 0


@given(one=sightings(), other=sightings())
def test_other_urgency_never_makes_it_surer(one: Sighting, other: Sighting):
    """Red is not taken for green without a doubt."""
    assert likeness(one, replace(other, priority=one.priority)) >= likeness(one, other)


@pytest.mark.parametrize(
    ("text", "than", "more"),
    [
        ("rök ur fönster", "Rök ur ett fönster!", False),
        ("rök ur fönster, folk på balkongen", "rök ur ett fönster", True),
        ("det är här", "rök ur ett fönster", False),
        ("", "rök", False),
    ],
    ids=["the same", "people", "says little", "nothing"],
)
def test_what_says_more(text: str, than: str, *, more: bool):
    """Only what is new is worth an update."""
    assert says_more(text, than) is more
