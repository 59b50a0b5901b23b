"""Two taps at the till: `/red`, the kind, and the other shops are warned."""

import pytest

from tests.pictures import jpeg
from tests.town import ANNA, BO, SHOPS, TG_ROOM, labels_of


def offer(town, where=SHOPS):
    """The kinds, where they were asked for."""
    return town.seen(where)[-1]


async def test_second_tap_warns_the_shops(town):
    """The kind's own words, at the group's place; the buttons are gone from the room."""
    command = await town.writes(ANNA, SHOPS, "/rod")
    assert offer(town).text.endswith("Pågår det nu? Ring 112 först.")
    assert labels_of(offer(town))[0] == "Stöldliga"
    await town.presses(ANNA, offer(town), "Stöldliga")

    assert len(town.in_room(SHOPS)) == 1
    card = town.card(SHOPS).text
    assert card.startswith("🔴 #")
    assert "Stöldliga · Gamla stan" in card
    assert "Ring 112" in card
    assert "\nStöldliga\n" in card
    assert command in town.telegram.redacted


async def test_receipt_comes_in_private_with_undo(town):
    """As after any report."""
    await town.writes(ANNA, SHOPS, "/rod")
    await town.presses(ANNA, offer(town), "Stöldliga")
    assert "Den går till Butikerna i Gamla stan." in town.last(ANNA)
    await town.taps(ANNA, "Ångra")

    assert town.cards(SHOPS) == []
    assert town.footprint()["reports"] == 0


@pytest.mark.parametrize("said", ["🔴", "RÖD:"])
async def test_sign_alone_is_the_same(town, said):
    """And is taken out of the room, as commands are."""
    line = await town.writes(ANNA, SHOPS, said)

    assert labels_of(offer(town))[0] == "Stöldliga"
    assert line in town.telegram.redacted


async def test_two_taps_at_once_warn_once(town):
    """The second finds nothing to send."""
    await town.writes(ANNA, SHOPS, "/rod")
    shown = offer(town)
    with town.bot_busy():
        await town.presses(ANNA, shown, "Stöldliga")
        await town.presses(ANNA, shown, "Hot")
    await town.settle()

    assert len(town.cards(SHOPS)) == 1
    assert "Stöldliga" in town.card(SHOPS).text


async def test_nobody_else_sends_it(town):
    """The buttons stand in a room where everybody sees them."""
    await town.writes(ANNA, SHOPS, "/rod")
    await town.presses(BO, offer(town), "Stöldliga")

    assert town.cards(SHOPS) == []
    assert town.last(BO).startswith("Den knappen är till någon annan.")
    assert labels_of(offer(town))[0] == "Stöldliga"


async def test_asking_again_takes_the_earlier_buttons_away(town):
    """One set of them a person."""
    await town.writes(ANNA, SHOPS, "/rod")
    await town.writes(ANNA, SHOPS, "/rod")

    assert len(town.in_room(SHOPS)) == 1


async def test_cancel_leaves_the_room_as_it_was(town):
    """A hand that slipped."""
    before = town.footprint()
    await town.writes(ANNA, SHOPS, "/rod")
    await town.presses(ANNA, offer(town), "Avbryt")

    assert town.in_room(SHOPS) == []
    assert town.footprint() == before


async def test_old_button_warns_nobody(town):
    """What was going on is over; the tap is answered, and the buttons go."""
    await town.writes(ANNA, SHOPS, "/rod")
    shown = offer(town)
    await town.passes(minutes=16)
    await town.presses(ANNA, shown, "Stöldliga")

    assert town.in_room(SHOPS) == []
    assert town.last(ANNA).startswith("Den knappen gäller inte längre.")


async def test_own_words_go_on_in_private(town):
    """With the preview, for whoever has the time."""
    await town.writes(ANNA, SHOPS, "/rod")
    await town.presses(ANNA, offer(town), "Med egna ord")
    assert town.in_room(SHOPS) == []
    await town.taps(ANNA, "Hot")
    await town.writes(ANNA, None, "En man skriker åt kassörskan")
    await town.taps(ANNA, "Skicka")

    assert "\nEn man skriker åt kassörskan\n" in town.card(SHOPS).text


async def test_newcomer_s_warning_goes_out_and_the_question_follows(empty_town):
    """Red waits for nobody; it is erased without a yes within a day."""
    await empty_town.writes(ANNA, SHOPS, "/rod")
    assert empty_town.told(ANNA) == []
    await empty_town.presses(ANNA, offer(empty_town), "Stöldliga")
    assert len(empty_town.cards(SHOPS)) == 1
    assert empty_town.last(ANNA).startswith("Din röda rapport gick ut direkt.")
    await empty_town.passes(hours=25)

    assert empty_town.cards(SHOPS) == []


async def test_newcomer_s_late_tap_is_not_called_a_report(empty_town):
    """Nothing went out, so nothing is asked."""
    await empty_town.writes(ANNA, SHOPS, "/rod")
    shown = offer(empty_town)
    await empty_town.passes(minutes=16)
    await empty_town.presses(ANNA, shown, "Stöldliga")

    assert empty_town.texts(ANNA) == [
        "Den knappen gäller inte längre. Skriv /hjalp, så visar jag vad du kan göra."
    ]


async def test_in_private_it_is_the_same_for_whoever_has_one_group(town):
    """The bot knows which shops are meant."""
    await town.writes(ANNA, SHOPS, "hej alla")
    await town.writes(ANNA, None, "/rod")
    await town.presses(ANNA, offer(town, ANNA), "Stöldliga")

    assert "\nStöldliga\n" in town.card(SHOPS).text
    assert "Den går till Butikerna i Gamla stan." in town.last(ANNA)


async def test_in_private_the_form_asks_whoever_has_more_than_one_group(town):
    """Nothing is sent where it was not meant for."""
    await town.writes(ANNA, SHOPS, "hej alla")
    await town.writes(ANNA, TG_ROOM, "hej alla")
    await town.writes(ANNA, None, "/rod")

    assert town.last(ANNA) == "Vad gäller det?"


@pytest.mark.parametrize("said", ["/gul", "/gron"])
async def test_what_is_not_red_keeps_the_form(town, said):
    """There is time for a preview."""
    await town.writes(ANNA, SHOPS, said)

    assert town.in_room(SHOPS) == []
    assert town.told(ANNA)[-1].message.rows


async def test_picture_with_it_is_no_line_without_words(town):
    """Who sends a picture has something to show."""
    await town.writes(ANNA, SHOPS, "/rod", photos=(jpeg(),))

    assert town.in_room(SHOPS) == []


async def test_erased_person_leaves_no_buttons(town):
    """They are the person's own, wherever they stand."""
    await town.writes(ANNA, SHOPS, "/rod")
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")

    assert town.in_room(SHOPS) == []
