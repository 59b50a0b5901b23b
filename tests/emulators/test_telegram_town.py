"""What people do in chats, and what a bot hears of it."""

import pytest

from tests.emulators.asking import Answered
from tests.emulators.telegram import media
from tests.emulators.telegram.person import Impossible
from tests.emulators.telegram.wire import as_object, as_objects
from tests.pictures import jpeg


async def test_privacy_mode_lets_through_commands_and_answers_to_the_bot(ask, anna, group, town):
    """Not what mentions it, and not commands for another."""
    town.bot("annan_bot")
    await ask("sendMessage", chat_id=group.id, text="hej")
    anna.writes(group, "prat")
    anna.writes(group, "@granne_bot hör du")
    anna.writes(group, "/rod@annan_bot rök")
    anna.writes(group, "/rod@Granne_bot rök")
    anna.writes(group, "/gul rök")
    anna.writes(group, "svar", reply_to=anna.reads(group)[0])

    assert await ask.texts() == ["/rod@Granne_bot rök", "/gul rök", "svar"]


async def test_command_without_a_name_goes_to_the_bot_that_spoke_last(ask, anna, group, town):
    """When there are several."""
    other = town.bot("annan_bot")
    anna.manages(group).adds(other)
    group.last_bot_id = other.id
    anna.writes(group, "/rod ohört")
    group.last_bot_id = ask.bot.id
    anna.writes(group, "/rod hört")

    assert await ask.texts() == ["/rod hört"]
    assert [as_object(w.body.get("message")).get("text") for w in other.queue.waiting[-1:]] == [
        "/rod ohört"
    ]


async def test_privacy_mode_counts_from_when_the_bot_came_in(ask, anna, bo, granne, group):
    """Who turns it off must take the bot out and in again."""
    granne.reads_all = True
    bo.writes(group, "ohört")
    anna.manages(group).removes(granne)
    anna.manages(group).adds(granne)
    bo.writes(group, "hört")

    assert (await ask.texts())[-1] == "hört"
    assert "ohört" not in await ask.texts()


async def test_administrator_hears_everything_but_itself_and_other_bots(
    ask, anna, bo, granne, group, town
):
    """Bots don't hear bots."""
    anna.manages(group).promotes(granne)
    anna.manages(group).adds(town.bot("annan_bot"))
    last = (await ask.updates())[-1]
    await ask.updates(offset=int(str(last["update_id"])) + 1)
    bo.writes(group, "hej")
    await ask("sendMessage", chat_id=group.id, text="eget")

    assert await ask.texts() == ["hej"]


async def test_edit_is_told_and_deletion_is_not(ask, anna, granne):
    """A bot never learns that a person has deleted something."""
    said = anna.writes(granne, "ett")
    anna.edits(said, "två")
    anna.deletes(said)
    first, second = await ask.updates()

    assert as_object(first["message"])["text"] == "ett"
    assert as_object(second["edited_message"])["text"] == "två"
    assert anna.reads(granne) == []


async def test_upgraded_group_refuses_its_old_id_and_tells_the_new_one(ask, town, anna, granne):
    """In the error, and in two notes."""
    old = town.group("Alby", anna, granne)
    new = anna.manages(old).upgrades()
    notes = [as_object(u["message"]) for u in await ask.updates()]

    with pytest.raises(Answered) as refusal:
        await ask("sendMessage", chat_id=old.id, text="hej")
    assert refusal.value.parameters == {"migrate_to_chat_id": new.id}
    assert "group chat was upgraded to a supergroup chat" in refusal.value.description
    assert notes[0]["migrate_to_chat_id"] == new.id
    assert notes[1]["migrate_from_chat_id"] == old.id
    await ask("sendMessage", chat_id=new.id, text="hej")
    with pytest.raises(Impossible):
        anna.writes(old, "hej")


async def test_message_in_a_topic_answers_the_topics_beginning(ask, town, anna, granne):
    """General has no id, other topics have that of their first message."""
    forum = town.forum("Alby", anna, granne)
    anna.manages(forum).promotes(granne)
    topic = anna.manages(forum).creates_topic("Klotter")
    anna.writes(forum, "i ämnet", topic=topic)
    anna.writes(forum, "i allmänt")
    there, general = (await ask.messages())[-2:]

    assert there["message_thread_id"] == topic.id
    assert there["is_topic_message"] is True
    assert as_object(there["reply_to_message"])["message_id"] == topic.id
    assert "message_thread_id" not in general


