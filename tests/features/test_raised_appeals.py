"""What the police ask a whole area for and then call red: it waits for the code as well."""

import pytest

from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Role
from bot.settings.organisations import ConfiguredOrganisation
from tests.features.test_appeals import BOY, appeal
from tests.features.test_verification import BADGE, is_verified, shows_it_is_her
from tests.town import BO, EVA, MX_ROOM, OWNER, POLICE, TG_ROOM, Town, police

AT_THE_MUNICIPALITY = "eva.ek@botkyrka.se"


def municipality() -> ConfiguredOrganisation:
    """Eva speaks for the municipality."""
    organisation = Organisation(
        id=OrganisationId("kommunen"),
        name="Botkyrka kommun",
        role=Role.MUNICIPALITY,
        areas=police().organisation.areas,
        mail_domains=("botkyrka.se",),
        desk_rooms=(),
    )
    return ConfiguredOrganisation(organisation=organisation, people=(EVA,))


async def chosen_later(town: Town) -> None:
    """A yellow line of the police becomes an appeal by its kind."""
    await town.writes(POLICE, MX_ROOM, f"!gul misstänkt {BOY}")
    await town.taps(POLICE, "Ändra sort")
    await town.taps(POLICE, "Efterlyst fordon")


@pytest.mark.parametrize("command", ["forsvunnen", "efterlyst", "vittnen", None])
async def test_yellow_appeal_becomes_red_after_the_code(town, command):
    """Else a stolen phone would begin with yellow; one tap after the code it is red."""
    await (chosen_later(town) if command is None else appeal(town, command))
    await town.writes(POLICE, None, f"!rod #{town.report_id()}")
    before = town.card(TG_ROOM).text
    asked = town.last(POLICE)
    await shows_it_is_her(town)
    waiting = town.card(TG_ROOM).text
    await town.taps(POLICE, "Fortsätt")

    assert before.startswith("🟡")
    assert asked.startswith("Jag behöver veta att det är du.")
    assert waiting.startswith("🟡")
    assert town.card(TG_ROOM).text.startswith("🔴")
    assert BADGE in town.card(TG_ROOM).text


async def test_yellow_appeal_whose_line_is_edited_to_red_stays_yellow_until_the_code(town):
    """Its words change at once, for yellow asks nothing; what is urgent about it waits."""
    line = await town.writes(POLICE, MX_ROOM, f"!gul {BOY}")
    await town.taps(POLICE, "Ändra sort")
    await town.taps(POLICE, "Försvunnen person")
    await town.edits(POLICE, line, f"!rod {BOY}, blå mössa")
    before = town.card(TG_ROOM).text
    await shows_it_is_her(town)
    await town.taps(POLICE, "Fortsätt")

    assert before.startswith("🟡")
    assert "blå mössa" in before
    assert town.card(TG_ROOM).text.startswith("🔴")
    assert "blå mössa" in town.card(TG_ROOM).text
    assert BADGE in town.card(TG_ROOM).text


async def test_colleague_who_raises_an_appeal_shows_the_mailbox_first(town):
    """It is not their own, and their phone can be lent as well."""
    await is_verified(town, BO, "bo.ek@polisen.se")
    await appeal(town)
    await town.passes(hours=12)
    await town.writes(BO, None, f"/rod #{town.report_id()}")
    before = town.card(TG_ROOM).text
    await town.writes(BO, None, town.mailbox.code_to("bo.ek@polisen.se"))
    await town.taps(BO, "Fortsätt")

    assert before.startswith("🟡")
    assert town.card(TG_ROOM).text.startswith("🔴")


async def test_who_raises_an_appeal_of_another_organisation_shows_the_own_mailbox(open_town):
    """Nobody at the municipality has one at the police, and would be asked for nothing."""
    town = await open_town(organisations=(police(), municipality()))
    await town.agrees(POLICE, EVA)
    await appeal(town)
    await town.writes(EVA, None, f"!rod #{town.report_id()}")
    before = town.card(TG_ROOM).text
    await shows_it_is_her(town, AT_THE_MUNICIPALITY, EVA)
    await town.taps(EVA, "Fortsätt")

    assert before.startswith("🟡")
    assert town.card(TG_ROOM).text.startswith("🔴")
    assert BADGE in town.card(TG_ROOM).text


async def test_who_lost_the_role_does_not_raise_an_own_appeal(town):
    """Who is missing or wanted is the police's to tell; a phone that was stolen is not."""
    await appeal(town)
    report = town.report_id()
    await town.writes(OWNER, None, f"/revoke {POLICE}")
    await town.writes(POLICE, None, f"!rod #{report}")

    assert "gör bara polisen" in town.last(POLICE)
    assert town.card(TG_ROOM).text.startswith("🟡")


async def test_appeal_becomes_red_at_once_within_twelve_hours_of_a_code(town):
    """Nothing is asked then; after them it is."""
    await appeal(town)
    await town.writes(POLICE, None, f"!rod #{town.report_id()}")
    await shows_it_is_her(town)
    await town.writes(POLICE, None, f"!rod #{town.report_id()}")
    within = town.card(TG_ROOM).text
    await town.writes(POLICE, None, f"!gul #{town.report_id()}")
    await town.passes(hours=12)
    await town.writes(POLICE, None, f"!rod #{town.report_id()}")

    assert within.startswith("🔴")
    assert BADGE in within
    assert town.card(TG_ROOM).text.startswith("🟡")


@pytest.mark.parametrize("has_mail", [False], ids=["nobody asked for a code"])
async def test_appeal_becomes_red_at_once_where_nobody_can_be_asked(town):
    """Without mail the configuration vouches."""
    await appeal(town)
    await town.writes(POLICE, None, f"!rod #{town.report_id()}")

    assert town.card(TG_ROOM).text.startswith("🔴")
