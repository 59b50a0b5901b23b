"""Help, unknown commands, and free words in private."""

import pytest

from bot.domain.messages import RoomRef
from tests.town import ANNA, EVA, MX_ROOM, TG, TG_ROOM, labels_of


@pytest.mark.parametrize("command", ["/help", "/hjalp", "/hjälp", "/HELP", "/help@grannbro_bot"])
async def test_help_says_what_to_write_and_to_call_112_first(town, command):
    """Short, with the next steps as buttons."""
    await town.writes(ANNA, None, command)

    assert town.last(ANNA).startswith("Så här funkar det:")
    assert town.last(ANNA).endswith("Ring 112 först.")
    assert labels_of(town.told(ANNA)[-1]) == [
        "Rapportera något",
        "Bevaka mitt område",
        "Mina bevakningar",
        "Mina uppgifter",
        "Tipsa i det tysta",
        "Språk · Language",
    ]


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Rapportera något", "Hur bråttom är det?"),
        ("Bevaka mitt område", "Vilket område"),
        ("Mina bevakningar", "Du bevakar inget"),
        ("Mina uppgifter", "Det här har jag om dig"),
        ("Språk", "Vilket språk vill du ha?"),
    ],
)
async def test_buttons_of_the_help_work(town, button, answer):
    """Each stands for its command."""
    await town.taps_after(ANNA, "/help", button)

    assert town.last(ANNA).startswith(answer)


async def test_help_in_a_group_tells_of_that_group_in_private(town):
    """The room is not filled with it."""
    await town.writes(EVA, MX_ROOM, "!help")

    assert town.in_room(MX_ROOM) == []
    assert town.last(EVA).startswith("I Alby grannar skriver du /rod, /gul eller /gron")


async def test_help_in_a_room_of_no_group_is_the_general_one(town):
    """There is nothing more to tell."""
    await town.writes(ANNA, RoomRef(TG, "-999"), "/help")

    assert town.last(ANNA).startswith("Så här funkar det:")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("/rde", "red"),
        ("/rapprt", "rapport"),
        ("/bevka", "bevaka"),
        ("/hlep", "help"),
        ("/integritt", "integritet"),
        ("/languge", "language"),
    ],
)
async def test_unknown_command_in_private_suggests_the_nearest(town, typed, near):
    """The person sees what was not understood, and what may have been meant."""
    await town.writes(ANNA, None, typed)

    assert town.last(ANNA) == (f"Kommandot “{typed[1:]}” känner jag inte till. Menade du /{near}?")


async def test_suggested_command_takes_the_words_along(town):
    """Nobody has to write it twice."""
    await town.writes(ANNA, None, "/bevkaa fittja")
    await town.taps(ANNA, "/bevaka")

    assert town.last(ANNA) == "Klart. Du får rött och gult från Fittja."


async def test_command_near_to_nothing_shows_what_there_is(town):
    """Without a guess."""
    await town.writes(ANNA, None, "/xyzzyqwk")

    assert town.last(ANNA) == "Kommandot “xyzzyqwk” känner jag inte till. Här är det jag kan:"
    assert "Rapportera något" in labels_of(town.told(ANNA)[-1])


@pytest.mark.parametrize("typed", ["/flag", "/warn", "/notice"])
async def test_command_of_another_version_is_never_suggested(town, typed):
    """What the bot can't do yet it does not offer either."""
    await town.writes(ANNA, None, typed)

    assert f"Menade du {typed}?" not in town.last(ANNA)


async def test_command_of_another_bot_in_a_group_is_met_with_silence(town):
    """It is not answered, not carried, and not taken away."""
    before = town.texts(ANNA)
    await town.writes(ANNA, TG_ROOM, "/vader@vaderbot Alby")

    assert town.texts(ANNA) == before
    assert town.everything_shown() == [s for s in town.everything_shown() if s.to != TG_ROOM]
    assert town.in_room(MX_ROOM) == []
    assert town.telegram.redacted == []


@pytest.mark.parametrize("said", ["hej", "Vad kan du?", "👍", "/ rod", "https://example.org"])
async def test_free_words_in_private_are_answered_with_what_can_be_done(town, said):
    """Never silence in private."""
    await town.writes(ANNA, None, said)

    assert town.last(ANNA).startswith("Jag förstår bäst korta kommandon och knappar.")
    assert "Rapportera något" in labels_of(town.told(ANNA)[-1])
