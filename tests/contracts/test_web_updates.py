"""What the web chat tells the bot: read as it was written, and never more harm than a refusal."""

import asyncio
import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.web.client import WebBridge
from bot.bridges.web.inbound import lane_of, written
from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingPress,
    IncomingReaction,
    RawUpdate,
)
from bot.domain.messages import Media, MediaId, MediaKind, Position, RoomRef
from bot.domain.positions import coarse
from bot.domain.richtext import rich
from bot.domain.richtext_json import Json
from bot.domain.web_chat import WebAccount, WebMessage
from bot.errors import MalformedUpdate, NotPermitted, StorageUnavailable, Unacceptable
from tests.contracts.stands import Web
from tests.styles import bold
from tests.town import AT_SEA, IN_ALBYBERGET

ANNA = WebAccount(id="anna", name="Anna", language="sv")
MESSAGE = WebMessage(
    id=7,
    room="torget",
    author="anna",
    text=rich("/rod ") + bold("Rök") + rich(" ur ett fönster"),
    media=(
        Media(id=MediaId("f1"), kind=MediaKind.PHOTO, mime="image/jpeg", name="a", size_bytes=9),
    ),
    reply_to=3,
    sent_at=datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
)
MORE: dict[str, dict[str, Any]] = {
    "message": {"position": Position(59.24, 17.85)},
    "edit": {},
    "deletion": {},
    "reaction": {"emoji": "👁", "added": True},
    "press": {"data": "token.seen"},
}
PAYLOADS = {what: written(what, MESSAGE, ANNA, **more) for what, more in MORE.items()}
BRIDGE = WebBridge(store=None, media=None, clock=None)  # type: ignore[arg-type]  # it only parses

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["message", "edit", "press", "@anna", "2026-13-40", "\ud800", 10**30, -1]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["bold", "link", "url", "quote", "block", "items", "id", "x"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
KEYS = (
    "what", "room", "message", "account", "name", "language", "text", "media", "position",
    "reply_to", "sent_at", "emoji", "added", "data",
)  # fmt: skip


def read_or_refused(payload: bytes) -> Incoming | None:
    """What the bridge makes of it; None if it refused as it should."""
    try:
        return BRIDGE.parse(payload)
    except MalformedUpdate:
        return None


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("message", IncomingMessage),
        ("edit", IncomingEdit),
        ("deletion", IncomingDeletion),
        ("reaction", IncomingReaction),
        ("press", IncomingPress),
    ],
)
def test_what_is_written_is_read(what: str, kind: type) -> None:
    """Everything a person can do in the chat arrives as that."""
    incoming = BRIDGE.parse(PAYLOADS[what])

    assert isinstance(incoming, kind)
    assert incoming is not None
    assert (str(incoming.sender.user), incoming.sender.name) == ("web:anna", "Anna")
    assert (str(incoming.ref.room), incoming.ref.message_id) == ("web:torget", "7")
    assert not incoming.is_direct


def test_message_is_read_whole() -> None:
    """With its command, its files, its place and what it answers."""
    message = BRIDGE.parse(PAYLOADS["message"])

    assert isinstance(message, IncomingMessage)
    assert message.text.plain == "/rod Rök ur ett fönster"
    assert message.command is not None
    assert [file.handle for file in message.attachments] == ["f1"]
    assert message.position == Position(59.24, 17.85)
    assert message.reply_to is not None
    assert message.reply_to.message_id == "3"
    assert message.sent_at == MESSAGE.sent_at


def test_bare_message_has_none_of_that() -> None:
    """A word in private."""
    bare = WebMessage(id=1, room="@anna", author="anna", text=rich("Hej"), sent_at=MESSAGE.sent_at)
    message = BRIDGE.parse(written("message", bare, WebAccount(id="anna", name="Anna")))

    assert isinstance(message, IncomingMessage)
    assert message.is_direct
    assert (message.command, message.position, message.reply_to) == (None, None, None)
    assert message.sender.language is None


@given(
    what=st.sampled_from(sorted(PAYLOADS)),
    changes=st.dictionaries(st.sampled_from(KEYS), ANYTHING, min_size=1, max_size=4),
    dropped=st.sets(st.sampled_from(KEYS), max_size=2),
)
def test_changed_update_is_read_or_refused(
    what: str, changes: dict[str, Json], dropped: set[str]
) -> None:
    """Whatever stands in a field: a refusal at worst, and what is read can be stored."""
    update = json.loads(PAYLOADS[what]) | changes
    for key in dropped:
        update.pop(key, None)

    incoming = read_or_refused(json.dumps(update).encode())

    if incoming is not None:
        repr(incoming).encode()
        assert 0 < int(incoming.ref.message_id) < 2**63


