"""What events mean to the core; those of other clients as they send them today."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bridges.matrix.inbound import MARK
from bot.bridges.matrix.messages import TRAIL
from bot.bridges.matrix.profiles import PROFILE
from bot.bridges.matrix.updates import CONCERNS
from bot.domain.incoming import (
    Extra,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingPress,
    IncomingReaction,
)
from bot.domain.messages import MediaKind, MessageRef, Platform, Position, RoomRef, UserRef
from bot.domain.richtext_json import Json
from bot.domain.rights import Right
from bot.domain.room_news import (
    Coming,
    Foothold,
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
)
from bot.errors import MalformedUpdate
from tests.bridges.matrix.events import ANNA, BO, ME, event, reads, reads_json, says
from tests.domain.examples import json_values

HERE = RoomRef(Platform.MATRIX, "!torget")


def message(**content: Json) -> IncomingMessage:
    """Read a message that is one."""
    found = says(**content)
    assert isinstance(found, IncomingMessage)
    return found


def test_words_are_read_with_who_where_and_when() -> None:
    """An id of a room names no server."""
    found = message(body="Hej")

    assert (found.text.plain, found.sender.name) == ("Hej", "Anna")
    assert found.sender.user == UserRef(Platform.MATRIX, ANNA)
    assert found.ref == MessageRef(HERE, "$1")
    assert found.sent_at.year == 2026
    assert not found.is_direct


@pytest.mark.parametrize(("line", "name"), [("!röd rök", "red"), ("/red rök", "red")])
def test_commands_begin_with_either_sign(line: str, name: str) -> None:
    """Most clients keep `/` for themselves."""
    command = message(body=line).command

    assert command is not None
    assert (command.name, command.rest.plain) == (name, "rök")


def test_answer_is_read_without_the_quote_of_old_clients() -> None:
    """It would be carried twice."""
    relation: Json = {"m.in_reply_to": {"event_id": "$0"}}
    plain = message(body="> <@bo:hem.se> gammalt\n> mer\n\nsvar", **{"m.relates_to": relation})
    html = message(
        body="> x\n\nsvar",
        format="org.matrix.custom.html",
        formatted_body="<mx-reply><blockquote>x</blockquote></mx-reply><b>svar</b>",
        **{"m.relates_to": relation},
    )

    assert (plain.text.plain, html.text.plain) == ("svar", "svar")
    assert plain.reply_to == html.reply_to == MessageRef(HERE, "$0")
    assert message(body="> ett citat\nsvar").text.plain == "> ett citat\nsvar"


@pytest.mark.parametrize(("falls_back", "answered"), [(True, "$first"), (False, "$last")])
def test_line_in_a_thread_answers(falls_back: bool, answered: str) -> None:  # noqa: FBT001
    """The thread's beginning, unless somebody has chosen a line in it."""
    relation: Json = {
        "rel_type": "m.thread",
        "event_id": "$first",
        "is_falling_back": falls_back,
        "m.in_reply_to": {"event_id": "$last"},
    }

    assert message(body="x", **{"m.relates_to": relation}).reply_to == MessageRef(HERE, answered)


@pytest.mark.parametrize("is_sealed", [False, True], ids=["open", "sealed"])
def test_edit_tells_whether_its_file_is_another(*, is_sealed: bool) -> None:
    """Each upload lies somewhere else; what opens a sealed one could be written in other ways."""
    lies: Json = {"url": "mxc://hem.se/b", "key": {"k": "k"}, "iv": "i", "hashes": {"sha256": "h"}}
    new: dict[str, Json] = {"msgtype": "m.image", "body": "b.jpg", "url": "mxc://hem.se/b"}
    if is_sealed:
        new = {"msgtype": "m.image", "body": "b.jpg", "file": lies}
    relation: Json = {"rel_type": "m.replace", "event_id": "$0"}
    found = says(**{"m.relates_to": relation, "m.new_content": new})

    assert isinstance(found, IncomingEdit)
    assert [file.identity for file in found.attachments or ()] == ["mxc://hem.se/b"]


