"""A position shared in private: where somebody is just now, as an area."""

from dataclasses import replace

import pytest

from bot.domain.areas import AreaMap
from bot.domain.messages import Position
from tests.town import ANNA, AREAS, AT_SEA, IN_ALBYBERGET, TG_ROOM, Town, labels_of


@pytest.fixture
async def willing(town: Town) -> Town:
    """Anna lets the bot use her position."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    return town


async def test_position_becomes_an_area_with_next_steps(willing):
    """Never the exact spot."""
    await willing.writes(ANNA, None, "", position=IN_ALBYBERGET)

    assert willing.last(ANNA) == (
        "Du är i Albyberget. Jag minns området i två timmar. Vad vill du göra?"
    )
    assert labels_of(willing.told(ANNA)[-1]) == [
        "Rapportera härifrån",
        "Bevaka Albyberget",
        "500 m härifrån",
        "1 km härifrån",
    ]


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Rapportera härifrån", "Hur bråttom är det?"),
        ("Bevaka Albyberget", "Klart. Du får rött och gult från Albyberget."),
    ],
)
async def test_next_steps_work(willing, button, answer):
    """The next step as a button."""
    await willing.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await willing.taps(ANNA, button)

    assert willing.last(ANNA) == answer


async def test_exact_spot_is_kept_nowhere(willing):
    """Positions are snapped before they are stored: the database knows the area alone."""
    await willing.writes(ANNA, None, "", position=IN_ALBYBERGET)

    stored = b"".join(path.read_bytes() for path in willing.folder.glob("grannbro.db*"))
    assert b"albyberget" in stored
    assert b"59.24" not in stored
    assert b"17.84" not in stored


async def test_position_at_sea_is_answered(willing):
    """Says what it doesn't know, and what to do instead; nothing is remembered."""
    await willing.writes(ANNA, None, "", position=AT_SEA)
    assert willing.last(ANNA) == "Där har jag inget område. Skriv namnet på ett område i stället."
    await willing.writes(ANNA, None, "/bevaka här")

    assert willing.last(ANNA).startswith("Dela din plats med mig först")


async def test_position_beside_the_map_offers_the_nearest(open_town):
    """Buttons to follow what is near."""
    near = [area for area in AREAS if area.id in {"albyberget", "albydalen"}]
    town = await open_town(areas=AreaMap([replace(area, parent=None) for area in near]))
    await town.agrees(ANNA)
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=Position(59.24, 17.88))
    assert town.last(ANNA) == "Där har jag inget område. Närmast finns Albydalen, Albyberget."
    await town.taps(ANNA, "Albyberget")

    assert "från Albyberget" in town.last(ANNA)


async def test_position_in_a_group_is_talk(willing):
    """There it is for the neighbours, and asks for nothing."""
    before = willing.texts(ANNA)
    await willing.writes(ANNA, TG_ROOM, "Här är det", position=IN_ALBYBERGET)

    assert willing.texts(ANNA) == before


async def test_position_outside_ends_the_one_before(willing):
    """Who has left the map must not send red to where they were an hour ago."""
    await willing.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await willing.writes(ANNA, None, "", position=AT_SEA)
    await willing.writes(ANNA, None, "/rod rök ur fönster")

    assert willing.last(ANNA).startswith("Var händer det?")
    assert willing.count_rows("reports") == 0
