"""What goes wrong with tips, and who tries what they may not."""

from dataclasses import replace

import pytest

from bot.domain.copies import CopyState
from bot.domain.messages import RoomRef
from bot.errors import PermanentFailure, Why
from tests.features.tips import (
    CLERK,
    COUNCIL_DESK,
    SECRET,
    council,
    landlord,
    police_with,
    rooms_with,
    sends_tip,
    tip_card,
    tip_cards,
)
from tests.pictures import jpeg
from tests.town import ANNA, BO, CILLA, DESK, EVA, MX, OWNER, POLICE, Town, labels_of, police


@pytest.fixture
def has_mail() -> bool:
    """Where nobody can be asked for a code the desk's room shows the words at once."""
    return False


@pytest.fixture
async def two(open_town):
    """A town in which the municipality takes tips, and a landlord has no desk."""
    town = await open_town(organisations=(police(), council(), landlord()))
    await town.agrees(ANNA, BO, EVA, POLICE, CLERK)
    return town


async def test_unknown_organisation_is_asked_for_and_the_words_are_kept(two):
    """Nobody has to write them twice."""
    await two.writes(ANNA, None, f"/tip Arla {SECRET}")

    assert "Vem vill du tipsa?" in two.last(ANNA)
    await two.taps(ANNA, "Polisen")
    await two.taps(ANNA, "Hoppa över platsen")
    await two.taps(ANNA, "Var anonym")
    assert f"Arla {SECRET}" in two.last(ANNA)


async def test_name_of_an_organisation_may_be_typed_into_the_form(two):
    """And one that is none is refused with what to do instead."""
    await two.writes(ANNA, None, "/tip")
    await two.writes(ANNA, None, "arla")
    assert two.last(ANNA).startswith("Jag hittar ingen som heter “arla”.")
    await two.writes(ANNA, None, "kommunen")

    assert "Vad vill du berätta för Botkyrka kommun?" in two.last(ANNA)


@pytest.mark.parametrize("named", ["hyresbostader", "Stadens hyresbostäder", "hyresvärden"])
async def test_organisation_without_a_desk_takes_no_tips(two, named):
    """It would lie where nobody reads; that is said, with what to do instead."""
    await two.writes(ANNA, None, f"/tip {named} {SECRET}")

    assert two.last(ANNA).startswith("Stadens hyresbostäder har inget rum här än")
    assert "114 14" in two.last(ANNA)
    assert two.count_rows("tips") == 0


async def test_organisation_without_a_desk_is_reached_by_its_own_phone(open_town):
    """The police are not who mends its lamps."""
    with_phone = replace(landlord().organisation, phone="08-123 45 67")
    town = await open_town(organisations=(police(), replace(landlord(), organisation=with_phone)))
    await town.agrees(ANNA)
    await town.writes(ANNA, None, f"/tip hyresbostader {SECRET}")

    assert "Ring dem på 08-123 45 67, eller skriv /tips" in town.last(ANNA)


async def test_where_nobody_takes_tips_that_is_said(open_town):
    """In private and in a group."""
    town = await open_town(organisations=(landlord(),))
    await town.agrees(ANNA)
    await town.writes(ANNA, None, f"/tip {SECRET}")

    assert town.last(ANNA).startswith("Ingen tar emot tips här än.")


async def test_ten_thousand_characters_are_refused(town):
    """With how many there may be; nothing is kept."""
    await town.writes(ANNA, None, "/tip polisen " + "stulna cyklar " * 800)

    assert town.last(ANNA).startswith("Ditt tips är 11")
    assert town.count_rows("tips") == 0


