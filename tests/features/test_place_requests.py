"""Where a place is asked for in private, it can be told with one press."""

import pytest

from bot.domain.messages import RoomRef
from tests.town import ANNA, IN_ALBYBERGET, TG, TG_ROOM


def asks(town, user=ANNA):
    """What the latest messages to somebody ask for, oldest first."""
    return [bool(shown.message.asks_place) for shown in town.told(user)]


async def to_place_in_the_form(town):
    """As far as the question where it happens."""
    await town.writes(ANNA, None, "/rapport")
    await town.taps(ANNA, "Gul")
    await town.taps(ANNA, "Brand")


async def to_place_of_a_group(town):
    """As far as the question where the group is."""
    room = RoomRef(TG, "-1009")
    town.telegram.administrators.add((ANNA, room))
    await town.writes(ANNA, room, "/group new Vi i Fittja")


async def to_subscribe(town):
    """As far as the question what to follow."""
    await town.writes(ANNA, None, "/bevaka")


QUESTIONS = pytest.mark.parametrize(
    "ask",
    [to_place_in_the_form, to_place_of_a_group, to_subscribe],
    ids=["form", "group", "follow"],
)


@QUESTIONS
async def test_question_for_a_place_asks_for_the_position_too(town, ask):
    """In words and with a button, in the reader's language."""
    await ask(town)
    request = town.told(ANNA)[-1].message.asks_place

    assert request.label == "📍 Dela min plats"
    assert request.says == "Eller dela din plats, så hittar jag området."
    assert asks(town).count(True) == 1


@QUESTIONS
async def test_place_in_words_ends_it(town, ask):
    """What was answered is asked no more."""
    await ask(town)
    await town.writes(ANNA, None, "Albyberget")

    assert not any(asks(town))


@QUESTIONS
async def test_position_ends_it(town, ask):
    """After the consent that a position needs."""
    await ask(town)
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.taps(ANNA, "Ja, det är okej")

    assert not any(asks(town))


@pytest.mark.parametrize("ask", [to_place_in_the_form, to_place_of_a_group], ids=["form", "group"])
async def test_cancelled_question_asks_no_more(town, ask):
    """It is over."""
    await ask(town)
    await town.taps(ANNA, "Avbryt")

    assert not any(asks(town))


@QUESTIONS
async def test_question_that_nobody_answers_ends_by_itself(town, ask):
    """After its hour; what stands there then has no buttons that work no more."""
    await ask(town)
    await town.passes(minutes=61)

    assert not any(asks(town))
    assert town.told(ANNA)[-1].message.rows == ()


async def test_area_chosen_with_a_button_ends_it(town):
    """A button stands for a command there; the question is answered all the same."""
    await town.writes(ANNA, TG_ROOM, "hej alla")
    await to_subscribe(town)
    await town.taps(ANNA, "Albyberget")

    assert not any(asks(town))
    assert town.last(ANNA).startswith("Klart.")


async def test_other_questions_ask_for_none(town):
    """Only where a place is the answer."""
    await town.writes(ANNA, None, "/rapport")

    assert not any(asks(town))
