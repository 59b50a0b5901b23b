"""Reports that tell of the same thing: linked by those who may, never merged, and let go again."""

import json
from datetime import timedelta

import pytest

from bot.bridges.memory import Shown
from bot.domain.messages import RoomRef, UserRef
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DESK,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG_ROOM,
    Town,
    id_on,
    labels_of,
    news_on,
)

SMOKE, FLAMES = "rök ur ett fönster", "det brinner i ett fönster"


async def eva_sees_it(town: Town, line: str = f"!rod {FLAMES}") -> tuple[str, str]:
    """Eva reports the fire again; return the ids of Anna's report and of hers."""
    root = town.report_id()
    town.clock.at = town.clock.at.replace(minute=5)
    await town.writes(EVA, MX_ROOM, line)
    return root, town.report_id()


def card_of(town: Town, report: str, where: RoomRef | UserRef = TG_ROOM) -> Shown:
    """The card of one report, as somebody or a room sees it."""
    return next(card for card in town.cards(where) if id_on(card) == report)


def links(town: Town) -> dict[str, str]:
    """Which report is the same as which."""
    return dict(town.rows("SELECT id, duplicate_of FROM reports WHERE duplicate_of IS NOT NULL"))


async def test_receipt_of_a_line_in_a_group_offers_the_link(fire):
    """Red is sent at once; what it may be the same as is asked in private, after it."""
    root, twin = await eva_sees_it(fire)
    assert links(fire) == {}
    assert f"Samma som #{root}? Länka" in labels_of(fire.told(EVA)[-1])
    await fire.taps(EVA, "Länka")

    assert links(fire) == {twin: root}
    assert fire.last(EVA).startswith(f"#{twin} är nu samma sak som #{root}.")


async def test_duplicate_alerts_nobody_who_has_its_root(fire):
    """What waits of it is let go; once it stands alone again it is news again."""
    await fire.writes(BO, None, "/paus 7d")
    _, twin = await eva_sees_it(fire)
    waits = f"SELECT count(*) FROM held_alerts WHERE subject_id = '{twin}'"
    assert fire.rows(waits) == [(1,)]
    await fire.taps(EVA, "Länka")
    assert fire.count_rows("held_alerts") == 0
    await fire.taps(EVA, "Inte samma sak")

    assert fire.rows(waits) == [(1,)]


async def test_duplicate_that_is_more_urgent_alerts_all_the_same(town):
    """Who has heard of smoke hears that it burns."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/gul rök ur ett fönster")
    await town.writes(BO, None, "/paus 7d")
    await eva_sees_it(town)
    await town.taps(EVA, "Länka")

    assert town.count_rows("held_alerts") == 1


async def test_duplicate_keeps_its_words_and_says_what_it_is_the_same_as(fire):
    """Linked, never destroyed."""
    root, twin = await eva_sees_it(fire)
    before = card_of(fire, twin).text.splitlines()
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")

    after = card_of(fire, twin).text.splitlines()
    assert after[:-2] == before[:-1]
    assert after[-2] == f"↔ Samma sak som #{root} · Albyberget · 13:00"
    assert after[-1].startswith(before[-1])
    assert FLAMES in card_of(fire, twin, DESK).text


async def test_who_got_the_duplicate_is_told_once_in_its_thread(fire):
    """In silence: it is not over, it goes on under another number."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(OWNER, None, f"/dubblett {twin} {root}")

    news = f"#{twin} är samma sak som #{root}. Det som händer med #{root} får du veta här."
    for reader in (TG_ROOM, MX_ROOM, DESK, BO, POLICE):
        assert news_on(card_of(fire, twin, reader), fire.seen(reader)) == [news]
        assert news_on(card_of(fire, root, reader), fire.seen(reader)) == []
    assert fire.told(BO)[-1].message.silent


