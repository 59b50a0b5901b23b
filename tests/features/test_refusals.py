"""What a platform's refusals tell about rooms and readers."""

from bot.domain.messages import RoomRef
from bot.errors import PermanentFailure, RoomMoved, Why
from tests.town import ANNA, BO, EVA, MX_ROOM, TG, TG_ROOM

NEW = RoomRef(TG, "-1001000001")


def moved(retry_after_s=60.0):
    """The refusal of a group that has become a supergroup."""
    return RoomMoved(old=TG_ROOM.room_id, new=NEW.room_id, retry_after_s=retry_after_s)


async def test_line_for_a_room_that_has_moved_goes_to_the_new_one(town):
    """At once: the refusal says where it is."""
    town.telegram.fail_next = moved()
    await town.writes(EVA, MX_ROOM, "hej")
    await town.writes(ANNA, NEW, "hej själv")

    assert town.texts(NEW) == ["Granne 1: hej"]
    assert town.last(MX_ROOM) == "Granne 2: hej själv"
    assert town.rows("SELECT count(*) FROM effects") == [(0,)]


async def test_change_of_a_card_in_a_room_that_has_moved_comes_anew(fire):
    """The old card can't be changed any more."""
    fire.telegram.fail_next = moved()
    await fire.presses(EVA, fire.card(MX_ROOM), "👁")
    await fire.passes(seconds=2)
    await fire.passes(seconds=2)

    assert len(fire.cards(NEW)) == 1
    assert fire.card(NEW).text == fire.card(MX_ROOM).text
    assert fire.rows("SELECT count(*) FROM effects") == [(0,)]


async def test_who_has_blocked_the_bot_is_left_alone_without_a_dead_letter(town):
    """Nobody has to look at it; it begins again when the person writes."""
    await town.writes(BO, None, "/bevaka albyberget")
    seen = len(town.told(BO))
    with town.platforms_down():
        await town.writes(BO, None, "/hjalp")
    town.telegram.fail_next = PermanentFailure("blocked by the user", why=Why.BLOCKED)
    await town.settle()
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert len(town.told(BO)) == seen
    assert town.rows("SELECT count(*) FROM effects") == [(0,)]
    await town.writes(BO, None, "/start")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett annat fönster")
    assert "annat" in town.card(BO).text


async def test_removal_from_who_has_blocked_the_bot_is_not_taken_for_done(fire):
    """Somebody has asked for it: the operator sees that it could not be."""
    refused = PermanentFailure("blocked by the user", why=Why.BLOCKED)

    async def refuse(*_args, **_more):
        raise refused

    fire.telegram.redact = fire.telegram.edit = refuse
    await fire.taps_after(ANNA, "/glom", "Ja, radera allt")

    assert ("remove", "given_up") in fire.rows("SELECT verb, state FROM effects")
