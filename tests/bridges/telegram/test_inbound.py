"""Reading what people write, send and set on Telegram."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.bridges.telegram.inbound import read as read_update
from bot.bridges.telegram.rooms import Account
from bot.domain.incoming import Extra, IncomingPress, IncomingReaction, Quoted
from bot.domain.messages import MediaKind, MessageRef, Platform, Position, RoomRef, UserRef
from bot.domain.richtext import Link, Style, Styled, Text
from bot.domain.richtext_json import Json
from bot.domain.rights import Right
from bot.domain.room_news import (
    Coming,
    Foothold,
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
)
from tests.bridges.telegram.captured import ME, NAMES, edit, message, told, update
from tests.emulators.telegram.schema import find_schema

GROUP = RoomRef(Platform.TELEGRAM, "-1002000000123")
NEWER_THAN_THE_SCHEMA = {"of_tomorrow"}


@pytest.mark.parametrize("name", sorted(set(NAMES) - NEWER_THAN_THE_SCHEMA))
def test_payload_is_what_the_bot_api_describes(name: str) -> None:
    """What is read here is no invention of ours."""
    schema = find_schema()
    if not schema.types:
        pytest.skip("the description of the Bot API is not here")

    assert schema.check("Update", update(name)) == []


def test_message_tells_who_when_where_and_what() -> None:
    """The plain case."""
    read = message("text")

    assert read.text.plain == "Någon har ställt en cykel vid porten"
    assert read.ref == MessageRef(GROUP, "4101")
    assert read.sent_at == datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC)
    assert read.sender.user == UserRef(Platform.TELEGRAM, "5200000017")
    assert (read.sender.name, read.sender.language) == ("Anna Ekdahl", "sv")
    assert (read.is_direct, read.sender.is_chat) == (False, False)
    assert (read.command, read.reply_to) == (None, None)


def test_formatting_lies_where_it_was_set_behind_an_emoji() -> None:
    """Telegram counts in UTF-16."""
    nodes = message("text_formatted").text.nodes
    bold, italic = [node for node in nodes if isinstance(node, Styled)]
    (link,) = [node for node in nodes if isinstance(node, Link)]

    assert bold == Styled(Style.BOLD, (Text("Möte"),))
    assert (italic.style, link.url) == (Style.ITALIC, "https://botkyrka.se/")
    assert message("text_formatted").text.plain == "Möte 😀 på torsdag kl 18, läs mer"


@pytest.mark.parametrize(
    ("name", "command", "rest"),
    [
        ("private_start", "start", ""),
        ("command", "red", "Rök ur fönster på Albyvägen 9"),
        ("command_to_me", "red", "Rök"),
        ("command_in_caption", "yellow", "Glas på gångvägen"),
    ],
)
def test_command_is_read_wherever_it_stands(name: str, command: str, rest: str) -> None:
    """In private, with the bot's name, under a picture."""
    read = message(name).command

    assert read is not None
    assert (read.name, read.rest.plain) == (command, rest)


@pytest.mark.parametrize(
    "name",
    [
        "command_to_another", "from_a_bot", "topic_created", "pinned", "new_title", "bot_added",
        "reaction_same", "press_inline", "press_game", "member_promoted", "poll_closed",
    ],
)  # fmt: skip
def test_what_does_not_concern_the_bot_is_nothing(name: str) -> None:
    """Other bots and their commands, a chat's own titles and pins, rights of others."""
    assert told(name) is None


@pytest.mark.parametrize(
    ("name", "kind", "file_name", "size"),
    [
        ("photo", MediaKind.PHOTO, "photo.jpg", 115200),
        ("live_photo", MediaKind.PHOTO, "photo.jpg", 115200),
        ("document", MediaKind.FILE, "protokoll årsmöte.pdf", 48213),
        ("voice", MediaKind.VOICE, "voice.oga", 9210),
        ("audio", MediaKind.AUDIO, "lucia.mp3", 2913002),
        ("video", MediaKind.VIDEO, "VID_1.mp4", 3810022),
        ("video_note", MediaKind.VIDEO, "video.mp4", 700123),
        ("animation", MediaKind.ANIMATION, "animation.mp4", 81002),
        ("sticker", MediaKind.STICKER, "sticker.webp", 21002),
        ("sticker_animated", MediaKind.STICKER, "sticker.webp", 11520),
    ],
)
def test_file_comes_as_what_it_is(name: str, kind: MediaKind, file_name: str, size: int) -> None:
    """The largest of a picture's sizes; an animation is not a document as well."""
    (file,) = message(name).attachments

    assert (file.kind, file.name, file.size_bytes) == (kind, file_name, size)
    assert file.handle


@pytest.mark.parametrize("name", ["sticker", "sticker_animated", "sticker_video"])
def test_sticker_says_its_emoji(name: str) -> None:
    """Where nothing else can be shown, that can."""
    assert message(name).text.plain == "👍"
    assert len(message(name).attachments) == (0 if name == "sticker_video" else 1)