async def test_later_news_reach_those_who_got_only_the_duplicate(fire):
    """Everybody hears it once, and nobody gets a second card of what they have."""
    await fire.writes(CILLA, None, "/bevaka albyberget")
    root, twin = await eva_sees_it(fire)
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")
    assert [id_on(card) for card in fire.cards(CILLA)] == [twin]
    await fire.writes(ANNA, None, f"/resolve {root}")

    news = f"Uppdatering av #{root}: det är löst. Tack till er som höll ögonen öppna."
    for reader in (TG_ROOM, MX_ROOM, DESK, BO, POLICE, CILLA):
        assert fire.texts(reader).count(news) == 1
    assert news_on(card_of(fire, twin, CILLA), fire.told(CILLA))[-1] == news
    assert [id_on(card) for card in fire.cards(BO)] == [root, twin]
    assert f"Samma sak som #{root} · Albyberget · 13:00 · löst 13:05" in fire.card(CILLA).text
    assert labels_of(fire.card(CILLA)) == []


async def test_people_are_counted_once_over_all_that_is_linked(fire):
    """Marks and authors; whoever wrote the root is no witness of it."""
    root, twin = await eva_sees_it(fire)
    await fire.presses(BO, card_of(fire, root, BO), "Sett")
    await fire.presses(BO, card_of(fire, twin, BO), "Sett")
    await fire.presses(POLICE, card_of(fire, twin, POLICE), "Sett")
    await fire.presses(ANNA, card_of(fire, twin), "Ser det också")
    await fire.presses(EVA, card_of(fire, root, MX_ROOM), "Ser det också")
    await fire.passes(seconds=2)
    assert "1 ser det också" in card_of(fire, root).text
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")

    for report in (root, twin):
        assert "sett av 2 · 1 ser det också" in card_of(fire, report).text


async def test_enough_people_over_all_that_is_linked_confirm_the_root(fire):
    """Two independent others, whichever report they wrote on; undone, it is as it was."""
    root, twin = await eva_sees_it(fire)
    await fire.presses(BO, card_of(fire, root, BO), "Ser det också")
    await fire.passes(seconds=2)
    before = card_of(fire, root).text, card_of(fire, twin).text
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    assert "✔ Bekräftad" in card_of(fire, root).text
    await fire.taps(POLICE, "Inte samma sak")

    assert (card_of(fire, root).text, card_of(fire, twin).text) == before


async def test_undo_restores_state_and_counts(fire):
    """A confirmed report is confirmed again, with its own buttons."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(POLICE, None, f"!confirm {twin}")
    await fire.presses(BO, card_of(fire, twin, BO), "112 ringt")
    await fire.passes(seconds=2)
    before = [(c.text, labels_of(c)) for c in fire.cards(TG_ROOM)]
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    assert [(c.text, labels_of(c)) for c in fire.cards(TG_ROOM)] != before
    await fire.taps(POLICE, "Inte samma sak")

    assert [(c.text, labels_of(c)) for c in fire.cards(TG_ROOM)] == before
    assert links(fire) == {}
    assert (
        fire.last(POLICE) == f"#{twin} är inte längre samma sak som #{root}. Den är som den var."
    )
    assert f"#{twin} är inte samma sak som #{root}. Den gäller för sig själv igen." in fire.texts(
        BO
    )


async def test_author_lets_go_of_what_others_linked(fire):
    """On the receipt, for whoever was there knows best."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")
    assert fire.last(EVA).startswith(f"Din rapport #{twin} är samma sak som #{root}.")
    await fire.taps(EVA, "Inte samma sak")

    assert links(fire) == {}


async def test_linked_report_named_alone_shows_the_way_back(fire):
    """`/duplicate 7K3` is enough."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")
    await fire.writes(OWNER, None, f"/duplicate {twin}")
    assert fire.last(OWNER) == f"#{twin} är samma sak som #{root}."
    await fire.taps(OWNER, "Inte samma sak")

    assert links(fire) == {}


async def test_report_named_alone_shows_what_it_may_be_the_same_as(fire):
    """A moderator need not remember numbers."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(OWNER, None, f"/dubblett {twin}")
    assert fire.last(OWNER) == (
        f"#{twin} kan vara samma sak som den här:\n🔴 #{root} Brand · Albyberget · 13:00"
    )
    await fire.taps(OWNER, f"Samma som #{root}")

    assert links(fire) == {twin: root}


