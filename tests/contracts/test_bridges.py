"""What the outbox relies on, held by the bridge in memory and by real ones alike."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.incoming import RawUpdate
from bot.domain.messages import Attachment, MediaKind, MessageRef, Recipient
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import rich
from bot.errors import (
    BridgeError,
    MalformedUpdate,
    PermanentFailure,
    TemporaryFailure,
    UnknownOutcome,
)
from bot.ports.bridge import Bridge
from bot.storage import sqlite
from tests.contracts.stands import Matrix, Memory, Stand, Telegram, Web, memory
from tests.styles import bold

BUTTONS = (
    (Button(label="Sett", data="token.seen", emoji="👁"), Button(label="Här", data="token.here")),
    (Button(label="Läs mer", url="https://polisen.se"),),
)


def said(text: str) -> OutgoingMessage:
    """A message with nothing but words."""
    return OutgoingMessage(text=rich(text))


async def test_bridge_has_what_the_core_asks_for(stand: Stand) -> None:
    """The protocol is met, its attributes too."""
    bridge: Bridge = stand.bridge

    assert bridge.platform is stand.room.platform
    assert bridge.capabilities.command_prefixes
    assert bridge.last_round_trip is None


async def test_who_asks_for_nothing_is_no_error_where_people_are_let_in(stand: Stand) -> None:
    """Somebody else may have decided; elsewhere the core is told that it can't be had."""
    for answer in (stand.bridge.admit, stand.bridge.reject):
        if stand.bridge.capabilities.can_admit:
            await answer(stand.user, stand.room)
        else:
            with pytest.raises(PermanentFailure):
                await answer(stand.user, stand.room)


async def test_that_the_bot_is_at_work_can_be_shown_everywhere(stand: Stand) -> None:
    """Whether it shows is no matter; that it was asked for does no harm."""
    await stand.bridge.show_working(stand.room)


@pytest.mark.parametrize("where", ["room", "user"])
async def test_sent_is_seen(stand: Stand, where: str) -> None:
    """In a room and in private, and the ref tells where."""
    to: Recipient = getattr(stand, where)
    (ref,) = await stand.bridge.send(to, said("Hej"), key="k1")

    assert [seen.text for seen in await stand.sees(to)] == ["Hej"]
    assert ref.room.platform is to.platform
    if where == "room":
        assert ref.room == to


async def test_same_key_twice_is_one_message_where_that_is_promised(stand: Stand) -> None:
    """So that the outbox may repeat what it is not sure of."""
    first = await stand.bridge.send(stand.room, said("Hej"), key="k1")
    second = await stand.bridge.send(stand.room, said("Hej"), key="k1")
    other = await stand.bridge.send(stand.room, said("Hej"), key="k2")

    once = stand.bridge.capabilities.repeats_safely
    assert (first == second) is once
    assert other not in (first, second)
    assert len(await stand.sees(stand.room)) == (2 if once else 3)


async def test_same_key_twice_in_private_is_one_message(stand: Stand) -> None:
    """The same holds for people."""
    first = await stand.bridge.send(stand.user, said("Hej"), key="k1")
    second = await stand.bridge.send(stand.user, said("Hej"), key="k1")

    assert (first == second) is stand.bridge.capabilities.repeats_safely


async def test_order_of_sending_is_order_of_reading(stand: Stand) -> None:
    """What was sent first stands first."""
    for number in range(5):
        await stand.bridge.send(stand.room, said(f"{number}"), key=f"k{number}")

    assert [seen.text for seen in await stand.sees(stand.room)] == ["0", "1", "2", "3", "4"]


async def test_edit_changes_words_and_buttons_in_place(stand: Stand) -> None:
    """A living card is one message."""
    parts = await stand.bridge.send(
        stand.room, OutgoingMessage(text=rich("Hej"), rows=BUTTONS), key="k1"
    )
    after = await stand.bridge.edit(parts, OutgoingMessage(text=bold("Hej då")))

    assert after == parts
    (seen,) = await stand.sees(stand.room)
    assert (seen.text, seen.buttons) == ("Hej då", ())


