"""Filing a report: one line, and the right people have it."""

import re
from dataclasses import replace

import pytest

from bot.domain.consent import Purpose
from bot.domain.groups import Access, Reach
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import RoomRef
from bot.domain.richtext import RichText, Style, Styled, Text, rich
from tests.features.test_verification import BADGE, shows_it_is_her
from tests.town import (
    ANNA,
    AREAS,
    BO,
    CILLA,
    DAVID,
    DESK,
    EVA,
    IN_ALBYBERGET,
    MX_ROOM,
    POLICE,
    SHOPS,
    TG,
    TG_ROOM,
    Town,
    alby,
    labels_of,
    police,
    shops,
)


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("/red rök ur ett fönster", "🔴"),
        ("/rod rök ur ett fönster", "🔴"),
        ("/röd rök ur ett fönster", "🔴"),
        ("/ROD rök ur ett fönster", "🔴"),
        ("/red@grannbro_bot rök ur ett fönster", "🔴"),
        ("🔴 rök ur ett fönster", "🔴"),
        ("🔴rök ur ett fönster", "🔴"),
        ("RÖD: rök ur ett fönster", "🔴"),
        ("RED: rök ur ett fönster", "🔴"),
        ("röd : rök ur ett fönster", "🔴"),
        ("/yellow rök ur ett fönster", "🟡"),
        ("/gul rök ur ett fönster", "🟡"),
        ("🟡 rök ur ett fönster", "🟡"),
        ("GUL: rök ur ett fönster", "🟡"),
        ("Yellow: rök ur ett fönster", "🟡"),
        ("/green rök ur ett fönster", "🟢"),
        ("/gron rök ur ett fönster", "🟢"),
        ("🟢 rök ur ett fönster", "🟢"),
        ("grön: rök ur ett fönster", "🟢"),
    ],
)
async def test_one_tagged_line_in_a_group_is_a_report(town, line, sign):
    """One line, anywhere: a command, a sign or a word with a colon."""
    await town.writes(ANNA, SHOPS, line)

    card = town.card(SHOPS).text
    assert card.startswith(f"{sign} #")
    assert "\nrök ur ett fönster\n" in card


async def test_matrix_takes_its_own_command_sign(town):
    """Telegram takes `/x`; Matrix `!x`, and `/x` where the client lets it through."""
    await town.writes(EVA, MX_ROOM, "!rod rök ur ett fönster")
    await town.writes(EVA, MX_ROOM, "/gul glas på marken")
    await town.writes(ANNA, TG_ROOM, "!rod här händer inget")

    assert [card.text[0] for card in town.cards(TG_ROOM)] == ["🔴", "🟡"]
    assert [card.text[0] for card in town.cards(MX_ROOM)] == ["🔴", "🟡"]