async def test_card_that_is_answered_is_the_duplicate(fire):
    """Only the other one's number is needed."""
    root, twin = await eva_sees_it(fire)
    card = card_of(fire, twin, MX_ROOM)
    await fire.writes(POLICE, MX_ROOM, f"!duplicate {root}", reply_to=card.ref)

    assert links(fire) == {twin: root}


async def test_neighbour_may_not_link_what_others_wrote(fire):
    """It is refused, nothing changes, and the answer says what to do instead."""
    root, twin = await eva_sees_it(fire)
    before = fire.footprint(), fire.texts(TG_ROOM), fire.texts(ANNA), fire.texts(EVA)
    await fire.writes(BO, None, f"/duplicate {twin} {root}")

    assert fire.last(BO).endswith("Ser du samma sak? Tryck ➕ på kortet.")
    assert links(fire) == {}
    assert (fire.footprint(), fire.texts(TG_ROOM), fire.texts(ANNA), fire.texts(EVA)) == before


async def test_author_of_the_root_may_not_draw_others_to_it(fire):
    """One's own report may be linked to another's, not the other way."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(ANNA, None, f"/duplicate {twin} {root}")
    assert links(fire) == {}
    await fire.writes(ANNA, None, f"/duplicate {root} {twin}")

    assert links(fire) == {root: twin}


async def test_links_lead_to_the_root(fire):
    """C is the same as B, and B the same as A: C is the same as A, and no ring is made."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(BO, TG_ROOM, "/rod lågor på balkongen")
    third = fire.report_id()
    await fire.writes(OWNER, None, f"/duplicate {third} {twin}")
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")

    assert links(fire) == {third: twin, twin: root}
    for report in (twin, third):
        assert f"Samma sak som #{root}" in card_of(fire, report).text
    assert "✔ Bekräftad" in card_of(fire, root).text
    assert "2 ser det också" in card_of(fire, root).text
    for other in (twin, third):
        await fire.writes(OWNER, None, f"/duplicate {root} {other}")
        assert fire.last(OWNER) == f"#{root} och #{other} är redan samma sak."
    await fire.writes(OWNER, None, f"/duplicate {root} {root}")
    assert fire.last(OWNER).startswith(f"#{root} är en och samma rapport.")
    await fire.writes(OWNER, None, f"/duplicate {third} {root}")
    assert fire.last(OWNER).startswith(f"#{third} är redan samma sak som #{twin}.")
    assert links(fire) == {third: twin, twin: root}


async def test_two_who_link_at_once_make_no_ring(fire):
    """Each the other way round; the second is told."""
    root, twin = await eva_sees_it(fire)
    with fire.bot_busy():
        await fire.writes(OWNER, None, f"/duplicate {twin} {root}")
        await fire.writes(POLICE, None, f"!duplicate {root} {twin}")
    await fire.settle()

    assert len(links(fire)) == 1
    said = {fire.last(OWNER), fire.last(POLICE)}
    assert any(text.endswith("är redan samma sak.") for text in said)


async def test_number_that_nobody_has_is_said(fire):
    """And so is a command without any."""
    root = fire.report_id()
    await fire.writes(OWNER, None, f"/duplicate {root} 9ZZ")
    assert fire.last(OWNER).startswith("Jag hittar ingen rapport #9ZZ.")
    await fire.writes(OWNER, None, "/dubblett")

    assert fire.last(OWNER).startswith("Skriv vilka som är samma sak")


async def test_what_a_locked_group_knows_is_linked_to_nothing_outside(fire):
    """Other readers: a link would tell each of the other."""
    root = fire.report_id()
    await fire.writes(CILLA, SHOPS, f"/rod {SMOKE}")
    locked = fire.report_id(SHOPS)
    for pair in (f"{locked} {root}", f"{root} {locked}"):
        await fire.writes(OWNER, None, f"/duplicate {pair}")
        assert "olika läsare" in fire.last(OWNER)
    await fire.writes(EVA, None, f"!duplicate {root} {locked}")

    assert fire.last(EVA).startswith(f"Jag hittar ingen rapport #{locked}.")
    assert links(fire) == {}


