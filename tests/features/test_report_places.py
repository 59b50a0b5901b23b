"""Where a report is about: told in private, at a desk, or in no group's room."""

from dataclasses import replace

import pytest

from bot.domain.messages import RoomRef
from tests.features.test_verification import BADGE, shows_it_is_her
from tests.town import (
    ANNA,
    AREAS,
    BO,
    DESK,
    IN_ALBYBERGET,
    MX_ROOM,
    POLICE,
    SHOPS,
    TG,
    TG_ROOM,
    labels_of,
    police,
)


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
    await town.taps_after(ANNA, "/samtycke", "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, "/rod rök ur ett fönster")

    assert "rök ur ett fönster" in town.card(TG_ROOM).text


async def test_shared_place_is_forgotten_after_two_hours(town):
    """Where somebody was does not tell where something happens."""
    await town.taps_after(ANNA, "/samtycke", "Använd min plats")
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
