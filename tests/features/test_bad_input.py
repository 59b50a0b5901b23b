"""Whatever people send gets a clear answer in their language and leaves nothing half-done."""

from dataclasses import replace

import pytest

from bot.domain.messages import MessageRef
from tests.town import (
    ANNA,
    AT_SEA,
    BO,
    EVA,
    MX_ROOM,
    SHOPS,
    TG_ROOM,
    Town,
    data_of,
    labels_of,
)

LONG = "Det är så mycket att berätta om det här. " * 488
HIDDEN = "\u202e\u200f\u2067\u200b\u2060"

WORDS = "Skriv med några ord vad som händer och var, så förstår alla."
USED = "Den knappen är redan använd. Titta på det senaste jag skrev."
EXPIRED = "Den knappen gäller inte längre. Skriv /hjalp, så visar jag vad du kan göra."
NOT_YOURS = "Den knappen är till någon annan. Skriv till mig privat, så får du egna."


@pytest.mark.parametrize("place", [SHOPS, None], ids=["group", "private"])
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("🔥🔥🔥", WORDS),
        ("!!! ??? …", WORDS),
        (LONG, "Det blev 20\xa0007 tecken och 2\xa0000 får plats. Skriv det viktigaste"),
    ],
    ids=["emoji", "signs", "20000-characters"],
)
async def test_report_that_can_t_stand_on_a_card(town, place, said, answer):
    """Told in private what is missing; no card, no row, no picture."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    before = town.footprint()
    await town.writes(ANNA, place, f"/rod {said}")

    assert town.last(ANNA).startswith(answer)
    assert town.footprint() == before
    assert town.cards(SHOPS) == town.cards(TG_ROOM) == []


@pytest.mark.parametrize("said", ["/rod", "/rod   ", f"/rod {HIDDEN}", "🔴", "RÖD:"])
async def test_empty_report_is_asked_about(town, said):
    """A tag alone opens the form; marks that nobody sees are nothing."""
    before = town.footprint()
    await town.writes(ANNA, TG_ROOM, said)

    assert town.last(ANNA) == "Vad gäller det?"
    assert town.footprint() == before
    assert town.cards(TG_ROOM) == []


async def test_direction_marks_are_taken_out_of_a_report(town):
    """What can't be seen must not change how a card reads."""
    await town.writes(ANNA, SHOPS, f"/gul glas{HIDDEN} på\u202e marken")

    assert "\nglas på marken\n" in town.card(SHOPS).text


async def test_report_in_a_script_from_right_to_left_is_whole(town):
    """Arabic, Persian and Hebrew are words like any others."""
    await town.writes(ANNA, SHOPS, "/rod حريق في المبنى")

    assert "\nحريق في المبنى\n" in town.card(SHOPS).text


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (LONG, "Jag förstår bäst"),
        (f"/bevaka {LONG}", "Jag hittar inget område som heter “Det är så"),
        (f"/avsluta {LONG}", "Jag hittar inget område som heter “Det är så"),
        (f"/language {LONG}", "Vilket språk vill du ha?"),
        (f"/klart {LONG}", "Vilken rapport menar du?"),
        (f"/update {LONG}", "Vilken rapport menar du?"),
        (f"/bvaka {LONG}", "Kommandot “bvaka” känner jag inte till. Menade du /bevaka?"),
        (f"/{'x' * 5000}", "Jag förstår bäst"),
        (f"/privacy {LONG}", "Det här har jag om dig"),
        (f"/start {LONG}", "Hej igen!"),
        ("/", "Jag förstår bäst"),
        ("/ /rod", "Jag förstår bäst"),
        ("//rod hej", "Jag förstår bäst"),
        (HIDDEN, "Jag förstår bäst"),
        ("https://polisen.se/aktuellt/handelser/botkyrka", "Jag förstår bäst"),
        ("/bevaka 🔥", "Jag hittar inget område som heter “🔥”"),
        ("/bevaka %s{name}$", "Jag hittar inget område som heter “%s{name}$”"),
        ("/bevaka **alby** { $x }", "Jag hittar inget område som heter “**alby** { $x }”"),
        ("/klart ###", "Vilken rapport menar du?"),
    ],
)
async def test_odd_line_in_private_is_answered(town, line, answer):
    """One clear answer, and nothing left behind."""
    before, told = town.footprint(), len(town.told(ANNA))
    await town.writes(ANNA, None, line)

    assert town.last(ANNA).startswith(answer)
    assert len(town.told(ANNA)) == told + 1
    assert len(town.last(ANNA)) < 700
    assert town.footprint() == before


