"""What the bridge hears from a real homeserver, over restarts, gaps and refusals."""

import asyncio
import stat

import pytest

from bot.bridges.matrix.account import FILE
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.invitations import Welcome
from bot.bridges.matrix.media import Files
from bot.domain.incoming import IncomingMessage, IncomingPress, IncomingReaction
from bot.domain.messages import Attachment, MediaKind, Platform, RoomRef, UserRef
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.platform_troubles import PlatformTrouble
from bot.domain.richtext import rich
from bot.domain.rights import Right
from bot.domain.room_news import (
    Coming,
    Foothold,
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
    IncomingTroubles,
)
from bot.errors import PermanentFailure, TemporaryFailure, UnknownOutcome
from tests.bridges.matrix.listening import PATIENCE_S, Listening
from tests.pictures import png
from tests.servers.matrix.contents import File
from tests.servers.matrix.people import People
from tests.servers.matrix.person import Person


@pytest.fixture
async def anna(people: People) -> Person:
    """Opens rooms."""
    return await people.arrives("Anna")


async def _room(bot: Listening, anna: Person, **how: str) -> str:
    room = await anna.opens(invites=[bot.account.id], **how)  # type: ignore[arg-type]
    await bot.hears(IncomingFoothold, len(bot.heard(IncomingFoothold)) + 1)
    return room


class _Unreachable(Files):
    """Files of a server that does not answer the homeserver."""

    async def download(self, attachment: Attachment) -> bytes:
        raise Refusal(502, "M_UNKNOWN")


def _user(person: Person) -> UserRef:
    return _user_of(person.id)


def _user_of(user_id: str) -> UserRef:
    return UserRef(Platform.MATRIX, user_id)


def _words(bot: Listening) -> list[str]:
    return [message.text.plain for message in bot.heard(IncomingMessage)]


async def test_invited_bot_comes_and_hears_what_is_said_from_then_on(
    bot: Listening, anna: Person
) -> None:
    """What stood there before is nobody's business of the bot's."""
    await bot.starts()
    room = await anna.opens(is_public=True)
    await anna.writes(room, "före")
    await anna.manages(room).invites(bot.account.id)
    (foothold,) = await bot.hears(IncomingFoothold)
    await anna.writes(room, "efter")
    (message,) = await bot.hears(IncomingMessage)

    assert (foothold.foothold, foothold.sender.user.user_id) == (Foothold.MEMBER, anna.id)
    assert foothold.rights == {Right.READS_ALL, Right.POSTS}
    assert (message.text.plain, message.sender.name) == ("efter", "Anna")
    assert foothold.room == message.room == RoomRef(Platform.MATRIX, room)


async def test_first_start_replays_no_history(bot: Listening, anna: Person) -> None:
    """An account that has been elsewhere before does not repeat what was said there."""
    await bot.starts()
    room = await _room(bot, anna)
    await bot.stops()
    bot.keeper.updates.clear()
    bot.keeper.positions.clear()
    await anna.writes(room, "gammalt")
    await bot.starts()
    await anna.writes(room, "nytt")
    await bot.hears(IncomingMessage)

    assert _words(bot) == ["nytt"]


async def test_long_silence_is_made_up_for_in_order(bot: Listening, anna: Person) -> None:
    """More than an answer holds: the rest is asked for, and nothing comes twice."""
    await bot.starts()
    room = await _room(bot, anna)
    await anna.writes(room, "före")
    await bot.hears(IncomingMessage)
    await bot.stops()
    for number in range(130):
        await anna.writes(room, f"{number}")
    await bot.starts()
    await bot.hears(IncomingMessage, 131)

    assert _words(bot) == ["före", *(f"{number}" for number in range(130))]


async def test_what_could_not_be_kept_is_offered_again(bot: Listening, anna: Person) -> None:
    """And the position stays where it was."""
    await bot.starts()
    room = await _room(bot, anna)
    bot.keeper.refusals = 1
    await anna.writes(room, "kvar")
    await bot.hears(IncomingMessage)

    assert _words(bot) == ["kvar"]


async def test_token_is_asked_for_once_and_kept_from_others(
    bot: Listening, people: People
) -> None:
    """Servers allow few sign-ins; and whoever reads the token is the bot."""
    await bot.starts()
    first = bot.bridge.api.device_id
    await bot.stops()
    await bot.starts(password="forgotten since")

    assert bot.bridge.api.device_id == first
    kept = bot.folder / FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert bot.account.password not in kept.read_text()


async def test_refused_token_is_renewed_by_the_password(bot: Listening, anna: Person) -> None:
    """As after the operator has signed out all devices."""
    await bot.starts()
    room = await _room(bot, anna)
    await bot.bridge.api.post("/_matrix/client/v3/logout", {})
    await anna.writes(room, "hörs ändå")
    await bot.hears(IncomingMessage)

    assert _words(bot) == ["hörs ändå"]


