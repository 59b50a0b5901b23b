"""What hangs at the top of an emulated Telegram's chats."""

import pytest

from bot.errors import PermanentFailure, Why
from tests.bridges.telegram.stage import Stage, numbers


async def test_message_is_hung_up_without_a_sound_and_taken_down(stage: Stage) -> None:
    """Telegram writes a line that tells of it; that line must wake nobody."""
    _lets_it_pin(stage)
    (ref,) = await stage.send("🔴 Rök")
    await stage.bridge.pin(ref)
    hung = list(stage.chat.pinned)
    line = stage.seen()[-1]
    await stage.bridge.unpin(ref)

    assert hung == numbers([ref])
    assert (line.is_service, line.is_silent) == (True, True)
    assert stage.chat.pinned == []


async def test_twice_is_as_good_as_once(stage: Stage) -> None:
    """An effect may be performed again."""
    _lets_it_pin(stage)
    (ref,) = await stage.send("🔴 Rök")
    for _ in range(2):
        await stage.bridge.pin(ref)
    assert stage.chat.pinned == numbers([ref])
    for _ in range(2):
        await stage.bridge.unpin(ref)

    assert stage.chat.pinned == []


async def test_other_pins_stay(stage: Stage) -> None:
    """The room has its own, older or newer."""
    _lets_it_pin(stage)
    refs = [(await stage.send(text))[0] for text in ("Regler", "🔴 Rök", "Mötet")]
    for ref in refs:
        await stage.bridge.pin(ref)
    await stage.bridge.unpin(refs[1])

    assert stage.chat.pinned == numbers([refs[0], refs[2]])


async def test_bot_without_the_right_is_told_so(stage: Stage) -> None:
    """Nothing hangs, and the reason is one that whoever administers the chat can mend."""
    stage.anna.manages(stage.chat).promotes(stage.account, "can_delete_messages")
    (ref,) = await stage.send("🔴 Rök")
    for change in (stage.bridge.pin, stage.bridge.unpin):
        with pytest.raises(PermanentFailure) as refused:
            await change(ref)
        assert refused.value.why is Why.NO_RIGHTS

    assert stage.chat.pinned == []


async def test_message_that_is_gone_can_t_hang(stage: Stage) -> None:
    """Somebody has deleted it meanwhile."""
    _lets_it_pin(stage)
    (ref,) = await stage.send("🔴 Rök")
    await stage.bridge.redact(ref)
    with pytest.raises(PermanentFailure) as refused:
        await stage.bridge.pin(ref)
    await stage.bridge.unpin(ref)

    assert refused.value.why is Why.MESSAGE_GONE


def _lets_it_pin(stage: Stage) -> None:
    stage.anna.manages(stage.chat).promotes(stage.account, "can_pin_messages")
