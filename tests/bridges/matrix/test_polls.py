"""Votes in Matrix's own polls, by the names of today and of tomorrow."""

import json
from collections.abc import Mapping

import pytest

from bot.bridges.matrix.updates import ANSWERED, CONCERNS, SEALED
from bot.domain.incoming import IncomingEdit, IncomingPollEnd, IncomingReaction, IncomingVote
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.domain.polls import read_poll
from bot.domain.richtext_json import Json
from bot.domain.room_news import IncomingFoothold
from tests.bridges.matrix.events import ANNA, BO, event, reads
from tests.bridges.matrix.listening import Listening
from tests.servers.matrix import contents
from tests.servers.matrix.people import People

POLL = MessageRef(RoomRef(Platform.MATRIX, "!torget"), "$poll")
ABOUT: Json = {"rel_type": "m.reference", "event_id": "$poll"}
STABLE: dict[str, Json] = {
    "m.poll": {
        "max_selections": 2,
        "question": {"m.text": [{"body": "När?"}]},
        "answers": [{"m.id": "nu", "m.text": [{"body": "Nu"}]}, {"m.id": "sen"}],
    }
}


def plain(content: Mapping[str, object]) -> dict[str, Json]:
    """A content as it comes over the wire."""
    found = json.loads(json.dumps(content))
    assert isinstance(found, dict)
    return found


def asked(content: Mapping[str, Json], kind: str) -> dict[str, Json]:
    """What stands beside a vote: the poll that it is in."""
    return {"name": "Bo", ANSWERED: {"type": kind, "sender": BO, "content": dict(content)}}


TODAY = asked(plain(contents.poll("När?", ["Nu", "Sen"])), contents.POLL_START)
TOMORROW = asked(STABLE, "m.poll.start")


def vote(*answers: str) -> Json:
    """As apps vote today."""
    return event(contents.POLL_RESPONSE, plain(contents.vote("$poll", answers)))


def stable_vote(*answers: str) -> Json:
    """As they will."""
    content: Json = {"m.relates_to": ABOUT, "m.selections": [*answers]}
    return event("m.poll.response", content)


@pytest.mark.parametrize(
    ("told", "beside", "choices"),
    [
        (vote("1"), TODAY, (1,)),
        (vote("0", "1"), TODAY, (0,)),
        (vote(), TODAY, ()),
        (vote("7"), TODAY, ()),
        (vote("sen"), TOMORROW, (1,)),
        (stable_vote("sen", "nu"), TOMORROW, (1, 0)),
        (stable_vote("sen", "aldrig"), TOMORROW, ()),
        (stable_vote("0"), TODAY, (0,)),
    ],
    ids=[
        "one",
        "more than may be",
        "taken back",
        "unknown",
        "old vote",
        "several",
        "spoilt",
        "new",
    ],
)
def test_vote_is_told_by_the_places_of_the_choices(
    told: Json, beside: Mapping[str, Json], choices: tuple[int, ...]
) -> None:
    """Those that the poll allows; an unknown one spoils all."""
    found = reads(told, beside)

    assert isinstance(found, IncomingVote)
    assert (found.ref, found.choices) == (POLL, choices)


@pytest.mark.parametrize("beside", [{}, asked({"body": "Hej"}, "m.room.message"), asked({}, "x")])
def test_vote_in_what_is_no_poll_is_nothing(beside: dict[str, Json]) -> None:
    """Or in one that was removed."""
    assert reads(vote("1"), beside) is None


@pytest.mark.parametrize("answers", [None, "0", [0], [None], {"0": 1}])
def test_vote_of_no_form_is_taken_back(answers: Json) -> None:
    """Whatever a client sends."""
    content: Json = {"m.relates_to": ABOUT, contents.POLL_RESPONSE: {"answers": answers}}
    found = reads(event(contents.POLL_RESPONSE, content), TODAY)

    assert isinstance(found, IncomingVote)
    assert found.choices == ()


@pytest.mark.parametrize("kind", [contents.POLL_END, "m.poll.end"])
def test_end_is_read(kind: str) -> None:
    """Who may end it is for others to know."""
    found = reads(event(kind, {"m.relates_to": ABOUT}))

    assert isinstance(found, IncomingPollEnd)
    assert (found.ref, found.may_end_others) == (POLL, False)
    assert reads(event(kind, {})) is None


@pytest.mark.parametrize(("level", "may"), [(0, False), (49, False), (50, True)])
def test_end_by_who_may_remove_it_is_one(level: int, may: bool) -> None:  # noqa: FBT001
    """As apps take it."""
    powers: dict[str, Json] = {"create": {"sender": BO}, "levels": {"users": {ANNA: level}}}
    found = reads(event(contents.POLL_END, {"m.relates_to": ABOUT}), powers)

    assert isinstance(found, IncomingPollEnd)
    assert found.may_end_others is may


