"""What a reader in private sees before a large file is there."""

from dataclasses import replace

import pytest

from bot.bridges.telegram.announcing import LARGE_BYTES
from bot.domain.messages import Media, MediaKind, Platform, RoomRef
from tests.bridges.telegram.stage import Stage, said


@pytest.mark.parametrize(
    ("kind", "name", "action"),
    [
        (MediaKind.FILE, "grannbro.json", "upload_document"),
        (MediaKind.VIDEO, "gården.mp4", "upload_video"),
        (MediaKind.VOICE, "röst.ogg", "upload_voice"),
    ],
)
async def test_reader_sees_that_a_large_file_is_on_its_way(
    stage: Stage, kind: MediaKind, name: str, action: str
) -> None:
    """Once: the second time Telegram has it."""
    for _ in range(2):
        await stage.bridge.send(stage.user, said("Här", _large(stage, kind, name)), key="k")

    assert _actions(stage) == [action]
    assert len(stage.seen(stage.account)) == 2


async def test_nothing_is_announced_in_a_room_or_of_what_is_small_or_urgent(stage: Stage) -> None:
    """Nobody waits there, or it would come no sooner, or it must not wait for this."""
    large = _large(stage, MediaKind.FILE, "a.json")
    await stage.send("Här", large)
    await stage.bridge.send(stage.user, said("Här", stage.files.file("b")), key="k")
    other = _large(stage, MediaKind.FILE, "c.json")
    await stage.bridge.send(stage.user, said("🔴 Rök", other, urgent=True), key="k")

    assert _actions(stage) == []


async def test_file_comes_though_it_could_not_be_announced(stage: Stage) -> None:
    """The announcement is a comfort."""
    stage.emulator.town.faults.fail(methods=["sendChatAction"])
    large = _large(stage, MediaKind.FILE, "a.json")
    await stage.bridge.send(stage.user, said("Här", large), key="k")

    (message,) = stage.seen(stage.account)
    assert (message.kind(), message.text) == ("document", "Här")


async def test_reader_in_private_sees_that_an_answer_is_being_made(stage: Stage) -> None:
    """What is slow for another reason than its files."""
    await stage.bridge.show_working(RoomRef(Platform.TELEGRAM, stage.user.user_id))

    assert _actions(stage) == ["typing"]


def _large(stage: Stage, kind: MediaKind, name: str) -> Media:
    return replace(stage.files.any(kind, name), size_bytes=LARGE_BYTES)


def _actions(stage: Stage) -> list[object]:
    return [call["action"] for call in stage.account.log if call["method"] == "sendChatAction"]