async def test_closed_topic_takes_only_administrators(ask, town, anna, granne):
    """And a deleted one nobody."""
    forum = town.forum("Alby", anna, granne)
    topic = anna.manages(forum).creates_topic("Klotter")
    anna.manages(forum).closes_topic(topic)
    where = {"chat_id": forum.id, "message_thread_id": topic.id}

    with pytest.raises(Answered, match="TOPIC_CLOSED"):
        await ask("sendMessage", text="hej", **where)
    anna.manages(forum).promotes(granne)
    await ask("sendMessage", text="hej", **where)
    await ask("deleteForumTopic", **where)
    with pytest.raises(Answered, match="message thread not found"):
        await ask("sendMessage", text="hej", **where)


async def test_answer_in_a_plain_supergroup_has_a_thread_without_a_topic(ask, anna, bo, group):
    """It is no topic, and can't be sent to."""
    said = anna.writes(group, "/rod rök")
    bo.writes(group, "/gul var", reply_to=said)
    answer = as_object((await ask.updates())[-1]["message"])

    assert answer["message_thread_id"] == said.message_id
    assert "is_topic_message" not in answer


async def test_hidden_writers_are_shown_as_the_group_or_a_channel(ask, town, anna, granne, group):
    """A stand-in account, and the chat that speaks."""
    anna.manages(group).promotes(granne)
    channel = town.channel("Nytt", anna)
    anna.writes(group, "som gruppen", as_chat=group)
    anna.writes(group, "som kanalen", as_chat=channel)
    first, second = (await ask.messages())[-2:]

    assert as_object(first["from"])["username"] == "GroupAnonymousBot"
    assert as_object(first["sender_chat"])["id"] == group.id
    assert as_object(second["from"])["username"] == "Channel_Bot"
    assert as_object(second["sender_chat"])["type"] == "channel"


async def test_post_appears_by_itself_in_the_channels_group(ask, town, anna, granne, group):
    """From the service's own account, in the channel's name."""
    anna.manages(group).promotes(granne)
    channel = town.channel("Nytt", anna)
    channel.discussion = group
    post = anna.writes(channel, "Post")
    carried = (await ask.messages())[-1]

    assert carried["is_automatic_forward"] is True
    assert as_object(carried["from"])["id"] == 777000
    assert as_object(carried["sender_chat"])["id"] == channel.id
    assert as_object(carried["forward_origin"])["message_id"] == post.message_id


async def test_app_sends_only_what_it_can(anna, group):
    """So that no test rests on what nobody could write."""
    for text in ("", "x" * 4097):
        with pytest.raises(Impossible):
            anna.writes(group, text)


async def test_person_waits_for_what_the_bot_says(ask, anna, group):
    """By a part of it."""
    await ask("sendMessage", chat_id=group.id, text="🔴 #7K3 Rök")

    assert (await anna.sees(group, "#7K3")).text == "🔴 #7K3 Rök"
    with pytest.raises(TimeoutError):
        await anna.sees(group, "🟡", timeout_s=0.01)


async def test_forwards_say_where_they_come_from(ask, town, anna, bo, granne):
    """As far as the writer lets them."""
    channel = town.channel("Nytt", anna)
    sources = [bo.writes(granne, "öppet"), anna.writes(channel, "post")]
    cilla = town.person("Cilla")
    cilla.hides = True
    for source in [*sources, cilla.writes(granne, "dolt")]:
        anna.forwards(source, granne)
    heard = await ask.messages()
    kinds = [as_object(m["forward_origin"])["type"] for m in heard if "forward_origin" in m]

    assert kinds == ["user", "channel", "hidden_user"]


