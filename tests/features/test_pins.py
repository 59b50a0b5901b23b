"""The red card of a group hangs at the top of its rooms as long as it calls for attention."""

from dataclasses import replace

import pytest

from bot.domain.copies import CopyId, Pin
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.rights import Right
from bot.domain.room_news import Foothold, IncomingFoothold, IncomingRoomMoved
from bot.errors import PermanentFailure, TemporaryFailure, UnknownOutcome, Why
from bot.storage.copy_outcomes import note_pins
from tests.town import ANNA, BO, DESK, EVA, MX_ROOM, OWNER, POLICE, SHOPS, TG_ROOM, Town

ROOMS = (TG_ROOM, MX_ROOM)
NO_RIGHT = PermanentFailure("not enough rights", why=Why.NO_RIGHTS)


async def test_red_card_hangs_in_every_room_of_its_group_and_nowhere_else(fire: Town) -> None:
    """Not in private, not at the desk, not in another group's rooms."""
    assert [len(fire.pinned(room)) for room in ROOMS] == [1, 1]
    assert "rök ur ett fönster" in fire.pinned(TG_ROOM)[0]
    assert fire.pinned(DESK) == fire.pinned(SHOPS) == []
    assert len(fire.cards(BO)) == len(fire.cards(DESK)) == 1
    assert (len(fire.telegram.pinned), len(fire.matrix.pinned)) == (1, 1)


@pytest.mark.parametrize("line", ["/gul någon har glömt nycklarna", "/gron städdag"])
async def test_what_is_not_red_hangs_nowhere(town: Town, line: str) -> None:
    """What always hangs there is seen by nobody."""
    await town.writes(ANNA, TG_ROOM, line)

    assert town.telegram.pins == town.matrix.pins == []


async def test_red_report_from_a_private_chat_hangs_nowhere(town: Town) -> None:
    """It is no group's own."""
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.writes(ANNA, None, "/rod rök ur ett fönster")

    assert "rök" in town.card(TG_ROOM).text
    assert town.telegram.pins == town.matrix.pins == []


@pytest.mark.parametrize(
    ("who", "command"),
    [(ANNA, "/resolve"), (ANNA, "/withdraw"), (POLICE, "!resolve"), (OWNER, "/false")],
)
async def test_card_is_taken_down_when_it_is_over(fire: Town, who, command) -> None:
    """Resolved, withdrawn, false."""
    await fire.writes(who, None, f"{command} {fire.report_id()}")

    assert [fire.pinned(room) for room in ROOMS] == [[], []]
    assert fire.telegram.pins == fire.matrix.pins == ["pin", "unpin"]


async def test_card_is_taken_down_when_it_is_hidden(fire: Town) -> None:
    """What a moderator hides does not stay at the top."""
    await fire.presses(BO, fire.card(BO), "Flagga")
    await fire.taps(OWNER, "Dölj")

    assert "rök ur ett fönster" not in fire.card(TG_ROOM).text
    assert [fire.pinned(room) for room in ROOMS] == [[], []]


async def test_card_is_taken_down_when_its_time_is_up(fire: Town) -> None:
    """Nobody has to think of it."""
    await fire.passes(hours=6)

    assert [fire.pinned(room) for room in ROOMS] == [[], []]


async def test_card_follows_its_priority(town: Town) -> None:
    """It goes up as it turns red and comes down as it turns yellow."""
    line = await town.writes(EVA, MX_ROOM, "!gul rök ur ett fönster")
    await town.edits(EVA, line, "!rod rök ur ett fönster")
    raised = [len(town.pinned(room)) for room in ROOMS]
    await town.edits(EVA, line, "!gul rök ur ett fönster")

    assert raised == [1, 1]
    assert [town.pinned(room) for room in ROOMS] == [[], []]


async def test_confirmed_card_goes_on_hanging_and_what_changes_hangs_it_up_no_second_time(
    fire: Town,
) -> None:
    """The room is told of every pin."""
    await fire.writes(POLICE, None, f"!confirm {fire.report_id()}")
    await fire.presses(POLICE, fire.card(MX_ROOM), "Sett")
    await fire.passes(seconds=2)

    assert "Bekräftad" in fire.pinned(TG_ROOM)[0]
    assert fire.telegram.pins == fire.matrix.pins == ["pin"]


async def test_reopened_card_hangs_again(fire: Town) -> None:
    """It calls for attention again."""
    await fire.writes(ANNA, None, "/klart")
    await fire.taps(ANNA, "Öppna igen")

    assert [len(fire.pinned(room)) for room in ROOMS] == [1, 1]


async def test_erased_card_is_taken_down_first(fire: Town) -> None:
    """Where the platform keeps a stone, it must not hang."""
    await fire.taps_after(ANNA, "/glom", "Ja")
    await fire.settle()

    assert fire.cards(TG_ROOM) == []
    assert (fire.telegram.pinned, fire.matrix.pinned) == ([], [])
    assert fire.telegram.pins == fire.matrix.pins == ["pin", "unpin"]


async def test_restart_hangs_nothing_up_again(fire: Town) -> None:
    """What hangs is stored."""
    for outbox in fire.app.outboxes:
        await outbox.recover()
    await fire.settle()
    await fire.passes(minutes=1)

    assert fire.telegram.pins == fire.matrix.pins == ["pin"]


async def test_pin_of_which_nobody_knows_is_repeated(town: Town) -> None:
    """Twice hung up is hung up."""
    await _reports_with_pins_failing(town, UnknownOutcome("connection lost"))
    town.telegram.fail_pins = None
    await town.passes(minutes=1)

    assert len(town.pinned(TG_ROOM)) == 1
    assert len(town.cards(TG_ROOM)) == 1


