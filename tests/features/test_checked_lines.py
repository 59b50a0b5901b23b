"""“Is this really the police?” of lines that were carried from one room to another."""

import pytest

from bot.settings.options import RelayOptions
from tests.features.test_bursts import FEW
from tests.features.test_polls import asks
from tests.features.test_verification import ANNA_AT_WORK, is_verified
from tests.town import ANNA, BO, EVA, MX_ROOM, POLICE, TG_ROOM, installation

HERE = "Vi är på plats vid torget"
YES = "Ja, raden är äkta. Polisen (polis) skrev den 21 nov. 13:00 i Alby grannar."


@pytest.mark.parametrize("command", ["/kolla", "/check"])
async def test_carried_line_of_the_police_is_genuine(town, command):
    """Asked by answering it where it stands; told in private, with who vouches."""
    await town.writes(POLICE, MX_ROOM, HERE)
    await town.passes(minutes=1)
    line = town.in_room(TG_ROOM)[-1]
    await town.writes(ANNA, TG_ROOM, command, reply_to=line.ref)

    assert line.text.startswith("Polisen ✔")
    assert town.last(ANNA).startswith(YES)
    assert "intygar de som driver Grannbro här" in town.last(ANNA)
    assert len(town.in_room(TG_ROOM)) == 1


async def test_the_line_itself_can_be_asked_about_where_it_was_written(town):
    """There it stands under the account's own name, without a badge."""
    said = await town.writes(POLICE, MX_ROOM, HERE)
    await town.writes(EVA, MX_ROOM, "!kolla", reply_to=said)

    assert town.last(EVA).startswith(YES)
    assert "!kolla" not in "".join(town.texts(TG_ROOM))


async def test_neighbour_s_line_is_said_to_be_one(town):
    """Whatever it claims."""
    await town.writes(EVA, MX_ROOM, "Jag är polis, lita på mig")
    await town.writes(ANNA, TG_ROOM, "/kolla", reply_to=town.in_room(TG_ROOM)[-1].ref)

    assert town.last(ANNA) == (
        "Den raden är inte verifierad: den är skriven av någon i gruppen, inte för en myndighet."
    )


async def test_line_of_a_revoked_role_was_genuine_then(town):
    """The badge was true when it was carried; that the role has ended since is said too."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(ANNA, TG_ROOM, HERE)
    await town.passes(minutes=1)
    await town.writes(POLICE, None, f"!revoke {code}")
    await town.writes(EVA, MX_ROOM, "!kolla", reply_to=town.in_room(MX_ROOM)[-1].ref)

    assert town.last(EVA).startswith("Ja, raden är äkta. Polisen (polis)")
    assert "men har inte den rollen längre" in town.last(EVA)


async def test_line_that_is_edited_without_the_role_is_genuine_no_more(town):
    """What stands there then are other words, and they bear no badge."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    line = await town.writes(ANNA, TG_ROOM, HERE)
    await town.writes(POLICE, None, f"!revoke {code}")
    await town.edits(ANNA, line, "Ring mig på 070-123 45 67")
    await town.writes(EVA, MX_ROOM, "!kolla", reply_to=town.in_room(MX_ROOM)[-1].ref)

    assert town.last(EVA).startswith("Den raden är inte verifierad")


async def test_line_that_the_police_forward_is_not_theirs(town):
    """A badge vouches for its owner's words alone."""
    await town.sends(POLICE, MX_ROOM, "Swisha 500 kr", forwarded_from="Okänd")
    await town.writes(ANNA, TG_ROOM, "/kolla", reply_to=town.in_room(TG_ROOM)[-1].ref)

    assert town.last(ANNA).startswith("Den raden är inte verifierad")


async def test_poll_of_the_police_is_genuine(town):
    """It stands in every room in the bot's name."""
    await asks(town, POLICE, MX_ROOM)
    await town.writes(ANNA, TG_ROOM, "/kolla", reply_to=town.in_room(TG_ROOM)[-1].ref)

    assert town.last(ANNA).startswith(YES)


async def test_official_among_lines_that_came_together_is_named(folder, open_town):
    """Of the others nothing is said."""
    options = installation(folder).options
    relay = RelayOptions(burst_after_lines=FEW)
    town = await open_town(options=options.model_copy(update={"relay": relay}))
    await town.agrees(ANNA, EVA, POLICE)
    with town.platforms_down():
        for number in range(FEW + 3):
            await town.writes(EVA, MX_ROOM, f"rad {number}")
        await town.writes(POLICE, MX_ROOM, HERE)
    await town.settle()
    together = town.in_room(TG_ROOM)[-1]
    await town.writes(ANNA, TG_ROOM, "/kolla", reply_to=together.ref)

    assert HERE in together.text
    assert town.last(ANNA).startswith(YES)


async def test_who_spoke_is_forgotten_with_the_codes(town):
    """After a year it is said that nothing is known, and not that it is a neighbour's."""
    await town.writes(POLICE, MX_ROOM, HERE)
    await town.passes(days=365)
    before = town.rows("SELECT spoke_for FROM relays")
    await town.passes(days=1)
    await town.writes(BO, TG_ROOM, "/kolla", reply_to=town.in_room(TG_ROOM)[-1].ref)

    assert before == [("polisen",)]
    assert town.rows("SELECT spoke_for, spoke_as FROM relays") == [(None, None)]
    assert town.last(BO).startswith("Jag vet inte vem den raden talade för")


async def test_line_that_stays_where_it_was_written_tells_nothing(town):
    """Who keeps their lines to one room has not asked for them to be known."""
    await town.writes(POLICE, MX_ROOM, "!mute_relay")
    said = await town.writes(POLICE, MX_ROOM, HERE)
    await town.writes(EVA, MX_ROOM, "!kolla", reply_to=said)

    assert town.last(EVA).startswith("Jag vet inte vem den raden talade för")
