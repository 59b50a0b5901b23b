"""Which language the bot speaks: the chat client's, then what is written, then what is chosen."""

import pytest

from tests.town import ANNA, TG_ROOM, labels_of

ENGLISH = "Hello there, could you please tell me how this is supposed to work?"
SWEDISH = "Hej, kan du berätta för mig hur det här egentligen är tänkt att fungera?"


@pytest.mark.parametrize(
    ("client", "speaks_english"),
    [("en", True), ("en-US", True), ("EN_gb", True), ("sv", False), ("fi", False), (None, False)],
)
async def test_client_s_language_comes_first(town, client, speaks_english):
    """What the chat client is set to; Swedish where the bot does not speak that."""
    town.language = client
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/help")

    assert town.last(fia).startswith("This is how it works") is speaks_english


async def test_client_s_language_may_change(town):
    """The latest counts."""
    fia = town.newcomer("Fia")
    for town.language in ("en", "sv"):
        await town.writes(fia, None, "/help")

    assert town.last(fia).startswith("Så här funkar det")


async def test_client_s_language_is_remembered_where_the_client_says_nothing(town):
    """Not every update tells it; one that says the same again changes nothing."""
    fia = town.newcomer("Fia")
    for town.language in ("en", "en", None):
        await town.writes(fia, None, "/help")

    assert [text[:19] for text in town.texts(fia)[-3:]] == ["This is how it work"] * 3


async def test_what_somebody_writes_overrules_the_client(town):
    """A phone bought in England may be a Swede's."""
    town.language = "en"
    fia = town.newcomer("Fia")
    await town.writes(fia, None, SWEDISH)
    await town.writes(fia, None, "/help")

    assert town.last(fia).startswith("Så här funkar det")


async def test_answer_comes_in_the_language_of_the_question(town):
    """At once, not from the next time on."""
    await town.writes(ANNA, None, ENGLISH)

    assert town.last(ANNA).startswith("I understand short commands and buttons best.")


async def test_chosen_language_overrules_everything(town):
    """`/language` is somebody's own word."""
    await town.writes(ANNA, None, "/language en")
    assert town.last(ANNA) == "English it is."
    town.language = "sv"
    await town.writes(ANNA, None, SWEDISH)

    assert town.last(ANNA).startswith("I understand short commands")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/sprak engelska", "English it is."),
        ("/språk English", "English it is."),
        ("/language sv", "Då pratar vi svenska."),
        ("/language svenska", "Då pratar vi svenska."),
    ],
)
async def test_language_is_chosen_by_code_or_name(town, line, answer):
    """As people call it."""
    await town.writes(ANNA, None, line)

    assert town.last(ANNA) == answer


@pytest.mark.parametrize("line", ["/language", "/sprak klingon"])
async def test_language_that_is_not_there_shows_those_that_are(town, line):
    """Each button in its own language."""
    await town.writes(ANNA, None, line)
    assert labels_of(town.told(ANNA)[-1]) == ["English", "Svenska"]
    await town.taps(ANNA, "English")

    assert town.last(ANNA) == "English it is."


async def test_area_names_and_short_words_tell_no_language(town):
    """Commands are the bot's words, not the person's."""
    await town.writes(ANNA, None, "/subscribe albyberget yellow")
    await town.writes(ANNA, None, "ok thanks")
    await town.writes(ANNA, None, "12345 67890 12345 67890 12345 67890")

    assert town.last(ANNA).startswith("Jag förstår bäst")


async def test_what_is_written_in_a_group_changes_no_one_s_language(town):
    """A room has its own language; people may write there as they like."""
    await town.writes(ANNA, TG_ROOM, ENGLISH)
    await town.writes(ANNA, None, "/help")

    assert town.last(ANNA).startswith("Så här funkar det")


async def test_words_of_somebody_who_waits_for_consent_count(town):
    """The question itself comes in the language of what was written."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/yellow There is broken glass all over the playground here")

    assert town.last(fia).startswith("What you wrote waits for your answer")


async def test_words_of_others_change_no_one_s_language(town):
    """Whoever forwards or copies something to ask of it goes on speaking as before."""
    await town.sends(ANNA, None, ENGLISH, forwarded_from="Olle")
    await town.writes(ANNA, None, f"🔴 #7K3 Theft · Gamla stan · 14:32\n{ENGLISH}")

    assert "inte verifierat" in town.last(ANNA)
