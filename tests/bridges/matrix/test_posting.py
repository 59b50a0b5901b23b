"""What the bridge does in rooms of a real homeserver, and what refusals mean."""

from pathlib import Path

import pytest

from bot.bridges.matrix.account import Credentials
from bot.bridges.matrix.invitations import Welcome
from bot.bridges.matrix.wiring import make_bridge
from bot.clock import SystemClock
from bot.domain.messages import MediaKind, MessageRef, Platform, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.room_news import IncomingFoothold
from bot.errors import PermanentFailure, TemporaryFailure, Why
from bot.storage.media import SealedFiles
from tests.bridges.matrix.listening import Listening, secret
from tests.pictures import png
from tests.servers.matrix.people import People
from tests.servers.matrix.person import Person
from tests.servers.matrix.synapse import Synapse
from tests.styles import bold


@pytest.fixture
async def anna(people: People) -> Person:
    """Opens rooms."""
    return await people.arrives("Anna")


async def _room(bot: Listening, anna: Person) -> RoomRef:
    await bot.starts()
    room = await anna.opens(invites=[bot.account.id])
    await bot.hears(IncomingFoothold)
    return RoomRef(Platform.MATRIX, room)


def said(text: str) -> OutgoingMessage:
    """A message with nothing but words."""
    return OutgoingMessage(text=rich(text))


async def test_formatted_words_arrive_in_both_forms_and_ping_nobody(
    bot: Listening, anna: Person
) -> None:
    """Also where they name somebody."""
    room = await _room(bot, anna)
    await bot.bridge.send(room, OutgoingMessage(text=bold(f"Hej {anna.id} @room")), key="k1")

    seen = await anna.sees(room.room_id, "Hej")
    assert seen.html == f"<strong>Hej {anna.id} @room</strong>"
    assert (seen.mentions, seen.content["m.mentions"]) == (frozenset(), {})


async def test_long_text_comes_in_parts_that_change_together(bot: Listening, anna: Person) -> None:
    """No server takes more than 65,536 bytes at once, and an edit holds its words twice."""
    room = await _room(bot, anna)
    long = "\n\n".join(f"stycke {number} " + "å" * 1000 for number in range(40))
    parts = await bot.bridge.send(room, said(long), key="k1")
    again = await bot.bridge.send(room, said(long), key="k1")
    whole = "".join(seen.text for seen in await anna.reads(room.room_id))
    longer = await bot.bridge.edit(parts, said(long + "\n\nslut" + "ö" * 20_000))
    shorter = await bot.bridge.edit(longer, said("kort"))

    assert parts == again
    assert whole == long
    assert len(longer) > len(parts) > 1
    assert list(shorter) == [parts[0]]
    standing = [seen.text for seen in await anna.reads(room.room_id) if not seen.is_gone]
    assert standing == ["kort"]


async def test_pictures_stand_with_words_below_the_first(
    bot: Listening, anna: Person, media: SealedFiles
) -> None:
    """And tell how large they are, so that apps can leave room."""
    room = await _room(bot, anna)
    files = (
        await media.keep(png(), kind=MediaKind.PHOTO, name="bro.png"),
        await media.keep(b"ljud", kind=MediaKind.VOICE, name="a.ogg"),
    )
    parts = await bot.bridge.send(room, OutgoingMessage(text=rich("Bron"), media=files), key="k1")

    picture, voice = await anna.reads(room.room_id)
    assert [part.message_id for part in parts] == [picture.event_id, voice.event_id]
    assert (picture.kind, picture.text, picture.file_name) == ("m.image", "Bron", "bro.jpg")
    assert {"w", "h", "size", "mimetype"} <= set(dict(picture.content["info"]))  # type: ignore[call-overload]  # JSON
    assert (voice.kind, "org.matrix.msc3245.voice" in voice.content) == ("m.audio", True)


async def test_file_that_is_too_large_is_told_in_words(
    bot: Listening, anna: Person, media: SealedFiles
) -> None:
    """By its name and size; the rest of the message comes."""
    room = await _room(bot, anna)
    file = await media.keep(b"x" * 2_000_000, kind=MediaKind.FILE, name="a.zip")
    bot.bridge.files.most_bytes = 1_000_000
    await bot.bridge.send(room, OutgoingMessage(text=rich("Här:"), media=(file,)), key="k1")

    (seen,) = await anna.reads(room.room_id)
    assert seen.text == "Här:\n📎 a.zip (2.0 MB)"