def test_edit_is_what_stands_in_the_new_content() -> None:
    """And never what old clients are shown beside it."""
    relation: Json = {"rel_type": "m.replace", "event_id": "$0"}
    new: Json = {"msgtype": "m.text", "body": "rätt"}
    found = says(body="* rätt", **{"m.relates_to": relation, "m.new_content": new})

    assert isinstance(found, IncomingEdit)
    assert (found.ref, found.text.plain) == (MessageRef(HERE, "$0"), "rätt")
    assert says(body="* x", **{"m.relates_to": relation}) is None


FILES: list[tuple[dict[str, Json], MediaKind]] = [
    ({"msgtype": "m.image"}, MediaKind.PHOTO),
    ({"msgtype": "m.file"}, MediaKind.FILE),
    ({"msgtype": "m.audio"}, MediaKind.AUDIO),
    ({"msgtype": "m.audio", "org.matrix.msc3245.voice": {}}, MediaKind.VOICE),
    ({"msgtype": "m.video"}, MediaKind.VIDEO),
    ({"msgtype": "m.video", "info": {"fi.mau.gif": True}}, MediaKind.ANIMATION),
]


@pytest.mark.parametrize(("content", "kind"), FILES, ids=[kind.value for _, kind in FILES])
def test_files_have_a_kind_a_name_and_words_below_them(
    content: dict[str, Json], kind: MediaKind
) -> None:
    """The words stand in the body if the name stands elsewhere."""
    found = message(**{"body": "Bron", "filename": "a.png", "url": "mxc://hem.se/1", **content})
    plain = message(**{"body": "a.png", "url": "mxc://hem.se/1", **content})

    assert [(a.kind, a.name, a.handle) for a in found.attachments] == [
        (kind, "a.png", "mxc://hem.se/1")
    ]
    assert (found.text.plain, plain.text.plain) == ("Bron", "")
    assert plain.attachments[0].name == "a.png"


def test_encrypted_file_comes_with_what_opens_it() -> None:
    """Its hash is among that: what was changed on the way is not opened."""
    file: Json = {"url": "mxc://a/b", "key": {"k": "K"}, "iv": "I", "hashes": {"sha256": "S"}}
    found = message(msgtype="m.file", body="a.txt", file=file)
    broken = message(msgtype="m.file", body="a.txt", file={"url": "mxc://a/b"})

    assert json.loads(found.attachments[0].handle) == {
        "url": "mxc://a/b", "k": "K", "iv": "I", "sha256": "S",
    }  # fmt: skip
    assert (broken.attachments, broken.extra) == ((), Extra.UNKNOWN)


def test_sticker_is_a_picture() -> None:
    """Whatever it says of itself."""
    told = event("m.sticker", {"body": "katt", "url": "mxc://a/b", "info": {"size": 5}})
    found = reads(told)

    assert isinstance(found, IncomingMessage)
    assert [(a.kind, a.size_bytes) for a in found.attachments] == [(MediaKind.STICKER, 5)]


@pytest.mark.parametrize(
    "content",
    [
        {"geo_uri": "geo:59.2,17.8;u=35", "body": "Location geo:59.2,17.8"},
        {"org.matrix.msc3488.location": {"uri": "geo:59.2,17.8"}, "body": "here 59.2"},
    ],
)
def test_place_is_a_position_and_not_words(content: dict[str, Json]) -> None:
    """The plain words of it tell the exact place, which is not to be carried."""
    found = message(msgtype="m.location", **content)

    assert (found.position, found.text.plain) == (Position(59.2, 17.8), "")


@pytest.mark.parametrize("uri", ["geo:91,0", "geo:0,181", "geo:x,y", "", "javascript:1"])
def test_place_off_the_earth_is_something_that_can_t_be_shown(uri: str) -> None:
    """It is told that there was something."""
    found = message(msgtype="m.location", body="x", geo_uri=uri)

    assert (found.position, found.extra) == (None, Extra.UNKNOWN)


