"""`/delete` and `/radera`: a report by its number; all about somebody only by `/forget`."""

import pytest

from tests.town import ANNA, BO, EVA, MX_ROOM, TG_ROOM, labels_of


@pytest.mark.parametrize("command", ["/radera {id}", "/delete #{id}", "/ta_bort {id}"])
async def test_own_report_is_withdrawn_by_its_number(fire, command):
    """It is what whoever writes so means; nobody is asked about all the rest."""
    await fire.writes(ANNA, None, command.format(id=fire.report_id()))

    assert "Tillbakadragen" in fire.card(TG_ROOM).text
    assert not any("Ja, radera allt" in labels_of(shown) for shown in fire.told(ANNA))


async def test_reply_to_the_card_names_it(fire):
    """As with the other commands."""
    await fire.writes(ANNA, TG_ROOM, "/radera", reply_to=fire.card(TG_ROOM).ref)

    assert "Tillbakadragen" in fire.card(MX_ROOM).text


@pytest.mark.parametrize("command", ["/radera", "/delete", "/radera allt", "/radera mig"])
async def test_without_a_number_it_asks_what_is_meant(fire, command):
    """Nothing ends without a tap."""
    await fire.writes(ANNA, None, command)

    assert fire.last(ANNA).startswith("Vad vill du radera?")
    assert labels_of(fire.told(ANNA)[-1]) == [
        f"Dra tillbaka #{fire.report_id()}",
        "Radera mig",
    ]
    assert "Tillbakadragen" not in fire.card(TG_ROOM).text


async def test_both_answers_lead_on(fire):
    """The report goes at once; all goes after one more question."""
    await fire.taps_after(ANNA, "/radera", "Radera mig")
    assert fire.last(ANNA).startswith("Vill du att jag raderar allt om dig?")
    await fire.taps(ANNA, "Dra tillbaka #")

    assert "Tillbakadragen" in fire.card(TG_ROOM).text


async def test_who_has_no_report_is_offered_the_rest(town):
    """Said so, and with the way."""
    await town.writes(BO, None, "/radera")

    assert "ingen öppen rapport" in town.last(BO)
    assert labels_of(town.told(BO)[-1]) == ["Radera mig"]


async def test_report_of_another_is_refused(fire):
    """And nothing is changed."""
    before = fire.card(TG_ROOM).text
    await fire.writes(EVA, MX_ROOM, f"!radera {fire.report_id()}")

    assert fire.card(TG_ROOM).text == before
    assert "Tillbakadragen" not in fire.last(EVA)


async def test_unknown_number_is_said_to_be_unknown(town):
    """With the sign it can be nothing else."""
    await town.writes(ANNA, None, "/radera #ZZZZ")

    assert town.last(ANNA).startswith("Jag hittar ingen rapport #ZZZZ.")
