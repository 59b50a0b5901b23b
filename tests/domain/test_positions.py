"""Positions made coarse."""

import math

import pytest

from bot.domain.messages import Position
from bot.domain.positions import coarse
from tests.town import AREAS, IN_ALBYBERGET

METRES_A_DEGREE = 111_320


def metres(a: Position, b: Position) -> float:
    """How far two positions are apart, near enough."""
    east = (a.lon - b.lon) * math.cos(math.radians(a.lat))
    return math.hypot(a.lat - b.lat, east) * METRES_A_DEGREE


@pytest.mark.parametrize(
    "position", [IN_ALBYBERGET, Position(59.325, 18.07), Position(68.44, 17.42), Position(0, 0)]
)
def test_coarse_position_is_near_and_is_no_address(position):
    """A few blocks: the area is right, the door is nobody's business."""
    found = coarse(position)

    assert found != position
    assert metres(found, position) < 300
    assert coarse(found) == found


def test_neighbours_are_in_the_same_place():
    """Who is some doors away looks the same."""
    a_few_doors_away = Position(IN_ALBYBERGET.lat + 0.0002, IN_ALBYBERGET.lon)

    assert coarse(a_few_doors_away) == coarse(IN_ALBYBERGET)
    area = AREAS.at(coarse(IN_ALBYBERGET))
    assert area is not None
    assert area.id == "albyberget"
