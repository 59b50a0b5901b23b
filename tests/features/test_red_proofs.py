"""Red words of the police to a whole area: never late, and with the badge once it is proved."""

import pytest

from tests.features.test_verification import BADGE, PIA_AT_WORK, shows_it_is_her
from tests.town import BO, MX_ROOM, POLICE, TG_ROOM

FIRE = "!rod Brand i ett garage"
RESEND = {
    "sv": ("Skicka en ny kod", "En annan adress"),
    "en": ("Send a new code", "Another address"),
}


async def test_red_goes_out_at_once_and_the_badge_comes_after_the_code(town):
    """As the officer's own word until then: a stolen phone shouts as any neighbour's."""
    await town.writes(POLICE, MX_ROOM, FIRE)
    before = town.card(TG_ROOM).text
    await shows_it_is_her(town)
    after = town.card(TG_ROOM).text

    assert "Brand i ett garage" in before
    assert BADGE not in before
    assert BADGE in after
    assert "/kolla" in after


async def test_officer_hears_that_red_is_out_before_being_asked_for_a_mailbox(town):
    """And what the mailbox is for; asked for the address, nobody is told the same twice."""
    await town.writes(POLICE, MX_ROOM, FIRE)
    receipt, asked = town.texts(POLICE)[-2:]
    await town.writes(POLICE, None, PIA_AT_WORK)
    sent = town.last(POLICE)
    await town.writes(POLICE, None, town.mailbox.code_to(PIA_AT_WORK))
    await town.passes(hours=12)
    await town.writes(POLICE, MX_ROOM, "!rod Brand vid skolan")

    assert "är skickad" in receipt
    assert asked.startswith("Ditt röda är redan ute, men utan märket.")
    assert sent.startswith("En kod är på väg")
    assert town.last(POLICE).startswith("Ditt röda är redan ute, men utan märket. Svara på koden")


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("sv", "Ditt röda är redan ute, men utan märket."),
        ("en", "Your red words are out already, but without the badge."),
    ],
    ids=["sv", "en"],
)
@pytest.mark.parametrize("knows_address", [False, True], ids=["asked for it", "known"])
async def test_who_asks_for_another_code_still_reads_what_it_is_for(
    town, knows_address, language, why
):
    """A new code, or one to another address, is for the same badge."""
    await town.writes(POLICE, None, f"!language {language}")
    resend, other = RESEND[language]
    if knows_address:
        await town.writes(POLICE, None, f"!verify polisen {PIA_AT_WORK}")
        await town.writes(POLICE, None, town.mailbox.code_to(PIA_AT_WORK))
        await town.passes(hours=12)
    await town.writes(POLICE, MX_ROOM, FIRE)
    if not knows_address:
        await town.writes(POLICE, None, PIA_AT_WORK)
    await town.taps(POLICE, resend)
    again = town.last(POLICE)
    await town.taps(POLICE, other)
    elsewhere = town.last(POLICE)
    await town.writes(POLICE, None, "pia.p@polisen.se")
    await town.writes(POLICE, None, town.mailbox.code_to("pia.p@polisen.se"))

    assert again.startswith(why)
    assert elsewhere.startswith(why)
    assert BADGE in town.card(TG_ROOM).text


async def test_red_within_twelve_hours_of_a_code_bears_the_badge(town):
    """Nothing is asked then; after them it is."""
    await town.writes(POLICE, MX_ROOM, FIRE)
    await shows_it_is_her(town)
    await town.writes(POLICE, MX_ROOM, "!rod Brand i ett hus till")
    second = town.card(TG_ROOM).text
    await town.passes(hours=12)
    await town.writes(POLICE, MX_ROOM, "!rod Brand vid skolan")

    assert BADGE in second
    assert "Brand vid skolan" in town.card(TG_ROOM).text
    assert BADGE not in town.card(TG_ROOM).text


async def test_red_goes_out_when_no_more_mails_go(town):
    """The limit on mails must not be one on warnings."""
    for number in range(5):
        await town.writes(BO, None, f"/verify polisen namn{number}@polisen.se")
        await town.writes(POLICE, MX_ROOM, f"!rod Brand nummer {number}")

    assert "Brand nummer 4" in town.card(TG_ROOM).text


@pytest.mark.parametrize("is_edit", [False, True], ids=["command", "edit"])
async def test_yellow_that_its_author_makes_red_waits_for_the_code_with_its_badge(town, is_edit):
    """Else a stolen phone would begin with yellow."""
    line = await town.writes(POLICE, MX_ROOM, "!gul Brand i ett garage")
    (report,) = town.rows("SELECT id FROM reports")
    yellow = town.card(TG_ROOM).text
    if is_edit:
        await town.edits(POLICE, line, "!rod Brand i ett garage")
    else:
        await town.writes(POLICE, MX_ROOM, f"!rod #{report[0]}")
    red = town.card(TG_ROOM).text
    await shows_it_is_her(town)
    proved = town.card(TG_ROOM).text

    assert BADGE in yellow
    assert "🔴" in red
    assert BADGE not in red
    assert BADGE in proved
    assert "/kolla" in proved
