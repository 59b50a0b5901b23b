"""`/areas`: what can be followed, where it is asked."""

import pytest

from tests.town import ANNA, BO, IN_ALBYBERGET, TG_ROOM, labels_of


async def test_group_s_area_can_be_followed_from_its_room(town):
    """Told in private: the room is not filled with it."""
    await town.writes(ANNA, TG_ROOM, "/areas")
    assert town.last(ANNA).splitlines() == [
        "Alby grannar hör till Albyberget. Det här kan du följa:",
        "• Albyberget",
    ]
    await town.taps(ANNA, "Följ Albyberget")

    assert town.last(ANNA) == "Klart. Du får rött och gult från Albyberget."
    assert town.in_room(TG_ROOM) == []


async def test_what_is_followed_is_said_and_not_offered_again(town):
    """One button for each step that is left."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/områden")

    assert town.last(ANNA).endswith("• Albyberget ✓ du bevakar")
    assert labels_of(town.told(ANNA)[-1]) == []


async def test_in_private_the_own_areas_come_first_and_then_what_is_near(town):
    """Where somebody is, writes, and follows."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(ANNA, None, "/bevaka gamla stan")
    await town.writes(ANNA, None, "/omraden")
    lines = town.last(ANNA).splitlines()

    assert lines[:3] == ["Det här finns nära dig:", "• Albyberget", "• Gamla stan ✓ du bevakar"]
    assert len(lines) > 3
    assert len(set(lines)) == len(lines)


async def test_who_is_nowhere_yet_is_told_how_to_ask(town):
    """The next step as a button."""
    await town.writes(BO, None, "/omraden")

    assert town.last(BO).startswith("Jag vet inte var du är än.")
    assert labels_of(town.told(BO)[-1]) == ["Bevaka mitt område"]


async def test_municipality_shows_what_lies_in_it_and_how_much_is_left(town):
    """No more than a hand can scroll."""
    await town.writes(BO, None, "/omraden botkyrka")
    lines = town.last(BO).splitlines()

    assert lines[:2] == ["Botkyrka, och det som ligger där:", "• Botkyrka"]
    assert lines[-1].startswith("• … och ")
    assert len(labels_of(town.told(BO)[-1])) == 8


@pytest.mark.parametrize(
    ("name", "near"), [("allby", ["Albyberget", "Albydalen"]), ("xyzzyqwk", [])]
)
async def test_unknown_name_is_answered_with_those_near(town, name, near):
    """A button shows what was meant."""
    await town.writes(BO, None, f"/omraden {name}")
    assert labels_of(town.told(BO)[-1]) == near
    for label in near[:1]:
        await town.taps(BO, label)

    assert town.last(BO).startswith("Jag hittar inget" if not near else "Albyberget, och det")


@pytest.mark.parametrize("command", ["/omraden", "/bevaka", "/avsluta"])
async def test_slip_in_a_name_is_answered_with_the_nearest(town, command):
    """As buttons: one tap and it is mended."""
    await town.writes(ANNA, None, f"{command} ally")

    assert labels_of(town.told(ANNA)[-1]) == ["Albyberget", "Albydalen"]
