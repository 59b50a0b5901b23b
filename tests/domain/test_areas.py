"""Areas: a tree of places on the real map, found by name or by position."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from bot.domain.areas import Area, AreaId, AreaKind, AreaMap, slug_of
from bot.domain.messages import Position
from bot.settings.areas import load_areas
from tests.domain.examples import ALBY, BOTKYRKA, GAMLA_STAN, ROOT

AREAS = load_areas(ROOT / "config")
ON_THE_BORDER = Position(59.24084, 17.85444)  # a corner that Albyberget and Albydalen share
AT_SEA = Position(58.0, 20.0)


def a_place(slug: str, square: tuple[float, float, float, float], **changes: object) -> Area:
    """A square on the map: west, south, east, north."""
    values: dict[str, object] = {
        "id": AreaId(slug),
        "name": slug.title(),
        "kind": AreaKind.NEIGHBOURHOOD,
        "parent": None,
        "border": box(*square),
    }
    return Area(**(values | changes))  # type: ignore[arg-type]  # named fields of Area


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gamla stan", "gamla-stan"),
        ("GAMLA  STAN", "gamla-stan"),
        ("Örby", "orby"),
        ("Åland", "aland"),
        ("Ærø", "aero"),
        ("Upplands-Bro", "upplands-bro"),
        ("Tumba centrum-Segersjö-Sandstugan", "tumba-centrum-segersjo-sandstugan"),
        (" Fittja! ", "fittja"),
        ("O\u0308rby", "orby"),
        ("Київ", ""),
        ("", ""),
    ],
)
def test_slug_is_the_name_in_plain_letters(name: str, slug: str):
    """Lower-case ASCII with hyphens, as the configuration and the commands write it."""
    assert slug_of(name) == slug


@given(st.text(max_size=30))
def test_slug_of_a_slug_is_itself(name: str):
    """Any name at all has a slug that can be typed anywhere."""
    slug = slug_of(name)

    assert slug.isascii()
    assert slug == slug.strip("-").lower()
    assert slug_of(slug) == slug


def test_map_holds_what_the_configuration_names():
    """Counties, municipalities, and the two neighbourhoods of the example."""
    assert len(AREAS) == len(list(AREAS)) > 300
    assert {area.id for area in AREAS} > {ALBY, BOTKYRKA, GAMLA_STAN, AreaId("stockholm")}


@pytest.mark.parametrize(
    ("area", "chain"),
    [
        ("albyberget", ("albyberget", "botkyrka", "stockholms-lan")),
        ("gamla-stan", ("gamla-stan", "stockholm", "stockholms-lan")),
        ("stockholms-lan", ("stockholms-lan",)),
        ("atlantis", ()),
    ],
)
def test_chain_leads_from_a_place_to_all_around_it(area: str, chain: tuple[str, ...]):
    """Innermost first; what is not on the map lies nowhere."""
    assert AREAS.chain(area) == chain


def test_chain_ends_even_where_the_tree_is_a_ring():
    """A mistake in the configuration must not hang the bot."""
    ring = AreaMap(
        [
            a_place("a", (0, 0, 1, 1), parent=AreaId("b")),
            a_place("b", (0, 0, 2, 2), parent=AreaId("a")),
            a_place("c", (0, 0, 3, 3), parent=AreaId("gone")),
        ]
    )

    assert ring.chain("a") == ("a", "b")
    assert ring.chain("c") == ("c",)


def test_area_knows_what_lies_beside_it():
    """Across a street, or with a common border; not what contains it, nor what is further off."""
    found = AREAS.beside(ALBY)

    assert AreaId("albydalen") in found
    assert found.isdisjoint({*AREAS.chain(ALBY), GAMLA_STAN})
    assert ALBY in AREAS.beside("albydalen")
    assert AREAS.beside("atlantis") == frozenset()


def test_area_that_left_the_map_keeps_its_slug_as_name():
    """Old reports stay readable when the areas are cut anew."""
    assert AREAS.name("gamla-stan") == "Gamla stan"
    assert AREAS.name("klara-kvarteren") == "klara-kvarteren"
    assert AREAS.get("klara-kvarteren") is None


@pytest.mark.parametrize(
    ("position", "area"),
    [
        (Position(59.2414, 17.8471), "albyberget"),
        (Position(59.3255, 18.0678), "gamla-stan"),
        (Position(59.33, 18.06), "stockholm"),
        (Position(59.2, 18.6), "varmdo"),
        (ON_THE_BORDER, "albyberget"),
        (AT_SEA, None),
        (Position(0.0, 0.0), None),
        (Position(90.0, 180.0), None),
    ],
    ids=[
        "inside",
        "old town",
        "only a municipality",
        "archipelago",
        "on a border",
        "at sea",
        "another sea",
        "north pole",
    ],
)
def test_smallest_area_holds_a_position(position: Position, area: str | None):
    """The street's own neighbourhood, not the county; on a border the smaller of two."""
    found = AREAS.at(position)

    assert (found.id if found else None) == area


