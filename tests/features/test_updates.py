"""What comes to a report after it was sent."""

import pytest

from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    DESK,
    EVA,
    IN_ALBYBERGET,
    MX,
    MX_ROOM,
    POLICE,
    TG_ROOM,
    code_on,
)


@pytest.mark.parametrize(
    ("user", "place"),
    [(ANNA, TG_ROOM), (EVA, MX_ROOM), (POLICE, DESK), (BO, None)],
    ids=["telegram", "matrix", "desk", "private"],
)
async def test_reply_to_a_card_is_added_to_every_card(fire, user, place):
    """Replying to a card, on any platform, adds an update."""
    card = fire.card(user if place is None else place)
    await fire.writes(user, place, "Brandkåren är här", reply_to=card.ref)

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "13:00: Brandkåren är här\n" in fire.card(reader).text
        assert len(fire.cards(reader)) == 1


async def test_update_bears_the_name_its_author_has_there(fire):
    """The same neighbour has the same number; only the bot prints badges."""
    await fire.writes(ANNA, TG_ROOM, "Nu brinner det", reply_to=fire.card(TG_ROOM).ref)
    await fire.writes(BO, None, "Jag ser det", reply_to=fire.card(BO).ref)
    await fire.writes(POLICE, DESK, "Vi är på väg", reply_to=fire.card(DESK).ref)

    card = fire.card(MX_ROOM).text
    assert card.splitlines()[3:] == [
        "↳ Granne 1 13:00: Nu brinner det",
        "↳ Granne 2 13:00: Jag ser det",
        f"↳ Polisen ✔ verifierad polis (/kolla {code_on(card)}) 13:00: Vi är på väg",
        "— Granne 1",
    ]


async def test_card_shows_the_latest_three(fire):
    """A card is to be read at a glance."""
    for number in range(1, 6):
        await fire.writes(BO, None, f"Läge {number}", reply_to=fire.card(BO).ref)

    shown = [line[-6:] for line in fire.card(TG_ROOM).text.splitlines() if line[0] == "↳"]
    assert shown == ["Läge 3", "Läge 4", "Läge 5"]


async def test_reply_in_a_group_is_talk_there_as_well(fire):
    """It stands on the cards, and arrives in the other room as an answer to the card there."""
    await fire.writes(ANNA, TG_ROOM, "Nu brinner det", reply_to=fire.card(TG_ROOM).ref)

    assert fire.last(MX_ROOM) == "Granne 1: Nu brinner det"
    assert fire.in_room(MX_ROOM)[-1].message.reply_to == fire.card(MX_ROOM).ref


@pytest.mark.parametrize("said", ["👍", "🔥🔥"])
async def test_thumb_in_a_group_is_talk_and_no_update(fire, said):
    """The neighbours see it on both sides, the card does not grow, nobody is corrected."""
    before, told = fire.card(TG_ROOM).text, fire.texts(ANNA)
    await fire.writes(ANNA, TG_ROOM, said, reply_to=fire.card(TG_ROOM).ref)

    assert fire.last(MX_ROOM) == f"Granne 1: {said}"
    assert fire.card(TG_ROOM).text == before
    assert fire.texts(ANNA) == told


async def test_thumb_in_private_is_answered(fire):
    """There nobody else would see it."""
    before = fire.footprint()
    await fire.writes(BO, None, "👍", reply_to=fire.card(BO).ref)

    assert fire.last(BO).startswith("Skriv med några ord")
    assert fire.footprint() == before


async def test_too_long_reply_in_a_group_is_carried_though_no_card_holds_it(fire):
    """Nothing is lost between the rooms; the author is told why the card lacks it."""
    said = "Jag såg allt från början. " * 90
    await fire.writes(ANNA, TG_ROOM, said, reply_to=fire.card(TG_ROOM).ref)

    assert fire.last(MX_ROOM) == f"Granne 1: {said.strip()}"
    assert "får plats" in fire.last(ANNA)
    assert "Jag såg allt" not in fire.card(TG_ROOM).text


async def test_reply_to_a_card_long_over_is_talk_alone(fire):
    """Under an old card the neighbours may still talk; news of it want a new report."""
    await fire.writes(ANNA, None, "/klart")
    await fire.passes(hours=49)
    before = fire.footprint()["report_updates"]
    await fire.writes(ANNA, TG_ROOM, "Tack för hjälpen", reply_to=fire.card(TG_ROOM).ref)
    assert fire.last(MX_ROOM) == "Granne 1: Tack för hjälpen"
    assert "är redan avslutad" in fire.last(ANNA)
    await fire.writes(BO, None, "Tack själv", reply_to=fire.card(BO).ref)

    assert "är redan avslutad" in fire.last(BO)
    assert fire.footprint()["report_updates"] == before


