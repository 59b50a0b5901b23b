"""People who ask to be let in: told in the room, decided by those who administer it."""

from dataclasses import replace

import pytest

from bot.bridges.memory import MemoryBridge
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.room_news import Coming, IncomingMembership
from bot.errors import PermanentFailure, TemporaryFailure, Why
from tests.town import ANNA, BO, CILLA, MX_ROOM, SHOPS, TG, TG_ROOM, Town, alby, labels_of

BUTTONS = ["Släpp in", "Säg nej"]


@pytest.fixture
def gate(town: Town) -> Town:
    """Anna administers the room, where the bot may let people in."""
    _may_admit(town)
    town.telegram.administrators.add((ANNA, TG_ROOM))
    return town


def _may_admit(town: Town) -> MemoryBridge:
    bridge = town.telegram
    bridge.capabilities = replace(bridge.capabilities, can_admit=True)
    return bridge


async def asks(town: Town, user, *, room: RoomRef = TG_ROOM, may_be_told: bool = True) -> None:
    """Let somebody ask to be let in."""
    await _comes(town, user, room, Coming.ASKS, may_be_told=may_be_told)


async def _comes(town: Town, user, room, coming: Coming, *, may_be_told: bool = False) -> None:
    who = town.sender(user)
    await town.happens(
        IncomingMembership(
            ref=MessageRef(room, ""),
            sender=who,
            people=(who,),
            coming=coming,
            may_be_told=may_be_told,
        )
    )


async def test_room_reads_who_asks_with_two_buttons(gate):
    """By the name that they have on the platform: those who decide must know whom."""
    await asks(gate, gate.newcomer("Fia"))

    assert gate.texts(TG_ROOM) == [
        "Fia vill komma in i Alby grannar. Den som administrerar rummet bestämmer."
    ]
    assert labels_of(gate.in_room(TG_ROOM)[-1]) == BUTTONS
    assert gate.texts(MX_ROOM) == []


@pytest.mark.parametrize(
    ("button", "done", "said"),
    [
        ("Släpp in", "admit", "Fia släpps in. Bestämt av Granne 1."),
        ("Säg nej", "reject", "Fia släpps inte in. Bestämt av Granne 1."),
    ],
)
async def test_press_decides_and_the_card_says_who_did(gate, button, done, said):
    """Once: the buttons are gone."""
    fia = gate.newcomer("Fia")
    await asks(gate, fia)
    card = gate.in_room(TG_ROOM)[-1]
    await gate.presses(ANNA, card, button)

    assert gate.telegram.answered == [(done, fia, TG_ROOM)]
    assert card.text == said
    assert labels_of(card) == []


async def test_who_does_not_administer_the_room_is_told_kindly(gate):
    """Nothing is decided, and the card stays as it was."""
    await asks(gate, gate.newcomer("Fia"))
    card = gate.in_room(TG_ROOM)[-1]
    await gate.presses(BO, card, "Släpp in")

    assert gate.telegram.answered == []
    assert labels_of(card) == BUTTONS
    assert gate.last(BO).startswith("Det bestämmer de som administrerar rummet.")


async def test_other_buttons_cost_no_question(fire):
    """Asking how somebody stands takes time, and a mark must not wait."""
    fire.telegram.fail_next = None
    asked = []

    class Counting(MemoryBridge):
        async def membership(self, user, room):
            asked.append(user)
            return await super().membership(user, room)

    fire.telegram.__class__ = Counting
    await fire.presses(BO, fire.card(TG_ROOM), "👁")

    assert asked == []


async def test_who_asks_reads_what_the_group_is_for_and_its_tone(gate):
    """Though they never began a chat; afterwards they are out of reach as before."""
    gate.telegram.begins_at = "https://chat.example/bot"
    fia = gate.newcomer("Fia")
    await asks(gate, fia)

    (told,) = gate.texts(fia)
    assert "Alby grannar" in told
    assert "Vi håller ögonen öppna" in told
    assert "Ingen politik" in told
    assert "Alby grannförening" in told
    assert gate.rows("SELECT count(*) FROM identities WHERE NOT is_reachable")[0][0] >= 1
    assert len(gate.in_room(TG_ROOM)) == 1


async def test_who_can_t_be_written_to_is_not_called_in_the_room(gate):
    """They are not in it: nobody would read that."""
    gate.telegram.begins_at = "https://chat.example/bot"
    fia = gate.newcomer("Fia")
    await asks(gate, fia, may_be_told=False)

    assert gate.texts(fia) == []
    assert len(gate.in_room(TG_ROOM)) == 1


async def test_asking_twice_is_one_card(gate):
    """Until it is answered; then they may ask anew."""
    fia = gate.newcomer("Fia")
    for _ in range(2):
        await asks(gate, fia)
    assert len(gate.in_room(TG_ROOM)) == 1
    assert len(gate.texts(fia)) == 1
    await gate.presses(ANNA, gate.in_room(TG_ROOM)[-1], "Säg nej")
    await asks(gate, fia)

    assert labels_of(gate.in_room(TG_ROOM)[-1]) == BUTTONS


