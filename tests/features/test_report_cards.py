"""The card of a report: what stands on it, in whose name and in which language."""

import re
from dataclasses import replace

import pytest

from bot.domain.richtext import RichText, Style, Styled, Text
from tests.town import (
    ANNA,
    AREAS,
    BO,
    MX_ROOM,
    POLICE,
    SHOPS,
    TG_ROOM,
    alby,
    labels_of,
    shops,
)


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


async def test_formatting_stands_on_the_card(town):
    """What was bold stays bold."""
    said = RichText((Text("/gul "), Styled(Style.BOLD, (Text("glas"),)), Text(" på marken")))
    await town.writes(ANNA, TG_ROOM, said)

    assert Styled(Style.BOLD, (Text("glas"),)) in town.card(MX_ROOM).message.text.nodes


async def test_name_is_shown_by_consent_alone(town):
    """Otherwise people are neighbours with a number, the same one each time."""
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.writes(BO, TG_ROOM, "/gul rök ur fönster")
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "/gul mer glas")

    feet = [card.text.splitlines()[-1] for card in town.cards(TG_ROOM)]
    assert feet == ["— Granne 1", "— Granne 2", "— Anna"]


@pytest.mark.parametrize(
    "name", ["Polisen", "P0lis Anna ✔", "Ρolisen", "Admin", "👮", "\u202eannA "]
)
async def test_display_name_can_t_be_taken_for_a_badge(town, name):
    """Only the bot prints badges; a name that looks like one is not shown."""
    town.names[ANNA] = name
    await town.taps_after(ANNA, "/samtycke", "Visa mitt namn")
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