async def test_thirty_photos_are_refused_and_none_is_kept(town):
    """At once or one after the other."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}", photos=(jpeg(),) * 30)
    assert town.last(ANNA).startswith("Skicka högst 10 bilder")
    assert town.kept_files() == []
    await town.writes(ANNA, None, "/tip polisen")
    for _ in range(3):
        await town.writes(ANNA, None, "", photos=(jpeg(),) * 5)

    assert town.last(ANNA).startswith("Skicka högst 10 bilder")
    assert len(town.kept_files()) == 10


async def test_flood_of_tips_ends(town):
    """An officer reads each; after a while there may be more."""
    for number in range(7):
        await sends_tip(town, text=f"Tips nummer {number}")
    assert len(tip_cards(town)) == 6
    assert town.last(ANNA).startswith("Du har skickat 6 tips på en timme")
    await sends_tip(town, BO, "Något annat")
    assert len(tip_cards(town)) == 7
    await town.passes(hours=1)
    await sends_tip(town, text="Ett till")

    assert len(tip_cards(town)) == 8


async def test_flood_of_answers_ends(town):
    """In all tips together."""
    await sends_tip(town)
    for number in range(31):
        await town.writes(ANNA, None, f"mer {number}", reply_to=town.told(ANNA)[0].ref)
        if number == 0:
            assert "Nytt till T-1" not in town.last(DESK)
        receipt = next(s for s in town.told(ANNA) if "fått ditt tips" in s.text)
        await town.writes(ANNA, None, f"mer {number}", reply_to=receipt.ref)

    assert town.last(ANNA).startswith("Du har skrivit 30 svar på en timme")
    assert len([t for t in town.texts(DESK) if t.startswith("Nytt till T-1")]) == 30


@pytest.mark.parametrize("who", [BO, CILLA, EVA, OWNER], ids=["bo", "cilla", "eva", "coordinator"])
async def test_nobody_but_the_desk_s_people_does_anything_to_it(town, who):
    """Coordinators included; who tries is told why, and the tip is as it was."""
    await town.agrees(OWNER)
    await sends_tip(town)
    before = tip_card(town).text
    for label in ("Fråga mer", "Avsluta", "Lämna över"):
        await presses_as_a_reader(town, who, label)
        assert "Bara den som är verifierad för Polisen" in town.last(who)
    await town.passes(seconds=5)

    assert tip_card(town).text == before
    assert not any("svarar på ditt tips" in text for text in town.texts(ANNA))


async def presses_as_a_reader(town: Town, who, label: str) -> None:
    """Let somebody in the room press, wherever the account is."""
    await town.presses(who, tip_card(town), label)


async def test_another_organisation_s_people_are_not_the_desk_s(two):
    """Verified they are, but for somebody else."""
    await sends_tip(two)
    await two.writes(CLERK, DESK, "Vilken dörr?", reply_to=tip_card(two).ref)

    assert "Bara den som är verifierad för Polisen svarar" in two.last(CLERK)
    assert "Ditt svar har inte skickats" in two.last(CLERK)
    assert not any("Vilken dörr" in text for text in two.texts(ANNA))


async def test_revoked_officer_is_no_colleague_any_more(open_town):
    """From the moment on."""
    town = await open_town()
    await town.agrees(ANNA, POLICE)
    await sends_tip(town)
    town.changes_rows("DELETE FROM grants WHERE role = 'police'")
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)

    assert "Bara den som är verifierad" in town.last(POLICE)


async def test_tipster_is_nobody_else(town):
    """Whoever finds the message of another can't answer to it."""
    await sends_tip(town)
    receipt = town.told(ANNA)[-1]
    await town.writes(BO, None, "Jag är Anna", reply_to=receipt.ref)
    await town.presses(BO, receipt, "Ta tillbaka")

    assert town.last(DESK) == tip_card(town).text
    assert town.count_rows("tips") == 1


async def test_tipster_who_has_left_gets_the_answer_on_return(town):
    """The desk is told that it waits."""
    await sends_tip(town)
    town.telegram.fail_for[ANNA] = PermanentFailure("blocked", why=Why.BLOCKED)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    await town.writes(POLICE, DESK, "Hör du?", reply_to=tip_card(town).ref)
    assert "går inte att nå just nu" in town.last(POLICE)
    town.telegram.fail_for.clear()
    await town.writes(ANNA, None, "/help")

    assert any("Hör du?" in text for text in town.texts(ANNA))


