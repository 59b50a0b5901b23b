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
from bot.domain.subscribe_answers import Wanted, kinds_said, read_wanted
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