async def test_reply_to_a_card_just_over_is_added(fire):
    """What happened can be told for two days."""
    await fire.writes(ANNA, None, "/klart")
    await fire.writes(BO, None, "Det var en grill", reply_to=fire.card(BO).ref)

    assert "Det var en grill" in fire.card(MX_ROOM).text


async def test_update_by_command(fire):
    """`/update <id>`, for who has lost sight of the card; it says where it stands now."""
    number = fire.report_id()
    await fire.writes(BO, None, f"/uppdatera #{number} Brandkåren är här")

    assert "Brandkåren är här" in fire.card(MX_ROOM).text
    assert fire.last(BO) == f"Tack! Det står nu på kortet #{number}."


async def test_stranger_adds_nothing_to_a_card_by_guessing_its_number(fire):
    """Only who got it, or is in a room that got it; others can write a report of their own."""
    before, card = fire.footprint(), fire.card(TG_ROOM).text
    await fire.writes(DAVID, None, f"/update {fire.report_id()} köp billiga klockor")

    assert fire.last(DAVID) == (
        f"#{fire.report_id()} har inte kommit till dig, så där kan jag inte lägga till något. "
        "Ser du något själv? Skriv en ny rapport."
    )
    assert (fire.footprint(), fire.card(TG_ROOM).text) == (before, card)


async def test_member_of_a_group_adds_to_its_card_by_its_number(fire):
    """Who writes in the room has read the card there."""
    await fire.writes(DAVID, TG_ROOM, "hej alla")
    await fire.writes(DAVID, None, f"/update {fire.report_id()} Brandkåren är här")

    assert "Brandkåren är här" in fire.card(MX_ROOM).text


async def test_update_without_a_number_means_the_own_report(fire):
    """The author's only active one."""
    await fire.writes(ANNA, None, "/update Brandkåren är här nu")

    assert "Brandkåren är här nu" in fire.card(MX_ROOM).text


async def test_update_by_command_as_a_reply_means_that_card(fire):
    """In a group the command is taken away; the words stand on the card."""
    command = await fire.writes(
        CILLA, TG_ROOM, "/update Brandkåren är här", reply_to=fire.card(TG_ROOM).ref
    )

    assert "Brandkåren är här" in fire.card(MX_ROOM).text
    assert command in fire.telegram.redacted


@pytest.mark.parametrize(
    "said", ["", "🔥", "Det är rök här. " * 150], ids=["empty", "emoji", "too-long"]
)
async def test_update_by_command_needs_words_that_fit(fire, said):
    """Refused with the reason, and nothing is left behind."""
    before, card = fire.footprint(), fire.card(TG_ROOM).text
    await fire.writes(BO, None, f"/update {fire.report_id()} {said}")

    assert fire.last(BO).startswith(("Skriv med några ord", "Det blev"))
    assert fire.footprint() == before
    assert fire.card(TG_ROOM).text == card


async def test_picture_in_a_reply_in_a_group_is_carried_to_the_other_room(fire):
    """The words stand on the card, the picture stands in the talk."""
    await fire.writes(
        ANNA, TG_ROOM, "Så här ser det ut", reply_to=fire.card(TG_ROOM).ref, photos=(jpeg(),)
    )

    assert "Så här ser det ut" in fire.card(MX_ROOM).text
    assert len(fire.in_room(MX_ROOM)[-1].message.media) == 1


async def test_picture_in_a_private_reply_is_not_lost_in_silence(fire):
    """A card can't take it yet; the person is told, and it is not kept."""
    await fire.writes(BO, None, "Så här ser det ut", reply_to=fire.card(BO).ref, photos=(jpeg(),))

    assert "Så här ser det ut" in fire.card(MX_ROOM).text
    assert "men bilden kan jag inte lägga dit" in fire.last(BO)
    assert fire.kept_files() == []


async def test_picture_alone_in_a_private_reply_is_answered(fire):
    """It says what to do instead."""
    before = fire.footprint()
    await fire.writes(BO, None, "", reply_to=fire.card(BO).ref, photos=(jpeg(),))

    assert fire.last(BO).startswith("En bild ensam kan jag inte lägga på ett kort.")
    assert fire.footprint() == before


async def test_place_in_a_private_reply_is_a_place(fire):
    """A position tells where somebody is, whatever it answers."""
    await fire.writes(BO, None, "/samtycke")
    await fire.taps(BO, "Använd min plats")
    await fire.writes(BO, None, "", reply_to=fire.card(BO).ref, position=IN_ALBYBERGET)

    assert fire.last(BO).startswith("Du är i Albyberget.")