async def test_answer_comes_in_the_person_s_language(town):
    """English is the same neighbour."""
    await town.writes(EVA, None, "!language en")
    await town.writes(EVA, MX_ROOM, "!rod 🔥")

    assert town.last(EVA).startswith("Write in a few words what is happening and where")


async def test_place_at_sea_and_unknown_area_are_answered_alike(town):
    """Says what it doesn't know."""
    await town.taps(ANNA, "Använd min plats")
    before = town.footprint()
    await town.writes(ANNA, None, "", position=AT_SEA)
    assert town.last(ANNA).startswith("Där har jag inget område.")
    await town.writes(ANNA, None, "/bevaka allby")

    assert "Menade du Albyberget eller Albydalen?" in town.last(ANNA)
    assert town.footprint() == before


async def test_button_pressed_twice_works_once(town):
    """A double tap on one question is no answer to the next."""
    await town.writes(ANNA, None, "/rapport")
    form = town.told(ANNA)[-1]
    red = data_of(form, "Röd")
    await town.presses_data(ANNA, form.ref, red)
    await town.presses_data(ANNA, form.ref, red)

    assert town.texts(ANNA)[-2:] == ["Vad gäller det?", USED]


async def test_double_tap_never_sends_what_was_not_shown(town):
    """The preview is read before it goes."""
    await town.writes(ANNA, SHOPS, "/gul")
    await town.taps(ANNA, "Stöldliga")
    await town.taps(ANNA, "Ändra text")
    form = town.told(ANNA)[-1]
    without_words = data_of(form, "Skicka utan mer text")
    await town.presses_data(ANNA, form.ref, without_words)
    await town.presses_data(ANNA, form.ref, without_words)

    assert town.cards(SHOPS) == []
    assert town.texts(ANNA)[-2].startswith("Så här ser andra det:")


async def test_send_pressed_twice_sends_once(town):
    """One card, one receipt."""
    await town.writes(ANNA, SHOPS, "/gul")
    await town.taps(ANNA, "Stöldliga")
    form = town.told(ANNA)[-1]
    send = data_of(form, "Skicka")
    await town.presses_data(ANNA, form.ref, send)
    await town.presses_data(ANNA, form.ref, send)

    assert len(town.cards(SHOPS)) == 1
    assert town.last(ANNA) == USED


async def test_undo_pressed_twice_is_undone_once(town):
    """The second press has nothing left to undo."""
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")
    receipt = town.told(ANNA)[-1]
    undo = data_of(receipt, "Ångra")
    await town.presses_data(ANNA, receipt.ref, undo)
    await town.presses_data(ANNA, receipt.ref, undo)

    assert town.cards(SHOPS) == []
    assert town.last(ANNA) == USED


async def test_button_of_somebody_else_does_nothing(town):
    """Private means private, whatever a client forges."""
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")
    receipt, before = town.told(ANNA)[-1], town.footprint()
    await town.presses_data(BO, receipt.ref, data_of(receipt, "Ångra"))

    assert town.last(BO) == NOT_YOURS
    assert town.footprint() == before
    assert len(town.cards(SHOPS)) == 1


