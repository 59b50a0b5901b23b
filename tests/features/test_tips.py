"""Tips: from one person to one desk, and back, and to nobody else."""

import json

import pytest

from tests.features.tips import (
    CLERK,
    COUNCIL_DESK,
    SECOND_DESK,
    SECRET,
    council,
    landlord,
    police_with,
    rooms_with,
    sends_tip,
    tip_card,
    tip_cards,
)
from tests.pictures import CAMERA, jpeg
from tests.town import ANNA, BO, DESK, EVA, IN_ALBYBERGET, POLICE, Town, labels_of, police


@pytest.fixture
def has_mail() -> bool:
    """Where nobody can be asked for a code the desk's room shows the words at once."""
    return False


@pytest.fixture
async def two(open_town):
    """A town in which the municipality takes tips as well."""
    town = await open_town(organisations=(police(), council(), landlord()))
    await town.agrees(ANNA, BO, EVA, POLICE, CLERK)
    return town


async def test_line_in_private_is_shown_before_it_is_sent(town):
    """What becomes of it is said first; nothing reaches the desk until then."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}")

    shown = town.last(ANNA)
    assert SECRET in shown
    assert "anonym" in shown
    assert "allmän handling" in shown
    assert "raderas 30 dagar" in shown
    assert "Telegram själv kan läsa" in shown
    assert town.in_room(DESK) == []


async def test_desk_alone_gets_it_without_a_name(town):
    """The tipster is told that it has arrived, and under which number."""
    await sends_tip(town)

    assert "Tips T-1" in tip_card(town).text
    assert SECRET in tip_card(town).text
    assert "Anna" not in tip_card(town).text
    assert town.last(ANNA).startswith("Tack, Polisen har fått ditt tips (T-1)")
    assert "de vet inte vem du är" in town.last(ANNA)
    assert rooms_with(town, SECRET) == {DESK}
    assert tip_card(town).message.stays_here


async def test_name_is_shown_by_choice_alone(town):
    """It is said before and after."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}")
    await town.taps(ANNA, "Visa mitt namn: Anna")
    await town.taps(ANNA, "Skicka till Polisen")
    await town.passes(seconds=5)

    assert "Från Anna, som vill synas." in tip_card(town).text
    assert "de ser ditt namn" in town.last(ANNA)


async def test_form_asks_for_one_thing_after_the_other(two):
    """Who looks after the person's place comes first; who takes no tips is not offered."""
    await two.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await two.taps(ANNA, "Ja") if "Får jag" in two.last(ANNA) else None
    await two.writes(ANNA, None, "/tips")
    assert labels_of(two.told(ANNA)[-1]) == ["Botkyrka kommun", "Polisen", "Avbryt"]
    await two.taps(ANNA, "Polisen")
    await two.writes(ANNA, None, "", photos=(jpeg(),))
    assert "En bild är med" in two.last(ANNA)
    await two.writes(ANNA, None, SECRET)
    await two.writes(ANNA, None, "Albyberget")
    await two.taps(ANNA, "Var anonym")
    await two.taps(ANNA, "Skicka till Polisen")
    await two.passes(seconds=5)

    card = tip_card(two)
    assert "Polisen · Albyberget" in card.text
    (photo,) = card.message.media
    data = await two.app.parts.media.read(photo.id)
    assert data is not None
    assert CAMERA not in data


async def test_answer_can_be_changed_before_it_is_sent(two):
    """Words, place and to whom; the same message asks again."""
    await two.writes(ANNA, None, f"/tip polisen {SECRET}")
    await two.taps(ANNA, "Ändra text")
    await two.writes(ANNA, None, "De säljer stulna cyklar")
    await two.taps(ANNA, "Ändra plats")
    await two.taps(ANNA, "Hoppa över")
    await two.taps(ANNA, "Till någon annan")
    await two.taps(ANNA, "Botkyrka kommun")
    await two.taps(ANNA, "Skicka till Botkyrka kommun")

    assert "De säljer stulna cyklar" in tip_card(two, COUNCIL_DESK).text
    assert rooms_with(two, SECRET) == set()
    assert tip_cards(two) == []


async def test_draft_that_is_left_is_forgotten(town):
    """With its photo, as soon as its buttons end."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}", photos=(jpeg(),))
    assert len(town.kept_files()) == 1
    await town.passes(hours=2)

    assert town.last(ANNA).startswith("Det du började skriva skickades inte")
    assert town.kept_files() == []
    assert town.count_rows("tips") == 0


async def test_cancelled_draft_is_gone(town):
    """At once."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}", photos=(jpeg(),))
    await town.taps(ANNA, "Avbryt")

    assert rooms_with(town, SECRET) == set()
    assert town.kept_files() == []