def test_shared_way_is_a_message_that_changes_its_place() -> None:
    """As the core knows it from other platforms; its end says nothing."""
    begins = reads(event("org.matrix.msc3672.beacon_info", {"live": True, "description": "hem"}))
    relation: Json = {"rel_type": "m.reference", "event_id": "$1"}
    place: Json = {"uri": "geo:59.2,17.8"}
    goes_on = reads(
        event(
            "org.matrix.msc3672.beacon",
            {"m.relates_to": relation, "org.matrix.msc3488.location": place},
            event_id="$2",
        )
    )

    assert isinstance(begins, IncomingMessage)
    assert isinstance(goes_on, IncomingEdit)
    assert (begins.ref, begins.text.plain) == (goes_on.ref, "📍 hem")
    assert goes_on.position == Position(59.2, 17.8)
    assert reads(event("m.beacon_info", {"live": False})) is None


def test_poll_has_its_question_and_answers_as_words() -> None:
    """In the form that clients send and in the one to come."""
    old: Json = {
        "org.matrix.msc3381.poll.start": {
            "question": {"org.matrix.msc1767.text": "När?"},
            "answers": [{"id": "0", "org.matrix.msc1767.text": "Nu"}, {"id": "1", "body": "Sen"}],
        }
    }
    new: Json = {
        "m.poll": {
            "question": {"m.text": [{"body": "När?"}]},
            "answers": [{"m.id": "0", "m.text": [{"body": "Nu"}]}, {"m.text": [{"body": "Sen"}]}],
        }
    }
    for kind, content in (("org.matrix.msc3381.poll.start", old), ("m.poll.start", new)):
        found = reads(event(kind, content))
        assert isinstance(found, IncomingMessage)
        assert (found.text.plain, found.extra) == ("📊 När?\n• Nu\n• Sen", Extra.POLL)


def test_what_is_not_known_is_told_to_be_there() -> None:
    """Never dropped in silence, and with the words that it has for those who don't know it."""
    found = message(msgtype="org.example.hologram", body="ett hologram")

    assert (found.text.plain, found.extra) == ("ett hologram", Extra.UNKNOWN)
    assert message(msgtype="m.image", body="utan adress").extra is Extra.UNKNOWN


def test_what_somebody_does_looks_like_it() -> None:
    """An emote has its writer's name before it anyway."""
    assert message(msgtype="m.emote", body="vinkar").text.plain == "vinkar"


@pytest.mark.parametrize("kind", ["m.notice", "m.key.verification.request"])
def test_bots_and_devices_among_themselves_are_not_carried(kind: str) -> None:
    """Two bots that carry each other's notices would never end."""
    assert says(msgtype=kind, body="x") is None


def test_bot_does_not_hear_itself() -> None:
    """Neither as itself nor in what it has sent as somebody else."""
    own = event("m.room.message", {"msgtype": "m.text", "body": "x"}, sender=ME)

    assert reads(own) is None
    assert reads({**own, "content": {"msgtype": "m.text", "body": "x", MARK: "m1"}}) is None


@pytest.mark.parametrize("kind", ["m.text", "m.notice"])
def test_copy_of_what_the_bot_has_brought_is_a_forward(kind: str) -> None:
    """Apps hand on all of an event's content; dropped, it would be gone in silence."""
    profile: Json = {"id": "1", "displayname": "Granne 4", "has_fallback": True}
    copied: dict[str, Json] = {MARK: "m1", TRAIL: ["a1"], PROFILE: profile}
    found = message(msgtype=kind, body="Granne 4: /röd rök", **copied)

    assert (found.text.plain, found.forwarded_from) == ("/röd rök", "Granne 4")
    assert (found.spoken_as, found.trail, found.command) == (None, None, None)


def test_copy_of_the_bot_s_own_words_is_a_forward_of_nobody_s() -> None:
    """Its remarks stay where they are, as all notices do."""
    copied: dict[str, Json] = {MARK: "m1", TRAIL: []}
    found = message(body="🔴 #7K3 rök", **copied)

    assert (found.forwarded_from, found.trail) == ("", None)
    assert says(msgtype="m.notice", body="Kopplat.", **copied) is None
    assert message(body="x", **{MARK: "another"}).forwarded_from is None


