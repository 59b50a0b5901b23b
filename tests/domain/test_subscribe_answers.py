"""What somebody wants to follow, as they write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.circles import Circle
from bot.domain.followed_keys import followed_key, read_followed_key
from bot.domain.groups import GroupId
from bot.domain.kinds import Kind
from bot.domain.messages import Position
from bot.domain.positions import cell_of
from bot.domain.reports import Priority
from bot.domain.subscribe_answers import (
    Wanted,
    kinds_said,
    names_in,
    read_wanted,
    read_wishes_first,
    wishes_said,
)
from bot.domain.subscriptions import OfGroup, WholeArea

FIRE, THEFT = frozenset({Kind.FIRE}), frozenset({Kind.THEFT})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("alby", Wanted(name="alby")),
        ("gamla stan röd", Wanted(name="gamla stan", at_least=Priority.RED)),
        ("röd", Wanted(name="röd")),
        ("alby brand", Wanted(name="alby", kinds=FIRE)),
        ("alby bara brand och stöld", Wanted(name="alby", kinds=FIRE | THEFT)),
        (
            "alby brand, stöld, gul",
            Wanted(name="alby", at_least=Priority.YELLOW, kinds=FIRE | THEFT),
        ),
        ("alby fires red", Wanted(name="alby", at_least=Priority.RED, kinds=FIRE)),
        ("alby slag", Wanted(name="alby", opens_kinds=True)),
        ("alby change", Wanted(name="alby", changes=True)),
        ("här", Wanted(is_here=True)),
        ("HERE 500", Wanted(is_here=True, radius_m=500)),
        ("här 500 m röd", Wanted(is_here=True, radius_m=500, at_least=Priority.RED)),
        ("här 1,5 km brand", Wanted(is_here=True, radius_m=1500, kinds=FIRE)),
        ("alby rött och gult", Wanted(name="alby", at_least=Priority.YELLOW)),
        ("alby alla röda", Wanted(name="alby", at_least=Priority.RED)),
        ("500 m", Wanted(is_here=True, radius_m=500)),
        ("500 röd", Wanted(is_here=True, radius_m=500, at_least=Priority.RED)),
        ("här inom 500 meter", Wanted(is_here=True, radius_m=500)),
        ("inom 2 kilometer", Wanted(is_here=True, radius_m=2000)),
        ("runt mig", Wanted(is_here=True)),
        ("nära mig", Wanted(is_here=True, radius_m=300)),
        ("near me", Wanted(is_here=True, radius_m=300)),
        ("around me 500 red", Wanted(is_here=True, radius_m=500, at_least=Priority.RED)),
        ("inom botkyrka", Wanted(name="inom botkyrka")),
        ("hareskov", Wanted(name="hareskov")),
        ("14559", Wanted(name="14559")),
        ("här nära", Wanted(is_here=True, radius_m=300)),
        ("här och där", Wanted(is_here=True, radius_m=0)),
        ("brandvakten", Wanted(name="brandvakten")),
        ("145 59", Wanted(name="145 59")),
        ("Brand", Wanted(name="Brand")),
    ],
)  # fmt: skip
def test_place_priority_and_kinds_are_read(text, wanted):
    """The place stands first; what stands alone is a name."""
    assert read_wanted(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("röd alby", Wanted(name="alby", at_least=Priority.RED)),
        ("alla röda i alby", Wanted(name="alby", at_least=Priority.RED)),
        ("gult och rött från alby", Wanted(name="alby", at_least=Priority.YELLOW)),
        ("brand i fittja röd", Wanted(name="fittja", at_least=Priority.RED, kinds=FIRE)),
        ("allt i alby", Wanted(name="alby", at_least=Priority.GREEN)),
        ("all of botkyrka", Wanted(name="botkyrka")),
        ("hela botkyrka", Wanted(name="botkyrka")),
        ("alby", None),
        ("gamla stan", None),
    ],
)
def test_wishes_may_stand_before_the_place(text, wanted):
    """Where the whole is no name."""
    assert read_wishes_first(read_wanted(text)) == wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("alby, fittja och hallunda", ["alby", "fittja", "hallunda"]),
        ("alby & fittja", ["alby", "fittja"]),
        ("gamla stan", ["gamla stan"]),
        ("sandlandet", ["sandlandet"]),
        ("", []),
    ],
)
def test_several_places_may_be_named(text, names):
    """In a row, as people write it."""
    assert names_in(text) == names


@given(st.frozensets(st.sampled_from(Kind)), st.sampled_from(Priority), st.booleans())
def test_wishes_are_read_as_they_are_said(kinds, at_least, opens_kinds):
    """The button of a suggestion means what was written."""
    wanted = Wanted(name="alby", kinds=kinds, at_least=at_least, opens_kinds=opens_kinds)

    assert read_wanted(" ".join(["alby", *wishes_said(wanted)])) == wanted


@given(st.text(max_size=80))
def test_nothing_that_people_write_breaks_the_reading(text):
    """What is no wish is a part of the name."""
    wanted = read_wanted(text)

    assert wanted.radius_m is None or wanted.radius_m >= 0
    assert wanted.is_here or wanted.radius_m is None


@given(st.frozensets(st.sampled_from(Kind), min_size=1))
def test_kinds_are_read_as_they_are_said(kinds):
    """An undo brings back the same ones."""
    assert read_wanted(f"alby {' '.join(kinds_said(kinds))}").kinds == kinds


@given(
    st.one_of(
        st.just(OfGroup(GroupId("alby-grannar"))),
        st.builds(
            lambda lat, lon, radius_m: Circle(cell=cell_of(Position(lat, lon)), radius_m=radius_m),
            st.floats(-85, 85),
            st.floats(-179, 179),
            st.integers(200, 20_000),
        ),
    )
)
def test_key_of_a_group_or_a_circle_is_read_back(followed):
    """Its buttons mean the same thing."""
    assert read_followed_key(followed_key(followed)) == followed


@pytest.mark.parametrize(
    "key", ["", "alby", "group:", "around:x:500", "around:8908:1", "around::", "a:b:c:d"]
)
def test_what_is_no_key_is_read_as_none(key):
    """Somebody may have typed it."""
    assert read_followed_key(key) is None


def test_key_of_an_area_is_its_slug():
    """The word that people write too."""
    assert followed_key(WholeArea(AreaId("gamla-stan"))) == "gamla-stan"
