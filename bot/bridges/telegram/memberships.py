"""Who comes into a chat, leaves it or asks to be let in, and chats that move."""

from collections.abc import Iterable

from bot.bridges.telegram.fields import Fields
from bot.bridges.telegram.rooms import (
    Account,
    ref_of,
    room_of,
    sender_of,
    user_sender,
)
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.domain.room_news import Coming, IncomingMembership, IncomingRoomMoved, IncomingRoomOpened
from bot.domain.senders import Sender

MOVES = ("migrate_to_chat_id", "migrate_from_chat_id")
OPENINGS = ("forum_topic_reopened", "general_forum_topic_unhidden")
COMINGS = ("new_chat_members", "left_chat_member")


def read_change(change: Fields, me: Account) -> IncomingMembership | None:
    """Read who came or left, as administrators are told; None if only rights have changed."""
    before, after = change.inner("old_chat_member"), change.inner("new_chat_member")
    was_in, is_in = _is_in(before), _is_in(after)
    people = _people((after.inner("user"),), me)
    if was_in == is_in or not people:
        return None
    return IncomingMembership(
        ref=_no_message_in(change),
        sender=user_sender(change.inner("from")),
        people=people,
        coming=Coming.JOINED if is_in else Coming.LEFT,
    )


def read_comings(message: Fields, me: Account) -> IncomingMembership | None:
    """Read who came or left, as everybody in the chat sees it; None if it is bots alone."""
    has_joined = "new_chat_members" in message
    told = message.each("new_chat_members") if has_joined else (message.inner(COMINGS[1]),)
    people = _people(told, me)
    if not people:
        return None
    return IncomingMembership(
        ref=ref_of(message),
        sender=sender_of(message),
        people=people,
        coming=Coming.JOINED if has_joined else Coming.LEFT,
    )


def read_request(request: Fields) -> IncomingMembership:
    """Read that somebody asks to be let in.

    For five minutes the bot may write to them, though they never pressed Start.
    Source: Bot API, ChatJoinRequest.
    """
    asking = user_sender(request.inner("from"))
    return IncomingMembership(
        ref=_no_message_in(request),
        sender=asking,
        people=(asking,),
        coming=Coming.ASKS,
        may_be_told="user_chat_id" in request,
    )


def read_move(message: Fields) -> IncomingRoomMoved:
    """Read that a group has become a supergroup, which both of them tell."""
    here = room_of(message)
    if MOVES[0] in message:
        old, new = here, _room(message.number(MOVES[0]))
    else:
        old, new = _room(message.number(MOVES[1])), here
    return IncomingRoomMoved(
        ref=MessageRef(old, str(message.number("message_id"))), sender=sender_of(message), to=new
    )


def read_opening(message: Fields) -> IncomingRoomOpened:
    """Read that a topic, or the general one, takes messages again."""
    return IncomingRoomOpened(ref=ref_of(message), sender=sender_of(message))


def _is_in(member: Fields) -> bool:
    status = member.text("status")
    return status in {"creator", "administrator", "member"} or (
        status == "restricted" and member.flag("is_member")
    )


def _people(users: Iterable[Fields], me: Account) -> tuple[Sender, ...]:
    return tuple(
        user_sender(user)
        for user in users
        if not user.flag("is_bot") and user.number("id") != me.id
    )


def _no_message_in(about: Fields) -> MessageRef:
    return MessageRef(room_of(about), "")


def _room(chat: int) -> RoomRef:
    return RoomRef(Platform.TELEGRAM, str(chat))