async def test_desk_answers_and_the_tipster_answers_back(town):
    """By replying, on whatever platform each of them is."""
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    asked = town.told(ANNA)[-1]
    await town.writes(ANNA, None, "Den gröna", reply_to=asked.ref)
    await town.passes(seconds=5)

    assert asked.text == "Polisen svarar på ditt tips T-1:\nVilken dörr?"
    assert town.last(DESK) == "Nytt till T-1: Den gröna"
    assert town.in_room(DESK)[-1].message.reply_to == tip_card(town).ref
    assert "Den gröna" in tip_card(town).text
    assert town.last(ANNA) == "Ditt svar till T-1 är på väg till Polisen."


async def test_tipster_answers_with_a_button(town):
    """Where replying to a message is not known or not there."""
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    await town.taps(ANNA, "Svara")
    await town.writes(ANNA, None, "Den gröna")
    await town.writes(ANNA, None, "hej")

    assert "Nytt till T-1: Den gröna" in town.texts(DESK)
    assert not any("hej" in text for text in town.texts(DESK))


async def test_photos_go_both_ways(town):
    """Without what the camera wrote into them; each side holds its own."""
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Är det han?", reply_to=tip_card(town).ref, photos=(jpeg(),))
    asked = town.told(ANNA)[-1]
    await town.writes(ANNA, None, "", reply_to=asked.ref, photos=(jpeg(), jpeg()))

    assert len(asked.message.media) == 1
    assert len(town.in_room(DESK)[-1].message.media) == 2
    for file in (*asked.message.media, *town.in_room(DESK)[-1].message.media):
        data = await town.app.parts.media.read(file.id)
        assert data is not None
        assert CAMERA not in data


async def test_ready_question_comes_in_the_tipster_s_language(town):
    """The desk presses twice; the answer comes back as any other."""
    town.language = "en"
    await sends_tip_in_english(town)
    town.language = None
    await town.presses(POLICE, tip_card(town), "Fråga mer")
    await town.presses(POLICE, town.in_room(DESK)[-1], "fordon")

    assert "Was there a vehicle" in town.last(BO)
    assert "Fanns det något fordon" in tip_card(town).text
    assert "Frågat om T-1" in town.last(DESK)


async def sends_tip_in_english(town: Town) -> None:
    """Let Bo send one."""
    await town.writes(BO, None, "/language en")
    await town.writes(BO, None, f"/tip police {SECRET}")
    await town.taps(BO, "Send to Polisen")


async def test_all_desks_show_one_living_card(open_town):
    """What is written in one of them the others see, too, and nobody sees it twice."""
    town = await open_town(organisations=(police_with(DESK, SECOND_DESK),))
    await town.agrees(ANNA, POLICE)
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    await town.passes(seconds=5)

    assert tip_card(town).text == tip_card(town, SECOND_DESK).text
    assert "Vilken dörr?" in tip_card(town).text
    assert town.last(SECOND_DESK) == "Ert svar till T-1: Vilken dörr?"
    assert "Ert svar till T-1: Vilken dörr?" not in town.texts(DESK)


async def test_closed_tip_says_so_to_both_and_goes_on_when_somebody_writes(town):
    """Its lifetime runs from the last word."""
    await sends_tip(town)
    await town.presses(POLICE, tip_card(town), "Avsluta")
    await town.passes(seconds=5)
    assert "Avslutat" in tip_card(town).text
    assert labels_of(tip_card(town)) == ["Fråga mer"]
    assert town.last(ANNA).startswith("Polisen har avslutat ditt tips T-1")
    await town.writes(ANNA, None, "Nu är de här igen", reply_to=town.told(ANNA)[-1].ref)
    await town.passes(days=31)

    assert "Avslutat" not in tip_card(town).text


async def test_edit_of_an_answer_follows_it(town):
    """And a deleted one goes."""
    await sends_tip(town)
    said = await town.writes(POLICE, DESK, "Vilken dör?", reply_to=tip_card(town).ref)
    await town.edits(POLICE, said, "Vilken dörr?")
    await town.passes(seconds=5)
    assert town.last(ANNA).endswith("Vilken dörr?")
    assert "Vilken dörr?" in tip_card(town).text
    await town.deletes(POLICE, said)
    await town.passes(seconds=5)

    assert not any("Vilken dörr" in text for text in town.texts(ANNA))
    assert "Vilken dörr" not in tip_card(town).text


async def test_tip_is_handed_over_with_the_tipster_s_yes(two):
    """Then the first desk sees it no longer, and the second sees all that was said."""
    await sends_tip(two)
    await two.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(two).ref)
    await two.presses(POLICE, tip_card(two), "Lämna över")
    await two.presses(POLICE, two.in_room(DESK)[-1], "Botkyrka kommun")
    assert tip_cards(two, COUNCIL_DESK) == []
    await two.taps(ANNA, "Ja, lämna till Botkyrka kommun")
    await two.passes(seconds=5)

    assert rooms_with(two, SECRET) == {COUNCIL_DESK}
    assert "Vilken dörr?" in tip_card(two, COUNCIL_DESK).text
    assert two.last(DESK) == "T-1 är överlämnat till Botkyrka kommun."
    assert "T-1 är hos Botkyrka kommun nu." in two.texts(ANNA)
    await two.writes(CLERK, COUNCIL_DESK, "Tack", reply_to=tip_card(two, COUNCIL_DESK).ref)
    assert two.last(ANNA).startswith("Botkyrka kommun svarar")