async def test_report_is_linked_to_one_that_is_resolved(fire):
    """Whoever was told of it learns that it is over; what its author took back gets no more."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(ANNA, None, f"/resolve {root}")
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")
    assert f"Samma sak som #{root} · Albyberget · 13:00 · löst 13:05" in card_of(fire, twin).text
    await fire.taps(OWNER, "Inte samma sak")
    await fire.writes(ANNA, None, f"/withdraw {root}")
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")

    assert links(fire) == {}


@pytest.mark.parametrize("way", ["withdraw", "forget", "hide"])
async def test_oldest_duplicate_stands_when_the_root_is_gone(fire, way):
    """It is a report of its own again, and the others are the same as it."""
    root, twin = await eva_sees_it(fire)
    fire.clock.at += timedelta(minutes=1)
    await fire.writes(BO, TG_ROOM, "/rod lågor på balkongen")
    third = fire.report_id()
    for report in (third, twin):
        await fire.writes(POLICE, None, f"!duplicate {report} {root}")
    match way:
        case "withdraw":
            await fire.writes(ANNA, None, f"/withdraw {root}")
        case "hide":
            await fire.presses(BO, card_of(fire, root, BO), "Flagga")
            await fire.taps(OWNER, "Dölj")
        case _:
            await fire.writes(ANNA, None, "/forget")
            await fire.taps(ANNA, "Ja")

    assert links(fire) == {third: twin}
    assert "Samma sak" not in card_of(fire, twin).text
    assert "1 ser det också" in card_of(fire, twin).text
    assert f"Samma sak som #{twin} · Albyberget · 13:05" in card_of(fire, third).text
    assert labels_of(card_of(fire, twin))[0] == "👁 Sett"
    assert (
        fire.texts(BO).count(
            f"#{twin} är inte samma sak som #{root}. Den gäller för sig själv igen."
        )
        == 1
    )


async def test_duplicate_that_ended_long_ago_stays_ended(fire):
    """When the root goes after the two days in which things open again."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    await fire.passes(hours=50)
    await fire.writes(ANNA, None, "/forget")
    await fire.taps(ANNA, "Ja")

    assert links(fire) == {}
    assert "Samma sak som en annan rapport" in card_of(fire, twin).text


async def test_duplicates_stay_with_a_root_that_runs_out(fire):
    """It is over for all of them."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    await fire.passes(hours=7)

    assert links(fire) == {twin: root}
    assert " · avslutad " in card_of(fire, twin).text
    assert labels_of(card_of(fire, twin)) == []


async def test_duplicate_in_the_middle_that_goes_hands_its_own_on(fire):
    """Those that were the same as it are the same as what that was."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(BO, TG_ROOM, "/rod lågor på balkongen")
    third = fire.report_id()
    await fire.writes(POLICE, None, f"!duplicate {third} {twin}")
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    assert "2 ser det också" in card_of(fire, root).text
    await fire.writes(EVA, None, f"!withdraw {twin}")

    assert links(fire) == {third: root}
    assert "1 ser det också" in card_of(fire, root).text
    assert "↩ Tillbakadragen" in card_of(fire, twin).text
    assert FLAMES not in card_of(fire, twin).text


