"""Names like an authority's: never printed, and moderators hear of each once, without a sound."""

import pytest

from tests.town import (
    ANNA,
    BO,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG_ROOM,
    Town,
)

SEEN = "kan tas för en myndighet"


def warnings(town: Town) -> list[str]:
    """What the coordinator was told of names."""
    return [text for text in town.texts(OWNER) if SEEN in text]


@pytest.fixture(autouse=True)
async def coordinator_is_there(town):
    """Whoever has never written to the bot can't be written to."""
    await town.agrees(OWNER)


@pytest.mark.parametrize(("user", "room"), [(ANNA, TG_ROOM), (EVA, MX_ROOM)])
async def test_moderator_is_told_of_a_name_like_an_authority_s(town, user, room):
    """On both platforms, without a sound, and without the name itself."""
    town.names[user] = "Polisen ✅"
    await town.writes(user, room, "hej")

    (told,) = warnings(town)
    assert told.startswith("Någon i Alby grannar")
    assert "Granne 1" in told
    assert "Polisen" not in told
    assert town.told(OWNER)[-1].message.silent


async def test_of_each_name_moderators_hear_once(town):
    """However often somebody writes, and however the name is written."""
    town.names[ANNA] = "Polisen"
    for _ in range(3):
        await town.writes(ANNA, TG_ROOM, "hej")
    town.names[ANNA] = "P o l i s e n"
    await town.writes(ANNA, TG_ROOM, "hej")
    assert len(warnings(town)) == 1
    town.names[ANNA] = "Botkyrka kommun"
    await town.writes(ANNA, TG_ROOM, "hej")

    assert len(warnings(town)) == 2


async def test_each_person_and_each_group_is_told_of(town):
    """Whoever looks after one does not look after the other."""
    town.names[ANNA] = town.names[BO] = "Polisen"
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(BO, TG_ROOM, "hej")
    await town.writes(ANNA, SHOPS, "hej")

    assert len(warnings(town)) == 3


async def test_verified_and_ordinary_names_are_not_told_of(town):
    """The police may be called so where they are the police."""
    await town.writes(POLICE, MX_ROOM, "hej")
    await town.writes(ANNA, TG_ROOM, "hej")
    town.names[BO] = "Granne 14"
    await town.writes(BO, TG_ROOM, "hej")

    assert warnings(town) == []


async def test_private_chat_tells_nobody(town):
    """There is nobody there whom it could deceive."""
    town.names[ANNA] = "Polisen"
    await town.writes(ANNA, None, "hej")

    assert warnings(town) == []


async def test_what_is_kept_of_a_name_goes_with_the_person(town):
    """And of itself after a while."""
    town.names[ANNA] = town.names[BO] = "Polisen"
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(BO, TG_ROOM, "hej")
    assert town.count_rows("name_warnings") == 2
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")
    assert town.count_rows("name_warnings") == 1
    await town.passes(days=31)

    assert town.count_rows("name_warnings") == 0


async def test_who_plays_with_names_does_not_flood_moderators(town):
    """Three names of one person in a day; the next day again."""
    for number in range(6):
        town.names[ANNA] = f"Polisen {'abcdef'[number] * 3}"
        await town.writes(ANNA, TG_ROOM, "hej")
    on_one_day = len(warnings(town))
    await town.passes(days=1)
    town.names[ANNA] = "Botkyrka kommun"
    await town.writes(ANNA, TG_ROOM, "hej")

    assert on_one_day == 3
    assert len(warnings(town)) == 4