async def test_asking_to_join_lets_the_bot_write_first(ask, town, anna, granne, group):
    """Approving puts the person in."""
    anna.manages(group).promotes(granne)
    cilla = town.person("Cilla")
    cilla.asks_to_join(group, anna.manages(group).invites(asks=True))
    await ask("sendMessage", chat_id=cilla.user.id, text="Läs reglerna")
    await ask("approveChatJoinRequest", chat_id=group.id, user_id=cilla.user.id)

    assert cilla.writes(group, "hej").text == "hej"
    assert [m.text for m in cilla.reads(granne)] == ["Läs reglerna"]
    with pytest.raises(Answered, match="USER_ALREADY_PARTICIPANT"):
        await ask("approveChatJoinRequest", chat_id=group.id, user_id=cilla.user.id)
    dan = town.person("Dan")
    with pytest.raises(Answered, match="HIDE_REQUESTER_MISSING"):
        await ask("declineChatJoinRequest", chat_id=group.id, user_id=dan.user.id)


@pytest.mark.parametrize("ends", ["time", "decision", "no right"])
async def test_who_asks_may_be_written_to_for_a_while_only(ask, emulator, anna, group, ends):
    """Five minutes, until it is decided, and by bots that may decide."""
    town, granne = emulator.town, ask.bot
    anna.manages(group).promotes(granne)
    cilla = town.person("Cilla")
    cilla.asks_to_join(group)
    await ask("sendMessage", chat_id=cilla.user.id, text="Läs reglerna")
    match ends:
        case "time":
            town.clock.advance(301)
        case "decision":
            await ask("declineChatJoinRequest", chat_id=group.id, user_id=cilla.user.id)
        case _:
            anna.manages(group).promotes(granne, "can_delete_messages")

    with pytest.raises(Answered, match="bot can't initiate conversation with a user"):
        await ask("sendMessage", chat_id=cilla.user.id, text="Hej igen")


async def test_banning_needs_the_right_and_holds(ask, anna, bo, granne, group):
    """Who is shut out writes no more; the owner can't be."""
    call = {"chat_id": group.id, "user_id": bo.user.id}
    with pytest.raises(Answered, match="not enough rights to restrict/unrestrict chat member"):
        await ask("banChatMember", **call)
    anna.manages(group).promotes(granne, "can_restrict_members")
    await ask("banChatMember", **call)

    with pytest.raises(Impossible):
        bo.writes(group, "hej")
    assert (await ask.record("getChatMember", **call))["status"] == "kicked"
    await ask("unbanChatMember", only_if_banned=True, **call)
    bo.joins(group)
    with pytest.raises(Answered, match="can't remove chat owner"):
        await ask("banChatMember", chat_id=group.id, user_id=anna.user.id)


async def test_muted_member_can_be_given_the_word_again(ask, anna, bo, granne, group):
    """Restrictions end when everything is allowed."""
    anna.manages(group).promotes(granne)
    call = {"chat_id": group.id, "user_id": bo.user.id}
    await ask("restrictChatMember", permissions={"can_send_messages": False}, **call)
    assert (await ask.record("getChatMember", **call))["status"] == "restricted"
    with pytest.raises(Impossible):
        bo.writes(group, "hej")

    everything = dict.fromkeys(group.permissions - {"can_edit_tag"}, True)
    await ask("restrictChatMember", permissions=everything, **call)
    assert bo.writes(group, "hej").text == "hej"


async def test_muting_ends_by_itself(ask, anna, bo, granne, group, clock):
    """When its time is over; less than half a minute would be for ever."""
    anna.manages(group).promotes(granne)
    call = {"chat_id": group.id, "user_id": bo.user.id}
    until_s = int(clock.unix_s()) + 600
    await ask("restrictChatMember", permissions={}, until_date=until_s, **call)
    clock.advance(599)
    with pytest.raises(Impossible):
        bo.writes(group, "hej")
    clock.advance(1)

    assert bo.writes(group, "hej").text == "hej"
    assert (await ask.record("getChatMember", **call))["status"] == "member"


async def test_locked_group_is_silent_but_for_its_administrators(ask, anna, bo, granne, group):
    """Bots are members like others."""
    anna.manages(group).locks()
    with pytest.raises(Impossible):
        bo.writes(group, "hej")
    with pytest.raises(Answered, match="not enough rights to send text messages to the chat"):
        await ask("sendMessage", chat_id=group.id, text="hej")

    anna.manages(group).promotes(granne, "can_pin_messages")
    await ask("sendMessage", chat_id=group.id, text="hej")