async def test_desk_that_is_gone_is_told_honestly(town):
    """A tip that nobody reads must not look as if it was read; later it may arrive yet."""
    town.matrix.fail_for[DESK] = PermanentFailure("not there", why=Why.NOT_IN_ROOM)
    await sends_tip(town)

    assert "kommer inte fram till Polisen just nu" in town.last(ANNA)
    assert "114 14" in town.last(ANNA)
    assert tip_cards(town) == []
    await town.writes(ANNA, None, "De är kvar", reply_to=town.told(ANNA)[-1].ref)
    town.matrix.fail_for.clear()
    await town.passes(hours=1)
    await town.passes(seconds=5)

    receipt = next(text for text in town.texts(ANNA) if "har fått ditt tips" in text)
    assert receipt.startswith("Tack, Polisen har fått ditt tips (T-1)")
    assert SECRET in tip_card(town).text
    assert "De är kvar" in tip_card(town).text


async def test_second_desk_room_is_enough(open_town):
    """One of two is gone."""
    gone = RoomRef(MX, "!gone:hem.se")
    town = await open_town(organisations=(police_with(gone, DESK),))
    await town.agrees(ANNA)
    town.matrix.fail_for[gone] = PermanentFailure("not there", why=Why.NO_SUCH_ROOM)
    await sends_tip(town)

    assert town.last(ANNA).startswith("Tack, Polisen har fått ditt tips")


async def test_room_that_is_no_desk_any_more_is_shown_nothing_new(open_town):
    """What was a desk yesterday may be anything today."""
    town = await open_town()
    await town.agrees(ANNA, POLICE)
    await town.writes(ANNA, None, f"/tip polisen {SECRET}")
    with town.platforms_down():
        await town.taps(ANNA, "Skicka till Polisen")
        town.changes_rows("UPDATE organisations SET desk_rooms = '[\"telegram:-1888\"]'")
    await town.settle()

    assert rooms_with(town, SECRET) == set()
    assert town.count_rows("tips") == 1


async def test_erased_tip_is_answered_by_nobody(town):
    """What a desk writes below it stays in its room."""
    await sends_tip(town)
    card = tip_card(town)
    await town.taps(ANNA, "Ta tillbaka")
    await town.taps(ANNA, "Ja, ta tillbaka")
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=card.ref)

    assert card.removed
    assert town.count_rows("tip_lines") == 0
    assert not any("Vilken dörr" in text for text in town.texts(ANNA))


async def test_offer_that_was_answered_can_t_be_answered_again(two):
    """It is answered once; its buttons are gone."""
    await sends_tip(two)
    await two.presses(POLICE, tip_card(two), "Lämna över")
    note = two.in_room(DESK)[-1]
    await two.presses(POLICE, note, "Botkyrka kommun")
    asked = two.told(ANNA)[-1]
    await two.taps(ANNA, "Nej, låt det vara")

    assert labels_of(asked) == []
    assert two.told(ANNA)[-1].text == "T-1 stannar hos Polisen."
    assert tip_cards(two, COUNCIL_DESK) == []


async def test_red_line_is_no_answer_that_a_form_waits_for(town):
    """Who writes "RED: ..." while a form waits has no time for it."""
    await town.writes(ANNA, None, "/tip polisen")
    await town.writes(ANNA, None, "RÖD: det brinner i Albyberget")

    assert town.count_rows("tips") == 0
    assert "stulna" not in town.last(ANNA)
    assert "Tips till Polisen" not in town.last(ANNA)


async def test_same_press_twice_sends_one(town):
    """Platforms deliver at least once, and people press twice."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}")
    preview = town.told(ANNA)[-1]
    data = preview.message.rows[0][0].data
    for _ in range(2):
        await town.presses_data(ANNA, preview.ref, data)

    assert town.count_rows("tips") == 1
    assert CopyState.SHOWN.value in {row[0] for row in town.rows("SELECT state FROM copies")}


async def test_name_of_a_file_tells_nobody_who_sent_it(town):
    """Neither with the tip nor with what is added to it."""
    paper = {"Anna Andersson, min dagbok.PDF": b"%PDF-1.4", "noname": b"x"}
    await town.writes(ANNA, None, f"/tip polisen {SECRET}", files=paper)
    await town.taps(ANNA, "Skicka till Polisen")
    await town.passes(seconds=5)
    await town.writes(ANNA, None, "mer", files=paper, reply_to=town.told(ANNA)[-1].ref)

    shown = [s for s in town.in_room(DESK) if s.message.media]
    assert [[file.name for file in s.message.media] for s in shown] == [["1.pdf", "2"]] * 2
