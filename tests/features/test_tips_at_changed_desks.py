"""A desk changes, goes or can't be reached while its tips are open."""

import pytest

from bot.errors import PermanentFailure, Why
from tests.features.tips import (
    CLERK,
    COUNCIL_DESK,
    SECOND_DESK,
    SECRET,
    council,
    rooms_with,
    sends_tip,
    tip_card,
    tip_cards,
)
from tests.town import ANNA, DESK, POLICE, Town, police

MORE = "De är kvar"


@pytest.fixture
def has_mail() -> bool:
    """No mail is set: nobody can be asked for a code, and tips stand open."""
    return False


def desks_are(town: Town, *rooms: object) -> None:
    """Let the police have these rooms, as another configuration would say it."""
    listed = ", ".join(f'"{room}"' for room in rooms)
    town.changes_rows(f"UPDATE organisations SET desk_rooms = '[{listed}]' WHERE slug = 'polisen'")


async def passes(town: Town) -> None:
    """Let the next rounds come."""
    await town.passes(seconds=5)
    await town.passes(seconds=5)


async def test_tip_leaves_a_room_that_is_no_desk_any_more(town):
    """Whoever is in that room now, it is not for them; the new desk gets all of it."""
    await sends_tip(town)
    await town.writes(ANNA, None, MORE, reply_to=town.told(ANNA)[-1].ref)
    desks_are(town, SECOND_DESK)
    await passes(town)

    assert rooms_with(town, SECRET) == {SECOND_DESK}
    assert rooms_with(town, MORE) == {SECOND_DESK}
    assert len(tip_cards(town, SECOND_DESK)) == 1
    await passes(town)
    assert len(tip_cards(town, SECOND_DESK)) == 1


async def test_room_that_becomes_a_desk_as_well_gets_what_is_open(town):
    """And where it stood it stands as it did."""
    await sends_tip(town)
    before = tip_card(town).ref
    desks_are(town, DESK, SECOND_DESK)
    await passes(town)

    assert rooms_with(town, SECRET) == {DESK, SECOND_DESK}
    assert [card.ref for card in tip_cards(town)] == [before]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM organisations", "UPDATE organisations SET desk_rooms = '[]'"],
    ids=["organisation", "desk"],
)
async def test_tipster_is_told_that_nobody_is_there_to_read_it(town, statement):
    """The room is left with nothing; and nothing that is added is said to have arrived."""
    await sends_tip(town)
    town.changes_rows(statement)
    await passes(town)
    assert rooms_with(town, SECRET) == set()
    assert "kommer inte fram till" in town.last(ANNA)
    await town.writes(ANNA, None, MORE, reply_to=town.told(ANNA)[-1].ref)

    assert town.last(ANNA).startswith("Jag når inte ")
    assert "112" in town.last(ANNA)


async def test_desk_that_comes_back_gets_what_was_kept(town):
    """With what was added meanwhile."""
    await sends_tip(town)
    desks_are(town)
    await passes(town)
    await town.writes(ANNA, None, MORE, reply_to=town.told(ANNA)[-1].ref)
    desks_are(town, DESK)
    await passes(town)

    assert SECRET in tip_card(town).text
    assert MORE in tip_card(town).text
    assert any("har fått ditt tips" in text for text in town.texts(ANNA))


async def test_line_that_does_not_get_there_is_told_once_and_tried_again(town):
    """Who believes that it was read does not call."""
    await sends_tip(town)
    town.matrix.fail_for[DESK] = PermanentFailure("not there", why=Why.NOT_IN_ROOM)
    await town.writes(ANNA, None, MORE, reply_to=town.told(ANNA)[-1].ref)
    for _ in range(3):
        await passes(town)
    told = [t for t in town.texts(ANNA) if t.startswith("Det du lade till i T-1 kommer inte fram")]
    town.matrix.fail_for.clear()
    await town.passes(hours=1)

    assert len(told) == 1
    assert not any("har fått ditt svar" in text for text in town.texts(ANNA))
    assert any(text.startswith("Nytt till T-1") and MORE in text for text in town.texts(DESK))


async def test_answer_is_not_changed_by_who_may_not_answer_any_more(open_town):
    """A role that has ended, or a tip that another desk has."""
    town = await open_town(organisations=(police(), council()))
    await town.agrees(ANNA, POLICE, CLERK)
    await sends_tip(town)
    asked = await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    await town.presses(POLICE, tip_card(town), "Lämna över")
    await town.presses(POLICE, town.in_room(DESK)[-1], "Botkyrka kommun")
    await town.taps(ANNA, "Ja, lämna")
    await town.edits(POLICE, asked, "Ring mig på 070-1234567")

    assert rooms_with(town, "070-1234567") == set()
    assert "Vilken dörr?" in tip_card(town, COUNCIL_DESK).text
    assert "Bara den som är verifierad för Botkyrka kommun svarar" in town.last(POLICE)


async def test_revoked_officer_changes_nothing_that_was_said(town):
    """From the moment on."""
    await sends_tip(town)
    asked = await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    town.changes_rows("DELETE FROM grants WHERE role = 'police'")
    await town.edits(POLICE, asked, "Ring mig på 070-1234567")

    assert rooms_with(town, "070-1234567") == set()