async def test_deleted_account_takes_nothing_more(ask, anna, granne):
    """And says so in its own words."""
    anna.starts(granne)
    anna.deletes_account()

    with pytest.raises(Answered, match="403 Forbidden: user is deactivated"):
        await ask("sendMessage", chat_id=anna.user.id, text="hej")


async def test_copy_is_new_and_forward_keeps_the_origin(ask, anna, group):
    """A poll that is copied starts without votes; what is protected stays where it is."""
    await ask(
        "sendPoll", chat_id=group.id, question="När?", options=[{"text": "a"}, {"text": "b"}]
    )
    (poll,) = anna.reads(group)
    anna.votes(poll, 0)
    call = {"chat_id": group.id, "from_chat_id": group.id, "message_id": poll.message_id}
    await ask("forwardMessage", **call)
    await ask("copyMessage", **call)
    _, forwarded, copied = anna.reads(group)

    assert as_object(forwarded.content["poll"])["total_voter_count"] == 1
    assert as_object(copied.content["poll"])["total_voter_count"] == 0
    secret = await ask.record("sendMessage", chat_id=group.id, text="x", protect_content=True)
    with pytest.raises(Answered, match="message can't be forwarded"):
        await ask("forwardMessage", **call | {"message_id": secret["message_id"]})


async def test_picture_is_sent_again_by_any_of_its_ids(ask, anna, group):
    """In all its sizes; as nothing else."""
    first = anna.sends(group, media.photo(jpeg(width=900)), caption="/se")
    sizes = as_objects(first.content["photo"])
    await ask("sendPhoto", chat_id=group.id, photo=sizes[0]["file_id"])

    assert len(sizes) > 2
    assert anna.reads(group)[-1].content["photo"] == sizes
    with pytest.raises(Answered, match="can't use file of type photo as document"):
        await ask("sendDocument", chat_id=group.id, document=sizes[0]["file_id"])
    with pytest.raises(Answered, match="wrong file identifier"):
        await ask("sendPhoto", chat_id=group.id, photo="AgAC")


async def test_topics_are_made_and_changed_by_the_bot(ask, town, anna, granne):
    """With the right, in a forum."""
    forum, plain = town.forum("Alby", anna, granne), town.supergroup("Utan", anna, granne)
    with pytest.raises(Answered, match="the chat is not a forum"):
        await ask("createForumTopic", chat_id=plain.id, name="Klotter")
    with pytest.raises(Answered, match="not enough rights to create a topic"):
        await ask("createForumTopic", chat_id=forum.id, name="Klotter")
    anna.manages(forum).promotes(granne)
    made = await ask.record("createForumTopic", chat_id=forum.id, name="Klotter")
    call = {"chat_id": forum.id, "message_thread_id": made["message_thread_id"]}
    await ask("editForumTopic", name="Skräp", **call)
    await ask("closeForumTopic", **call)
    with pytest.raises(Answered, match="TOPIC_NOT_MODIFIED"):
        await ask("closeForumTopic", **call)
    await ask("reopenForumTopic", **call)

    (topic,) = forum.topics.values()
    assert (topic.name, topic.is_closed) == ("Skräp", False)