async def test_reply_to_an_erased_report_is_answered(fire):
    """A card may stand a moment longer than its report."""
    card, number = fire.card(BO).ref, fire.report_id()
    async with fire.app.parts.database.write() as uow:
        await uow.reports.erase(number)
    await fire.writes(BO, None, "Jag ser det", reply_to=card)

    assert fire.last(BO).startswith(f"Jag hittar ingen rapport #{number}.")


async def test_reply_to_another_word_of_the_bot_is_answered(fire):
    """Never silence in private."""
    await fire.writes(ANNA, None, "tack", reply_to=fire.told(ANNA)[-1].ref)

    assert fire.last(ANNA).startswith("Jag förstår bäst korta kommandon")


async def test_reply_of_somebody_new_waits_for_consent_and_is_carried_meanwhile(fire):
    """The talk of a group needs no consent; what is kept on a card does."""
    fia = fire.newcomer("Fia")
    await fire.writes(fia, TG_ROOM, "Jag ser det med", reply_to=fire.card(TG_ROOM).ref)
    assert fire.last(MX_ROOM) == "Granne 2: Jag ser det med"
    assert "Jag ser det med" not in fire.card(MX_ROOM).text
    await fire.taps(fia, "Ja, det är okej")

    assert "↳ Granne 2 13:00: Jag ser det med" in fire.card(MX_ROOM).text
    assert fire.texts(MX_ROOM).count("Granne 2: Jag ser det med") == 1


async def test_no_to_consent_drops_the_update_alone(fire):
    """What was said in the room stays said."""
    fia = fire.newcomer("Fia")
    await fire.writes(fia, TG_ROOM, "Jag ser det med", reply_to=fire.card(TG_ROOM).ref)
    await fire.taps(fia, "Nej tack")

    assert "Jag ser det med" not in fire.card(MX_ROOM).text
    assert fire.last(MX_ROOM) == "Granne 2: Jag ser det med"


@pytest.mark.parametrize(
    ("before", "after"),
    [("/rde rök ur ett fönster", "/rod rök ur ett fönster"), ("vad händer?", "🔴 det brinner")],
    ids=["mistyped", "talk"],
)
async def test_line_that_is_made_a_report_is_filed(town, before, after):
    """Its card takes the place of the line, and of what was carried as talk."""
    line = await town.writes(ANNA, TG_ROOM, before)
    await town.edits(ANNA, line, after)

    for room in (TG_ROOM, MX_ROOM):
        (card,) = town.in_room(room)
        assert after[5:] in card.text
    assert town.telegram.redacted == [line]
    assert "är skickad" in town.last(ANNA)
    assert town.count_rows("relays") == 0


async def test_line_that_waits_for_a_yes_becomes_one_report(town):
    """An edit changes what waits; it is not filed beside it."""
    new = town.newcomer("Nya")
    line = await town.writes(new, TG_ROOM, "/gul glas på marken")
    await town.edits(new, line, "/gul glas vid porten")
    await town.agrees(new)

    (card,) = town.cards(TG_ROOM)
    assert "glas vid porten" in card.text


async def test_nobody_makes_a_report_of_a_neighbours_line(town):
    """Some servers tell of changes whoever made them."""
    line = await town.writes(EVA, MX_ROOM, "vad händer?")
    await town.edits(town.newcomer("Mallory", platform=MX), line, "🔴 Eva har gjort det")
    unknown = town.new_ref(EVA, MX_ROOM)
    await town.edits(EVA, unknown, "🔴 brand")

    assert town.count_rows("reports") == 0


@pytest.mark.parametrize(
    "ending",
    [
        "UPDATE grants SET expires_at = '2026-11-21 11:00' WHERE organisation = 'polisen'",
        "UPDATE grants SET areas = '[\"gamla-stan\"]' WHERE organisation = 'polisen'",
    ],
    ids=["expired", "elsewhere"],
)
async def test_words_that_are_changed_after_the_role_bear_no_badge(town, ending):
    """A badge vouches for what was written while it held, and for nothing put in its place."""
    line = await town.writes(POLICE, MX_ROOM, "!gul Vi är på plats")
    before = town.card(TG_ROOM).text
    town.changes_rows(ending)
    await town.edits(POLICE, line, "!gul Lämna era hus och lås inte")

    assert "✔" in before
    assert "Lämna era hus" in town.card(TG_ROOM).text
    assert "✔" not in town.card(TG_ROOM).text
