"""Notices that people write: who may, in which words, to whom, and when."""

import pytest

from bot.domain.groups import GroupId
from bot.domain.messages import Platform, UserRef
from bot.domain.people import Grant, Role
from tests.features.conftest import OpenTown
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG,
    TG_ROOM,
    Town,
    code_on,
    labels_of,
)

WATER = "Vattnet stängs av kl 13"


async def notes(town: Town, who: UserRef, *lines: str) -> None:
    """Let somebody write lines in private, one after the other."""
    for line in lines:
        await town.writes(who, None, line)


async def gives(town: Town, who: UserRef, *grants: Grant) -> None:
    """Let somebody hold roles."""
    async with town.app.parts.database.write() as uow:
        for grant in grants:
            await uow.people.grant(who, grant, town.clock.now())


async def test_one_line_is_shown_before_it_is_sent(town):
    """As readers will see it, with how many that are; nothing goes out before the yes."""
    await notes(town, BO, "/bevaka albyberget grön")
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    preview = town.told(POLICE)[-1]

    assert preview.text == (
        "Så här ser det ut:\n\n"
        "På svenska\n"
        "🟢 Meddelande · Albyberget · 21 nov. 13:00\n"
        f"{WATER}\n"
        "— Polisen ✔ verifierad · N-···\n"
        "Äkta? Skriv /kolla ····\n"
        "Det går till 2 rum och till 1 som bevakar. "
        "Telegram: 1 rum och Matrix: 1 rum."
    )
    assert town.in_room(TG_ROOM) == []
    assert town.rows("SELECT id FROM notices") == []


async def test_what_was_shown_is_what_is_sent(town):
    """Word by word, but for its number and code; silently if it is green."""
    await notes(town, BO, "/bevaka albyberget grön")
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    shown = town.last(POLICE)
    await town.taps(POLICE, "Skicka")

    for reader in (TG_ROOM, MX_ROOM, BO):
        card = town.seen(reader)[-1]
        assert card.text.replace("N-1", "N-···").replace(code_on(card.text), "····") in shown
        assert card.message.silent


@pytest.mark.parametrize("has_mail", [False], ids=["nobody asked for a code"])
@pytest.mark.parametrize(
    ("line", "priority"),
    [("/notice gul, albyberget: x y", "🟡"), ("/meddelande röd albyberget: x y", "🔴")],
)
async def test_more_urgent_notice_makes_a_sound(town, line, priority):
    """By its least priority people have chosen what rings."""
    await notes(town, BO, "/bevaka albyberget gul")
    await notes(town, POLICE, line)
    await town.taps(POLICE, "Skicka")

    assert town.last(BO).startswith(priority)
    assert not town.told(BO)[-1].message.silent


async def test_follower_of_more_urgent_things_is_spared(town):
    """Routing is that of reports."""
    await notes(town, CILLA, "/bevaka albyberget röd")
    await notes(town, POLICE, f"/notice gul, albyberget: {WATER}")
    await town.taps(POLICE, "Skicka")

    assert WATER not in town.last(CILLA)


async def test_form_asks_for_what_is_missing(town):
    """Where, then what; then it shows all."""
    await notes(town, POLICE, "/notice", "Albyberget, Fittja")
    assert town.last(POLICE).startswith("Vad vill du meddela?")
    await notes(town, POLICE, WATER)

    assert "Albyberget, Fittja" in town.last(POLICE)
    await town.taps(POLICE, "Skicka")
    assert WATER in town.last(TG_ROOM)


async def test_places_are_put_in_and_taken_out_by_buttons(town):
    """The organisation's areas stand ready."""
    await notes(town, POLICE, "/notice")
    await town.taps(POLICE, "Botkyrka")
    assert "Hittills: Botkyrka." in town.last(POLICE)
    assert "✓ Botkyrka" in labels_of(town.told(POLICE)[-1])
    await town.taps(POLICE, "Botkyrka")
    assert "Hittills" not in town.last(POLICE)
    await town.taps(POLICE, "Botkyrka")
    await town.taps(POLICE, "Klart")

    assert town.last(POLICE).startswith("Vad vill du meddela?")


async def test_each_reader_gets_the_text_in_their_language(town):
    """And the first one if there is none in theirs."""
    await notes(town, BO, "/language en", "/bevaka albyberget grön")
    await notes(town, CILLA, "/bevaka albyberget grön")
    await notes(town, POLICE, f"/notice albyberget\nsv: {WATER}\nen: The water is off at 1 pm")
    preview = town.last(POLICE)
    await town.taps(POLICE, "Skicka")

    assert "🟢 Notice · Albyberget" in preview
    assert "🟢 Meddelande · Albyberget" in preview
    assert "The water is off at 1 pm\n— Polisen ✔ verified" in town.last(BO)
    assert WATER in town.last(CILLA)
    assert WATER in town.last(TG_ROOM)


