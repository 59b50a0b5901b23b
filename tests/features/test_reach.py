"""Who can't be written to, rooms that have moved, and the way into a private chat."""

import pytest

from bot.domain.messages import RoomRef
from bot.errors import PermanentFailure, RoomMoved, Why
from tests.town import ANNA, BO, MX_ROOM, OWNER, TG, TG_ROOM

HERE_NOW = RoomRef(TG, "-1005")


async def test_who_has_blocked_the_bot_is_left_in_peace(town):
    """No dead letter, no second try; what the person follows stays for when they come back."""
    await town.writes(BO, None, "/bevaka albyberget")
    town.telegram.fail_for[BO] = PermanentFailure("blocked", why=Why.BLOCKED)
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    town.telegram.fail_for.clear()
    await town.writes(ANNA, TG_ROOM, "/gul mer glas på marken")
    meanwhile = town.cards(BO)
    await town.writes(BO, None, "/start")
    await town.writes(ANNA, TG_ROOM, "/gul ännu mer glas")

    assert meanwhile == []
    assert [card.text.splitlines()[1] for card in town.cards(BO)] == ["ännu mer glas"]
    assert town.rows("SELECT count(*) FROM effects")[0][0] == 0


async def test_card_finds_the_room_under_its_new_id(town):
    """Telegram tells of a move with the refusal; nothing is lost by it."""
    moved = RoomMoved(old=TG_ROOM.room_id, new=HERE_NOW.room_id, retry_after_s=1)
    town.telegram.fail_for[TG_ROOM] = moved
    await town.writes(BO, MX_ROOM, "Hej på torget")
    await town.settle()
    await town.writes(ANNA, HERE_NOW, "Hej tillbaka")

    assert "Hej på torget" in town.last(HERE_NOW)
    assert "Hej tillbaka" in town.last(MX_ROOM)
    assert TG_ROOM.room_id in town.last(OWNER)


async def test_move_is_told_once_however_often_it_is_learnt(town):
    """The refusal and the room's own message both tell of it."""
    moved = RoomMoved(old=TG_ROOM.room_id, new=HERE_NOW.room_id, retry_after_s=1)
    town.telegram.fail_for[TG_ROOM] = moved
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.settle()

    assert len([text for text in town.texts(OWNER) if HERE_NOW.room_id in text]) == 1


@pytest.fixture
def shy(empty_town):
    """A platform where people begin private chats; nobody has begun one."""
    empty_town.telegram.begins_at = "https://t.me/grannbro_bot"
    return empty_town


async def test_first_command_in_a_room_is_asked_in(shy):
    """The bot can't write first there; the room shows one button that leads to it."""
    await shy.writes(ANNA, TG_ROOM, "/help")
    knock = shy.in_room(TG_ROOM)[-1]

    assert shy.told(ANNA) == []
    assert knock.text.startswith("Jag har ett svar till dig som skrev.")
    assert knock.message.rows[0][0].url == "https://t.me/grannbro_bot?start=hej"


async def test_what_could_not_be_said_is_said_at_the_door(shy):
    """And the room forgets about it."""
    await shy.writes(ANNA, TG_ROOM, "/help")
    await shy.writes(ANNA, None, "/start")

    assert shy.texts(ANNA)[0].startswith("I Alby grannar skriver du")
    assert "Är det okej?" in shy.last(ANNA)
    assert shy.in_room(TG_ROOM) == []


async def test_yellow_line_of_a_newcomer_goes_out_after_the_first_yes(shy):
    """From the room to the private chat and back, and nothing to write twice."""
    await shy.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await shy.writes(ANNA, None, "/start")
    questions = [text for text in shy.texts(ANNA) if "Är det okej?" in text]
    await shy.taps(ANNA, "Ja, det är okej")

    assert len(questions) == 1
    assert "glas på marken" in shy.card(TG_ROOM).text


async def test_red_line_of_a_newcomer_goes_out_at_once(shy):
    """The question waits at the door, not the report."""
    await shy.writes(ANNA, TG_ROOM, "/rod rök ur fönster")

    assert "rök ur fönster" in shy.card(TG_ROOM).text
    assert any(text.startswith("Jag har ett svar") for text in shy.texts(TG_ROOM))


async def test_talk_needs_no_private_chat(shy):
    """Only who is answered in private is asked in."""
    await shy.writes(ANNA, TG_ROOM, "Hej på er")

    assert shy.in_room(TG_ROOM) == []


async def test_who_stays_outside_is_asked_once_an_hour(shy):
    """A room is not for the bot's own sake."""
    await shy.writes(ANNA, TG_ROOM, "/help")
    await shy.writes(ANNA, TG_ROOM, "/help")
    within = len(shy.in_room(TG_ROOM))
    await shy.passes(minutes=61)
    await shy.writes(ANNA, TG_ROOM, "/help")

    assert within == 1
    assert [knock.removed for knock in shy.telegram.shown] == [True, False]


async def test_question_at_the_door_goes_when_nothing_waits_behind_it(shy):
    """It stands as long as the answer does, and whoever comes within that time takes it away."""
    await shy.writes(ANNA, TG_ROOM, "/help")
    await shy.writes(BO, TG_ROOM, "/help")
    await shy.passes(hours=2)
    assert len(shy.in_room(TG_ROOM)) == 2
    await shy.writes(ANNA, None, "/start")
    assert len(shy.in_room(TG_ROOM)) == 1
    assert shy.texts(ANNA)[0].startswith("I Alby grannar skriver du")
    await shy.passes(hours=23)

    assert shy.in_room(TG_ROOM) == []


async def test_refusal_is_told_at_the_door_too(shy):
    """An error is an answer like any other."""
    await shy.writes(ANNA, TG_ROOM, "/link K7QM-3TXB")

    assert any(text.startswith("Jag har ett svar") for text in shy.texts(TG_ROOM))