async def test_reactions_are_told_to_administrators_who_asked_for_them(
    ask, town, anna, bo, granne, group
):
    """With what was there before; in channels only how many."""
    kinds = ["message_reaction", "message_reaction_count"]
    await ask.updates(allowed_updates=kinds)
    said = anna.writes(group, "hej")
    bo.reacts(said, "👍")
    anna.manages(group).promotes(granne)
    bo.reacts(said, "🔥")
    channel = town.channel("Nytt", anna, granne)
    anna.reacts(anna.writes(channel, "post"), "❤")
    first, second = await ask.updates()

    told = as_object(first["message_reaction"])
    assert told["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert told["new_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
    counted = as_objects(as_object(second["message_reaction_count"])["reactions"])
    assert [(as_object(c["type"])["emoji"], c["total_count"]) for c in counted] == [("❤", 1)]


async def test_several_bots_share_a_town_without_hearing_each_other(
    ask, town, anna, granne, group
):
    """Each has its own queue, its own private chats and its own token."""
    other = town.bot("annan_bot", reads_all=True)
    anna.manages(group).adds(other)
    await ask("sendMessage", chat_id=group.id, text="från granne")
    anna.writes(group, "hej alla")
    anna.writes(other, "hej du")
    theirs = [as_object(w.body.get("message")).get("text") for w in other.queue.waiting]

    assert [t for t in theirs if t] == ["hej alla", "hej du"]
    assert await ask.texts() == []
    with pytest.raises(Answered, match="bot can't initiate conversation with a user"):
        await ask("sendMessage", chat_id=anna.user.id, text="hej")


async def test_votes_are_told_to_the_bot_whose_poll_it_is(ask, anna, group):
    """With names only where the poll isn't secret."""
    options = [{"text": "Nu"}, {"text": "Sen"}]
    asked = {"question": "När?", "options": options, "is_anonymous": False}
    await ask("sendPoll", chat_id=group.id, **asked)
    (poll,) = anna.reads(group)
    anna.votes(poll, 1)
    counted, named = await ask.updates()

    told = as_objects(as_object(counted["poll"])["options"])
    assert [option["voter_count"] for option in told] == [0, 1]
    assert as_object(named["poll_answer"])["option_ids"] == [1]
    await ask("stopPoll", chat_id=group.id, message_id=poll.message_id)
    with pytest.raises(Answered, match="poll has already been closed"):
        await ask("stopPoll", chat_id=group.id, message_id=poll.message_id)


async def test_live_location_moves_by_edits(ask, anna, granne):
    """Until it is stopped."""
    place = anna.sends(granne, media.location(59.24, 17.84, live_s=900))
    anna.moves(place, 59.25, 17.85)
    anna.stops_moving(place)
    told = [next(iter(set(u) - {"update_id"})) for u in await ask.updates()]

    assert told == ["message", "edited_message", "edited_message"]


async def test_pins_need_the_right_and_leave_a_note(ask, anna, granne, group):
    """The bot hears its own note too."""
    said = anna.writes(group, "/regler")
    call = {"chat_id": group.id, "message_id": said.message_id}
    with pytest.raises(Answered, match="not enough rights to manage pinned messages in the chat"):
        await ask("pinChatMessage", **call)
    anna.manages(group).promotes(granne, "can_pin_messages")
    await ask("pinChatMessage", **call)

    note = as_object((await ask.updates())[-1]["message"])
    assert as_object(note["pinned_message"])["message_id"] == said.message_id
    assert said.is_pinned
    await ask("unpinChatMessage", **call)
    assert not said.is_pinned


async def test_reaction_of_the_bot_is_one_that_exists(ask, anna, group):
    """One at most, out of the list."""
    said = anna.writes(group, "/hej")
    call = {"chat_id": group.id, "message_id": said.message_id}
    eyes, red = ({"type": "emoji", "emoji": sign} for sign in "👀🔴")
    await ask("setMessageReaction", reaction=[eyes], **call)

    assert list(said.reactions.values()) == [[eyes]]
    with pytest.raises(Answered, match="REACTION_INVALID"):
        await ask("setMessageReaction", reaction=[red], **call)
    with pytest.raises(Answered, match="REACTIONS_TOO_MANY"):
        await ask("setMessageReaction", reaction=[eyes, eyes], **call)


async def test_commands_are_kept_per_scope_and_language(ask, anna, granne, group):
    """Exactly as they were set."""
    help_sv = [{"command": "hjalp", "description": "Hjälp"}]
    scope = {"type": "all_private_chats"}
    await ask("setMyCommands", commands=help_sv, scope=scope, language_code="sv")

    assert await ask("getMyCommands", scope=scope, language_code="sv") == help_sv
    assert await ask("getMyCommands", scope=scope) == []
    assert anna.menu(granne) == ["hjalp"]
    assert anna.menu(granne, group) == []
    with pytest.raises(Answered, match="BOT_COMMAND_INVALID"):
        await ask("setMyCommands", commands=[{"command": "Röd", "description": "x"}])