def test_areas_of_one_size_are_told_apart_the_same_way_each_time():
    """A position on the line between two equal squares belongs to the first by name."""
    squares = [a_place("b", (1, 0, 2, 1)), a_place("a", (0, 0, 1, 1))]

    for order in (squares, squares[::-1]):
        found = AreaMap(order).at(Position(0.5, 1.0))
        assert found is not None
        assert found.id == "a"


@given(st.sampled_from([area for area in AREAS if area.kind is AreaKind.NEIGHBOURHOOD]))
def test_every_neighbourhood_holds_a_point_of_its_own(area: Area):
    """No neighbourhood is hidden under another, and each is nearest to itself."""
    point = area.border.representative_point()
    position = Position(point.y, point.x)

    assert AREAS.at(position) is area
    assert AREAS.near(position)[0] is area


@pytest.mark.parametrize(
    ("position", "near"),
    [
        (Position(59.2414, 17.8471), ("albyberget", "albydalen", "fittja")),
        (Position(59.3255, 18.0678), ("gamla-stan",)),
        (AT_SEA, ()),
        (Position(90.0, 0.0), ()),
    ],
    ids=["among neighbours", "one far from others", "at sea", "north pole"],
)
def test_neighbourhoods_near_a_position(position: Position, near: tuple[str, ...]):
    """At most three to choose from, nearest first; no counties."""
    found = AREAS.near(position)

    assert tuple(area.id for area in found)[: len(near)] == near
    assert len(found) <= 3
    assert bool(found) is bool(near)


def test_nearest_is_measured_on_the_ground():
    """At sixty degrees a degree of longitude is half as long as one of latitude."""
    east = a_place("east", (18.03, 60.0, 18.04, 60.01))  # 1.7 km away
    north = a_place("north", (18.0, 60.02, 18.01, 60.03))  # 2.2 km away
    county = a_place("county", (17, 59, 19, 61), kind=AreaKind.COUNTY)
    centre = a_place("centre", (18.2, 60.0, 18.3, 60.1), kind=AreaKind.CENTRE)
    found = AreaMap([north, east, county, centre]).near(Position(60.0, 18.0))

    assert [area.id for area in found] == ["east", "north", "centre"]


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Albyberget", "albyberget"),
        ("albyberget", "albyberget"),
        ("  ALBYBERGET ", "albyberget"),
        ("Albybreget", None),
        ("albyberge", "albyberget"),
        ("Gamla stan", "gamla-stan"),
        ("gamlastan", "gamla-stan"),
        ("gamla-stan", "gamla-stan"),
        ("Botkyrka kommun", "botkyrka"),
        ("goteborg", "goteborg"),
        ("Göteborg", "goteborg"),
        ("Malmo", "malmo"),
        ("Alby", None),
        ("Tumba", None),
        ("Stockholm", "stockholm"),
        ("Stockholms län", "stockholms-lan"),
        ("Atlantis", None),
        ("al", None),
        ("", None),
        ("Київ", None),
    ],
    ids=ascii,
)
def test_name_finds_the_area_that_it_surely_means(name: str, area: str | None):
    """In any case, without dots, with a slip; what could be two is asked for, never guessed."""
    found = AREAS.find(name)

    assert (found.id if found else None) == area


