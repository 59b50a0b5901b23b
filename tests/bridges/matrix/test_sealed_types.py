"""What is sealed can only be something said: of nothing else the server has seen who may do it."""

from collections.abc import Callable
from pathlib import Path

import nio
import pytest

from bot.bridges.matrix.inbound import read
from bot.bridges.matrix.opening import NotItsSenders, Opened, as_said
from bot.bridges.matrix.updates import raw_update
from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingReaction,
)
from bot.domain.richtext_json import Json
from bot.domain.room_news import IncomingFoothold
from tests.bridges.matrix.events import ACCOUNT, ROOM, event, reads
from tests.bridges.matrix.listening import Listening
from tests.bridges.matrix.nio_device import nio_device
from tests.servers.matrix.people import People

Opener = Callable[[str, dict[str, Json]], Opened]
DEEDS = (
    "m.room.redaction", "m.room.member", "m.room.power_levels", "m.room.tombstone",
    "m.room.encrypted", "m.beacon_info", "grannbro_forged", "", None, ["m.room.message"],
)  # fmt: skip


def hears_sealed(inner: Json, content: dict[str, Json]) -> Incoming | None:
    """Read what stood within a sealed event of Anna's."""

    def opens(_room: str, sealed: dict[str, Json]) -> Opened:
        return Opened(event=as_said(sealed, inner, content))

    return _reads(opens)


def _reads(opens: Opener) -> Incoming | None:
    update = raw_update(ROOM, event("m.room.encrypted", {"session_id": "s"}), {"sealed": True})
    assert update is not None
    return read(update.payload, ACCOUNT, opens)


@pytest.mark.parametrize("inner", DEEDS)
def test_nothing_is_done_by_a_sealed_event(inner):
    """Whoever may write could else remove, expel and move."""
    content: dict[str, Json] = {
        "redacts": "$2",
        "membership": "leave",
        "replacement_room": "!x",
        "live": True,
    }

    assert hears_sealed(inner, content) is None


@pytest.mark.parametrize(
    ("inner", "content", "kind"),
    [
        ("m.room.message", {"msgtype": "m.text", "body": "hej"}, IncomingMessage),
        ("m.sticker", {"body": "hej"}, IncomingMessage),
        ("m.reaction", {"m.relates_to": {"event_id": "$2", "key": "👍"}}, IncomingReaction),
    ],
)
def test_what_is_said_is_heard(inner, content, kind):
    """Words, pictures and emoji are their sender's, whatever power that has."""
    assert isinstance(hears_sealed(inner, content), kind)


def test_only_the_bot_itself_finds_that_something_is_forged():
    """It is marked beside the event, where nobody writes."""

    def opens(_room: str, _sealed: dict[str, Json]) -> Opened:
        raise NotItsSenders

    found = _reads(opens)

    assert isinstance(found, IncomingMessage)
    assert (found.is_forged, found.is_sealed, found.text.plain) == (True, True, "")


def test_line_in_the_clear_among_sealed_ones_is_marked():
    """And its edits are left: only a server could have made those of what was sealed."""
    sealed = hears_sealed("m.room.message", {"msgtype": "m.text", "body": "hej"})
    said = event("m.room.message", {"msgtype": "m.text", "body": "hej"})
    clear, elsewhere = reads(said, {"sealed": True}), reads(said)
    edit: dict[str, Json] = {
        "m.new_content": {"msgtype": "m.text", "body": "nej"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$2"},
    }

    marks = [m.is_unproven for m in (sealed, clear, elsewhere) if isinstance(m, IncomingMessage)]
    assert marks == [False, True, False]
    assert reads(event("m.room.message", edit), {"sealed": True}) is None
    assert isinstance(hears_sealed("m.room.message", edit), IncomingEdit)


async def test_member_without_power_removes_nobody_s_line(
    bot: Listening, people: People, tmp_path: Path
) -> None:
    """The server refuses such a removal, and does not see one that is sealed."""
    cilla = await people.arrives_encrypting("Cilla")
    await bot.starts()
    room = await cilla.opens(invites=[bot.account.id], is_encrypted=True)
    await bot.hears(IncomingFoothold)
    mallory = await people.arrives("Mallory")
    async with nio_device(mallory, tmp_path) as device:
        await device.prepares()
        await cilla.manages(room).invites(mallory.id)
        await mallory.joins(room)
        said = await cilla.writes(room, "Cillas rad")
        await device.syncs()
        for kind in ("m.room.redaction", "grannbro_forged"):
            sent = await device.client.room_send(
                room, kind, {"redacts": said}, ignore_unverified_devices=True
            )
            assert isinstance(sent, nio.RoomSendResponse)
        await device.writes(room, "efter")
        heard = await bot.hears(IncomingMessage, 2)

    assert [message.text.plain for message in heard] == ["Cillas rad", "efter"]
    assert bot.heard(IncomingDeletion) == []