async def test_red_line_reaches_rooms_followers_and_desk(town):
    """The right people have it a moment later, each once."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/rod Inbrott pågår på Albyvägen 3")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "Inbrott pågår på Albyvägen 3" in town.card(reader).text
    assert town.in_room(SHOPS) == []


async def test_card_says_what_where_when_and_who(town):
    """`🔴 #7K3 Theft ring · Gamla stan · 14:32`, text, who."""
    await town.writes(ANNA, SHOPS, "/rod Stöldliga tömmer parfymhyllan, stora väskor")
    card = town.card(SHOPS)

    number = town.report_id(SHOPS)
    assert card.text == (
        f"🔴 #{number} Stöldliga · Gamla stan · 13:00\n"
        "Pågår det nu? Ring 112 först.\n"
        "Stöldliga tömmer parfymhyllan, stora väskor\n"
        "— Granne 1"
    )
    assert re.fullmatch("[23456789ABCDEFGHJKLMNPQRSTUVWXYZ]{3,6}", number)


async def test_card_has_its_buttons(town):
    """Seen, also here, 112 called, handled, flag; 112 on what is red alone."""
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")

    red, yellow = town.cards(TG_ROOM)
    assert labels_of(red) == ["👁 Sett", "➕ Ser det också", "☎️ 112 ringt", "✅ Klart", "⚑ Flagga"]
    assert labels_of(yellow) == ["👁 Sett", "➕ Ser det också", "✅ Klart", "⚑ Flagga"]


@pytest.mark.parametrize(
    ("line", "calls"),
    [("/rod rök", True), ("/gul rök", False), ("/gron rök", False)],
    ids=["red", "yellow", "green"],
)
async def test_red_card_alone_says_to_call_112_first(town, line, calls):
    """Every red report says it before the text, so that nobody writes instead of calling."""
    await town.writes(ANNA, SHOPS, line)

    assert ("Ring 112 först" in town.card(SHOPS).text) is calls


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Stöldliga i butiken", "Stöldliga"),
        ("Någon har stulit min cykel", "Stöld"),
        ("Inbrott på trean", "Inbrott"),
        ("Busskuren är sönderslagen", "Skadegörelse"),
        ("Nytt klotter på skolan", "Klotter"),
        ("Slagsmål på torget", "Våld"),
        ("En man hotar personalen", "Hot"),
        ("Två som rycker i dörrar", "Misstänkt"),
        ("Det brinner i en container", "Brand"),
        ("Krock vid rondellen", "Trafik"),
        ("Gatlyktan är trasig", "Trygghet i miljön"),
        ("Borttappat: en blå vante", "Borttappat och upphittat"),
        ("Vattnet är borta", "Händelse"),
    ],
)
async def test_words_tell_the_kind(town, text, kind):
    """The bot guesses the kind so that nobody has to choose; "event" if the words don't tell."""
    await town.writes(ANNA, SHOPS, f"/gul {text}")

    assert f"{kind} · Gamla stan" in town.card(SHOPS).text


async def test_green_without_a_kind_is_information(town):
    """Green is information."""
    await town.writes(ANNA, TG_ROOM, "/gron Städdag på lördag klockan tio")

    assert "Information · Albyberget · 21 nov. 13:00" in town.card(TG_ROOM).text


async def test_formatting_stands_on_the_card(town):
    """What was bold stays bold."""
    said = RichText((Text("/gul "), Styled(Style.BOLD, (Text("glas"),)), Text(" på marken")))
    await town.writes(ANNA, TG_ROOM, said)

    assert Styled(Style.BOLD, (Text("glas"),)) in town.card(MX_ROOM).message.text.nodes


async def test_red_and_yellow_are_heard_and_green_is_not(town):
    """Red is the only thing that may look urgent; green never rings."""
    for line in ("/rod rök", "/gul glas", "/gron städdag"):
        await town.writes(ANNA, SHOPS, line)

    assert [card.message.silent for card in town.cards(SHOPS)] == [False, False, True]


async def test_author_gets_a_receipt_and_no_card_of_their_own(town):
    """Nobody gets their own report; the receipt says who got it and under what name."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(BO, None, "/bevaka botkyrka")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert town.cards(ANNA) == []
    assert town.last(ANNA) == (
        f"🔴 #{town.report_id()} är skickad. Den går till Alby grannar, 1 som bevakar "
        "Albyberget och Polisen. Du visas som Granne 1."
    )
    assert labels_of(town.told(ANNA)[-1]) == [
        "Ångra", "Det är löst", "Ändra sort", "Ändra plats"
    ]  # fmt: skip


async def test_receipt_counts_the_people_of_the_group_where_that_is_known(town):
    """It says what it knows, and no number where it knows none."""
    async with town.app.parts.database.write() as uow:
        await uow.groups.note_member_count(TG_ROOM, 40)
        await uow.groups.note_member_count(MX_ROOM, 3)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert "Den går till Alby grannar (43 personer), de som bevakar" in town.last(ANNA)


async def test_person_without_a_subscription_is_left_alone(town):
    """What nobody asked for does not come."""
    before = town.texts(EVA)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert town.texts(EVA) == before


async def test_follower_of_two_areas_gets_it_once(town):
    """Nobody gets the same report twice."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(BO, None, "/bevaka botkyrka")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert len(town.cards(BO)) == 1


