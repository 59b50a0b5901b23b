"""Filing a report: one line, and the right people have it."""

from tests.town import ANNA, BO, DESK, EVA, MX_ROOM, SHOPS, TG_ROOM


async def test_red_line_reaches_rooms_followers_and_desk(town):
    """The right people have it a moment later, each once."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/rod Inbrott pågår på Albyvägen 3")

    for reader in (TG_ROOM, MX_ROOM, DESK, BO):
        assert "Inbrott pågår på Albyvägen 3" in town.card(reader).text
    assert town.in_room(SHOPS) == []


async def test_author_gets_a_receipt_and_no_card_of_their_own(town):
    """Nobody gets their own report."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert "är skickad" in town.told(ANNA)[-1].text
    assert "Du visas som Granne 1" in town.told(ANNA)[-1].text


async def test_person_without_a_subscription_is_left_alone(town):
    """What nobody asked for does not come."""
    before = len(town.told(EVA))
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert len(town.told(EVA)) == before