async def test_edit_that_keeps_the_files_changes_the_words_alone(stand: Stand) -> None:
    """The bot has forgotten what it carried; what stands there has not."""
    files = (await stand.keep(),)
    parts = await stand.bridge.send(
        stand.room, OutgoingMessage(text=rich("Hej"), media=files), key="k1"
    )
    (before,) = await stand.sees(stand.room)
    await stand.bridge.edit(parts, OutgoingMessage(text=rich("Hej då"), keeps_media=True))

    (seen,) = await stand.sees(stand.room)
    assert (seen.text, seen.media) == ("Hej då", before.media)
    assert len(seen.media) == 1


async def test_edit_that_keeps_the_text_changes_the_buttons_alone(stand: Stand) -> None:
    """The bot has forgotten the words too; twice is as good as once, and none takes all away."""
    if not stand.bridge.capabilities.can_keep_text:
        return
    files = (await stand.keep(),)
    message = OutgoingMessage(text=bold("Hej"), media=files)
    parts = await stand.bridge.send(stand.room, message, key="k1")
    counted = ((Button(label="👍 2", data="token.react.👍"),),)
    for rows in (counted, counted, (), counted):
        after = await stand.bridge.edit(
            parts, OutgoingMessage(text=rich(""), rows=rows, keeps_text=True)
        )
        assert after == parts

    (seen,) = await stand.sees(stand.room)
    assert (seen.text, len(seen.media)) == ("Hej", 1)
    assert [[b.label for b in row] for row in seen.buttons] == [["👍 2"]]


async def test_emoji_of_the_bot_s_take_the_place_of_earlier_ones(stand: Stand) -> None:
    """As many as the platform lets it; none takes all back, also where there is none."""
    (ref,) = await stand.bridge.send(stand.room, said("Hej"), key="k1")
    for emoji in (["👍"], ["❤"], ["❤"]):
        await stand.bridge.react(ref, emoji)
    assert await stand.feels(ref) == ["❤"]
    for _ in range(2):
        await stand.bridge.react(ref, [])

    assert await stand.feels(ref) == []


async def test_edit_twice_is_an_edit(stand: Stand) -> None:
    """Repeating does no harm, so it needs no key."""
    parts = await stand.bridge.send(stand.room, said("Hej"), key="k1")
    for _ in range(2):
        await stand.bridge.edit(parts, said("Hej då"))

    assert [seen.text for seen in await stand.sees(stand.room)] == ["Hej då"]


async def test_edit_of_a_removed_message_is_refused_for_ever(stand: Stand) -> None:
    """There is nothing to try again."""
    parts = await stand.bridge.send(stand.room, said("Hej"), key="k1")
    await stand.bridge.redact(parts[0])

    with pytest.raises(PermanentFailure):
        await stand.bridge.edit(parts, said("Hej då"))
    assert await stand.sees(stand.room) == []


async def test_edit_of_what_was_never_there_is_refused_for_ever(stand: Stand) -> None:
    """The same."""
    for number in ("4711", "not-a-number"):
        with pytest.raises(PermanentFailure):
            await stand.bridge.edit((MessageRef(stand.room, number),), said("Hej"))


async def test_redaction_removes_and_repeats_without_harm(stand: Stand) -> None:
    """A message already gone is no error."""
    (kept,) = await stand.bridge.send(stand.room, said("kvar"), key="k1")
    (ref,) = await stand.bridge.send(stand.room, said("bort"), key="k2")
    for _ in range(2):
        await stand.bridge.redact(ref)
    await stand.bridge.redact(MessageRef(stand.room, "4711"))
    await stand.bridge.redact(MessageRef(stand.room, "not-a-number"))

    assert [seen.text for seen in await stand.sees(stand.room)] == ["kvar"]
    assert kept != ref