def test_place_is_a_position_and_a_venue_has_its_name() -> None:
    """A location without words, a venue with its public name and address."""
    assert message("location").position == Position(59.2414, 17.8471)
    assert not message("location").text
    assert message("venue").position == Position(59.2414, 17.8471)
    assert message("venue").text.plain == "Alby centrum\nAlbyvägen 3"


def test_live_location_goes_on_as_edits_of_one_message() -> None:
    """First the place, then each new one."""
    first, then = message("live_location"), edit("live_location_moved")

    assert first.position == Position(59.2414, 17.8471)
    assert then.position == Position(59.2391, 17.8502)
    assert (then.ref, then.text.plain) == (first.ref, "")


@pytest.mark.parametrize(
    ("name", "text", "extra"),
    [
        ("contact", "👤 Låssmeden Alby, +46700000000", None),
        ("poll", "📊 Städdag?\n• Lördag\n• Söndag", Extra.POLL),
        ("dice", "🎲 4", None),
        ("checklist", "Städdagen\n• ✅ Kratta\n• ◻️ Kaffe", None),
        ("game", "🎮 Snake\nOrm", None),
        ("story", "", Extra.UNKNOWN),
        ("unsupported", "", Extra.UNKNOWN),
        ("of_tomorrow", "", Extra.UNKNOWN),
    ],
)
def test_everything_else_is_told_in_words(name: str, text: str, extra: Extra | None) -> None:
    """What no words can tell, and what is newer than this bot, is told to be there."""
    assert (message(name).text.plain, message(name).extra) == (text, extra)


def test_edit_holds_all_of_the_new_words() -> None:
    """Of a text, and of what stands under a picture."""
    assert edit("edit").text.plain == "Någon har ställt två cyklar vid porten"
    assert edit("edit_caption").text.plain == "Cyklarna"
    assert edit("channel_post_edited").sender.is_chat


def test_edit_tells_its_file_again_and_whether_it_is_another() -> None:
    """An address of it may change from one update to the next, what is unique does not."""
    (photo,) = edit("edit_caption").attachments or ()

    assert photo.identity
    assert photo.identity != photo.handle
    assert edit("edit").attachments == ()


def test_reply_says_to_what_and_how_that_began() -> None:
    """For whoever has not seen it; a thread of answers in a plain group is no topic."""
    read = message("reply")

    assert read.reply_to == MessageRef(GROUP, "4110")
    assert read.room == GROUP
    assert read.quoted is not None
    assert read.quoted.text.startswith("Är det någon som vet varför strömmen")
    assert read.quoted.text.endswith("…")
    assert len(read.quoted.text) <= 80
    assert not read.quoted.is_chosen


@pytest.mark.parametrize(
    ("name", "words"),
    [("reply_with_quote", "varför strömmen gick"), ("reply_elsewhere", "Vattnet stängs av")],
)
def test_words_that_were_picked_are_quoted(name: str, words: str) -> None:
    """Also those of a message in another chat."""
    assert message(name).quoted == Quoted(text=words, is_chosen=True)


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("forward_user", "Bo"), ("forward_hidden", "Pia Polis"), ("forward_chat", "Alby grannar"),
        ("forward_channel", "Alby nytt"),
    ],
)  # fmt: skip
def test_forward_names_its_origin_and_is_no_command(name: str, origin: str) -> None:
    """Who passes "/red" on reports nothing."""
    assert message(name).forwarded_from == origin
    assert message(name).command is None
    assert message(name).sender.name == "Anna Ekdahl"


@pytest.mark.parametrize(
    ("name", "chat", "title"),
    [
        ("anonymous_admin", "-1002000000123", "Alby grannar"),
        ("as_channel", "-1002000000789", "Alby nytt"),
        ("channel_post", "-1002000000789", "Alby nytt"),
        ("linked_channel", "-1002000000789", "Alby nytt"),
    ],
)
def test_who_writes_in_the_name_of_a_chat_is_a_chat(name: str, chat: str, title: str) -> None:
    """Nobody is known; a channel's post in its own discussion is not passed on by somebody."""
    read = message(name)

    assert (read.sender.user.user_id, read.sender.name) == (chat, title)
    assert read.sender.is_chat
    assert read.forwarded_from is None


@pytest.mark.parametrize(
    ("name", "room", "reply_to"),
    [
        ("topic", "-1002000000456/7", None),
        ("topic_reply", "-1002000000456/7", "4146"),
        ("topic_general", "-1002000000456", None),
    ],
)
def test_topic_is_a_room_of_its_own(name: str, room: str, reply_to: str | None) -> None:
    """Its first message is the topic and not what is answered; General is the chat itself."""
    read = message(name)

    assert read.room.room_id == room
    assert (read.reply_to.message_id if read.reply_to else None) == reply_to


@pytest.mark.parametrize(
    ("name", "emoji", "added"),
    [
        ("reaction", "👀", True), ("reaction_taken_back", "👀", False),
        ("reaction_swapped", "👍", True), ("reaction_custom", "❔", True),
        ("reaction_anonymous", "❤", True),
    ],
)  # fmt: skip
def test_reaction_tells_what_has_changed(name: str, emoji: str, *, added: bool) -> None:
    """Telegram tells before and after."""
    read = told(name)

    assert isinstance(read, IncomingReaction)
    assert (read.emoji, read.added, read.ref) == (emoji, added, MessageRef(GROUP, "4102"))
    assert read.sender.is_chat is (name == "reaction_anonymous")