def test_reaction_is_told_with_its_emoji() -> None:
    """Pictures and texts are no emoji."""
    relation: Json = {"rel_type": "m.annotation", "event_id": "$0", "key": "👍"}
    found = reads(event("m.reaction", {"m.relates_to": relation}))
    with_picture: Json = {"rel_type": "m.annotation", "event_id": "$0", "key": "mxc://a/b"}
    picture = reads(event("m.reaction", {"m.relates_to": with_picture}))

    assert isinstance(found, IncomingReaction)
    assert isinstance(picture, IncomingReaction)
    assert (found.ref, found.emoji, found.added) == (MessageRef(HERE, "$0"), "👍", True)
    assert picture.emoji == "❔"


@pytest.mark.parametrize("key", ["1️⃣", "1⃣"])
def test_reaction_with_a_buttons_number_is_a_press(key: str) -> None:
    """Some clients leave out the sign that asks for colour."""
    relation: Json = {"rel_type": "m.annotation", "event_id": "$0", "key": key}
    found = reads(event("m.reaction", {"m.relates_to": relation}), {"presses": {"1️⃣": "token.1"}})

    assert isinstance(found, IncomingPress)
    assert (found.ref, found.data) == (MessageRef(HERE, "$0"), "token.1")


@pytest.mark.parametrize("place", ["content", "event"])
def test_redaction_removes_a_message_or_takes_a_reaction_back(place: str) -> None:
    """What is removed stands in the content since room version 11, and beside it before."""
    inside: Json = {"redacts": "$0"} if place == "content" else {}
    beside: dict[str, Json] = {} if place == "content" else {"redacts": "$0"}
    told = event("m.room.redaction", inside, **beside)
    removed = reads(told)
    taken_back = reads(told, {"reaction": {"event_id": "$card", "key": "👁"}})

    assert isinstance(removed, IncomingDeletion)
    assert removed.ref == MessageRef(HERE, "$0")
    assert isinstance(taken_back, IncomingReaction)
    assert (taken_back.ref.message_id, taken_back.emoji, taken_back.added) == (
        "$card", "👁", False,
    )  # fmt: skip


@pytest.mark.parametrize(("level", "may"), [(50, True), (0, False)], ids=["moderator", "anybody"])
def test_redaction_tells_whether_its_sender_may_remove_what_others_write(
    level: int,
    may: bool,  # noqa: FBT001 - of a table
) -> None:
    """Servers also let through what came from the same server as its target."""
    told = event("m.room.redaction", {"redacts": "$0"})
    powers: dict[str, Json] = {"create": {"sender": BO}, "levels": {"users": {ANNA: level}}}
    found, unknown = reads(told, powers), reads(told)

    assert isinstance(found, IncomingDeletion)
    assert isinstance(unknown, IncomingDeletion)
    assert (found.may_remove_others, unknown.may_remove_others) == (may, False)


def member(who: str, now: str, before: str | None = None, **changes: Json) -> dict[str, Json]:
    """A change of somebody's place in the room."""
    unsigned: Json = {"prev_content": {"membership": before}} if before else {}
    content: Json = {"membership": now, "displayname": "Bo"}
    return event("m.room.member", content, state_key=who, unsigned=unsigned, **changes)


@pytest.mark.parametrize(
    ("before", "now", "coming"),
    [
        (None, "join", Coming.JOINED),
        ("invite", "join", Coming.JOINED),
        ("join", "leave", Coming.LEFT),
        ("join", "ban", Coming.LEFT),
        ("leave", "knock", Coming.ASKS),
        ("join", "join", None),
        ("leave", "invite", None),
        ("invite", "leave", None),
        ("leave", "ban", None),
    ],
)
def test_people_come_and_go(before: str | None, now: str, coming: Coming | None) -> None:
    """Who takes a new name has not come, and who was invited is not there yet."""
    found = reads(member(BO, now, before))

    if coming is None:
        assert found is None
    else:
        assert isinstance(found, IncomingMembership)
        assert (found.coming, found.people[0].name) == (coming, "Bo")