def test_server_is_asked_for_all_of_it() -> None:
    """What is not asked for never comes."""
    assert {contents.POLL_START, contents.POLL_RESPONSE, contents.POLL_END} <= CONCERNS
    assert {"m.poll.start", "m.poll.response", "m.poll.end"} <= CONCERNS


async def test_votes_are_heard_with_what_they_are_for(bot: Listening, people: People) -> None:
    """Sealed ones, too, in their order."""
    cilla = await people.arrives_encrypting("Cilla")
    await bot.starts()
    sealed = await cilla.opens(invites=[bot.account.id], is_encrypted=True)
    await bot.hears(IncomingFoothold)
    poll = await cilla.asks_all(sealed, "När?", "Nu", "Sen")
    await cilla.votes(sealed, poll, "0")
    await cilla.votes(sealed, poll, "1")
    await cilla.ends_poll(sealed, poll)
    await bot.hears(IncomingPollEnd)

    votes = bot.heard(IncomingVote)
    assert [one.choices for one in votes] == [(0,), (1,)]
    assert {one.ref.message_id for one in votes} == {poll}


@pytest.mark.parametrize("is_encrypted", [False, True])
async def test_removed_vote_is_taken_back(
    bot: Listening,
    people: People,
    is_encrypted: bool,  # noqa: FBT001
) -> None:
    """The one that counts; to remove one that was changed since changes nothing."""
    cilla = await people.arrives_encrypting("Cilla")
    await bot.starts()
    room = await cilla.opens(invites=[bot.account.id], is_encrypted=is_encrypted)
    await bot.hears(IncomingFoothold)
    poll = await cilla.asks_all(room, "När?", "Nu", "Sen")
    first = await cilla.votes(room, poll, "0")
    second = await cilla.votes(room, poll, "1")
    await bot.hears(IncomingVote, 2)
    await cilla.redacts(room, first)
    await cilla.redacts(room, second)
    votes = await bot.hears(IncomingVote, 3)

    assert [(one.choices, one.ref.message_id) for one in votes][1:] == [((1,), poll), ((), poll)]
    assert {one.sender.user.user_id for one in votes} == {cilla.id}


async def test_vote_that_was_removed_after_a_restart_is_taken_back(
    bot: Listening, people: People
) -> None:
    """Whose it was the homeserver tells; a moderator may have removed it."""
    anna, bo = await people.arrive("Anna", "Bo")
    await bot.starts()
    room = await anna.opens(invites=[bot.account.id, bo.id])
    await bo.joins(room)
    await bot.hears(IncomingFoothold)
    poll = await anna.asks_all(room, "När?", "Nu", "Sen")
    vote_of_bo = await bo.votes(room, poll, "1")
    await bot.hears(IncomingVote)
    await bot.until(lambda: vote_of_bo in "".join(bot.keeper.positions.values()))
    await bot.stops()
    await bot.starts()
    await anna.redacts(room, vote_of_bo)
    _, taken_back = await bot.hears(IncomingVote, 2)

    assert (taken_back.choices, taken_back.sender.user.user_id) == ((), bo.id)


@pytest.mark.parametrize("is_encrypted", [False, True])
async def test_changed_poll_is_heard_and_voted_in_as_it_reads_now(
    bot: Listening,
    people: People,
    is_encrypted: bool,  # noqa: FBT001
) -> None:
    """As apps change one: by a new beginning in the place of the old."""
    cilla = await people.arrives_encrypting("Cilla")
    await bot.starts()
    room = await cilla.opens(invites=[bot.account.id], is_encrypted=is_encrypted)
    await bot.hears(IncomingFoothold)
    poll = await cilla.asks_all(room, "När?", "Nu", "Sen")
    asked = contents.poll("Var?", ["Här", "Där", "Där borta"])
    change = contents.edit(poll, asked)
    await cilla.sends(room, contents.POLL_START, change)
    await cilla.votes(room, poll, "2")
    (edit,) = await bot.hears(IncomingEdit)
    (vote,) = await bot.hears(IncomingVote)

    found = read_poll(edit.text)
    assert found is not None
    assert (found.question, found.choices) == ("Var?", ("Här", "Där", "Där borta"))
    assert (edit.ref.message_id, vote.choices) == (poll, (2,))


@pytest.mark.parametrize(
    "told",
    [
        vote("1"),
        event("m.poll.end", {"m.relates_to": ABOUT}),
        event("m.reaction", {"m.relates_to": {"event_id": "$poll", "key": "👍"}}),
    ],
    ids=["vote", "end", "emoji"],
)
def test_what_is_not_words_tells_too_that_its_room_is_encrypted(told: Json) -> None:
    """So that it does not leave the room before anybody has agreed."""
    for is_sealed in (True, False):
        found = reads(told, {**TODAY, SEALED: is_sealed})

        assert isinstance(found, IncomingVote | IncomingPollEnd | IncomingReaction)
        assert found.is_sealed is is_sealed