@given(what=st.sampled_from(sorted(PAYLOADS)), data=st.data())
def test_damaged_update_is_read_or_refused(what: str, data: st.DataObject) -> None:
    """Bytes that were lost, doubled or changed on the way."""
    payload = bytearray(PAYLOADS[what])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(payload)))
        length = data.draw(st.integers(0, 5))
        payload[at : at + length] = data.draw(st.binary(max_size=5))

    read_or_refused(bytes(payload))
    assert lane_of(bytes(payload)).startswith("web:")


@given(st.binary() | st.text().map(str.encode))
def test_noise_is_refused(noise: bytes) -> None:
    """No noise is an update."""
    assert read_or_refused(noise) is None
    assert lane_of(noise) == "web:?"


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, json.dumps({"text": [[[[]]]]}), "1e999"]
)
def test_deep_update_is_refused(text: str) -> None:
    """Nesting without end does not end the process."""
    assert read_or_refused(text.encode()) is None


@pytest.mark.parametrize(
    "position", [[91.0, 0.0], [0.0, 181.0], [float("nan"), 0.0], [1.0], "x", [True]]
)
def test_place_off_the_earth_is_refused(position: Json) -> None:
    """A place that no map has."""
    update = json.loads(PAYLOADS["message"]) | {"position": position}

    assert read_or_refused(json.dumps(update).encode()) is None


async def told(web: Web) -> list[RawUpdate]:
    """What the bridge offers until it has nothing more."""
    offered: list[RawUpdate] = []
    quiet = asyncio.Event()

    async def accept(update: RawUpdate) -> None:
        offered.append(update)

    async def wait(_event: asyncio.Event, *, at_most_s: float) -> None:
        quiet.set()
        await asyncio.sleep(at_most_s)

    web.bridge.clock.wait = wait  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(web.bridge.run(accept))
    async with asyncio.timeout(10):
        await quiet.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return offered


async def test_everything_that_people_do_is_offered_in_order(web: Web) -> None:
    """Each once, as long as nothing breaks."""
    number = await web.platform.write("anna", "torget", "Hej")
    await web.platform.edit("anna", number, "Hej *alla*")
    await web.platform.react("anna", number, "👁", on=True)
    await web.platform.react("anna", number, "👁", on=True)
    await web.platform.react("anna", number, "👁", on=False)
    await web.platform.press("anna", number, "token.seen")
    await web.platform.delete("anna", number)

    offered = await told(web)

    kinds = [json.loads(update.payload)["what"] for update in offered]
    assert kinds == ["message", "edit", "reaction", "reaction", "press", "deletion"]
    assert len({update.update_id for update in offered}) == 6
    assert {update.lane for update in offered} == {"web:torget"}
    assert await told(web) == []
    assert web.bridge.last_round_trip is not None


async def test_update_that_was_not_taken_is_offered_again(web: Web) -> None:
    """The disk was full for a moment; nobody's words are lost by that."""
    await web.platform.write("anna", "torget", "Hej")
    tries: list[RawUpdate] = []
    taken = asyncio.Event()

    async def accept(update: RawUpdate) -> None:
        tries.append(update)
        if len(tries) < 3:
            raise StorageUnavailable("full")
        taken.set()

    task = asyncio.create_task(web.bridge.run(accept))
    async with asyncio.timeout(10):
        await taken.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task

    assert [update.update_id for update in tries] == [tries[0].update_id] * 3


async def test_update_that_cannot_be_read_stops_nobody(web: Web) -> None:
    """It is handed on, to become a dead letter, and the next one comes after it."""
    async with web.database.write() as uow:
        await uow.web_chat.tell(b"{}", web.bridge.clock.now())
    await web.platform.write("anna", "torget", "Hej")

    offered = await told(web)

    assert [update.lane for update in offered] == ["web:?", "web:torget"]


async def test_words_are_kept_until_the_bot_has_heard_them(web: Web) -> None:
    """The day's key is not destroyed while something is sealed with it."""
    from datetime import timedelta

    await web.platform.write("anna", "torget", "Hej")
    await web.database.destroy_unused(web.bridge.clock.now() + timedelta(days=3))

    (update,) = await told(web)

    assert isinstance(BRIDGE.parse(update.payload), IncomingMessage)


async def test_half_a_character_does_not_break_the_chat(web: Web) -> None:
    """Some keyboards send them."""
    await web.platform.write("anna", "torget", "Hej \ud83d alla")
    (seen,) = await web.sees(web.room)

    assert seen.text == "Hej ? alla"


@pytest.mark.parametrize("typed", ["", "  \n ", "x" * 50_001])
async def test_nothing_and_far_too_much_is_refused(web: Web, typed: str) -> None:
    """Nothing is left behind."""
    with pytest.raises(Unacceptable):
        await web.platform.write("anna", "torget", typed)

    assert await web.sees(web.room) == []
    assert await told(web) == []