@pytest.mark.parametrize(
    ("name", "area"), [("Habo", "habo-jonkopings-lan"), ("Håbo", "habo")], ids=ascii
)
def test_two_names_of_one_slug_are_two_places(name: str, area: str):
    """Habo and Håbo are two hundred kilometres apart."""
    found = AREAS.find(name)

    assert found is not None
    assert found.name == name
    assert {found.id, area} <= {"habo", "habo-jonkopings-lan", "habo-uppsala-lan"}


def test_places_of_the_same_name_are_asked_for():
    """There is a Centrum in every municipality: whoever writes it must choose."""
    here = a_place("centrum", (0, 0, 1, 1), name="Centrum")
    there = a_place("centrum-botkyrka", (2, 2, 3, 3), name="Centrum")
    both = AreaMap([here, there])

    assert both.find("Centrum") is None
    assert set(both.suggest("centrum")) == {here, there}
    assert both.find("centrum-botkyrka") is there
    assert AreaMap([here]).find("Centrum") is here


@pytest.mark.parametrize(
    ("name", "likeliest"),
    [
        ("alby", ("albyberget", "albydalen")),
        ("allby", ("albyberget", "albydalen")),
        ("ally", ("albyberget", "albydalen")),
        ("lby", ("albyberget", "albydalen")),
        ("stan", ("gamla-stan",)),
        ("parkhem", ("tullinge-parkhem",)),
        ("Albybreget", ("albyberget",)),
        ("Tumba", ("tumba-centrum-segersjo-sandstugan",)),
        ("tullinge", ("tullinge-parkhem", "tullinge-villastad")),
        ("Fitja", ("fittja",)),
        ("halunda", ("hallunda",)),
        ("gamla sta", ("gamla-stan",)),
        ("storvret", ("storvreten",)),
    ],
    ids=ascii,
)
def test_names_with_slips_are_suggested(name: str, likeliest: tuple[str, ...]):
    """Beginnings and misspellings, the likeliest first."""
    suggested = [area.id for area in AREAS.suggest(name)]

    assert sorted(suggested[: len(likeliest)]) == list(likeliest)
    assert len(suggested) <= 3


@pytest.mark.parametrize("name", ["", "a", "al", "  ", "xyzzy", "🌼🌼🌼", "Київ"], ids=ascii)
def test_nothing_is_suggested_for_what_is_no_name(name: str):
    """Two letters begin too many names."""
    assert AREAS.suggest(name) == []


@given(st.text(max_size=40))
def test_no_name_breaks_the_search(name: str):
    """What is surely meant is also the first that would be suggested."""
    found = AREAS.find(name)

    if found is not None:
        assert found.id == slug_of(name) or found in AREAS.suggest(name)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_no_position_breaks_the_search(lat: float, lon: float):
    """Anywhere on earth; what holds a position is at most as large as what is around it."""
    position = Position(lat, lon)
    found = AREAS.at(position)

    assert len(AREAS.near(position)) <= 3
    if found is not None and found.parent is not None:
        around = AREAS.get(found.parent)
        assert around is not None
        assert around.border.area >= found.border.area


def test_map_without_areas_answers_everything_with_nothing():
    """An installation may begin without a map."""
    empty = AreaMap([])

    assert len(empty) == 0
    assert empty.at(AT_SEA) is None
    assert empty.near(AT_SEA) == []
    assert empty.find("alby") is None
    assert empty.suggest("alby") == []
    assert empty.chain("alby") == ()


def test_municipality_is_made_of_the_areas_that_name_it() -> None:
    """By name, and one level deep."""
    names = [area.name for area in AREAS.inside("botkyrka")]

    assert names == sorted(names)
    assert "Albyberget" in names
    assert AREAS.inside("albyberget") == []


def test_what_lies_around_an_area_is_not_the_area() -> None:
    """At most two, and such as people live in."""
    alby = AREAS.get("albyberget")
    assert alby is not None
    around = AREAS.around(alby)

    assert len(around) == 2
    assert alby not in around
    assert {area.kind for area in around} <= {AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE}
