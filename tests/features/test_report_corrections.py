"""What becomes of a report once it is sent: undone, of another kind, of another priority."""

import pytest

from tests.features.test_verification import BADGE, shows_it_is_her
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DESK,
    EVA,
    MX_ROOM,
    POLICE,
    SHOPS,
    TG_ROOM,
    labels_of,
)


async def test_undo_within_a_minute_removes_every_copy(town):
    """As if it had never been sent: no card, no correction, nothing stored."""
    await town.writes(BO, None, "/bevaka albyberget")
    before, told = town.footprint(), town.texts(BO)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur fönster")
    await town.passes(seconds=59)
    await town.taps(ANNA, "Ångra")

    for reader in (TG_ROOM, MX_ROOM, DESK):
        assert town.seen(reader) == []
    assert town.texts(BO) == told
    assert town.footprint() == before
    assert town.last(ANNA).endswith("är borttagen överallt, som om den aldrig skickats.")


async def test_undo_after_a_minute_withdraws_before_all_eyes(town):
    """Who has read it must learn that it is nothing."""
    await town.writes(ANNA, TG_ROOM, "/rod rök ur fönster")
    await town.passes(seconds=61)
    await town.taps(ANNA, "Ångra")

    assert "↩ Tillbakadragen" in town.card(TG_ROOM).text
    assert "är tillbakadragen av den som skrev" in town.last(TG_ROOM)


async def test_author_changes_the_kind(town):
    """A wrong guess costs two presses, and rings nobody."""
    await town.writes(ANNA, TG_ROOM, "/rod Rök ur fönster")
    before = len(town.in_room(MX_ROOM))
    await town.taps(ANNA, "Ändra sort")
    assert not any("Försvunnen" in label for label in labels_of(town.told(ANNA)[-1]))
    await town.taps(ANNA, "Inbrott")

    assert "Inbrott · Albyberget" in town.card(MX_ROOM).text
    assert len(town.in_room(MX_ROOM)) == before


async def test_kind_set_afterwards_reaches_who_follows_it(town):
    """They are those whom it did not concern before; nobody else hears of it."""
    await town.writes(BO, None, "/bevaka albyberget brand")
    await town.writes(EVA, None, "!bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/gul något konstigt vid porten")
    before = town.cards(BO)
    told = len(town.told(EVA))
    await town.taps(ANNA, "Ändra sort")
    await town.taps(ANNA, "Brand")

    assert before == []
    assert "Brand · Albyberget" in town.card(BO).text
    assert len(town.told(EVA)) == told


async def test_kind_of_an_ended_report_stays(town):
    """The button for it may still be seen; it no longer works."""
    await town.writes(ANNA, TG_ROOM, "/rod Rök ur fönster")
    await town.taps(ANNA, "Ändra sort")
    kinds = town.told(ANNA)[-1]
    await town.writes(ANNA, None, "/klart")
    before = town.card(TG_ROOM).text
    await town.presses(ANNA, kinds, "Öppna igen")

    assert town.card(TG_ROOM).text != before


async def test_police_give_restricted_kinds(town):
    """Missing people and wanted vehicles are published by verified police alone."""
    await town.writes(POLICE, MX_ROOM, "!rod Pojke, 8 år, röd jacka, sågs senast vid skolan")
    await town.taps(POLICE, "Ändra sort")
    await shows_it_is_her(town)
    await town.taps(POLICE, "Försvunnen person")

    assert "Försvunnen person · Albyberget" in town.card(TG_ROOM).text
    assert f"— {BADGE}" in town.card(TG_ROOM).text


async def test_red_report_becomes_an_appeal_only_after_the_code(town):
    """Nobody shall read of a missing person as the word of "Neighbour 1"."""
    await town.writes(POLICE, MX_ROOM, "!rod Pojke, 8 år, röd jacka, sågs senast vid skolan")
    await town.taps(POLICE, "Ändra sort")
    await town.taps(POLICE, "Försvunnen person")
    unproved = town.card(TG_ROOM).text
    await shows_it_is_her(town)
    await town.taps(POLICE, "Försvunnen person")

    assert "Försvunnen person" not in unproved
    assert "Försvunnen person · Albyberget" in town.card(TG_ROOM).text
    assert f"— {BADGE}" in town.card(TG_ROOM).text


async def test_author_raises_the_priority_by_its_number(town):
    """`/rod #7K3` turns what is yellow red, and reaches those whom it did not concern before."""
    await town.writes(BO, None, "/bevaka albyberget gul")
    await town.writes(CILLA, None, "/bevaka albyberget röd")
    await town.writes(ANNA, TG_ROOM, "/gul rök ur fönster")
    assert town.cards(CILLA) == []
    await town.writes(ANNA, TG_ROOM, f"/rod #{town.report_id()}")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO, CILLA):
        assert [card.text[0] for card in town.cards(reader)] == ["🔴"]
    assert "är nu mer bråttom" in town.last(BO)
    assert town.told(CILLA)[-1] == town.card(CILLA)


async def test_priority_falls_without_a_sound(town):
    """Calm is not worth a ring."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur fönster")
    before = len(town.told(BO))
    await town.writes(ANNA, None, f"/gron #{town.report_id()}")

    assert town.card(BO).text.startswith("🟢")
    assert len(town.told(BO)) == before


async def test_verified_police_change_the_priority(town):
    """Verified roles: any."""
    await town.writes(ANNA, TG_ROOM, "/gul rök ur fönster")
    await town.writes(POLICE, None, f"!rod #{town.report_id()}")

    assert town.card(TG_ROOM).text.startswith("🔴")


@pytest.mark.parametrize("said", ["eld", "#eld", "7K3", "24B"])
async def test_words_are_words_even_where_they_could_be_a_number(town, said):
    """A fire is sent; only `#` before a letter and a figure means a report that is there."""
    await town.writes(BO, TG_ROOM, "/gul glas på marken")
    town.changes_rows(f"UPDATE reports SET id = '{said.strip('#').upper()}'")
    await town.writes(ANNA, TG_ROOM, f"/röd {said}")

    assert f"{said}\n— Granne" in town.card(MX_ROOM).text


@pytest.mark.parametrize("user", [EVA, POLICE], ids=["outsider", "police-of-another-place"])
async def test_number_of_a_locked_group_s_report_says_nothing_to_outsiders(town, user):
    """Whether there is such a report is the group's business; nothing is sent in its place."""
    await town.writes(BO, SHOPS, "/gul stöldliga i butiken")
    number, before = town.report_id(SHOPS), town.footprint()
    told = []
    for named in (number, "7K3" if number != "7K3" else "8K4"):
        await town.writes(user, None, f"!gul #{named}")
        told.append(town.last(user).replace(named, "X"))

    assert told == ["Jag hittar ingen rapport #X. Numret står överst på kortet."] * 2
    assert town.footprint() == before


async def test_no_number_is_a_word(town):
    """Each holds a letter and a figure, so that words can't be taken for one."""
    async with town.app.parts.database.read() as uow:
        made = [await uow.reports.free_id() for _ in range(200)]

    assert not any(number.isalpha() or number.isdecimal() for number in made)


async def test_neighbour_may_not_change_the_priority(town):
    """Others add what they know instead."""
    await town.writes(ANNA, TG_ROOM, "/gul rök ur fönster")
    before = town.card(TG_ROOM).text, town.footprint()
    await town.writes(BO, TG_ROOM, f"/rod #{town.report_id()}")

    assert "Bara den som skrev" in town.last(BO)
    assert "Svara på kortet" in town.last(BO)
    assert (town.card(TG_ROOM).text, town.footprint()) == before
