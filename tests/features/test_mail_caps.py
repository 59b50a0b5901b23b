"""Mails with codes, all together: nobody fills an organisation's mailboxes through the bot."""

from dataclasses import replace

import pytest
from pydantic import ValidationError
from structlog.testing import capture_logs

from bot.domain.organisations import OrganisationId
from bot.domain.people import Role
from bot.settings.options import MailOptions
from tests.features.test_verification import BADGE, PIA_AT_WORK, shows_it_is_her
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    TG_ROOM,
    installation,
    labels_of,
    police,
)

STRANGERS = (ANNA, BO, CILLA, DAVID, EVA)
FIRE_SERVICE = replace(
    police(),
    organisation=replace(
        police().organisation,
        id=OrganisationId("raddningstjansten"),
        name="Räddningstjänsten",
        role=Role.FIRE_SERVICE,
        mail_domains=("brand.se",),
    ),
    people=(),
)


@pytest.fixture
async def town(folder, open_town):
    """A town in which few mails go in an hour, and whose people have said yes."""
    options = installation(folder).options
    mail = MailOptions(most_an_hour=5, most_an_hour_each=3, officials_an_hour=20)
    town = await open_town(
        options=options.model_copy(update={"mail": mail}), organisations=(police(), FIRE_SERVICE)
    )
    await town.agrees(*STRANGERS, POLICE)
    return town


async def ask(town, *users):
    """Let people ask for codes, each to an address of their own, five minutes apart."""
    for number, user in enumerate(users):
        await town.writes(user, None, f"/verify polisen namn{number}.ek@polisen.se")
        await town.passes(minutes=5)


async def test_an_organisation_gets_no_more_mails_in_an_hour_than_it_may(town):
    """However many accounts and addresses; who comes too late is told when to try again."""
    await ask(town, ANNA, BO, CILLA, DAVID)

    assert len(town.mailbox.mails) == 3
    assert town.last(DAVID).startswith("Många har bett om koder till Polisen")
    assert "Försök igen efter 14:00." in town.last(DAVID)
    assert labels_of(town.told(DAVID)[-1]) == ["Försök igen"]
    assert town.count_rows("mail_codes") == town.count_rows("verifications") == 3


async def test_more_mails_go_when_the_hour_is_over(town):
    """What was asked for first counts no more then."""
    await ask(town, ANNA, BO, CILLA, DAVID)
    await town.passes(minutes=40)
    await town.taps(DAVID, "Försök igen")
    await town.writes(DAVID, None, "david.ek@polisen.se")

    assert len(town.mailbox.to("david.ek@polisen.se")) == 1
    assert town.last(DAVID).startswith("En kod är på väg till d•••@\u2060polisen.se.")


async def test_all_organisations_together_get_no_more_than_they_may(town):
    """Whoever goes on with the next organisation fills that one's mailboxes no more either."""
    await ask(town, ANNA, BO, EVA)
    for number, user in enumerate((CILLA, DAVID, ANNA)):
        await town.writes(user, None, f"/verify raddningstjansten n{number}.ek@brand.se")

    assert len(town.mailbox.mails) == 5
    assert town.last(ANNA).startswith("Många har bett om koder den senaste timmen")


async def test_caps_hold_over_a_restart(folder, town, open_town):
    """They are counted from what is stored."""
    await ask(town, ANNA, BO, CILLA)
    await town.app.close()
    options = town.app.parts.installation.options
    again = await open_town(options=options, clock=town.clock)
    again.telegram._updates += town.telegram._updates
    await again.writes(DAVID, None, "/verify polisen david.ek@polisen.se")

    assert again.mailbox.mails == []
    assert again.last(DAVID).startswith("Många har bett om koder")


async def test_strangers_do_not_lock_officials_out(town):
    """Who speaks for the organisation has mails of their own."""
    await ask(town, ANNA, BO, CILLA, DAVID)
    await town.writes(POLICE, None, "!verify polisen " + PIA_AT_WORK)

    assert len(town.mailbox.to(PIA_AT_WORK)) == 1


