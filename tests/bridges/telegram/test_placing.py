"""The keyboard that shares a position, on an emulated Telegram."""

from datetime import timedelta

from bot.domain.messages import RoomRef
from bot.domain.outgoing import Button, PlaceRequest
from tests.bridges.telegram.stage import Stage, said

ASKED = PlaceRequest(says="Eller dela din plats.", label="📍 Dela min plats")
A_WHILE = timedelta(seconds=5)
ROWS = ((Button(label="Albyberget", data="token.0"),),)


def told(stage: Stage) -> list[str]:
    """What the bot has written to Anna."""
    return [message.text for message in stage.seen(stage.account)]


def private(stage: Stage) -> RoomRef:
    """Anna's chat with the bot."""
    return RoomRef(stage.user.platform, stage.user.user_id)


async def test_question_keeps_its_buttons_and_the_keyboard_stands_below(stage: Stage) -> None:
    """A message can't have both."""
    await stage.send("Var?", to=private(stage), rows=ROWS, asks_place=ASKED)
    question, keyboard = stage.seen(stage.account)

    assert question.buttons == ["Albyberget"]
    assert keyboard.text == ASKED.says
    assert keyboard.markup == {
        "keyboard": [[{"text": ASKED.label, "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    assert stage.anna.keyboard(stage.account) == [ASKED.label]


async def test_edit_that_asks_no_more_puts_the_keyboard_away(stage: Stage) -> None:
    """With the words that came with it; doing so twice changes nothing."""
    parts = await stage.send("Var?", to=private(stage), rows=ROWS, asks_place=ASKED)
    shown = await stage.bridge.edit(parts, said("Tack!"))
    again = await stage.bridge.edit(parts, said("Tack!"))

    assert shown == again == parts[:1]
    assert told(stage) == ["Tack!"]
    assert stage.anna.keyboard(stage.account) == []


async def test_edit_that_begins_to_ask_opens_it(stage: Stage) -> None:
    """A form asks one thing after the other in the same message."""
    parts = await stage.send("Vad?", to=private(stage), rows=ROWS)
    asking = await stage.bridge.edit(parts, said("Var?", rows=ROWS, asks_place=ASKED))
    stage.clock.at += A_WHILE
    still = await stage.bridge.edit(asking, said("Var då?", rows=ROWS, asks_place=ASKED))

    assert asking == still
    assert told(stage) == ["Var då?", ASKED.says]
    assert stage.anna.keyboard(stage.account) == [ASKED.label]


async def test_removed_question_takes_the_keyboard_along(stage: Stage) -> None:
    """Part by part, as all that the bot has written."""
    for part in await stage.send("Var?", to=private(stage), asks_place=ASKED):
        stage.clock.at += A_WHILE
        await stage.bridge.redact(part)

    assert told(stage) == []
    assert stage.anna.keyboard(stage.account) == []


async def test_group_gets_no_keyboard(stage: Stage) -> None:
    """Telegram gives out positions in private chats only."""
    parts = await stage.send("Var?", asks_place=ASKED)

    assert len(parts) == 1
    assert stage.texts() == ["Var?"]