async def test_message_hangs_until_it_is_taken_down(stand: Stand) -> None:
    """Where that can be; either may be repeated."""
    if isinstance(stand, Telegram):
        stand.anna.manages(stand.chat).promotes(stand.account)
    if isinstance(stand, Matrix):
        await stand.anna.manages(stand.room_id).empowers(stand.bridge.api.user_id, 50)
    (ref,) = await stand.bridge.send(stand.room, said("Rök"), key="k1")
    if not stand.bridge.capabilities.can_pin:
        with pytest.raises(PermanentFailure):
            await stand.bridge.pin(ref)
        await stand.bridge.unpin(ref)
        return
    for _ in range(2):
        await stand.bridge.pin(ref)
    hangs = await stand.hanging()
    for _ in range(2):
        await stand.bridge.unpin(ref)

    assert (hangs, await stand.hanging()) == ([ref], [])


async def test_buttons_arrive_row_by_row(stand: Stand) -> None:
    """With what they carry; the emoji is for platforms that have reactions instead."""
    await stand.bridge.send(stand.room, OutgoingMessage(text=rich("Hej"), rows=BUTTONS), key="k1")
    (seen,) = await stand.sees(stand.room)

    def carried(rows: Sequence[Sequence[Button]]) -> list[list[Button]]:
        return [[replace(button, emoji=None) for button in row] for row in rows]

    assert carried(seen.buttons) == carried(BUTTONS)


async def test_answer_says_to_what(stand: Stand) -> None:
    """And a message that answers nothing says that."""
    (first,) = await stand.bridge.send(stand.room, said("Hej"), key="k1")
    await stand.bridge.send(
        stand.room, OutgoingMessage(text=rich("Svar"), reply_to=first), key="k2"
    )

    seen = await stand.sees(stand.room)
    assert [line.reply_to for line in seen] == [None, first.message_id]


@pytest.mark.parametrize("silent", [True, False])
async def test_silence_is_passed_on(stand: Stand, silent: bool) -> None:  # noqa: FBT001
    """Green makes no sound in anybody's pocket."""
    await stand.bridge.send(stand.room, OutgoingMessage(text=rich("Hej"), silent=silent), key="k1")

    assert [seen.silent for seen in await stand.sees(stand.room)] == [silent]


async def test_files_come_along_and_go_with_the_message(stand: Stand) -> None:
    """A picture of somebody does not outlive the message it came with."""
    file = await stand.keep()
    parts = await stand.bridge.send(
        stand.room, OutgoingMessage(text=rich("Hej"), media=(file,)), key="k1"
    )
    (seen,) = await stand.sees(stand.room)
    assert [(shown.name, shown.size_bytes) for shown in seen.media] == [("a.txt", 3)]

    await stand.bridge.edit(parts, said("borttaget"))
    (seen,) = await stand.sees(stand.room)
    assert list(seen.media) == []


async def test_edit_with_the_same_files_keeps_them(stand: Stand) -> None:
    """A changed count does not send the picture anew."""
    file = await stand.keep()
    parts = await stand.bridge.send(
        stand.room, OutgoingMessage(text=rich("Hej"), media=(file,)), key="k1"
    )
    (before,) = await stand.sees(stand.room)
    await stand.bridge.edit(parts, OutgoingMessage(text=rich("Hej igen"), media=(file,)))
    (after,) = await stand.sees(stand.room)

    assert after.media == before.media


@pytest.mark.parametrize(
    "payload", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"what": "message"}', b"-1", b"99"]
)
async def test_nonsense_is_a_malformed_update(stand: Stand, payload: bytes) -> None:
    """It becomes a dead letter and stops nobody."""
    with pytest.raises(MalformedUpdate):
        stand.bridge.parse(payload)


@pytest.mark.parametrize(
    "failure",
    [
        TemporaryFailure("down"),
        TemporaryFailure("flood", retry_after_s=3),
        PermanentFailure("no such room"),
        UnknownOutcome("connection lost"),
    ],
    ids=lambda failure: f"{type(failure).__name__}-{failure}",
)
@pytest.mark.parametrize("repeats_safely", [True, False])
async def test_memory_fails_as_told(failure: BridgeError, *, repeats_safely: bool) -> None:
    """Once, before or after it has had its effect; then it works again."""
    stand = memory(repeats_safely=repeats_safely)
    stand.bridge.fail_next = failure
    with pytest.raises(type(failure)):
        await stand.bridge.send(stand.room, said("a"), key="k1")
    assert await stand.sees(stand.room) == []
    stand.bridge.fail_after_next = failure
    with pytest.raises(type(failure)):
        await stand.bridge.send(stand.room, said("b"), key="k2")

    assert [seen.text for seen in await stand.sees(stand.room)] == ["b"]
    parts = await stand.bridge.send(stand.room, said("c"), key="k3")
    stand.bridge.fail_next = failure
    with pytest.raises(type(failure)):
        await stand.bridge.redact(parts[0])
    stand.bridge.fail_after_next = failure
    with pytest.raises(type(failure)):
        await stand.bridge.edit(parts, said("d"))
    assert (await stand.sees(stand.room))[-1].text == "d"