async def test_officials_do_not_use_up_what_newcomers_need(town):
    """The two are counted apart."""
    for _ in range(3):
        await town.writes(POLICE, None, "!verify polisen " + PIA_AT_WORK)
    await ask(town, ANNA, BO, CILLA)

    assert len(town.mailbox.mails) == 6


async def test_red_report_goes_out_when_no_code_can_be_sent(folder, open_town):
    """Without the badge, and whoever wrote it is told when a code can be asked for."""
    options = installation(folder).options
    one_an_hour = MailOptions.model_construct(**dict(options.mail) | {"officials_an_hour": 1})
    town = await open_town(options=options.model_copy(update={"mail": one_an_hour}))
    await town.agrees(POLICE)
    await town.writes(POLICE, MX_ROOM, "!rod Brand i ett garage")
    await shows_it_is_her(town)
    await town.passes(hours=12)
    for place in ("skolan", "torget"):
        await town.writes(POLICE, MX_ROOM, f"!rod Brand vid {place}")
    held_back = [text for text in town.texts(POLICE) if text.startswith("Många har bett")]
    await town.passes(hours=1)
    await town.taps(POLICE, "Försök igen")

    assert "Brand vid torget" in town.card(TG_ROOM).text
    assert BADGE not in town.card(TG_ROOM).text
    assert town.last(POLICE).startswith("Ditt röda är redan ute, men utan märket.")
    assert len(held_back) == 1
    assert len(town.mailbox.to(PIA_AT_WORK)) == 3


async def test_first_code_that_had_to_wait_still_says_what_it_is_for(folder, open_town):
    """Also where nothing is known of a mailbox yet, and the address is asked for anew."""
    options = installation(folder).options
    one_an_hour = MailOptions.model_construct(**dict(options.mail) | {"officials_an_hour": 1})
    town = await open_town(options=options.model_copy(update={"mail": one_an_hour}))
    await town.agrees(POLICE)
    await town.writes(POLICE, None, "!verify polisen pia.p@polisen.se")
    await town.writes(POLICE, MX_ROOM, "!rod Brand i ett garage")
    await town.writes(POLICE, None, PIA_AT_WORK)
    held_back = town.last(POLICE)
    await town.taps(POLICE, "Försök igen")

    assert held_back.startswith("Många har bett")
    assert town.last(POLICE).startswith("Ditt röda är redan ute, men utan märket. Vill du ha det")


async def test_application_that_waits_for_approval_outlives_a_full_hour(town):
    """Whoever asks for another code then loses nothing."""
    await town.writes(ANNA, None, "/verify polisen anna.ek@polisen.se")
    await town.writes(ANNA, None, town.mailbox.code_to("anna.ek@polisen.se"))
    await ask(town, BO, CILLA)
    await town.writes(ANNA, None, "/verify polisen anna.ek@polisen.se")
    await town.writes(POLICE, None, "!approve")

    assert "anna.ek@polisen.se" in town.last(POLICE)


async def test_coordinators_and_the_log_hear_of_a_full_cap_once(town):
    """With what to do; who else is held back that day makes no more noise."""
    with capture_logs() as logs:
        await ask(town, ANNA, BO, CILLA, DAVID, EVA, DAVID)

    told = [text for text in town.texts(OWNER) if "Polisen har fått 3 koder" in text]
    (line,) = [entry for entry in logs if entry["event"] == "mail.cap_reached"]
    assert len(told) == 1
    assert "mail.most_an_hour_each" in told[0]
    assert line["key"] == "mail.most_an_hour_each"
    assert line["fix"].startswith("raise mail.most_an_hour_each")


@pytest.mark.parametrize(
    ("option", "value"),
    [("most_an_hour", 4), ("most_an_hour_each", 2), ("officials_an_hour", 19)],
)
def test_caps_have_a_floor(option, value):
    """One that lets nobody through is no cap but a way to switch mail off."""
    with pytest.raises(ValidationError):
        MailOptions.model_validate({option: value})