@pytest.mark.parametrize(
    ("least", "got"),
    [("red", ["🔴"]), ("yellow", ["🔴", "🟡"]), ("green", ["🔴", "🟡", "🟢"])],
)
async def test_follower_gets_what_is_urgent_enough(town, least, got):
    """An area, from a least priority upwards."""
    await town.writes(BO, None, f"/subscribe albyberget {least}")
    for line in ("/rod rök", "/gul glas", "/gron städdag"):
        await town.writes(ANNA, TG_ROOM, line)

    assert [card.text[0] for card in town.cards(BO)] == got


async def test_desk_gets_what_asks_for_attention(town):
    """Police read yellow and red of their area, not every lost glove, and not other towns."""
    await town.writes(ANNA, TG_ROOM, "/gron städdag")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")

    assert [card.text[0] for card in town.cards(DESK)] == ["🟡"]


@pytest.mark.parametrize(
    ("access", "reach", "heard"),
    [
        (Access.OPEN, Reach.AREA, True),
        (Access.OPEN, Reach.GROUP, False),
        (Access.LOCKED, Reach.AREA, True),
        (Access.LOCKED, Reach.GROUP, False),
    ],
)
async def test_group_decides_how_far_its_reports_reach(open_town, access, reach, heard):
    """The setting `reports_reach` says who else: the group alone, or the area's followers too."""
    group = alby(access=access, reports_reach=reach)
    town = await open_town(groups=(group, shops()))
    await town.agrees(ANNA, BO)
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert bool(town.cards(BO)) is heard
    assert bool(town.cards(DESK)) is heard
    assert len(town.cards(TG_ROOM)) == len(town.cards(MX_ROOM)) == 1
    assert ("bevakar" in town.last(ANNA)) is heard


async def test_locked_group_keeps_its_reports(town):
    """The other shops are warned, and nobody else."""
    await town.writes(BO, None, "/bevaka gamla stan alla")
    await town.writes(ANNA, SHOPS, "/rod stöldliga i butiken")

    assert "stöldliga i butiken" in town.card(SHOPS).text
    assert town.cards(BO) == []
    assert "Den går till Butikerna i Gamla stan. Du visas" in town.last(ANNA)


async def test_red_line_in_private_goes_at_once_to_the_one_area_followed(town):
    """A red line waits for nothing when its place is known; it is public there."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/rod rök ur ett fönster")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "rök ur ett fönster" in town.card(reader).text
    assert "Den går till grupperna i Albyberget, 1 som bevakar" in town.last(ANNA)


async def test_private_report_is_not_shown_in_a_locked_group(town):
    """Public in the area means the open groups; a locked one hears its own people alone."""
    await town.writes(BO, None, "/bevaka gamla stan")
    await town.writes(ANNA, None, "/bevaka gamla stan")
    await town.writes(ANNA, None, "/rod rök ur ett fönster")

    assert town.in_room(SHOPS) == []
    assert len(town.cards(BO)) == 1
    assert "Den går till 1 som bevakar Gamla stan. Du visas" in town.last(ANNA)


async def test_red_line_in_private_goes_at_once_from_a_shared_place(town):
    """Where somebody is counts more than what somebody follows."""
    await town.writes(ANNA, None, "/bevaka gamla stan")
    await _allow(town, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, "/rod rök ur ett fönster")

    assert "rök ur ett fönster" in town.card(TG_ROOM).text


async def test_shared_place_is_forgotten_after_two_hours(town):
    """Where somebody was does not tell where something happens."""
    await _allow(town, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.passes(hours=2)
    await town.writes(ANNA, None, "/rod rök ur ett fönster")

    assert town.cards(TG_ROOM) == []
    assert town.last(ANNA).startswith("Var händer det?")


async def test_red_line_in_private_without_a_place_asks_where(town):
    """With two areas followed the bot does not guess."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/bevaka gamla stan")
    await town.writes(ANNA, None, "/rod det brinner i en container")

    assert town.cards(TG_ROOM) == []
    assert town.last(ANNA).startswith("Var händer det?")
    assert {"Albyberget", "Gamla stan"} <= set(labels_of(town.told(ANNA)[-1]))


