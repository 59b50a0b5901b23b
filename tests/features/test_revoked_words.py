"""What is left of somebody's words for an organisation once the role was revoked."""

from tests.town import BO, MX_ROOM, POLICE, TG_ROOM, code_on

WATER = "Vattnet stängs av kl 13"


async def test_notice_that_waits_is_cancelled_at_once(town):
    """It is not left to its time, and its author is told."""
    await town.writes(POLICE, None, f"/notice albyberget, imorgon 08:00: {WATER}")
    await town.taps(POLICE, "Spara till sin tid")
    await town.writes(POLICE, None, "/revoke mig")
    states = town.rows("SELECT state FROM notices")
    await town.passes(hours=24)

    assert states == [("cancelled",)]
    assert not any(WATER in text for text in town.texts(TG_ROOM))


async def test_notice_that_is_out_stays_the_organisation_s_word(town):
    """Of its author it is said that they have the role no longer."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Skicka")
    await town.writes(POLICE, None, "/revoke mig")
    card = town.card(TG_ROOM).text
    await town.writes(BO, None, f"/kolla {code_on(card)}")

    assert WATER in card
    assert "men har inte den rollen längre" in town.last(BO)


async def test_card_says_formerly_and_nothing_bears_the_badge_any_more(town):
    """At once, on what stands and on what comes."""
    await town.writes(POLICE, MX_ROOM, "!gul Vi är på plats")
    await town.writes(POLICE, None, "/revoke mig")
    former = town.card(TG_ROOM).text
    await town.writes(POLICE, MX_ROOM, "hej igen")

    assert "✔" not in former
    assert "✔" not in town.last(TG_ROOM)