async def test_language_is_added_and_changed_in_the_preview(town):
    """One after the other, with what is there kept."""
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "På engelska")
    assert town.last(POLICE) == "Vad ska det stå på engelska? Skriv det nu."
    await notes(town, POLICE, "Water off at 1 pm")
    assert WATER in town.last(POLICE)
    assert "Water off at 1 pm" in town.last(POLICE)
    await town.taps(POLICE, "Ändra svenska")
    await notes(town, POLICE, "Vattnet stängs av kl 14")

    assert "kl 14" in town.last(POLICE)
    assert "kl 13" not in town.last(POLICE)
    assert "Water off at 1 pm" in town.last(POLICE)


@pytest.mark.parametrize(("language", "head"), [("sv", "Så här ser"), ("en", "This is how")])
async def test_picture_stands_in_the_preview_and_on_the_card(town, language, head):
    """Cleaned, the same for all, in either language of the author."""
    await notes(town, POLICE, f"/language {language}", "/bevaka albyberget grön")
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}", photos=(jpeg(),))
    preview = town.told(POLICE)[-1]
    assert preview.text.startswith(head)
    shown = preview.message.media
    assert len(shown) == 1
    await town.presses(POLICE, preview, "S")

    for reader in (TG_ROOM, MX_ROOM):
        assert town.seen(reader)[-1].message.media == shown
    assert len(town.kept_files()) == 1


async def test_picture_is_added_and_left_out_again(town):
    """A dropped one is destroyed at once."""
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Bild")
    await town.writes(POLICE, None, "", photos=(jpeg(),))
    assert len(town.told(POLICE)[-1].message.media) == 1
    await town.taps(POLICE, "Bild")
    await town.taps(POLICE, "Ingen bild")

    assert town.told(POLICE)[-1].message.media == ()
    assert town.kept_files() == []


async def test_what_a_platform_shows_otherwise_is_told_before(town):
    """A picture takes fewer words on one of them than a card has."""
    text = "Vattnet i huset stängs av och kommer tillbaka. " * 25
    await town.writes(POLICE, None, f"/notice albyberget: {text}", photos=(jpeg(),))
    assert (
        "Telegram: 1 rum, där går texten vidare i ett meddelande under bilden och Matrix: 1 rum."
        in town.last(POLICE)
    )
    await town.taps(POLICE, "Bild")
    await town.taps(POLICE, "Ingen bild")

    assert "under bilden" not in town.last(POLICE)


async def test_cancelled_form_leaves_nothing(town):
    """Neither a notice nor a file."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}", photos=(jpeg(),))
    await town.taps(POLICE, "Avbryt")

    assert town.last(POLICE) == "Avbrutet. Inget har skickats."
    assert town.rows("SELECT id FROM notices") == []
    assert town.kept_files() == []


async def test_pressing_send_twice_sends_once(town):
    """A platform may tell of a press again."""
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    preview = town.told(POLICE)[-1]
    data = next(b.data for row in preview.message.rows for b in row if b.label == "Skicka")
    for _ in range(2):
        await town.presses_data(POLICE, preview.ref, data)

    assert len(town.in_room(TG_ROOM)) == 1
    assert town.rows("SELECT id FROM notices") == [("N-1",)]


@pytest.mark.parametrize("who", [ANNA, EVA], ids=["telegram", "matrix"])
async def test_resident_is_refused_and_nothing_is_left(town, who):
    """With what to do instead."""
    before = town.footprint()
    await notes(town, who, f"/notice albyberget: {WATER}")

    assert town.last(who).startswith("Meddelanden till områden skickas av verifierade")
    assert town.footprint() == before
    assert town.rows("SELECT id FROM notices") == []


async def test_contact_person_is_refused(town):
    """They tell their own group, as everybody there."""
    await gives(town, DAVID, Grant(role=Role.CONTACT_PERSON, areas=frozenset({"albyberget"})))
    await notes(town, DAVID, f"/notice albyberget: {WATER}")

    assert town.last(DAVID).startswith("Meddelanden till områden skickas av verifierade")


async def test_coverage_limits_where_a_role_may_announce(town):
    """The police of Botkyrka not in Gamla stan; nothing is sent anywhere."""
    await notes(town, POLICE, f"/notice gamla-stan: {WATER}")
    assert town.last(POLICE).startswith("Gamla stan ligger utanför")
    await notes(town, POLICE, f"/notice albyberget, gamla-stan: {WATER}")

    assert town.last(POLICE).startswith("Gamla stan ligger utanför")
    assert town.rows("SELECT id FROM notices") == []


async def test_coordinator_announces_everywhere(town):
    """In the coordinators' name."""
    await town.agrees(OWNER)
    await notes(town, BO, "/bevaka gamla-stan grön")
    await notes(town, OWNER, f"/notice gamla-stan, albyberget: {WATER}")
    await town.taps(OWNER, "Skicka")

    assert "— Trygghetssamordningen ✔ verifierad · N-1" in town.last(BO)
    assert WATER in town.last(TG_ROOM)


async def test_role_that_ended_sends_nothing_more(town):
    """It is asked when the button is pressed, not when the form began."""
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    town.changes_rows("DELETE FROM grants WHERE role = 'police'")
    await town.taps(POLICE, "Skicka")

    assert town.in_room(TG_ROOM) == []
    assert town.rows("SELECT id FROM notices") == []