async def test_token_that_opens_nothing_is_told_to_the_core(bot: Listening) -> None:
    """Somebody has to do something; nothing is sent meanwhile, and nothing lost."""
    await bot.begins(token="syt_wrong")
    (told,) = await bot.hears(IncomingTroubles)
    with pytest.raises(TemporaryFailure):
        await bot.bridge.send(_user_of("@a:b"), OutgoingMessage(text=rich("Hej")), key="k1")

    assert told.troubles == {PlatformTrouble.TOKEN_REFUSED}


async def test_picture_of_a_dead_server_keeps_nothing_else_from_going(
    bot: Listening, anna: Person
) -> None:
    """The homeserver answers for the other as if it were out of order itself."""
    await bot.starts()
    room = await _room(bot, anna)
    picture = Attachment(
        kind=MediaKind.PHOTO, handle="mxc://dead.se/abc", name="a.png", size_bytes=1
    )
    files = bot.bridge.files
    bot.bridge.files = _Unreachable(api=files.api, store=files.store, limits=files.limits)
    with pytest.raises(UnknownOutcome):
        await bot.bridge.download(picture)
    await bot.bridge.send(
        RoomRef(Platform.MATRIX, room), OutgoingMessage(text=rich("Det brinner")), key="k1"
    )

    await anna.sees(room, "Det brinner")


async def test_uninvited_rooms_are_declined(bot: Listening, people: People) -> None:
    """Where the operator has named whose invitations are taken."""
    anna, bo = await people.arrive("Anna", "Bo")
    bot.welcome = Welcome(people=[anna.id])
    await bot.starts()
    closed = await bo.opens(invites=[bot.account.id])
    opened = await anna.opens(invites=[bot.account.id])
    (foothold,) = await bot.hears(IncomingFoothold)

    assert foothold.room.room_id == opened
    assert (await bo.manages(closed).members())[bot.account.id] == "leave"


async def test_spaces_are_left_alone(bot: Listening, anna: Person) -> None:
    """Nobody talks there: an invitation is declined, and where the bot was put it goes."""
    await bot.starts()
    space: dict[str, object] = {"creation_content": {"type": "m.space"}, "preset": "public_chat"}
    invited = await anna.ask("POST", "createRoom", json={**space, "invite": [bot.account.id]})
    opened = await anna.ask("POST", "createRoom", json=space)
    await bot.bridge.hearing.invitations.join(str(opened["room_id"]), via=anna.id)
    await _room(bot, anna)
    for room in (str(invited["room_id"]), str(opened["room_id"])):
        async with asyncio.timeout(PATIENCE_S):
            while (await anna.manages(room).members())[bot.account.id] != "leave":
                continue

    assert len(bot.heard(IncomingFoothold)) == 1


async def test_press_is_a_reaction_and_is_taken_back(bot: Listening, anna: Person) -> None:
    """So that the same number can be pressed in answer to the next question."""
    await bot.starts()
    private = await anna.opens("", invites=[bot.account.id], is_direct=True)
    await bot.hears(IncomingMessage)
    await anna.manages(private).empowers(bot.account.id, 100)
    rows = ((Button(label="Ja", data="t.0"), Button(label="Sett", data="t.s", emoji="👁")),)
    (asked,) = await bot.bridge.send(
        RoomRef(Platform.MATRIX, private),
        OutgoingMessage(text=rich("Ska vi?"), rows=rows),
        key="k",
    )
    await anna.waits(private, lambda seen: seen[-1].reactions == {"1️⃣": 1, "👁": 1})
    await bot.stops()
    await bot.starts()
    await anna.reacts(private, asked.message_id, "1️⃣")
    seen_it = await anna.reacts(private, asked.message_id, "👁")
    (press,) = await bot.hears(IncomingPress)
    await anna.waits(private, lambda seen: seen[-1].reactions == {"1️⃣": 1, "👁": 2})
    await bot.stops()
    await bot.starts()
    await anna.redacts(private, seen_it)
    reactions = await bot.hears(IncomingReaction, 2)

    assert (press.ref, press.data, press.is_direct) == (asked, "t.0", True)
    assert [(r.ref, r.emoji, r.added) for r in reactions] == [
        (asked, "👁", True),
        (asked, "👁", False),
    ]


@pytest.mark.parametrize("restarts", [False, True])
async def test_reaction_that_a_moderator_removes_is_its_setter_s(
    bot: Listening,
    people: People,
    restarts: bool,  # noqa: FBT001
) -> None:
    """Else it would be counted for ever, and the moderator's own be taken back in its place."""
    anna, bo = await people.arrive("Anna", "Bo")
    await bot.starts()
    room = await anna.opens(invites=[bot.account.id, bo.id])
    await bo.joins(room)
    said = await anna.writes(room, "hej")
    reaction = await bo.reacts(room, said, "👎")
    await bot.hears(IncomingReaction)
    if restarts:
        await bot.stops()
        assert bo.id not in "".join(bot.keeper.positions.values())
        await bot.starts()
    await anna.redacts(room, reaction)
    _, taken_back = await bot.hears(IncomingReaction, 2)

    assert (taken_back.emoji, taken_back.added) == ("👎", False)
    assert taken_back.sender.user == _user(bo)


