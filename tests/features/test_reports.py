"""Filing a report: one line, and the right people have it."""

import pytest

from bot.domain.consent import Purpose
from bot.domain.groups import Access, Reach
from bot.domain.incoming import IncomingMessage
from bot.domain.richtext import rich
from tests.town import (
    ANNA,
    BO,
    DAVID,
    DESK,
    EVA,
    MX_ROOM,
    SHOPS,
    TG_ROOM,
    alby,
    labels_of,
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


async def test_everybody_has_said_yes_to_reports_and_to_nothing_else(town):
    """The stage of these tests: nobody's name is shown unless a test says so."""
    async with town.app.parts.database.read() as uow:
        people = [await uow.people.by_user(user, town.clock.now()) for user in (ANNA, DAVID)]

    assert [person.consents for person in people] == [frozenset({Purpose.REPORTS})] * 2


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
