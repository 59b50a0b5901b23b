"""Reading a tip: its words stand at the desk while a colleague has just shown who they are."""

from dataclasses import replace

import pytest

from tests.features.test_verification import PIA_AT_WORK, is_verified, shows_it_is_her
from tests.features.tips import SECRET, rooms_with, sends_tip, tip_card, tip_cards
from tests.pictures import jpeg
from tests.town import ANNA, BO, CILLA, DESK, EVA, POLICE, Town, labels_of, police


@pytest.fixture
async def sent(town: Town) -> Town:
    """Anna has sent the police a tip, and nobody there has shown who they are."""
    await sends_tip(town)
    return town


async def opens(town: Town) -> None:
    """Let the police press Read, answer the code and go on."""
    await town.presses(POLICE, tip_card(town), "Läs")
    await shows_it_is_her(town)
    await town.taps(POLICE, "Fortsätt")
    await town.passes(seconds=5)


async def test_card_tells_what_there_is_and_not_what_it_says(sent):
    """A room is read by whoever is in it, on whatever phone."""
    card = tip_card(sent)

    assert "Tips T-1" in card.text
    assert "Texten visas här när en kollega har tryckt Läs" in card.text
    assert labels_of(card) == ["Läs"]
    assert DESK not in rooms_with(sent, SECRET)


async def test_code_opens_it_in_the_room_and_is_asked_for_once(sent):
    """Twelve hours hold for the next one, too; its words come with a press."""
    await opens(sent)
    await sends_tip(sent, EVA, "Skåpbilen står på Servitutsvägen")
    closed = tip_card(sent).text
    await sent.presses(POLICE, tip_card(sent), "Läs")

    assert SECRET in tip_cards(sent)[0].text
    assert labels_of(tip_cards(sent)[0]) == ["Fråga mer", "Avsluta", "Lämna över"]
    assert "Skåpbilen" not in closed
    assert "Skåpbilen" in tip_card(sent).text
    assert len(sent.mailbox.to(PIA_AT_WORK)) == 1


async def test_photos_come_with_the_words(town):
    """And not before."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}", photos=(jpeg(),))
    await town.taps(ANNA, "Skicka till Polisen")
    closed = tip_card(town)
    assert closed.message.media == ()
    assert "Texten och en bild visas" in closed.text
    await opens(town)

    assert len(tip_card(town).message.media) == 1


async def test_desk_closes_again_by_itself(sent):
    """After twelve hours in which nobody has proved it; what stood open is taken away."""
    await opens(sent)
    await sent.writes(ANNA, None, "/start")
    await sent.passes(hours=11, minutes=59)
    open_still = SECRET in tip_card(sent).text
    await sent.passes(minutes=2)

    assert open_still
    assert DESK not in rooms_with(sent, SECRET)
    assert len(tip_cards(sent)) == 1
    assert labels_of(tip_card(sent)) == ["Läs"]
    assert tip_card(sent).message.silent
    await opens(sent)
    assert SECRET in tip_card(sent).text


async def test_what_is_added_to_a_closed_tip_is_not_shown_either(sent):
    """The desk hears that there is more."""
    await sent.taps(ANNA, "Lägg till")
    await sent.writes(ANNA, None, "De är tillbaka nu")
    closed = sent.last(DESK)
    await opens(sent)

    assert closed.startswith("Nytt till T-1. Tryck Läs på kortet")
    assert any("De är tillbaka nu" in text for text in sent.texts(DESK))


async def test_acting_asks_for_the_code_as_reading_does(sent):
    """An answer is not carried before it; the officer is told to write it again."""
    card = tip_card(sent)
    await sent.writes(POLICE, DESK, "Vilken färg hade de?", reply_to=card.ref)
    waits = sent.last(POLICE)
    await shows_it_is_her(sent)
    await sent.taps(POLICE, "Fortsätt")
    await sent.writes(POLICE, DESK, "Vilken färg hade cyklarna?", reply_to=card.ref)

    assert waits.startswith("Ditt svar om T-1 har inte skickats.")
    assert not any("Vilken färg hade de?" in text for text in sent.texts(ANNA))
    assert any("Vilken färg hade cyklarna?" in text for text in sent.texts(ANNA))


@pytest.mark.parametrize("user", [BO, EVA, ANNA], ids=["bo", "eva", "tipster"])
async def test_nobody_else_opens_it_nor_learns_whose_it_is(sent, user):
    """Neither with the button nor by its number."""
    await sent.presses(user, tip_card(sent), "Läs")
    refused = sent.last(user)
    await sent.writes(user, None, "/tip T-1")
    named = sent.last(user)
    await sent.writes(user, None, "/tip T-99")

    assert refused.startswith("T-1 är till för dem som är verifierade för Polisen.")
    assert named.replace("T-1", "T-99") == sent.last(user)
    assert DESK not in rooms_with(sent, SECRET)


async def test_desk_closes_with_the_role_that_kept_it_open(sent):
    """Revoked is revoked at once: the words go from the room, and the person opens no more."""
    await opens(sent)
    await sent.writes(POLICE, None, "/revoke mig")
    await sent.passes(seconds=5)
    gone = DESK not in rooms_with(sent, SECRET)
    await sent.presses(POLICE, tip_card(sent), "Läs")

    assert gone
    assert sent.last(POLICE).startswith("T-1 är till för dem som är verifierade för Polisen.")


async def test_desk_stays_open_while_another_has_proved_it(sent):
    """It is the desk's; one of two who leaves takes nothing from the other."""
    await opens(sent)
    await is_verified(sent, CILLA, "cilla.berg@polisen.se")
    await sent.writes(POLICE, None, "/revoke mig")
    await sent.passes(seconds=5)

    assert SECRET in tip_card(sent).text


async def test_organisation_without_a_mail_domain_can_not_be_asked(open_town):
    """Then the room shows the words at once, as where the installation has no mail."""
    known = police()
    bare = replace(known, organisation=replace(known.organisation, mail_domains=()))
    town = await open_town(organisations=(bare,))
    await town.agrees(ANNA, POLICE)
    await sends_tip(town)
    await town.presses(POLICE, tip_card(town), "Avsluta")

    assert SECRET in tip_card(town).text
    assert "Avslutat" in tip_card(town).text