@pytest.mark.parametrize("typed", ["", "  \n ", "x" * 50_001])
async def test_line_is_not_changed_into_nothing_or_far_too_much(web: Web, typed: str) -> None:
    """It stays as it was."""
    number = await web.platform.write("anna", "torget", "Hej")
    with pytest.raises(Unacceptable):
        await web.platform.edit("anna", number, typed)

    assert [seen.text for seen in await web.sees(web.room)] == ["Hej"]
    assert len(await told(web)) == 1


async def test_place_alone_is_enough(web: Web) -> None:
    """To share where one is needs no words; the bot hears of it coarsely."""
    await web.platform.write("anna", "torget", "", position=Position(59.2414, 17.8471))

    (update,) = await told(web)
    message = BRIDGE.parse(update.payload)
    assert isinstance(message, IncomingMessage)
    assert message.position == coarse(Position(59.2414, 17.8471))


@pytest.mark.parametrize(
    ("position", "place"), [(IN_ALBYBERGET, "Albyberget"), (AT_SEA, "")], ids=["area", "off map"]
)
async def test_exact_spot_is_not_even_kept_by_the_chat(
    web: Web, position: Position, place: str
) -> None:
    """The room sees the area; what is stored, opened with its key, does not know the spot."""
    number = await web.platform.write("anna", "torget", "Här", position=position)

    async with web.database.read() as uow:
        message = await uow.web_chat.message(number)
        (update,) = await uow.web_chat.untold(limit=10)
    assert message is not None
    assert message.place == place
    assert str(position.lat).encode() not in update.payload


async def test_strangers_can_do_nothing(web: Web) -> None:
    """Who is not in the room can't write, change, press or react there; nothing is left behind."""
    number = await web.platform.write("anna", "torget", "Hej")
    await told(web)
    await web.platform.invite(WebAccount(id="eva", name="Eva"), [])
    attempts = (
        web.platform.write("eva", "torget", "Hej"),
        web.platform.edit("eva", number, "Nej"),
        web.platform.delete("eva", number),
        web.platform.press("eva", number, "token.seen"),
        web.platform.react("eva", number, "👁", on=True),
        web.platform.write("nobody", "torget", "Hej"),
        web.platform.press("anna", 4711, "token.seen"),
    )
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            await attempt

    assert [seen.text for seen in await web.sees(web.room)] == ["Hej"]
    assert await told(web) == []


async def test_only_the_author_changes_a_line(web: Web) -> None:
    """A neighbour in the same room does not."""
    number = await web.platform.write("anna", "torget", "Hej")
    (posted,) = await web.bridge.send(web.room, _said("Från boten"), key="k1")
    await web.platform.invite(WebAccount(id="bo", name="Bo"), ["torget"])
    for attempt in (
        web.platform.edit("bo", number, "Nej"),
        web.platform.delete("bo", number),
        web.platform.delete("bo", int(posted.message_id)),
    ):
        with pytest.raises(NotPermitted):
            await attempt

    assert [seen.text for seen in await web.sees(web.room)] == ["Hej", "Från boten"]


async def test_file_goes_with_the_line_it_came_with(web: Web) -> None:
    """Deleting one's line deletes one's picture."""
    file = await web.platform.keep_file(b"abc", name="a.txt", is_picture=False)
    number = await web.platform.write("anna", "torget", "", files=[file])
    assert web.files() == 1
    await web.platform.delete("anna", number)

    assert web.files() == 0


async def test_link_signs_in_its_owner_and_ends_with_the_next(web: Web) -> None:
    """A new personal link makes the old one worthless."""
    old = await web.platform.invite(WebAccount(id="bo", name="Bo"), ["torget"])
    new = await web.platform.invite(WebAccount(id="bo", name="Bo B"), ["torget"])

    assert await web.platform.sign_in(old) is None
    assert await web.platform.sign_in("guess") is None
    assert await web.platform.sign_in(new) == WebAccount(id="bo", name="Bo B")
    assert [room.id for room in await web.platform.rooms("bo")] == ["torget", "@bo"]


async def test_people_in_a_room_are_counted(web: Web) -> None:
    """For the reach that is shown before a report goes out."""
    await web.platform.invite(WebAccount(id="bo", name="Bo"), ["torget"])
    async with web.database.read() as uow:
        assert await uow.groups.member_count([web.room]) == 2
        assert await uow.groups.member_count([RoomRef(web.room.platform, "@bo")]) == 0


async def test_open_pages_hear_of_changes_until_they_close(web: Web) -> None:
    """Each hears of each room."""
    heard: list[str] = []
    stop = web.bridge.changes.listen(heard.append)
    await web.platform.write("anna", "torget", "Hej")
    stop()
    stop()
    await web.platform.write("anna", "torget", "Hej")

    assert heard == ["torget"]


def _said(text: str):
    from bot.domain.outgoing import OutgoingMessage

    return OutgoingMessage(text=rich(text))
