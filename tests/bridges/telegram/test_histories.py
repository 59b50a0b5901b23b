"""Whatever a message was before, and whatever goes wrong: it shows what it was last told to."""

from random import Random

import pytest

from bot.domain.messages import Media
from bot.domain.outgoing import Button, OutgoingMessage
from bot.errors import TemporaryFailure, UnknownOutcome
from tests.bridges.telegram.stage import Stage, numbers, said

pytestmark = pytest.mark.slow

SEEN = ((Button(label="Sett", data="token.seen"),),)
LENGTHS_CHARS = (9, 9, 900, 1500, 5000, 9000)
FILES = ("a", "b", "c")


def a_message(random: Random, stage: Stage, round_: int) -> OutgoingMessage:
    """Any text with any files and buttons."""
    make = random.choice([stage.files.photo, stage.files.file])
    media: tuple[Media, ...] = tuple(map(make, FILES[: random.choice([0, 0, 1, 2, 3])]))
    text = f"Rad {round_}. " * (random.choice(LENGTHS_CHARS) // 7)
    rows = SEEN if random.random() < 0.5 else ()
    keeps = round_ > 0 and not media and random.random() < 0.5
    return said(text.strip(), *media, rows=rows, keeps_media=keeps)


def written(texts: list[str]) -> str:
    """All words, whatever the parts."""
    return "".join("".join(texts).split())


@pytest.mark.parametrize("seed", range(30))
async def test_last_edit_is_what_is_seen(stage: Stage, seed: int) -> None:
    """Text, files and buttons; nothing of what was before is left, and the parts are known."""
    random = Random(seed)
    message = a_message(random, stage, 0)
    refs = await stage.bridge.send(stage.room, message, key="k")
    files = len(message.media)

    for round_ in range(1, 7):
        message = a_message(random, stage, round_)
        files = files if message.keeps_media else len(message.media)
        if random.random() < 0.5:
            stage.emulator.town.faults.fail(skip=random.randrange(6), code=500)
        for _ in range(4):
            try:
                refs = await stage.bridge.edit(refs, message)
                break
            except TemporaryFailure as failure:
                await stage.clock.sleep(failure.retry_after_s or 1)
            except UnknownOutcome:
                await stage.clock.sleep(1)
        stage.emulator.town.faults.clear()
        shown = stage.seen()

        assert numbers(refs) == [one.message_id for one in shown]
        assert written(stage.texts()) == written([message.text.plain])
        assert [one.kind() != "text" for one in shown].count(True) == files
        buttons = [one.buttons for one in shown]
        assert buttons == [[]] * (len(shown) - 1) + [["Sett"] if message.rows else []]