async def test_tip_that_goes_to_and_fro_is_shown_each_time(two):
    """What a room was shown once does not keep it from being shown again."""
    await sends_tip(two)
    for user, desk, to in (
        (POLICE, DESK, "Botkyrka kommun"),
        (CLERK, COUNCIL_DESK, "Polisen"),
    ):
        await two.presses(user, tip_card(two, desk), "Lämna över")
        await two.presses(user, two.in_room(desk)[-1], to)
        await two.taps(ANNA, f"Ja, lämna till {to}")

    assert rooms_with(two, SECRET) == {DESK}


async def test_tip_stays_when_the_tipster_says_no(two):
    """The desk is told, not asked again; a later yes to an old question is nothing."""
    await sends_tip(two)
    await two.presses(POLICE, tip_card(two), "Lämna över")
    await two.presses(POLICE, two.in_room(DESK)[-1], "Botkyrka kommun")
    await two.taps(ANNA, "Nej, låt det vara")
    await two.passes(seconds=5)

    assert rooms_with(two, SECRET) == {DESK}
    assert two.last(DESK).startswith("T-1 stannar hos er")
    assert two.last(ANNA) == "T-1 stannar hos Polisen."


async def test_tip_can_be_taken_back(town):
    """It leaves the desk, and nothing of it is left."""
    await town.writes(ANNA, None, f"/tip polisen {SECRET}", photos=(jpeg(),))
    await town.taps(ANNA, "Skicka till Polisen")
    await town.passes(seconds=5)
    card = tip_card(town)
    await town.taps(ANNA, "Ta tillbaka")
    await town.taps(ANNA, "Ja, ta tillbaka")

    assert card.removed
    assert rooms_with(town, SECRET) == set()
    assert town.count_rows("tips") == 0
    assert town.kept_files() == []
    assert town.last(ANNA) == "T-1 är tillbakataget och raderat."


async def test_number_is_never_given_twice(town):
    """Else the log would speak of two."""
    await sends_tip(town)
    await town.taps(ANNA, "Ta tillbaka")
    await town.taps(ANNA, "Ja, ta tillbaka")
    await sends_tip(town, BO)

    assert "Tips T-2" in tip_card(town).text


async def test_closed_tip_is_erased_in_time(town):
    """On both sides, with its key."""
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    await town.presses(POLICE, tip_card(town), "Avsluta")
    await town.passes(days=30, hours=1)

    assert town.count_rows("tips") == town.count_rows("tip_lines") == 0
    assert rooms_with(town, SECRET) == rooms_with(town, "Vilken dörr") == set()
    assert await town.app.parts.database.vault.owners("tip:") == []


async def test_tip_that_both_have_left_closes_by_itself(town):
    """Else nothing would ever end its lifetime."""
    await sends_tip(town)
    await town.passes(days=91)
    assert "Avslutat" in tip_card(town).text
    await town.passes(days=31)

    assert town.count_rows("tips") == 0


async def test_everything_about_it_is_told_and_handed_out(town):
    """To the tipster; of the desk's people what they have answered."""
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    for user in (ANNA, POLICE):
        await town.writes(user, None, "/privacy")
    assert "Ett tips som du har skickat" in town.last(ANNA)
    assert "ett svar som du har gett" in town.last(POLICE)

    held = {}
    for user in (ANNA, POLICE):
        await town.writes(user, None, "/export")
        (file, *_) = town.told(user)[-1].message.media
        held[user] = json.loads(await town.app.parts.media.read(file.id) or b"{}")
    (tip,) = held[ANNA]["tips"]
    assert tip["text"] == SECRET
    assert [line["text"] for line in tip["talk"]] == ["Vilken dörr?"]
    assert [line["text"] for line in held[POLICE]["answers_to_tips"]] == ["Vilken dörr?"]
    assert held[POLICE]["tips"] == []


async def test_forgotten_tipster_is_forgotten_at_the_desk_too(town):
    """The person is erased everywhere; that is said before."""
    await sends_tip(town)
    await town.writes(ANNA, None, "/forget")
    assert "tas bort också hos dem som fick det" in town.last(ANNA)
    await town.taps(ANNA, "Ja, radera allt")
    await town.passes(hours=2)

    assert rooms_with(town, SECRET) == set()
    assert town.count_rows("tips") == 0
    assert await town.app.parts.database.vault.owners("tip:") == []


async def test_forgotten_officer_s_answers_go_and_the_tip_stays(town):
    """It is the tipster's."""
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_card(town).ref)
    await town.writes(POLICE, None, "/forget")
    await town.taps(POLICE, "Ja, radera allt")
    await town.passes(hours=2)

    assert rooms_with(town, "Vilken dörr") == set()
    assert rooms_with(town, SECRET) == {DESK}