async def test_memory_offers_what_a_test_puts_in() -> None:
    """Updates by number, files by handle; by itself it offers nothing."""
    stand = memory(repeats_safely=True)
    stand.bridge.files["f"] = b"abc"
    file = Attachment(kind=MediaKind.FILE, handle="f", name="a", size_bytes=3)

    assert isinstance(stand, Memory)
    assert await stand.bridge.download(file) == b"abc"
    await stand.bridge.run(_refuse)


@pytest.mark.parametrize("to", ["room", "user"])
async def test_web_refuses_rooms_and_accounts_that_are_not_there(web: Web, to: str) -> None:
    """Whoever left can't be written to; nothing is left of the attempt."""
    file = await web.keep()
    gone: Recipient = type(getattr(web, to))(web.room.platform, "nobody")

    with pytest.raises(PermanentFailure):
        await web.bridge.send(gone, OutgoingMessage(text=rich("Hej"), media=(file,)), key="k1")
    assert web.files() == 1


async def test_web_keeps_one_copy_of_a_file_however_often_it_is_sent(web: Web) -> None:
    """A repeat leaves no orphans on the disk."""
    file = await web.keep()
    message = OutgoingMessage(text=rich("Hej"), media=(file,))
    parts = await web.bridge.send(web.room, message, key="k1")
    for _ in range(2):
        assert await web.bridge.send(web.room, message, key="k1") == parts
    assert web.files() == 2
    for _ in range(2):
        await web.bridge.edit(parts, message)
    assert web.files() == 2
    await web.bridge.edit(parts, said("utan bild"))

    assert web.files() == 1
    await web.bridge.redact(parts[0])
    assert web.files() == 1
    assert await web.media.read(file.id) == b"abc"


async def test_web_leaves_out_a_file_that_is_gone(web: Web) -> None:
    """The words come all the same."""
    file = await web.keep()
    await web.media.discard(file.id)
    await web.bridge.send(web.room, OutgoingMessage(text=rich("Hej"), media=(file,)), key="k1")
    (seen,) = await web.sees(web.room)

    assert (seen.text, list(seen.media)) == ("Hej", [])


async def test_web_downloads_what_was_put_in(web: Web) -> None:
    """And says for good when it is gone."""
    file = await web.keep()
    offered = Attachment(kind=file.kind, handle=file.id, name=file.name, size_bytes=3)
    assert await web.bridge.download(offered) == b"abc"
    await web.media.discard(file.id)

    with pytest.raises(PermanentFailure):
        await web.bridge.download(offered)


async def test_only_bridge_errors_leave_the_web_bridge_when_the_disk_fails(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the database does is the platform's refusal, and nothing was done."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 10)
    await web.database.close()
    await web.database.open()
    file = await web.keep()
    message = OutgoingMessage(text=rich("Hej"), media=(file,))
    parts = await web.bridge.send(web.room, message, key="k1")
    await web.database.close()

    for name in ("grannbro.db", "keys.db"):
        other = sqlite3.connect(web.folder / name, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(TemporaryFailure):
            await web.bridge.send(web.room, message, key="k2")
        if name == "grannbro.db":
            with pytest.raises(TemporaryFailure):
                await web.bridge.edit(parts, said("Hej då"))
        with pytest.raises(TemporaryFailure):
            await web.bridge.redact(parts[0])
        other.execute("ROLLBACK")
        other.close()

    assert [seen.text for seen in await web.sees(web.room)] == ["Hej"]


async def _refuse(update: RawUpdate) -> None:
    raise AssertionError(update)