async def test_words_go_back_to_what_they_were(bot: Listening, anna: Person) -> None:
    """Each change is another, also where the same was shown before."""
    room = await _room(bot, anna)
    parts = await bot.bridge.send(room, said("ett"), key="k1")
    for text in ("två", "ett", "två", "ett"):
        await bot.bridge.edit(parts, said(text))

    assert [seen.text for seen in await anna.reads(room.room_id)] == ["ett"]


async def test_message_that_a_moderator_has_removed_is_gone_for_good(
    bot: Listening, anna: Person
) -> None:
    """The bridge hears of it, or asks."""
    room = await _room(bot, anna)
    (part,) = await bot.bridge.send(room, said("bort"), key="k1")
    await anna.redacts(room.room_id, part.message_id)
    bot.bridge.posting.standing.forget(part.message_id)
    with pytest.raises(PermanentFailure) as gone:
        await bot.bridge.edit((part,), said("tillbaka"))

    assert gone.value.why is Why.MESSAGE_GONE


async def test_refusals_say_whom_to_tell(bot: Listening, anna: Person) -> None:
    """The room's keepers if the bot lacks power, and others if it is not there."""
    room = await _room(bot, anna)
    (own,) = await bot.bridge.send(room, said("Hej"), key="k0")
    manages = anna.manages(room.room_id)
    theirs = MessageRef(room, await anna.writes(room.room_id, "min rad"))
    reasons = []
    with pytest.raises(PermanentFailure) as refused:
        await bot.bridge.redact(theirs)
    reasons.append(refused.value.why)
    with pytest.raises(PermanentFailure) as refused:
        await bot.bridge.pin(own)
    reasons.append(refused.value.why)
    await manages.requires(50, "m.room.message")
    with pytest.raises(PermanentFailure) as refused:
        await bot.bridge.send(room, said("Hej"), key="k1")
    reasons.append(refused.value.why)
    await manages.kicks(bot.account.id)
    with pytest.raises(PermanentFailure) as refused:
        await bot.bridge.send(room, said("Hej"), key="k2")
    reasons.append(refused.value.why)
    with pytest.raises(PermanentFailure):
        await bot.bridge.send(RoomRef(Platform.MATRIX, "!ingenstans"), said("Hej"), key="k3")
    with pytest.raises(PermanentFailure):
        await bot.bridge.send(UserRef(Platform.MATRIX, "ingen"), said("Hej"), key="k4")

    assert reasons == [Why.NO_RIGHTS, Why.NO_RIGHTS, Why.NO_RIGHTS, Why.NOT_IN_ROOM]


async def test_server_that_has_had_enough_is_left_alone(
    limited_synapse: Synapse, tmp_path: Path, media: SealedFiles
) -> None:
    """For as long as it says; nothing is asked meanwhile, and nothing comes twice after it."""
    async with People(limited_synapse) as people:
        anna, account = await people.arrives("Anna"), await people.account("granne")
        bridge = make_bridge(
            Credentials(
                homeserver=limited_synapse.url, user_id=account.id, password=account.password
            ),
            data_dir=tmp_path,
            media=media,
            clock=SystemClock(),
            welcome=Welcome(),
            secret=secret,
        )
        await bridge.open()
        room = RoomRef(Platform.MATRIX, await anna.opens(invites=[account.id]))
        await bridge.hearing.invitations.join(room.room_id, via=anna.id)
        waits_s: list[float] = []
        sent = 0
        while len(waits_s) < 2:
            try:
                await bridge.send(room, said(f"{sent}"), key=f"k{sent}")
                sent += 1
            except TemporaryFailure as failure:
                waits_s.append(failure.retry_after_s or 0)
        await bridge.close()
        read = [seen.text for seen in await anna.reads(room.room_id)]

    assert read == [f"{number}" for number in range(sent)]
    assert 0 < waits_s[1] <= waits_s[0] <= 10