async def test_locked_group_hears_nothing_of_its_area(town):
    """Only those who name it reach it."""
    await town.agrees(OWNER)
    await notes(town, OWNER, f"/notice gamla-stan: {WATER}")
    await town.taps(OWNER, "Skicka")
    assert town.in_room(SHOPS) == []
    await notes(town, OWNER, f"/notice butikerna: {WATER}")
    await town.taps(OWNER, "Skicka")

    assert WATER in town.last(SHOPS)


async def test_locked_group_is_unknown_to_whoever_has_no_right_there(town):
    """Its name tells a guard from outside nothing; taking part in it opens it."""
    guard = Grant(role=Role.GUARD, organisation="vakten", areas=frozenset({"stockholm"}))
    await gives(town, DAVID, guard)
    await notes(town, DAVID, f"/notice butikerna, gamla-stan: {WATER}")
    assert 'heter "butikerna"' in town.last(DAVID)
    await town.writes(DAVID, SHOPS, "Hej")
    await notes(town, DAVID, f"/notice butikerna: {WATER}")
    await town.taps(DAVID, "Skicka")

    assert WATER in town.last(SHOPS)
    assert "— vakten ✔" in town.last(SHOPS)


async def test_notice_in_a_group_s_room_is_for_that_group(town):
    """The command leaves the room, and the preview comes in private."""
    await town.writes(POLICE, MX_ROOM, f"/notice {WATER}")
    assert "Alby grannar" in town.last(POLICE)
    await town.taps(POLICE, "Skicka")

    assert "🟢 Meddelande · Alby grannar ·" in town.last(TG_ROOM)


async def test_place_in_front_of_the_words_needs_no_colon(town):
    """As after `/subscribe`."""
    await notes(town, POLICE, f"/notice albyberget {WATER}")

    assert f"Albyberget · 21 nov. 13:00\n{WATER}\n" in town.last(POLICE)


async def test_colon_in_the_words_is_no_head(town):
    """What stands before it is no place, so it is asked for."""
    await notes(town, POLICE, "/notice Obs! Kom ihåg: vattnet")
    assert town.last(POLICE).startswith("Vilka ska få det?")
    await notes(town, POLICE, "Albyberget")

    assert "Obs! Kom ihåg: vattnet" in town.last(POLICE)


async def test_unknown_place_is_named(town):
    """Rather than sent to fewer than was meant."""
    await notes(town, POLICE, f"/notice albyberget, zzz: {WATER}")

    assert 'heter "zzz"' in town.last(POLICE)


async def test_too_long_text_is_refused(town):
    """A card fits one message everywhere."""
    await notes(town, POLICE, "/notice albyberget: " + "x" * 2001)

    assert "2001" in town.last(POLICE).replace("\xa0", "")
    assert town.rows("SELECT id FROM notices") == []


async def test_person_of_two_organisations_chooses_who_speaks(town):
    """The first that may stands ready, the others on buttons."""
    await gives(
        town,
        POLICE,
        Grant(role=Role.MUNICIPALITY, organisation="kommunen", areas=frozenset({"botkyrka"})),
    )
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    first = town.last(POLICE)
    others = [label for label in labels_of(town.told(POLICE)[-1]) if label.startswith("Som ")]
    assert len(others) == 1
    await town.taps(POLICE, others[0])
    second = town.last(POLICE)

    assert ("Polisen ✔" in first) != ("Polisen ✔" in second)
    assert ("kommunen ✔" in first) != ("kommunen ✔" in second)


async def test_group_that_is_gone_stops_the_sending(town, open_town: OpenTown):
    """Nobody sends what was not shown: it is asked again."""
    await town.agrees(OWNER)
    await notes(town, OWNER, f"/notice butikerna: {WATER}")
    async with town.app.parts.database.write() as uow:
        await uow.groups.remove(GroupId("butikerna"))
    await town.taps(OWNER, "Skicka")

    assert town.last(OWNER).startswith("Vilka ska få det?")
    assert town.in_room(SHOPS) == []


async def test_role_of_a_platform_account_is_not_another_platform_s(town):
    """Somebody who writes in the police's name elsewhere is a resident."""
    other = UserRef(Platform.TELEGRAM, POLICE.user_id)
    assert other.platform is TG
    town.names[other] = "Pia Polis"
    await town.agrees(other)
    await notes(town, other, f"/notice albyberget: {WATER}")

    assert town.last(other).startswith("Meddelanden till områden skickas av verifierade")


async def test_preview_takes_pictures_and_no_words(town):
    """Who talks of something else meanwhile is not taken for its author's answer."""
    await notes(town, POLICE, f"/notice albyberget: {WATER}")
    preview = town.told(POLICE)[-1]
    await notes(town, POLICE, "Hur funkar det här?")
    assert WATER not in town.last(POLICE)
    await town.writes(POLICE, None, "", photos=(jpeg(),))
    assert len(town.told(POLICE)[-1].message.media) == 1
    await town.taps(POLICE, "Skicka")

    assert len(town.last(TG_ROOM)) > len(WATER)
    assert labels_of(preview) == []