@pytest.mark.parametrize("name", ["press", "press_in_private", "press_inaccessible"])
def test_press_tells_the_button_and_its_message(name: str) -> None:
    """Also when Telegram no longer shows the message."""
    read = told(name)

    assert isinstance(read, IncomingPress)
    assert read.data in {"1-abc.seen", "2-abc.0"}
    assert read.is_direct is (name == "press_in_private")


@pytest.mark.parametrize(
    ("name", "coming", "people"),
    [
        ("joined", Coming.JOINED, ["Bo"]), ("left", Coming.LEFT, ["Bo"]),
        ("member_joined", Coming.JOINED, ["Bo"]), ("member_left", Coming.LEFT, ["Bo"]),
        ("join_request", Coming.ASKS, ["Bo"]),
    ],
)  # fmt: skip
def test_people_come_and_go(name: str, coming: Coming, people: list[str]) -> None:
    """As everybody sees it, and as administrators are told; the bot itself is not among them."""
    read = told(name)

    assert isinstance(read, IncomingMembership)
    assert (read.coming, [person.name for person in read.people]) == (coming, people)


@pytest.mark.parametrize(
    ("name", "foothold"),
    [
        ("my_added", Foothold.MEMBER), ("my_promoted", Foothold.ADMIN),
        ("my_muted", Foothold.MUTED), ("my_removed", Foothold.GONE),
        ("my_blocked", Foothold.GONE), ("my_unblocked", Foothold.MEMBER),
    ],
)  # fmt: skip
def test_bot_knows_where_it_stands(name: str, foothold: Foothold) -> None:
    """Let in, given rights, silenced, put out; in private blocked and let in again."""
    read = told(name)

    assert isinstance(read, IncomingFoothold)
    assert (read.foothold, read.is_direct) == (foothold, name.endswith("blocked"))


@pytest.mark.parametrize("name", ["migrate_to", "migrate_from"])
def test_both_messages_of_a_move_tell_the_same(name: str) -> None:
    """One stands in the old group and one in the new; either may be lost."""
    read = told(name)

    assert isinstance(read, IncomingRoomMoved)
    assert read.room == RoomRef(Platform.TELEGRAM, "-4100000123")
    assert read.to == GROUP


def standing(
    member: dict[str, Json], *, me: Account = ME, chat: str = "supergroup"
) -> IncomingFoothold:
    """What the bot reads of its own standing."""
    account: Json = {"id": me.id, "is_bot": True, "first_name": "Grannbro"}
    about: Json = {"user": account, **member}
    told_update = update("my_added")
    assert isinstance(told_update, dict)
    change = told_update["my_chat_member"]
    assert isinstance(change, dict)
    change["chat"] = {"id": -1002000000123, "type": chat, "title": "Alby"}
    change["new_chat_member"] = about
    found = read_update(json.dumps(told_update).encode(), me)
    assert isinstance(found, IncomingFoothold)
    return found


DELETES, PINS, POSTS, READS = Right.DELETES, Right.PINS, Right.POSTS, Right.READS_ALL


@pytest.mark.parametrize(
    ("member", "rights"),
    [
        ({"status": "creator"}, set(Right)),
        ({"status": "administrator"}, {POSTS, READS}),
        ({"status": "administrator", "can_delete_messages": True}, {POSTS, READS, DELETES}),
        ({"status": "administrator", "can_pin_messages": True}, {POSTS, READS, PINS}),
        ({"status": "member"}, {POSTS}),
        ({"status": "restricted", "is_member": True, "can_send_messages": True}, {POSTS}),
        ({"status": "restricted", "is_member": True}, set()),
        ({"status": "restricted", "can_send_messages": True}, set()),
        ({"status": "left"}, set()),
        ({"status": "kicked"}, set()),
    ],
)
def test_bot_knows_what_it_may_do(member: dict[str, Json], rights: set[Right]) -> None:
    """Administrators see everything; others need the privacy mode to be off."""
    hears = {READS} if rights or member.get("is_member") else set[Right]()

    assert standing(member).rights == rights
    open_account = replace(ME, reads_all=True)
    assert standing(member, me=open_account).rights == rights | hears


@pytest.mark.parametrize(
    ("can", "foothold", "rights"),
    [
        ({}, Foothold.MUTED, {READS}),
        ({"can_post_messages": True}, Foothold.ADMIN, {READS, POSTS}),
        (
            {"can_post_messages": True, "can_edit_messages": True},
            Foothold.ADMIN,
            {READS, POSTS, PINS},
        ),
    ],
)
def test_channel_has_rights_of_its_own(
    can: dict[str, Json], foothold: Foothold, rights: set[Right]
) -> None:
    """There administrators may be mute; who edits may pin."""
    read = standing({"status": "administrator", **can}, chat="channel")

    assert read.foothold is foothold
    assert read.rights == rights