async def test_card_that_is_over_before_it_could_hang_never_does(town: Town) -> None:
    """What waits is decided when its turn comes."""
    await _reports_with_pins_failing(town, TemporaryFailure("not yet", retry_after_s=30))
    town.telegram.fail_pins = None
    town.telegram.pins.clear()
    await town.writes(ANNA, None, "/klart")
    await town.passes(minutes=1)

    assert "Löst" in town.card(TG_ROOM).text
    assert town.telegram.pins == []


async def test_bot_that_may_not_pin_tries_once_and_troubles_nobody(town: Town) -> None:
    """The card is there; who administers the room decides what hangs."""
    await _reports_with_pins_failing(town, NO_RIGHT)
    await town.presses(BO, town.card(TG_ROOM), "Sett")
    await town.passes(seconds=2)
    await town.writes(ANNA, None, "/klart")

    assert "Löst" in town.card(TG_ROOM).text
    assert town.telegram.pins == ["pin"]
    assert town.rows("SELECT count(*) FROM effects WHERE state = 'given_up'") == [(0,)]
    assert town.matrix.pins == ["pin", "unpin"]


async def test_card_hangs_once_the_bot_may(town: Town) -> None:
    """Whoever gives it the right later need not wait for the next report."""
    await _reports_with_pins_failing(town, NO_RIGHT)
    town.telegram.fail_pins = None
    await _may(town, Right.DELETES)
    before = list(town.telegram.pins)
    await _may(town, Right.DELETES, Right.PINS)
    await _may(town, Right.DELETES, Right.PINS)

    assert before == ["pin"]
    assert len(town.pinned(TG_ROOM)) == 1
    assert town.telegram.pins == ["pin", "pin"]


async def test_card_that_was_over_before_the_bot_might_pin_it_hangs_nowhere(town: Town) -> None:
    """What should hang is asked then."""
    await _reports_with_pins_failing(town, NO_RIGHT)
    town.telegram.fail_pins = None
    await town.writes(ANNA, None, "/klart")
    await _may(town, Right.PINS)

    assert town.telegram.pins == ["pin"]


async def test_card_that_could_not_be_taken_down_is_once_the_bot_may(fire: Town) -> None:
    """It lost the right while the card hung."""
    fire.telegram.fail_pins = NO_RIGHT
    await fire.writes(ANNA, None, "/klart")
    await fire.passes(minutes=1)
    stuck = len(fire.pinned(TG_ROOM))
    fire.telegram.fail_pins = None
    await _may(fire, Right.PINS)

    assert stuck == 1
    assert fire.pinned(TG_ROOM) == []
    assert fire.telegram.pins == ["pin", "unpin", "unpin"]


async def test_card_that_could_not_be_taken_down_and_should_hang_again_does(fire: Town) -> None:
    """It hangs as it did; the bot may still not pin."""
    fire.telegram.fail_pins = NO_RIGHT
    await fire.writes(ANNA, None, "/klart")
    await fire.taps(ANNA, "Öppna igen")
    fire.telegram.fail_pins = None
    await _may(fire, Right.PINS)
    await fire.writes(ANNA, None, "/klart")

    assert fire.pinned(TG_ROOM) == []


async def test_many_pins_are_noted_at_once(fire: Town) -> None:
    """A worker that is busy settles what has ended together."""
    pinned = {CopyId(copy): Pin.REFUSED for (copy,) in fire.rows("SELECT id FROM copies")}
    async with fire.app.parts.database.write() as uow:
        await note_pins(uow.copies._session, pinned)

    hung = fire.rows("SELECT count(*) FROM copies WHERE pin = 'stuck'")
    assert hung == [(len(ROOMS),)]
    assert len(pinned) > len(ROOMS)


async def test_platform_that_can_t_pin_is_not_asked(town: Town) -> None:
    """It is a capability, not an attempt."""
    town.telegram.capabilities = replace(town.telegram.capabilities, can_pin=False)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert (town.telegram.pins, town.matrix.pins) == ([], ["pin"])


async def test_room_that_moves_gets_the_card_at_its_top_when_it_changes(fire: Town) -> None:
    """What waits for the old room is let go: its messages can't be changed any more."""
    new = RoomRef(TG_ROOM.platform, "-10077")
    with fire.platforms_down():
        await fire.writes(POLICE, None, f"!confirm {fire.report_id()}")
        await _moves(fire, new)
    await fire.settle()

    assert "Bekräftad" in fire.pinned(new)[0]
    assert fire.telegram.pins == ["pin", "pin"]


async def test_pin_that_waits_for_a_room_that_moves_is_let_go(town: Town) -> None:
    """It would be refused for hours, and hold up the removal of what stands there."""
    await _reports_with_pins_failing(town, TemporaryFailure("not yet", retry_after_s=30))
    await _moves(town, RoomRef(TG_ROOM.platform, "-10077"))

    assert town.rows("SELECT count(*) FROM effects WHERE verb = 'pin'") == [(0,)]


async def _moves(town: Town, new: RoomRef) -> None:
    ref, by = town.new_ref(ANNA, TG_ROOM), town.sender(ANNA)
    await town.happens(IncomingRoomMoved(ref=ref, sender=by, to=new))


async def _may(town: Town, *rights: Right) -> None:
    foothold = IncomingFoothold(
        ref=MessageRef(TG_ROOM, ""),
        sender=town.sender(ANNA),
        foothold=Foothold.ADMIN,
        is_direct=False,
        rights=frozenset(rights),
    )
    await town.happens(foothold)


async def _reports_with_pins_failing(town: Town, failure: BaseException) -> None:
    town.telegram.fail_pins = failure
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")