async def test_private_chat_is_made_once(bot: Listening, anna: Person, people: People) -> None:
    """Over restarts too; who leaves it is not written to any more."""
    await bot.starts()
    first = await bot.bridge.send(_user(anna), OutgoingMessage(text=rich("Hej")), key="k1")
    room = await anna.is_invited(bot.account.id)
    await anna.joins(room)
    await bot.stops()
    await bot.starts()
    second = await bot.bridge.send(_user(anna), OutgoingMessage(text=rich("Igen")), key="k2")
    await anna.leaves(room)
    await bot.until(lambda: bot.heard(IncomingFoothold)[-1].foothold is Foothold.GONE)
    with pytest.raises(PermanentFailure):
        await bot.bridge.send(_user(anna), OutgoingMessage(text=rich("Hallå")), key="k3")

    assert first[0].room == second[0].room == RoomRef(Platform.MATRIX, room)


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_room_is_followed_where_its_keepers_move_it(
    bot: Listening, people: People, version: str
) -> None:
    """Into the new room, if whoever says so may say so and both rooms agree."""
    anna, bo = await people.arrive("Anna", "Bo")
    await bot.starts()
    old = await anna.opens(invites=[bot.account.id, bo.id], version=version, is_public=True)
    await bo.joins(old)
    await bot.hears(IncomingFoothold)
    membership = await bot.bridge.membership(_user(anna), RoomRef(Platform.MATRIX, old))
    bos = await bot.bridge.membership(_user(bo), RoomRef(Platform.MATRIX, old))
    new = await anna.manages(old).upgrades("12")
    (moved,) = await bot.hears(IncomingRoomMoved)
    await bo.joins(new)
    await bo.writes(new, "här nu")
    await bot.until(lambda: "här nu" in _words(bot))

    assert (membership.title, membership.administers, bos.administers) == ("Torget", True, False)
    assert (moved.room.room_id, moved.to.room_id) == (old, new)


async def test_closed_room_is_followed_once_somebody_lets_the_bot_in(
    bot: Listening, anna: Person
) -> None:
    """The new room of a closed one is closed, too."""
    await bot.starts()
    old = await _room(bot, anna)
    new = await anna.manages(old).upgrades("12")
    await anna.manages(new).invites(bot.account.id)
    (moved,) = await bot.hears(IncomingRoomMoved)

    assert (moved.room.room_id, moved.to.room_id) == (old, new)


async def test_people_who_come_go_and_knock_are_told(bot: Listening, people: People) -> None:
    """And what becomes of the bot's own rights."""
    anna, bo = await people.arrive("Anna", "Bo")
    await bot.starts()
    room = await _room(bot, anna)
    manages = anna.manages(room)
    await manages.lets_knock()
    await bo.knocks(room)
    await manages.invites(bo.id)
    await bo.joins(room)
    await bo.leaves(room)
    await manages.empowers(bot.account.id, 50)
    comings = await bot.hears(IncomingMembership, 3)
    footholds = await bot.hears(IncomingFoothold, 2)
    await manages.kicks(bot.account.id)
    gone = (await bot.hears(IncomingFoothold, 3))[-1]

    assert [one.coming for one in comings] == [Coming.ASKS, Coming.JOINED, Coming.LEFT]
    assert footholds[-1].rights == {Right.READS_ALL, Right.POSTS, Right.DELETES, Right.PINS}
    assert gone.foothold is Foothold.GONE


async def test_what_was_said_before_the_bot_was_put_out_is_heard(
    bot: Listening, anna: Person
) -> None:
    """Also if both are told at once, as after a pause; nothing that was said later is."""
    await bot.starts()
    room = await _room(bot, anna)
    await bot.stops()
    await anna.writes(room, "en sak till")
    await anna.manages(room).kicks(bot.account.id)
    await anna.writes(room, "äntligen")
    await bot.starts()
    gone = (await bot.hears(IncomingFoothold, 2))[-1]

    assert gone.foothold is Foothold.GONE
    assert [message.text.plain for message in bot.heard(IncomingMessage)] == ["en sak till"]


async def test_files_are_fetched_with_the_account(bot: Listening, anna: Person) -> None:
    """Servers give them to nobody else any more."""
    await bot.starts()
    room = await _room(bot, anna)
    picture = File(kind="m.image", data=png(), name="bro.png", mime="image/png", caption="Bron")
    await anna.sends_file(room, picture)
    (message,) = await bot.hears(IncomingMessage)
    (offered,) = message.attachments

    assert (message.text.plain, offered.kind, offered.name) == (
        "Bron", MediaKind.PHOTO, "bro.png",
    )  # fmt: skip
    assert await bot.bridge.download(offered) == picture.data
