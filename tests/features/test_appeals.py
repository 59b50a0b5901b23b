"""Missing persons, wanted vehicles and witnesses: the police ask, it ends, and it is erased."""

from datetime import timedelta

import pytest

from bot.domain.reports import State
from tests.features.test_verification import BADGE, PIA_AT_WORK, shows_it_is_her
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    DESK,
    EVA,
    MX_ROOM,
    POLICE,
    START,
    TG_ROOM,
    Town,
    data_of,
    labels_of,
)

BOY = "Pojke, 8 år, röd jacka, sågs senast vid skolan"
KNOWS = "Jag vet något"


async def appeal(
    town: Town,
    command: str = "forsvunnen",
    said: str = BOY,
    *,
    end: str = "Ett dygn",
    photos: tuple[bytes, ...] = (),
) -> None:
    """The police ask everybody in Albyberget for something."""
    await town.writes(POLICE, None, f"!{command} {said}", photos=photos)
    await town.taps(POLICE, "Gul")
    if command == "vittnen":
        await town.taps(POLICE, "Något annat")
    await town.writes(POLICE, None, "Albyberget")
    await town.taps(POLICE, end)
    await town.taps(POLICE, "Skicka")


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("forsvunnen", "Försvunnen person"),
        ("missing", "Försvunnen person"),
        ("efterlyst", "Efterlyst fordon"),
        ("wanted", "Efterlyst fordon"),
        ("vittnen", "Händelse"),
        ("witnesses", "Händelse"),
    ],
)
async def test_appeal_says_when_it_ends_and_has_a_button_for_tips(town, command, kind):
    """On both platforms; the button begins a tip to that organisation about that report."""
    command = {"witnesses": "vittnen"}.get(command, command)
    await appeal(town, command)

    for room in (TG_ROOM, MX_ROOM):
        card = town.card(room)
        assert f"{kind} · Albyberget" in card.text
        assert "Gäller till 22 nov. 13:00." in card.text
        assert data_of(card, KNOWS).endswith(f"./tip polisen {town.report_id()}")


@pytest.mark.parametrize(("user", "room"), [(BO, TG_ROOM), (EVA, MX_ROOM)], ids=["tg", "mx"])
async def test_button_begins_a_tip_about_the_appeal_in_private(town, user, room):
    """Nothing is said in the room; what is asked for are the words, not what it is about."""
    await appeal(town, "missing")
    before = town.texts(room)
    await town.presses(user, town.card(room), KNOWS)
    asked = town.last(user)
    await town.writes(user, None, "Jag såg honom vid tåget")
    await town.taps(user, "Var anonym")
    preview = town.last(user)
    await town.taps(user, "Skicka till Polisen")

    assert asked.startswith("Vad vill du berätta för Polisen?")
    assert f"Gäller #{town.report_id()}." in preview
    assert town.texts(room) == before
    assert f"Gäller #{town.report_id()}." in town.last(DESK)


async def test_who_never_began_a_chat_is_shown_the_door(town):
    """What is asked waits behind it; of the tip the room reads nothing."""
    await appeal(town, "missing")
    town.telegram.begins_at = "https://t.me/grannbro_bot"
    newcomer = town.newcomer("Nils")
    await town.presses(newcomer, town.card(TG_ROOM), KNOWS)
    knock = town.in_room(TG_ROOM)[-1]
    await town.writes(newcomer, None, "/start hej")
    await town.taps(newcomer, "Ja, det är okej")

    assert "Vad vill du berätta" not in knock.text
    assert any("Vad vill du berätta för Polisen?" in text for text in town.texts(newcomer))


async def test_form_asks_for_what_is_needed(town):
    """Each of the three in its own words; the end can't be left out."""
    await town.writes(POLICE, None, "!forsvunnen")
    await town.taps(POLICE, "Röd")
    await town.writes(POLICE, None, "Albyberget")
    asked = town.last(POLICE)
    assert "Skicka utan mer text" not in labels_of(town.told(POLICE)[-1])
    await town.writes(POLICE, None, BOY)

    assert "Inget personnummer" in asked
    assert "När ska det sluta?" in town.last(POLICE)
    shown = labels_of(town.told(POLICE)[-1])
    assert shown == ["6 timmar", "Ett dygn", "3 dygn", "En vecka", "Avbryt"]


async def test_preview_shows_the_end_and_lets_it_be_changed(town):
    """Before anything is sent."""
    await town.writes(POLICE, None, f"!efterlyst {BOY}")
    await town.taps(POLICE, "Gul")
    await town.writes(POLICE, None, "Albyberget")
    await town.taps(POLICE, "En vecka")
    assert "Gäller till 28 nov. 13:00" in town.last(POLICE)
    await town.taps(POLICE, "Ändra slut")
    await town.taps(POLICE, "6 timmar")

    assert "Gäller till 21 nov. 19:00" in town.last(POLICE)
    assert town.cards(TG_ROOM) == []


