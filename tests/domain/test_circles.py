"""Circles: looked for by few cells, and found from everywhere in them."""

import math

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.circles import LEAST_RADIUS_M, MOST_CELLS, MOST_RADIUS_M, Circle, covering
from bot.domain.messages import Position
from bot.domain.positions import CELL, cell_of, middle_of, read_cell, with_coarser

M_A_DEGREE = 111_195
IN_SWEDEN = st.builds(Position, st.floats(55.3, 69.0), st.floats(11.0, 24.1))
RADII_M = st.integers(LEAST_RADIUS_M, MOST_RADIUS_M)


def away(start: Position, metres: float, bearing: float) -> Position:
    """A position at a distance from another."""
    shrunk = math.cos(math.radians(start.lat))
    north, east = math.cos(bearing) * metres, math.sin(bearing) * metres
    return Position(start.lat + north / M_A_DEGREE, start.lon + east / M_A_DEGREE / shrunk)


def distance_m(one: Position, other: Position) -> float:
    """How far it is."""
    return float(h3.great_circle_distance((one.lat, one.lon), (other.lat, other.lon), unit="m"))


@given(start=IN_SWEDEN, radius_m=RADII_M, share=st.floats(0, 1), bearing=st.floats(0, 2 * math.pi))
def test_what_happens_in_a_circle_is_found(
    start: Position, radius_m: int, share: float, bearing: float
) -> None:
    """At most forty rows, whatever the radius; nothing in it is missed."""
    circle = Circle(cell=cell_of(start), radius_m=radius_m)
    middle = middle_of(circle.cell)
    there = away(middle, radius_m * share * 0.99, bearing)
    cells = covering(circle)

    assert len(cells) <= MOST_CELLS
    assert distance_m(middle, there) <= radius_m
    assert set(cells) & set(with_coarser(cell_of(there)))


@given(start=IN_SWEDEN, radius_m=RADII_M, bearing=st.floats(0, 2 * math.pi))
def test_what_happens_far_from_a_circle_is_not_found(
    start: Position, radius_m: int, bearing: float
) -> None:
    """It is larger than it was said to be by some blocks, not by more than half as much again."""
    circle = Circle(cell=cell_of(start), radius_m=radius_m)
    there = away(middle_of(circle.cell), radius_m * 1.75 + 800, bearing)

    assert not set(covering(circle)) & set(with_coarser(cell_of(there)))


@pytest.mark.parametrize("radius_m", [0, LEAST_RADIUS_M - 1, MOST_RADIUS_M + 1])
def test_circle_has_a_possible_radius(radius_m: int) -> None:
    """Less would tell where somebody lives, more is an area."""
    with pytest.raises(ValueError, match="radius"):
        Circle(cell=cell_of(Position(59.24, 17.85)), radius_m=radius_m)


def test_circle_is_the_same_in_whatever_area_it_lies() -> None:
    """Areas come and go; what somebody follows stays."""
    cell = cell_of(Position(59.24, 17.85))
    assert Circle(cell=cell, radius_m=500) == Circle(
        cell=cell, radius_m=500, lies_in=AreaId("albyberget")
    )


@pytest.mark.parametrize("text", ["", "x", "8808867857fffff", "89088678"])
def test_only_a_cell_is_read_as_one(text: str) -> None:
    """And only one that is as coarse as positions are made."""
    assert read_cell(text) is None


@given(position=IN_SWEDEN)
def test_cell_is_read_back(position: Position) -> None:
    """As it was written."""
    cell = cell_of(position)

    assert read_cell(cell) == cell
    assert len(with_coarser(cell)) == CELL - 3