async def test_who_came_in_by_another_way_is_said_to_be_in(gate):
    """Somebody has answered in the platform's own list."""
    fia = gate.newcomer("Fia")
    await asks(gate, fia)
    await _comes(gate, fia, TG_ROOM, Coming.JOINED)

    (card,) = gate.in_room(TG_ROOM)
    assert card.text == "Fia är med nu."
    assert labels_of(card) == []


async def test_coming_in_after_the_decision_leaves_what_it_says(gate):
    """Who decided still stands there."""
    fia = gate.newcomer("Fia")
    await asks(gate, fia)
    await gate.presses(ANNA, gate.in_room(TG_ROOM)[-1], "Släpp in")
    await _comes(gate, fia, TG_ROOM, Coming.JOINED)

    assert gate.last(TG_ROOM) == "Fia släpps in. Bestämt av Granne 1."


async def test_refusal_of_the_platform_stands_on_the_card(gate):
    """With the right that is missing, and the buttons to try again; no dead letter."""
    await asks(gate, gate.newcomer("Fia"))
    card = gate.in_room(TG_ROOM)[-1]
    with gate.platforms_down():
        await gate.presses(ANNA, card, "Släpp in")
    gate.telegram.fail_next = PermanentFailure("not enough rights", why=Why.NO_RIGHTS)
    await gate.settle()

    assert card.text.startswith("Fia väntar fortfarande")
    assert labels_of(card) == BUTTONS
    assert gate.rows("SELECT count(*) FROM effects") == [(0,)]
    await gate.presses(ANNA, card, "Släpp in")
    assert [done for done, *_ in gate.telegram.answered] == ["admit"]


async def test_decision_outlasts_an_outage(gate):
    """It is stored with the reason for it, and tried until it is done."""
    fia = gate.newcomer("Fia")
    await asks(gate, fia)
    card = gate.in_room(TG_ROOM)[-1]
    with gate.platforms_down():
        await gate.presses(ANNA, card, "Släpp in")
    gate.telegram.fail_next = TemporaryFailure("bad gateway")
    await gate.settle()
    await gate.passes(minutes=1)

    assert gate.telegram.answered == [("admit", fia, TG_ROOM)]


@pytest.mark.parametrize(("button", "days"), [(None, 7), ("Säg nej", 3)])
async def test_card_goes_after_some_days_with_all_it_holds(gate, button, days):
    """Nothing of whoever asked is kept for longer."""
    await asks(gate, gate.newcomer("Fia"))
    if button:
        await gate.presses(ANNA, gate.in_room(TG_ROOM)[-1], button)
    await gate.passes(days=days, hours=-2)
    assert len(gate.in_room(TG_ROOM)) == 1
    await gate.passes(hours=3)

    assert gate.in_room(TG_ROOM) == []
    assert gate.rows("SELECT count(*) FROM notes WHERE feature = 'entries'") == [(0,)]


async def test_card_is_exported_and_forgotten(gate):
    """It is about a person, sealed with their key."""
    await asks(gate, CILLA)
    await gate.writes(CILLA, None, "/export")
    (file,) = gate.told(CILLA)[-1].message.media
    data = await gate.app.parts.media.read(file.id)
    assert data is not None
    assert "Cilla" in data.decode()
    await gate.taps_after(CILLA, "/glom", "Ja, radera allt")

    assert gate.in_room(TG_ROOM) == []
    assert gate.rows("SELECT count(*) FROM notes WHERE feature = 'entries'") == [(0,)]


async def test_room_of_no_group_is_left_alone(gate):
    """And so is one where the bot may not let people in."""
    before = gate.everything_shown()
    await asks(gate, gate.newcomer("Fia"), room=RoomRef(TG, "-777"))
    gate.telegram.capabilities = replace(gate.telegram.capabilities, can_admit=False)
    await asks(gate, gate.newcomer("Gun"), room=SHOPS)

    assert gate.everything_shown() == before


async def test_request_to_a_forum_is_read_in_the_group_s_topic(open_town):
    """People ask for the chat; the room of the group is a part of it."""
    forum, topic = RoomRef(TG, "-1001"), RoomRef(TG, "-1001/7")
    town = await open_town(groups=(alby(rooms=(topic, MX_ROOM)),))
    bridge = _may_admit(town)
    bridge.capabilities = replace(bridge.capabilities, inner_room_mark="/")
    bridge.administrators.add((ANNA, forum))
    fia = town.newcomer("Fia")
    await asks(town, fia, room=forum)
    await town.presses(ANNA, town.in_room(topic)[-1], "Släpp in")

    assert bridge.answered == [("admit", fia, forum)]


async def test_name_that_claims_a_badge_is_not_shown(gate):
    """Only the bot prints badges."""
    await asks(gate, gate.newcomer("Polisen Botkyrka"))

    assert gate.last(TG_ROOM).startswith("Någon vill komma in")