@pytest.mark.parametrize("user", [ANNA, EVA])
@pytest.mark.parametrize("command", ["missing", "wanted", "witnesses"])
async def test_only_the_police_appeal(town, user, command):
    """Refused with whom to ring, and nothing is left behind."""
    before = town.footprint()
    await town.writes(user, None, f"/{command} {BOY}")

    assert "gör bara polisen" in town.last(user)
    assert town.footprint() == before
    assert town.cards(TG_ROOM) == []


async def test_police_elsewhere_do_not_appeal(town):
    """A role ends at the border of its area."""
    await town.writes(POLICE, None, f"!vittnen {BOY}")
    for label in ("Gul", "Något annat"):
        await town.taps(POLICE, label)
    await town.writes(POLICE, None, "Gamla stan")
    await town.taps(POLICE, "Ett dygn")
    await town.taps(POLICE, "Skicka")

    assert "gör bara polisen" in town.last(POLICE)
    assert town.count_rows("reports") == 0


@pytest.mark.parametrize("command", ["resolve", "withdraw", "false"])
async def test_appeal_that_is_closed_is_erased_everywhere(town, command):
    """Text, pictures and what others added; on every copy stands that it is over."""
    await town.writes(BO, None, "/bevaka albyberget")
    await appeal(town, photos=(jpeg(),))
    card = town.card(TG_ROOM)
    await town.writes(ANNA, TG_ROOM, "Såg honom vid skolan", reply_to=card.ref)
    assert len(town.kept_files()) == 1
    await town.writes(POLICE, None, f"!{command} {town.report_id()}")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        shown = [s for s in town.seen(reader) if "Försvunnen person" in s.text]
        assert shown
        assert not [s for s in town.seen(reader) if "röd jacka" in s.text]
        assert not [s for s in shown if s.message.media]
    assert "Text och bilder är raderade." in town.in_room(TG_ROOM)[0].text or command == "withdraw"
    assert town.kept_files() == []
    assert town.count_rows("report_updates") == 0


async def test_appeal_ends_by_itself_whatever_happens(town):
    """People may touch it as often as they like."""
    await appeal(town, end="6 timmar", photos=(jpeg(),))
    for hour in range(5):
        await town.passes(hours=1)
        await town.writes(ANNA, TG_ROOM, f"Sett, {hour}", reply_to=town.card(TG_ROOM).ref)
    assert BOY in town.card(TG_ROOM).text
    await town.passes(hours=1)

    text = town.in_room(TG_ROOM)[0].text
    assert BOY not in text
    assert "Text och bilder är raderade." in text
    assert town.kept_files() == []


@pytest.mark.parametrize("has_mail", [False], ids=["nobody asked for a code"])
async def test_red_appeal_lasts_as_long_as_was_said(town):
    """A red report would be over in six hours; a missing child would not be."""
    await town.writes(POLICE, None, f"!forsvunnen {BOY}")
    await town.taps(POLICE, "Röd")
    await town.writes(POLICE, None, "Albyberget")
    await town.taps(POLICE, "3 dygn")
    await town.taps(POLICE, "Skicka")
    await town.passes(hours=71)

    assert BOY in town.card(TG_ROOM).text
    assert KNOWS in labels_of(town.card(TG_ROOM))
    await town.passes(hours=1)
    assert KNOWS not in labels_of(town.in_room(TG_ROOM)[0])


async def test_red_appeal_waits_in_its_form_for_the_code(town):
    """What the police ask a whole area for goes out as their word, or not at all."""
    await town.writes(POLICE, None, f"!forsvunnen {BOY}")
    await town.taps(POLICE, "Röd")
    await town.writes(POLICE, None, "Albyberget")
    await town.taps(POLICE, "3 dygn")
    await town.taps(POLICE, "Skicka")
    before = town.in_room(TG_ROOM)
    await shows_it_is_her(town)
    right = town.told(POLICE)[-1]
    await town.presses(POLICE, right, "Fortsätt")

    assert before == []
    assert BOY in town.card(TG_ROOM).text
    assert BADGE in town.card(TG_ROOM).text
    assert "Skickat." in "".join(town.texts(POLICE))
    await town.presses(POLICE, right, "Fortsätt")
    assert town.count_rows("reports") == 1
    assert town.last(POLICE).startswith("Den knappen är redan använd.")


async def test_code_that_is_written_with_the_command_sends_the_appeal_as_well(town):
    """However the code is answered, what has waited for it is one tap away."""
    await town.writes(POLICE, None, f"!forsvunnen {BOY}")
    await town.taps(POLICE, "Röd")
    await town.writes(POLICE, None, "Albyberget")
    await town.taps(POLICE, "3 dygn")
    await town.taps(POLICE, "Skicka")
    await town.writes(POLICE, None, PIA_AT_WORK)
    await town.writes(POLICE, None, f"!verify {town.mailbox.code_to(PIA_AT_WORK)}")
    await town.taps(POLICE, "Fortsätt")

    assert BOY in town.card(TG_ROOM).text