async def test_private_card_of_somebody_else_takes_no_press(fire):
    """Neither a button nor a reaction."""
    card, before = fire.card(BO), fire.footprint()
    await fire.presses_data(ANNA, card.ref, data_of(card, "Sett"))
    assert fire.last(ANNA) == NOT_YOURS
    await fire.reacts(ANNA, card.ref, "👁")

    assert fire.last(ANNA) == NOT_YOURS
    assert fire.footprint() == before


async def test_button_after_its_time_does_nothing(town):
    """It says how to get a new one."""
    await town.writes(ANNA, None, "/glom")
    sure, before = town.told(ANNA)[-1], town.footprint()
    await town.passes(hours=24)
    await town.presses(ANNA, sure, "Ja, radera allt")

    assert town.last(ANNA) == EXPIRED
    assert town.footprint() == before


@pytest.mark.parametrize(
    "forge",
    [
        lambda _real: "",
        lambda _real: ".",
        lambda _real: "AAAAAAAAAAAAAAAA.0",
        lambda _real: "' OR 1=1 --.0",
        lambda real: real.split(".")[0],
        lambda real: f"{real.split('.')[0]}.0",
        lambda real: f"{real.split('.')[0]}.-1.{real.split('.')[2]}",
        lambda real: f"{real.split('.')[0]}.99.{real.split('.')[2]}",
        lambda real: f"{real.split('.')[0]}.{'9' * 5000}.{real.split('.')[2]}",
        lambda real: f"{real.split('.')[0]}.².{real.split('.')[2]}",
        lambda real: f"{real.split('.')[0]}.forget",
    ],
)
async def test_forged_button_does_nothing(town, forge):
    """Nobody can guess a token, and half of one is none."""
    await town.writes(ANNA, None, "/glom")
    sure, before = town.told(ANNA)[-1], town.footprint()
    await town.presses_data(ANNA, sure.ref, forge(data_of(sure, "Ja")))

    assert town.last(ANNA) in {EXPIRED, USED}
    assert town.footprint() == before


async def test_button_on_another_message_does_nothing(town):
    """A token belongs to the message that carries it."""
    await town.writes(ANNA, None, "/glom")
    sure = town.told(ANNA)[-1]
    elsewhere = MessageRef(sure.ref.room, "b0")
    await town.presses_data(ANNA, elsewhere, data_of(sure, "Ja"))

    assert town.last(ANNA) == EXPIRED


async def test_button_of_a_forgotten_question_does_nothing(town):
    """The message may stand longer than what it asked."""
    await town.writes(ANNA, None, "/glom")
    sure = town.told(ANNA)[-1]
    town.changes_rows("DELETE FROM notes")
    await town.presses(ANNA, sure, "Ja")

    assert town.last(ANNA) == EXPIRED


@pytest.mark.parametrize("mark", ["seen.x", "", "unknown", "un", "unknown.0"])
async def test_forged_mark_on_a_card_does_nothing(fire, mark):
    """Only the marks there are."""
    card, before = fire.card(TG_ROOM), fire.footprint()
    token = data_of(card, "Sett").split(".")[0]
    await fire.presses_data(BO, card.ref, f"{token}.{mark}")
    await fire.passes(minutes=5)

    assert fire.last(BO) == EXPIRED
    assert fire.footprint() == before


async def test_redelivered_update_is_handled_once(town):
    """Platforms deliver at least once; the bot acts at most once."""
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")
    other_line = replace(town.telegram._updates[-1], ref=town.new_ref(ANNA, SHOPS))
    again = town.telegram.raw(other_line, update_id="u-again")
    for _ in range(3):
        await town.app.inbox.accept(again)
    await town.settle()

    assert len(town.cards(SHOPS)) == 2


async def test_command_nobody_knows_in_a_group_leaves_nothing(town: Town):
    """Silence is also no half-written row."""
    before, told = town.footprint(), town.texts(ANNA)
    await town.writes(ANNA, TG_ROOM, "/dansa@dansbot nu")

    assert town.footprint() == before
    assert town.texts(ANNA) == told
    assert labels_of(town.told(ANNA)[-1])
