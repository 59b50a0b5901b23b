"""One button to follow, at the moment in which somebody sees what it is good for."""

import pytest

from bot.domain.messages import MessageRef
from bot.domain.room_news import Coming, IncomingMembership
from tests.town import ANNA, BO, SHOPS, TG_ROOM, Town, labels_of

FOLLOW = "Bevaka Albyberget"


def offers(town: Town, user=ANNA) -> int:
    """How many buttons to follow somebody sees."""
    return [label for shown in town.told(user) for label in labels_of(shown)].count(FOLLOW)


async def test_first_report_offers_to_follow_its_area(town):
    """With the first alone: who reports often is not asked each time."""
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    assert FOLLOW in labels_of(town.told(ANNA)[-1])
    await town.writes(ANNA, TG_ROOM, "/gul mer glas")
    assert offers(town) == 1
    await town.taps(ANNA, FOLLOW)

    assert town.last(ANNA) == "Klart. Du får rött och gult från Albyberget."


@pytest.mark.parametrize("followed", ["albyberget", "botkyrka"])
async def test_who_follows_it_is_not_asked(town, followed):
    """Nor who follows what lies around it."""
    await town.writes(ANNA, None, f"/bevaka {followed}")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")

    assert offers(town) == 0


async def test_who_sees_it_too_is_asked_once(town):
    """In private and without a sound; the second time nothing is asked."""
    for line in ("/gul glas på marken", "/gul mer glas"):
        await town.writes(ANNA, TG_ROOM, line)
        await town.presses(BO, town.card(TG_ROOM), "➕")

    assert offers(town, BO) == 1
    asked = next(shown for shown in town.told(BO) if FOLLOW in labels_of(shown))
    assert asked.text == (
        "Tack för att du berättade. Vill du få veta när något mer händer i Albyberget?"
    )
    assert asked.message.silent


async def test_who_has_not_agreed_is_not_asked(town):
    """Nobody is written to in private who has not begun it."""
    fia = town.newcomer("Fia")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.presses(fia, town.card(TG_ROOM), "➕")

    assert offers(town, fia) == 0


async def test_start_offers_to_follow(town):
    """The first thing that can be done after the yes."""
    fia = town.newcomer("Fia")
    await town.agrees(fia)

    assert "Bevaka mitt område" in labels_of(town.told(fia)[-1])


async def test_who_leaves_a_locked_group_hears_of_it_no_more(town):
    """What stays in a group is for those who are in it."""
    await town.writes(ANNA, SHOPS, "hej alla")
    await town.writes(ANNA, None, "/bevaka butikerna i gamla stan")
    assert town.footprint()["subscriptions"] == 1
    await town.happens(
        IncomingMembership(
            ref=MessageRef(SHOPS, ""),
            sender=town.sender(ANNA),
            people=(town.sender(ANNA),),
            coming=Coming.LEFT,
        )
    )

    assert town.footprint()["subscriptions"] == 0
