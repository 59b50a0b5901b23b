"""A desk whose room is part of a group: nothing about a tip goes on to the neighbours."""

import pytest

from tests.features.tips import CLERK, council, sends_tip, tip_card
from tests.town import ANNA, BO, CILLA, DESK, EVA, POLICE, TG_ROOM, Town, alby, police


@pytest.fixture
def has_mail() -> bool:
    """No mail is set: nobody can be asked for a code, and tips stand open."""
    return False


@pytest.fixture
async def mirrored(open_town):
    """A town in which the police's desk and a group's room mirror each other."""
    town = await open_town(
        groups=(alby(rooms=(TG_ROOM, DESK)),), organisations=(police(), council())
    )
    await town.agrees(ANNA, BO, CILLA, EVA, POLICE, CLERK)
    await sends_tip(town)
    return town


async def hand_over(town: Town) -> None:
    """Let the police hand their tip to the council, and the tipster say yes."""
    await town.presses(POLICE, tip_card(town), "Lämna över")
    await town.presses(POLICE, town.in_room(DESK)[-1], "Botkyrka kommun")
    await town.taps(ANNA, "Ja, lämna")


async def test_answer_that_begins_like_a_command_stays(mirrored):
    """It is nobody's command, and no answer to the tipster either; its author is told."""
    await mirrored.writes(POLICE, DESK, "!Nej, det är Kalle", reply_to=tip_card(mirrored).ref)

    assert mirrored.texts(TG_ROOM) == []
    assert not any("Kalle" in text for text in mirrored.texts(ANNA)[-1:])
    assert mirrored.last(POLICE).startswith("Det du svarade stannar i det här rummet")


async def test_answer_to_what_the_bot_says_below_a_card_goes_to_the_tipster(mirrored):
    """Whoever is asked what to ask writes it there."""
    await mirrored.presses(POLICE, tip_card(mirrored), "Fråga mer")
    await mirrored.writes(POLICE, DESK, "Vilken port?", reply_to=mirrored.in_room(DESK)[-1].ref)

    assert mirrored.texts(TG_ROOM) == []
    assert "Vilken port?" in mirrored.last(ANNA)


async def test_answer_to_somebody_who_may_not_answer_stays(mirrored):
    """What was not carried on is not carried on by its answers."""
    refused = await mirrored.writes(EVA, DESK, "Det är Kalle", reply_to=tip_card(mirrored).ref)
    chained = await mirrored.writes(POLICE, DESK, "Ja, Kalle på tvåan", reply_to=refused)
    await mirrored.writes(EVA, DESK, "Precis, Kalle", reply_to=chained)

    assert mirrored.texts(TG_ROOM) == []


async def test_answer_to_what_was_said_about_a_tip_that_left_stays(mirrored):
    """Whether it was handed over or taken back."""
    card = tip_card(mirrored)
    asked = await mirrored.writes(POLICE, DESK, "Vilken dörr?", reply_to=card.ref)
    await hand_over(mirrored)
    await mirrored.writes(POLICE, DESK, "Det var Kalle", reply_to=asked)
    await mirrored.taps(ANNA, "Ta tillbaka")
    await mirrored.taps(ANNA, "Ja, ta tillbaka")
    for answered in (asked, card.ref):
        await mirrored.writes(POLICE, DESK, "Det var Kalle", reply_to=answered)

    assert mirrored.texts(TG_ROOM) == []
    assert "stannar i det här rummet" in mirrored.last(POLICE)


async def test_talk_and_answers_to_talk_go_on(mirrored):
    """A mirrored room stays one."""
    line = await mirrored.writes(EVA, DESK, "Möte kl 18?")
    await mirrored.writes(POLICE, DESK, "Gärna", reply_to=line)
    theirs = await mirrored.writes(BO, TG_ROOM, "Jag kommer")
    assert theirs is not None
    await mirrored.writes(EVA, DESK, "Bra", reply_to=mirrored.in_room(DESK)[-1].ref)

    assert [text.rpartition(": ")[2] for text in mirrored.texts(TG_ROOM)] == [
        "Möte kl 18?",
        "Gärna",
        "Bra",
    ]