def test_bot_that_comes_in_tells_what_it_may() -> None:
    """By the power it has there, and by whom it was invited."""
    told = member(ME, "join", "invite", sender=ME)
    told["unsigned"] = {"prev_content": {"membership": "invite"}, "prev_sender": BO}
    beside: dict[str, Json] = {
        "create": {"sender": BO, "content": {"room_version": "12"}},
        "levels": {"users": {ME: 50}, "events": {"m.room.power_levels": 100}},
    }
    found = reads(told, beside)
    thrown_out = reads(member(ME, "leave", "join"))

    assert isinstance(found, IncomingFoothold)
    assert (found.foothold, found.sender.user.user_id) == (Foothold.MEMBER, BO)
    assert found.rights == frozenset({Right.READS_ALL, Right.POSTS, Right.DELETES, Right.PINS})
    assert isinstance(thrown_out, IncomingFoothold)
    assert (thrown_out.foothold, thrown_out.sender.user.user_id) == (Foothold.GONE, ANNA)
    assert reads(member(ME, "leave", "join", sender=ME)) is None


def test_invitation_to_a_private_chat_is_a_first_word() -> None:
    """Who invites the bot wants to be greeted, and need not know a command."""
    told = member(ME, "join", "invite", sender=ME)
    told["unsigned"] = {"prev_content": {"membership": "invite"}, "prev_sender": BO}
    found = reads(told, {"direct": True})
    left = member(BO, "leave", "join", sender=BO)
    closed = reads(left, {"direct": True, "theirs": True})

    assert isinstance(found, IncomingMessage)
    assert found.command is not None
    assert (found.command.name, found.sender.user.user_id) == ("start", BO)
    assert isinstance(closed, IncomingFoothold)
    assert (closed.foothold, closed.is_direct) == (Foothold.GONE, True)
    assert reads(left, {"direct": True}) is None


def test_room_moves_only_as_the_bridge_has_found_it_to() -> None:
    """A tombstone is an event like any other: whoever wrote it may have had no right to."""
    told = event("m.room.tombstone", {"replacement_room": "!falskt"}, state_key="")
    found = reads(told, {"successor": "!nytt"})

    assert reads(told) is None
    assert isinstance(found, IncomingRoomMoved)
    assert (found.room, found.to) == (HERE, RoomRef(Platform.MATRIX, "!nytt"))


KEYS = [
    "msgtype", "body", "format", "formatted_body", "url", "file", "info", "filename", "geo_uri",
    "m.relates_to", "m.new_content", "rel_type", "event_id", "key", "redacts", "membership",
    "displayname", "m.in_reply_to", "org.matrix.msc3381.poll.start", "question", "answers",
    "org.matrix.msc3488.location", "uri", "live", "replacement_room", "users", "unsigned",
    "prev_content", "hashes", "m.text", "org.matrix.msc1767.text",
]  # fmt: skip
VALUES = ["m.text", "m.image", "m.location", "m.replace", "m.thread", "$0", ME, "join", "<b>x", 1]
almost: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.sampled_from(VALUES), json_values),
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(CONCERNS)),
    almost,
    st.dictionaries(
        st.sampled_from(["unsigned", "state_key", "redacts", "sender", "origin_server_ts"]),
        almost,
        max_size=3,
    ),
    st.dictionaries(
        st.sampled_from(["name", "direct", "presses", "reaction", "create", "levels"]),
        almost,
        max_size=3,
    ),
)
def test_hostile_events_are_read_or_malformed(
    kind: str, content: Json, changes: dict[str, Json], beside: dict[str, Json]
) -> None:
    """Anybody writes anything into an event: it stops nobody."""
    try:
        reads(event(kind, content, **changes), beside)
    except MalformedUpdate as error:
        said = str(error)
    else:
        said = ""
    assert "@" not in said


@given(json_values)
def test_any_json_is_read_or_malformed(payload: Json) -> None:
    """The same of whole updates."""
    with suppress(MalformedUpdate):
        reads_json(payload)
