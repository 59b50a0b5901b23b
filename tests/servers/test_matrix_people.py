"""People on a real homeserver do what apps do, and see what apps show."""

import asyncio

import pytest

from tests.pictures import png
from tests.servers.matrix.asking import Refused
from tests.servers.matrix.contents import File
from tests.servers.matrix.people import People
from tests.servers.matrix.person import Person
from tests.servers.matrix.synapse import Synapse


@pytest.fixture
async def anna(people: People) -> Person:
    """Opens rooms."""
    return await people.arrives("Anna")


@pytest.fixture
async def bo(people: People) -> Person:
    """Comes to them."""
    return await people.arrives("Bo")


async def test_people_see_what_others_write_change_and_take_away(anna: Person, bo: Person):
    """Edits are applied, reactions counted, and what was redacted is gone."""
    room = await anna.opens(invites=[bo])
    assert await bo.is_invited(anna.id) == room
    await bo.joins(room)
    first = await anna.writes(room, "hej", html="<b>hej</b>", mentions=[bo.id])
    answer = await bo.writes(room, "hej själv", reply_to=first)
    inside = await bo.writes(room, "i en tråd", thread=first)
    slip = await bo.writes(room, "ett misstag")
    await anna.edits(room, first, "god dag")
    for who in (anna, bo):
        await who.reacts(room, answer, "👍")
    await anna.redacts(room, slip)

    seen = await bo.waits(room, lambda seen: seen[-1].is_gone)
    assert [one.text for one in seen] == ["god dag", "hej själv", "i en tråd", ""]
    assert seen[0].is_edited
    assert (seen[1].reply_to, seen[1].reactions) == (first, {"👍": 2})
    assert (seen[2].event_id, seen[2].thread, seen[2].reply_to) == (inside, first, None)


@pytest.mark.parametrize("kind", ["m.image", "m.file", "m.audio", "m.video", "m.sticker"])
async def test_files_arrive_whole(anna: Person, kind: str):
    """What one has sent, another fetches byte for byte, with its caption."""
    room = await anna.opens()
    picture = File(kind=kind, data=png(), name="a.png", mime="image/png", caption="Bron")
    await anna.sends_file(room, picture)

    seen = await anna.sees(room, "Bron")
    assert seen.kind == kind
    assert await anna.downloads(seen) == picture.data


async def test_polls_and_walks_are_folded(anna: Person, bo: Person):
    """The last vote of each counts, and a live location is where its last step was."""
    room = await anna.opens(is_public=True)
    await bo.joins(room)
    poll = await anna.asks_all(room, "När?", "Nu", "Sen")
    await anna.votes(room, poll, "0")
    await bo.votes(room, poll, "0")
    await bo.votes(room, poll, "1")
    await anna.ends_poll(room, poll)
    await anna.votes(room, poll, "1")
    walk = await bo.begins_walking(room, words="Bo går hem")
    await bo.walks(room, walk, 59.24, 17.84)
    await bo.stops_walking(room)
    await anna.shares_place(room, 59.3, 18.1, words="Torget")

    asked, walked, place = await anna.reads(room)
    assert (asked.text, asked.votes, asked.is_over) == ("När?", {"0": 1, "1": 1}, True)
    assert (walked.text, walked.place, walked.is_over) == ("Bo går hem", "geo:59.24,17.84", True)
    assert (place.text, place.place) == ("Torget", "geo:59.3,18.1")


@pytest.mark.parametrize("version", ["11", "12"])
async def test_rooms_are_administered_by_those_who_may(anna: Person, bo: Person, version: str):
    """In both kinds of rooms; from version 12 on their ids have no server in them."""
    room = await anna.opens(version=version)
    manages = anna.manages(room)
    await manages.lets_knock()
    await bo.knocks(room, "Släpp in mig")
    await manages.invites(bo.id)
    await bo.joins(room)
    with pytest.raises(Refused, match="M_FORBIDDEN"):
        await bo.manages(room).renames("Bos rum")
    await manages.empowers(bo.id, 50)
    await bo.manages(room).renames("Bos rum")
    await manages.kicks(bo.id)
    new = await manages.upgrades("12")

    assert (":" in room) == (version == "11")
    assert (await manages.members())[bo.id] == "leave"
    assert (await manages.state("m.room.tombstone"))["replacement_room"] == new


async def test_data_stay_over_an_outage(people: People, anna: Person):
    """The server comes back at the same address with all that was in it."""
    room = await anna.opens()
    await anna.writes(room, "före")
    async with people.synapse.down():
        with pytest.raises(OSError, match="Connect call failed"):
            await anna.reads(room)
    await anna.writes(room, "efter")

    assert [seen.text for seen in await anna.reads(room)] == ["före", "efter"]


async def test_a_frozen_server_leaves_people_waiting(people: People, anna: Person):
    """It takes the connection and says nothing; what was asked is done when it thaws."""
    room = await anna.opens()
    with people.synapse.frozen():
        asked = asyncio.create_task(anna.writes(room, "hej"))
        done, _ = await asyncio.wait([asked], timeout=0.2)
        assert not done

    assert (await anna.sees(room, "hej")).event_id == await asked


async def test_limits_hold_except_for_who_is_freed(limited_synapse: Synapse):
    """A server as operators have it refuses the eleventh line, until one is made an exception."""
    async with People(limited_synapse) as people:
        anna = await people.arrives("Anna")
        room = await anna.opens()
        with pytest.raises(Refused) as refused:
            await _chatters(anna, room)
        await people.free_from_limits(anna.id)
        await _chatters(anna, room)

    assert (refused.value.code, refused.value.status) == ("M_LIMIT_EXCEEDED", 429)
    assert refused.value.retry_after_ms


async def test_a_bots_account_signs_in_by_itself(people: People):
    """It is made without a session, as an operator makes it."""
    account = await people.account("granne", is_limited=False)
    bot = await people.signs_in(account)

    assert (bot.id, await bot.reads(await bot.opens())) == (account.id, [])


async def _chatters(who: Person, room: str) -> None:
    for number in range(15):
        await who.writes(room, str(number))