async def test_area_that_has_left_the_map_is_asked_for(town):
    """A change of the configuration must not swallow a fire."""
    await town.writes(BO, None, "/bevaka fittja")
    town.changes_rows("UPDATE subscriptions SET followed = 'area:bortflyttad'")
    await town.writes(BO, None, "/rod det brinner här")
    assert town.last(BO).startswith("Var händer det?")
    assert labels_of(town.told(BO)[-1]) == ["Avbryt"]
    await town.writes(BO, None, "Albyberget")
    await town.taps(BO, "Skicka")

    assert "\ndet brinner här\n" in town.card(TG_ROOM).text


@pytest.mark.parametrize("line", ["/gul krossat glas", "/gron klippa häcken"])
async def test_yellow_and_green_in_private_are_shown_before_they_go(town, line):
    """Everything else shows who will see it, and how, before it is sent."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    before = town.footprint()
    await town.writes(ANNA, None, line)
    shown = town.last(ANNA)
    assert town.footprint() == before
    assert town.cards(TG_ROOM) == []

    await town.taps(ANNA, "Skicka")

    assert shown.startswith("Så här ser andra det:")
    assert "Det går till grupperna i Albyberget" in shown
    assert "Du visas som Granne 1." in shown
    assert line.split(" ", 1)[1] in town.card(TG_ROOM).text


async def test_tag_alone_in_a_group_opens_the_form_about_that_group(town):
    """Nothing is sent before there is something to tell; the place is known."""
    await town.writes(ANNA, TG_ROOM, "/rod")
    assert town.last(ANNA) == "Vad gäller det?"
    await town.taps(ANNA, "Brand")
    await town.writes(ANNA, None, "Det brinner på andra våningen")
    await town.taps(ANNA, "Skicka")

    assert "Brand · Albyberget" in town.card(MX_ROOM).text


async def test_report_in_a_room_of_no_group_is_refused(town):
    """The bot knows nobody there; it says where to go instead."""
    before = town.footprint()
    await town.writes(ANNA, RoomRef(TG, "-999"), "/rod rök ur ett fönster")

    assert town.last(ANNA).startswith("Det här rummet hör inte till någon grupp än")
    assert town.footprint() == before
    assert town.cards(DESK) == []


async def test_line_at_a_desk_that_covers_much_asks_where(town):
    """Officials report like others; "somewhere in Botkyrka" helps nobody."""
    await town.writes(POLICE, DESK, "!rod Brand i ett garage")
    assert town.last(POLICE).startswith("Var händer det?")
    await town.writes(POLICE, None, "Albyberget")
    await town.taps(POLICE, "Skicka")
    await shows_it_is_her(town)

    for reader in (TG_ROOM, MX_ROOM, DESK):
        assert "\nBrand i ett garage\n" in town.card(reader).text
    assert f"\n— {BADGE}\n" in town.card(TG_ROOM).text


async def test_line_at_the_desk_of_one_place_goes_there_at_once(open_town):
    """The guards of a centre know where they are; their line leaves the room for the card."""
    there = police().organisation
    desk = replace(
        there, areas=frozenset(AREAS.chain("gamla-stan")[:1]), desk_rooms=(RoomRef(TG, "-1009"),)
    )
    town = await open_town(organisations=(replace(police(), organisation=desk),))
    await town.agrees(POLICE, BO)
    await town.writes(BO, None, "/bevaka gamla stan")
    line = await town.writes(ANNA, RoomRef(TG, "-1009"), "/rod stöldliga på väg")
    await town.taps(ANNA, "Ja, det är okej")

    for reader in (BO, RoomRef(TG, "-1009")):
        assert "\nstöldliga på väg\n" in town.card(reader).text
    assert line in town.telegram.redacted


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


async def test_name_is_shown_by_consent_alone(town):
    """Otherwise people are neighbours with a number, the same one each time."""
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.writes(BO, TG_ROOM, "/gul rök ur fönster")
    await _allow(town, "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "/gul mer glas")

    feet = [card.text.splitlines()[-1] for card in town.cards(TG_ROOM)]
    assert feet == ["— Granne 1", "— Granne 2", "— Anna"]


@pytest.mark.parametrize(
    "name", ["Polisen", "P0lis Anna ✔", "Ρolisen", "Admin", "👮", "\u202eannA "]
)
async def test_display_name_can_t_be_taken_for_a_badge(town, name):
    """Only the bot prints badges; a name that looks like one is not shown."""
    town.names[ANNA] = name
    await _allow(town, "Visa mitt namn")
    await town.writes(ANNA, SHOPS, "/gul glas på marken")

    assert town.card(SHOPS).text.splitlines()[-1] in {"— Granne 1", "— annA"}


async def test_badge_is_shown_only_where_the_role_reaches(town):
    """The police of Botkyrka are a neighbour like any other in Gamla stan."""
    await town.writes(POLICE, MX_ROOM, "!gul Vi är på plats i Alby")
    await town.writes(POLICE, SHOPS, "!gul Vi är på plats i Gamla stan")

    assert "\n— Polisen ✔ verifierad polis\n" in town.card(TG_ROOM).text
    assert "verifierad" not in town.card(SHOPS).text


async def test_card_is_written_in_each_reader_s_language(open_town):
    """A room reads its group's first language, a follower their own."""
    town = await open_town(groups=(alby(languages=("en", "sv")), shops()))
    await town.agrees(ANNA, BO)
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur fönster")

    assert "Call 112 first." in town.card(TG_ROOM).text
    assert "Fire · Albyberget" in town.card(TG_ROOM).text
    assert "Brand · Albyberget" in town.card(BO).text


