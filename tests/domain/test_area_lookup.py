"""Areas found by a name in context, by a postal code, and by a position on a difficult map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import get_parts
from shapely.geometry import MultiPolygon, Polygon, box

from bot.domain.area_names import postal_code_in, spellings
from bot.domain.areas import Area, AreaId, AreaKind, AreaMap
from bot.domain.messages import Position
from bot.domain.postal_codes import PostalCodes, PostalRange
from bot.settings.areas import load_areas
from tests.domain.examples import ROOT

AREAS = load_areas(ROOT / "config")
FITTJA, ALBYBERGET, GAMLA_STAN = (AreaId(slug) for slug in ("fittja", "albyberget", "gamla-stan"))


def an_area(slug, border, *, parent=None, kind=AreaKind.NEIGHBOURHOOD, name=None, code=None):
    """A place on the map."""
    return Area(
        id=AreaId(slug),
        name=name or slug.title(),
        kind=kind,
        parent=AreaId(parent) if parent else None,
        border=border,
        code=code,
    )


def near_each_other(slug, lon, *, name=None, parent=None):
    """A square of about a kilometre at sixty degrees north."""
    return an_area(slug, box(lon, 60.0, lon + 0.02, 60.01), name=name, parent=parent)


NORTH = [
    an_area("vast", box(17.9, 59.9, 18.5, 60.2), kind=AreaKind.MUNICIPALITY, code="0101"),
    an_area("ost", box(20.0, 59.9, 20.5, 60.2), kind=AreaKind.MUNICIPALITY, code="0102"),
    near_each_other("centrum", 18.0, name="Centrum", parent="vast"),
    near_each_other("centrum-ost", 20.0, name="Centrum", parent="ost"),
    near_each_other("alby", 20.1, name="Alby", parent="ost"),
    near_each_other("albydalen", 18.1, name="Albydalen", parent="vast"),
    near_each_other("hamnen", 18.2, name="Hamnen", parent="vast"),
    near_each_other("hamnangen", 18.3, name="Hamnängen", parent="vast"),
    near_each_other("stranden", 18.05, parent="vast"),
]
TWO_TOWNS = AreaMap(NORTH)


@pytest.mark.parametrize(
    ("name", "near", "area"),
    [
        ("Centrum", ["stranden"], "centrum"),
        ("centrum", ["alby"], "centrum-ost"),
        ("centrum", [], None),
        ("centrum", ["stranden", "alby"], None),
        ("alby", ["stranden"], "albydalen"),
        ("alby", ["centrum-ost"], "alby"),
        ("alby", [], "alby"),
        ("Väst", ["alby"], "vast"),
        ("hamn", ["stranden"], None),
        ("hamn", ["hamnangen"], "hamnangen"),
        ("hanmen", ["hamnen"], "hamnen"),
        ("atlantis", ["stranden"], None),
        ("centrum", ["gone-from-the-map"], None),
    ],
)
def test_name_means_the_area_that_is_near(name: str, near: list[str], area: str | None):
    """Where somebody is decides between namesakes and near matches; a tie is asked about."""
    found = TWO_TOWNS.find(name, near=[AreaId(slug) for slug in near])

    assert (found.id if found else None) == area


@pytest.mark.parametrize(
    ("near", "area"), [(ALBYBERGET, "albyberget"), (FITTJA, None), (GAMLA_STAN, None)]
)
def test_alby_means_the_one_where_i_am(near: AreaId, area: str | None):
    """From Fittja both are as near, and from Gamla stan both as far: then it is asked."""
    found = AREAS.find("alby", near=[near])

    assert (found.id if found else None) == area


def test_what_is_near_is_suggested_first():
    """Of the same likeness the one in the own municipality."""
    suggested = [area.id for area in TWO_TOWNS.suggest("centrum", near=[AreaId("alby")])]

    assert suggested[0] == "centrum-ost"


def test_namesakes_are_told_apart_by_what_lies_around_them():
    """Else two buttons would read the same."""
    titles = {TWO_TOWNS.title(area) for area in TWO_TOWNS.suggest("centrum")}

    assert {"Centrum (Vast)", "Centrum (Ost)"} <= titles
    assert TWO_TOWNS.title(NORTH[4]) == "Alby"


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Stockholms kommun", "stockholm"),
        ("Stockholms stad", "stockholm"),
        ("stockholm stad", "stockholm"),
        ("Håbo kommun", "habo"),
        ("Västerås stad", "vasteras"),
        ("Göteborgs stad", "goteborg"),
        ("Karlstad", "karlstad"),
        ("Upplands Väsby kommun", "upplands-vasby"),
        ("botkyrka municipality", "botkyrka"),
    ],
    ids=ascii,
)
def test_word_for_the_kind_of_place_may_stand_after_the_name(name: str, area: str):
    """In the genitive as well, as offices sign."""
    found = AREAS.find(name)

    assert found is not None
    assert found.id in {area, f"{area}-uppsala-lan"}
    assert found.kind is AreaKind.MUNICIPALITY


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("145 59", "14559"), ("14559", "14559"), ("SE-145 59", "14559"), ("s-14559", "14559"),
        (" 145 59 ", "14559"), ("1455", None), ("145599", None), ("14 559", None), ("alby", None),
        ("", None),
    ],
)  # fmt: skip
def test_postal_code_is_read_as_people_write_it(written: str, code: str | None):
    """Five digits, mostly with a space."""
    assert postal_code_in(written) == code


@pytest.mark.parametrize(
    ("written", "area"),
    [("145 59", "botkyrka"), ("14559", "botkyrka"), ("111 29", "stockholm"), ("000 01", None)],
)
def test_postal_code_leads_to_its_municipality(written: str, area: str | None):
    """Whatever is near: a code is no name."""
    found = AREAS.find(written, near=[GAMLA_STAN])

    assert (found.id if found else None) == area


def test_postal_code_between_two_ranges_is_nobody_s():
    """Nobody has it, so nothing is guessed."""
    codes = PostalCodes([PostalRange("20", "29", "b"), PostalRange("10", "15", "a")])

    assert [codes.municipality(c) for c in ("09", "10", "15", "16", "20", "29", "30")] == [
        None, "a", "a", None, "b", "b", None,
    ]  # fmt: skip


@given(st.text(max_size=30), st.lists(st.sampled_from([area.id for area in NORTH]), max_size=3))
def test_no_name_and_no_context_break_the_search(name: str, near: list[AreaId]):
    """What is meant is always on the map."""
    found = TWO_TOWNS.find(name, near=near)

    assert found is None or found in NORTH
    assert len(TWO_TOWNS.suggest(name, near=near)) <= 3
    assert all(spellings(name)) or not name.strip()


RINGED = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], holes=[[(4, 4), (6, 4), (6, 6), (4, 6)]])
ISLANDS = MultiPolygon([box(x, y, x + 0.5, y + 0.5) for x in range(20, 30) for y in range(10)])
DIFFICULT = AreaMap(
    [
        an_area("ringed", RINGED),
        an_area("islands", ISLANDS, kind=AreaKind.MUNICIPALITY),
        an_area("large", box(40, 0, 50, 10)),
        an_area("small", box(44, 4, 52, 8)),
        an_area("left", box(60, 0, 61, 1)),
        an_area("right", box(61, 0, 62, 1)),
    ]
)


@pytest.mark.parametrize(
    ("position", "area"),
    [
        (Position(5, 5), None),
        (Position(5, 4), "ringed"),
        (Position(2, 2), "ringed"),
        (Position(0.2, 20.2), "islands"),
        (Position(9.2, 29.2), "islands"),
        (Position(0.75, 20.75), None),
        (Position(5, 45), "small"),
        (Position(1, 45), "large"),
        (Position(0.5, 61), "left"),
        (Position(0.0, 61), "left"),
        (Position(-1, 0), None),
    ],
    ids=[
        "in a hole", "on the border of a hole", "beside a hole", "on an island",
        "on another island", "on the water between islands", "in two that overlap",
        "in one of two that overlap", "on a border", "on a corner", "outside of all",
    ],
)  # fmt: skip
def test_position_on_a_difficult_map(position: Position, area: str | None):
    """The smallest that holds it, borders included; a hole and the water belong to nobody."""
    found = DIFFICULT.at(position)

    assert (found.id if found else None) == area


@given(st.floats(0, 1))
def test_border_belongs_to_the_same_side_all_along(lat: float):
    """Whoever stands on the line is in one area, whatever the order of the file."""
    turned = AreaMap(reversed(list(DIFFICULT)))
    here = Position(lat, 61.0)

    for areas in (DIFFICULT, turned):
        found = areas.at(here)
        assert found is not None
        assert found.id == "left"


def test_nearest_within_some_kilometres_is_known_by_name():
    """Outside of all areas it is offered; what lies farther off is not."""
    shore = Position(60.005, 17.9)  # 5.6 km west of Centrum

    assert [area.id for area in TWO_TOWNS.near(shore)][:1] == ["centrum"]
    assert TWO_TOWNS.near(shore, within_km=5.0) == []
    assert [area.id for area in TWO_TOWNS.near(shore, within_km=6.0)] == ["centrum"]


def test_archipelago_municipality_holds_its_islands_and_not_the_sea():
    """Värmdö on the real map: every part of it is inside."""
    varmdo = AREAS.get("varmdo")
    assert varmdo is not None
    for island in get_parts(varmdo.border):
        point = island.representative_point()
        found = AREAS.at(Position(point.y, point.x))
        assert found is not None
        assert "varmdo" in AREAS.chain(found.id)
