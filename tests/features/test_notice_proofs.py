"""Red notices to whole areas: nothing goes out before a code by mail, and nothing is lost."""

from tests.features.test_verification import PIA_AT_WORK, shows_it_is_her
from tests.town import MX_ROOM, POLICE, TG_ROOM, Town

RED = "/notice röd albyberget: Stanna inne, det brinner på Albyvägen"


async def sends(town: Town, line: str = RED) -> None:
    """Let the police write a notice and press Send on its preview."""
    await town.writes(POLICE, None, line)
    await town.taps(POLICE, "Skicka")


async def test_red_notice_waits_for_the_code_and_then_goes_out_as_it_was_shown(town):
    """The preview stands; the officer only goes on."""
    await sends(town)
    before = town.in_room(TG_ROOM)
    await shows_it_is_her(town)
    await town.taps(POLICE, "Fortsätt")

    assert before == []
    for room in (TG_ROOM, MX_ROOM):
        assert "Stanna inne, det brinner på Albyvägen" in town.seen(room)[-1].text
    assert len(town.rows("SELECT id FROM notices")) == 1


async def test_wrong_code_sends_nothing(town):
    """Whoever found the phone has no mailbox."""
    await sends(town)
    await town.writes(POLICE, None, PIA_AT_WORK)
    await town.writes(POLICE, None, "000 000")

    assert town.in_room(TG_ROOM) == []
    assert town.rows("SELECT id FROM notices") == []


async def test_yellow_notice_asks_for_nothing(town):
    """What wakes nobody is sent at once."""
    await sends(town, RED.replace("röd", "gul"))

    assert "Stanna inne" in town.seen(TG_ROOM)[-1].text
    assert town.mailbox.mails == []


async def test_correction_of_red_asks_again_after_twelve_hours_and_keeps_its_words(town):
    """Long ones, too: nobody types them a second time."""
    words = "Branden är släckt. " + "Ni kan gå ut igen. " * 60
    await sends(town)
    await shows_it_is_her(town)
    await town.taps(POLICE, "Fortsätt")
    await town.passes(hours=12, minutes=1)
    await town.writes(POLICE, None, f"/correct N-1 {words}")
    waits = town.seen(TG_ROOM)[-1].text
    await town.writes(POLICE, None, town.mailbox.code_to(PIA_AT_WORK))
    await town.taps(POLICE, "Fortsätt")

    assert "Branden är släckt" not in waits
    assert words.strip() in town.seen(TG_ROOM)[0].text