async def test_report_of_an_area_that_left_the_map_is_still_shown(town):
    """A change of the configuration makes no card unreadable."""
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    number = town.report_id()
    async with town.app.parts.database.write() as uow:
        report = await uow.reports.get(number)
        await uow.reports.save(replace(report, area="bortflyttad"))
    await town.presses(BO, town.card(TG_ROOM), "Sett")
    await town.passes(seconds=2)

    assert f"#{number} Händelse · bortflyttad" in town.card(TG_ROOM).text
    assert AREAS.get("bortflyttad") is None


async def test_everybody_has_said_yes_to_reports_and_to_nothing_else(town):
    """The stage of these tests: nobody's name is shown unless a test says so."""
    async with town.app.parts.database.read() as uow:
        people = [await uow.people.by_user(user, town.clock.now()) for user in (ANNA, DAVID)]

    assert [person.consents for person in people] == [frozenset({Purpose.REPORTS})] * 2


async def _allow(town: Town, what: str) -> None:
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, what)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "Allt lugnt.\n— Polisen ✔ verifierad polis · bekräftad",
            ["│ Allt lugnt.", "│ — Polisen [x] verifierad polis · bekräftad"],
        ),
        ("— Polisen ☑ verifierad", ["│ — Polisen [x] verifierad"]),
        ("✔ Bekräftad", ["[x] Bekräftad"]),
        ("↳ Polisen 14:00: på väg", ["│ ↳ Polisen 14:00: på väg"]),
    ],
)
async def test_nobody_forges_a_line_of_the_card(town, said, shown):
    """Who is verified, and what the state is, is said by the bot alone."""
    await town.writes(ANNA, TG_ROOM, f"/gul {said}")

    for room in (TG_ROOM, MX_ROOM):
        assert town.card(room).text.splitlines()[1:-1] == shown
        assert town.card(room).text.endswith("\n— Granne 1")


async def test_line_told_again_under_another_number_makes_one_report(town):
    """Numbers of updates may begin anew; a line and its author do not."""
    line = IncomingMessage(
        ref=town.new_ref(ANNA, TG_ROOM),
        sender=town.sender(ANNA),
        sent_at=town.clock.now(),
        text=rich("🟡 glas på marken"),
        is_direct=False,
    )
    await town.happens(line, update_id="7")
    await town.happens(line, update_id="1000007")

    assert town.count_rows("reports") == 1
    assert len(town.cards(MX_ROOM)) == 1
    assert len([text for text in town.texts(ANNA) if "är skickad" in text]) == 1