async def test_forgotten_author_is_counted_no_more(fire):
    """Their report goes, and with it their voice."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    assert "1 ser det också" in card_of(fire, root).text
    await fire.writes(EVA, None, "!forget")
    await fire.taps(EVA, "Ja")

    assert "ser det också" not in card_of(fire, root).text
    assert links(fire) == {}


async def test_buttons_on_a_duplicate_count_where_it_leads(fire):
    """Who has only that card can say what they see, and what they know."""
    await fire.writes(CILLA, None, "/bevaka albyberget")
    root, twin = await eva_sees_it(fire)
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")
    await fire.presses(CILLA, fire.card(CILLA), "Ser det också")
    await fire.passes(seconds=2)
    await fire.writes(CILLA, None, "det är på tredje våningen", reply_to=fire.card(CILLA).ref)

    assert "2 ser det också" in card_of(fire, root).text
    assert "2 ser det också" in fire.card(CILLA).text
    for report in (root, twin):
        assert "det är på tredje våningen" in card_of(fire, report).text


async def test_update_of_a_duplicate_is_told_of_where_it_went(fire):
    """One place for all that comes after."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    await fire.writes(POLICE, None, f"!update {twin} brandkåren är här")

    assert fire.last(POLICE) == f"Tack! Det står nu på kortet #{root}."


async def test_flag_on_a_duplicate_is_about_its_words(fire):
    """Not about the report that it is the same as, which others wrote."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    await fire.presses(BO, card_of(fire, twin, BO), "Flagga")
    assert FLAMES in fire.last(OWNER)
    assert f"#{twin}" in fire.last(BO)
    await fire.taps(OWNER, "Dölj")

    assert "Borttagen av en moderator" in card_of(fire, twin).text
    assert SMOKE in card_of(fire, root).text
    assert "ser det också" not in card_of(fire, root).text


async def test_author_withdraws_a_duplicate_from_the_receipt(fire):
    """It is still theirs."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(OWNER, None, f"/duplicate {twin} {root}")
    await fire.taps(EVA, "Dra tillbaka")

    assert "↩ Tillbakadragen" in card_of(fire, twin).text
    assert links(fire) == {}


@pytest.mark.parametrize("linker", [POLICE, OWNER, EVA], ids=["may raise", "moderator", "author"])
async def test_red_stays_red(town, linker):
    """What was more urgent is offered to whoever may raise it; else the author is asked."""
    await town.writes(ANNA, TG_ROOM, f"/gul {SMOKE}")
    root = town.report_id()
    await town.writes(EVA, MX_ROOM, f"!rod {FLAMES}")
    twin = town.report_id()
    await town.writes(
        linker,
        None,
        f"!duplicate {twin} {root}" if linker != OWNER else f"/duplicate {twin} {root}",
    )
    raiser = POLICE if linker is POLICE else ANNA
    assert f"#{twin} var mer bråttom" in town.last(linker)
    await town.taps(raiser, f"Höj #{root}")

    assert card_of(town, root).text.startswith(f"🔴 #{root}")
    assert f"🔴 #{root} är nu mer bråttom. Läs kortet igen." in town.texts(TG_ROOM)


async def test_line_of_a_duplicate_that_is_removed_withdraws_it(fire):
    """What somebody takes away is taken away, linked or not."""
    root = fire.report_id()
    line = await fire.writes(EVA, MX_ROOM, f"!rod {FLAMES}")
    twin = fire.report_id()
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    await fire.deletes(EVA, line)

    assert "↩ Tillbakadragen" in card_of(fire, twin).text
    assert links(fire) == {}


async def test_export_says_what_one_s_report_is_the_same_as(fire):
    """Part of what is held."""
    root, twin = await eva_sees_it(fire)
    await fire.writes(POLICE, None, f"!duplicate {twin} {root}")
    await fire.writes(EVA, None, "!export")
    file = fire.told(EVA)[-1].message.media[0]
    held = json.loads(await fire.app.parts.media.read(file.id) or b"")

    assert [report["same_as"] for report in held["reports"]] == [root]


async def test_root_that_is_undone_at_once_leaves_its_duplicate(town):
    """Undo within a minute erases it as if it had never been; what others wrote stays."""
    await town.writes(ANNA, TG_ROOM, f"/rod {SMOKE}")
    root = town.report_id()
    await town.writes(EVA, MX_ROOM, f"!rod {FLAMES}")
    twin = town.report_id()
    before = card_of(town, twin).text
    await town.taps(EVA, "Länka")
    assert links(town) == {twin: root}
    await town.taps(ANNA, "Ångra")

    assert links(town) == {}
    assert [card.text for card in town.cards(TG_ROOM)] == [before]