async def test_appeal_that_was_opened_again_is_not_sent_unseen(town):
    """The button under the right code sends what a preview shows, and nothing half written."""
    await town.writes(POLICE, None, f"!forsvunnen {BOY}")
    await town.taps(POLICE, "Röd")
    await town.writes(POLICE, None, "Albyberget")
    await town.taps(POLICE, "3 dygn")
    await town.taps(POLICE, "Skicka")
    await shows_it_is_her(town)
    await town.taps(POLICE, "Ändra slut")
    await town.taps(POLICE, "Fortsätt")
    unsent = town.count_rows("reports")
    await town.taps(POLICE, "En vecka")
    await town.taps(POLICE, "Fortsätt")

    assert unsent == 0
    assert "Gäller till 28 nov. 13:00." in town.card(TG_ROOM).text


async def test_red_report_becomes_an_appeal_in_one_tap_after_the_code(town):
    """Also when others have confirmed it meanwhile, and the receipt offers other things by now."""
    await town.writes(POLICE, MX_ROOM, f"!rod {BOY}")
    await town.taps(POLICE, "Avbryt")
    await town.taps(POLICE, "Ändra sort")
    await town.taps(POLICE, "Försvunnen person")
    for neighbour in (ANNA, BO):
        await town.presses(neighbour, town.card(TG_ROOM), "➕")
    before = town.card(TG_ROOM).text
    await shows_it_is_her(town)
    await town.taps(POLICE, "Fortsätt")

    assert "bekräftad" in before.lower()
    assert "Försvunnen person" not in before
    assert "Försvunnen person · Albyberget" in town.card(TG_ROOM).text
    assert "Gäller till 22 nov. 13:00." in town.card(TG_ROOM).text
    assert BADGE in town.card(TG_ROOM).text


async def test_closed_appeal_is_not_opened_again(town):
    """Nothing of it is left to be opened."""
    await appeal(town)
    report = town.report_id()
    await town.writes(POLICE, None, f"!resolve {report}")
    offered = [label for shown in town.told(POLICE) for label in labels_of(shown)]

    assert "Öppna igen" not in offered
    assert town.rows("SELECT state FROM reports") == [(State.RESOLVED.value,)]


async def test_kind_that_is_chosen_later_gets_an_end_too(town):
    """There is no way round it: a day, if nothing was said."""
    await town.writes(POLICE, MX_ROOM, f"!gul {BOY}")
    await town.taps(POLICE, "Ändra sort")
    await town.taps(POLICE, "Försvunnen person")

    assert "Gäller till 22 nov. 13:00." in town.card(TG_ROOM).text
    await town.passes(hours=24)
    assert BOY not in town.in_room(TG_ROOM)[0].text


async def test_appeal_is_linked_to_nothing(town):
    """It ends for itself; others may be the same as it."""
    await appeal(town)
    first = town.report_id()
    await town.writes(ANNA, TG_ROOM, "/gul Pojke i röd jacka vid skolan")
    other = town.report_id()
    await town.writes(POLICE, None, f"!dubblett {first} {other}")

    assert "tar slut för sig" in town.last(POLICE)
    await town.writes(POLICE, None, f"!dubblett {other} {first}")
    assert town.rows(f"SELECT duplicate_of FROM reports WHERE id = '{other}'") == [(first,)]


async def test_official_answer_to_an_appeal_goes_with_it(town):
    """It tells of the same person."""
    await appeal(town)
    await town.writes(POLICE, None, f"!official {town.report_id()} partly Pojken är funnen")
    await town.taps(POLICE, "Skicka svaret")
    assert "Pojken är funnen" in town.last(TG_ROOM)
    await town.writes(POLICE, None, f"!resolve {town.report_id()}")

    assert not [s for s in town.in_room(TG_ROOM) if "Pojken är funnen" in s.text]
    assert town.count_rows("official_answers") == 0


async def test_closed_appeal_is_still_known_as_genuine(town):
    """Without its words."""
    await appeal(town)
    report = town.report_id()
    await town.writes(POLICE, None, f"!resolve {report}")
    await town.writes(BO, None, f"/kolla #{report}")

    assert "är äkta. Polisen" in town.last(BO)
    assert "Texten är raderad" in town.last(BO)


async def test_words_of_a_closed_appeal_are_nowhere_stored(town):
    """What is sealed is opened here: its text, its pictures, its place are gone."""
    await appeal(town, photos=(jpeg(),))
    report = town.report_id()
    await town.writes(POLICE, None, f"!resolve {report}")
    async with town.app.parts.database.read() as uow:
        kept = await uow.reports.get(report)

    assert kept is not None
    assert (kept.text.plain, kept.media, kept.cell, kept.origin) == ("", (), None, None)
    assert kept.ends_at == START + timedelta(hours=24)


async def test_undo_within_a_minute_leaves_nothing(town):
    """As for any report."""
    await appeal(town, photos=(jpeg(),))
    await town.taps(POLICE, "Ångra")

    assert town.cards(TG_ROOM) == []
    assert town.count_rows("reports") == 0
    assert town.kept_files() == []
