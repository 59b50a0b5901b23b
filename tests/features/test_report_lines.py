"""The line that a report was told in: the card takes its place, and its edits go on."""

import pytest

from tests.town import (
    ANNA,
    BO,
    DESK,
    EVA,
    MX_ROOM,
    POLICE,
    TG_ROOM,
)


async def test_card_takes_the_place_of_the_line_where_the_bot_may_delete(town):
    """On Telegram the line goes, be it a command or a tag, and the card stands by itself."""
    command = await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")
    tagged = await town.writes(ANNA, TG_ROOM, "🟡 glas på marken")

    assert town.telegram.redacted == [command, tagged]
    assert [card.message.reply_to for card in town.cards(TG_ROOM)] == [None, None]


async def test_card_answers_the_line_where_the_bot_may_not_delete(town):
    """On Matrix the line stays, and the card answers it in that room alone."""
    line = await town.writes(EVA, MX_ROOM, "!rod rök ur ett fönster")

    assert town.matrix.redacted == []
    assert town.card(MX_ROOM).message.reply_to == line
    assert town.card(TG_ROOM).message.reply_to is None


async def test_line_is_not_carried_beside_its_card(town):
    """What became a report is told once."""
    await town.writes(EVA, MX_ROOM, "🔴 rök ur ett fönster")

    assert len(town.in_room(TG_ROOM)) == 1


async def test_editing_the_line_edits_the_report(town):
    """Every card changes in place; nobody is rung again."""
    await town.writes(BO, None, "/bevaka albyberget")
    line = await town.writes(EVA, MX_ROOM, "!rod rök ur fönster på tvåan")
    await town.edits(EVA, line, "!rod rök ur fönster på trean")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "rök ur fönster på trean" in town.card(reader).text
        assert len(town.cards(reader)) == 1


async def test_editing_the_line_without_its_tag_changes_the_words_alone(town):
    """The priority stays if the new line does not say another."""
    line = await town.writes(EVA, MX_ROOM, "!gul glas på marken")
    await town.edits(EVA, line, "glas på marken vid bussen")

    assert town.card(TG_ROOM).text.startswith("🟡")
    assert "glas på marken vid bussen" in town.card(TG_ROOM).text


async def test_editing_the_line_to_red_rings_again(town):
    """A new message with sound is sent when priority rises, as an answer to the card."""
    await town.writes(BO, None, "/bevaka albyberget")
    line = await town.writes(EVA, MX_ROOM, "!gul rök ur fönster")
    await town.edits(EVA, line, "!rod rök ur fönster")

    card = town.card(BO)
    assert card.text.startswith("🔴")
    assert town.told(BO)[-1].message.reply_to == card.ref
    assert "är nu mer bråttom" in town.last(BO)


@pytest.mark.parametrize(
    ("edit", "answer"),
    [
        ("!rod 🔥🔥🔥", "Skriv med några ord vad som händer"),
        ("!rod " + "x" * 2001, "Det blev 2\xa0001 tecken och 2\xa0000 får plats"),
    ],
    ids=["no-words", "too-long"],
)
async def test_edit_that_says_nothing_usable_is_refused(town, edit, answer):
    """The card stays as it was, and the author is told why."""
    line = await town.writes(EVA, MX_ROOM, "!rod rök ur fönster")
    before = town.card(TG_ROOM).text
    await town.edits(EVA, line, edit)

    assert answer in town.last(EVA)
    assert town.card(TG_ROOM).text == before


async def test_editing_the_line_of_an_ended_report_is_refused(town):
    """What is over stays as it was read."""
    line = await town.writes(EVA, MX_ROOM, "!rod rök ur fönster")
    await town.taps(EVA, "Det är löst")
    before = town.card(TG_ROOM).text
    await town.edits(EVA, line, "!rod det brinner")

    assert "är redan avslutad" in town.last(EVA)
    assert town.card(TG_ROOM).text == before


async def test_nobody_else_edits_or_deletes_a_report_by_its_line(town):
    """Only the author; a moderator of the room is told where to turn."""
    line = await town.writes(EVA, MX_ROOM, "!rod rök ur fönster")
    before = town.card(TG_ROOM).text
    await town.edits(POLICE, line, "!rod ingenting")
    assert "Bara den som skrev" in town.last(POLICE)
    await town.deletes(POLICE, line)

    assert "kan dra tillbaka den" in town.last(POLICE)
    assert town.card(TG_ROOM).text == before


async def test_deleting_the_line_withdraws_the_report(town):
    """Its words go from every card; those who got it are told that it is nothing."""
    await town.writes(BO, None, "/bevaka albyberget")
    line = await town.writes(EVA, MX_ROOM, "!rod rök ur fönster")
    await town.deletes(EVA, line)
    await town.deletes(EVA, line)

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "rök" not in town.card(reader).text
        assert "↩ Tillbakadragen 13:00" in town.card(reader).text
        assert sum("är tillbakadragen" in text for text in town.texts(reader)) == 1


async def test_editing_a_private_red_line_edits_the_report(town):
    """The house number was wrong: every card changes, and the author is told so."""
    await town.writes(BO, None, "/bevaka albyberget")
    line = await town.writes(BO, None, "/rod det brinner på Albyvägen 10")
    await town.edits(BO, line, "/rod det brinner på Albyvägen 12")

    for reader in (TG_ROOM, MX_ROOM, DESK):
        assert "Albyvägen 12" in town.card(reader).text
        assert len(town.cards(reader)) == 1
    assert town.last(BO) == f"Klart. #{town.report_id()} är ändrad hos alla som har fått den."


async def test_deleting_a_private_red_line_withdraws_the_report(town):
    """Its words go from every card, and the receipt says so."""
    await town.writes(EVA, None, "!bevaka albyberget")
    line = await town.writes(EVA, None, "!rod det brinner på Albyvägen 10")
    await town.deletes(EVA, line)

    assert "Albyvägen" not in town.card(TG_ROOM).text
    assert "↩ Tillbakadragen 13:00" in town.card(TG_ROOM).text
    assert town.last(EVA).endswith("är tillbakadragen.")


async def test_where_a_private_line_stands_is_not_stored_in_clear(town):
    """A private chat is named after its account."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, "/rod det brinner")
    async with town.app.parts.database.read() as uow:
        report = await uow.reports.get(town.report_id())
    assert report.origin.room.room_id == "dm-2"

    assert town.rows("SELECT count(*) FROM reports WHERE origin_place LIKE '%dm-%'") == [(0,)]
