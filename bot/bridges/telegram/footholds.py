"""What the bot itself may do in a chat."""

from bot.bridges.telegram.fields import Fields
from bot.bridges.telegram.rooms import Account, chat_sender, is_private, room_of, user_sender
from bot.domain.messages import MessageRef
from bot.domain.rights import Right
from bot.domain.room_news import Foothold, IncomingFoothold

_ADMINISTERS = ("creator", "administrator")
_WORDS = {
    Right.DELETES: "can_delete_messages",
    Right.PINS: "can_pin_messages",
    Right.POSTS: "can_post_messages",
}


def read_foothold(change: Fields, me: Account) -> IncomingFoothold | None:
    """Read what has become of the bot in a chat; None for a standing that is not known."""
    member = change.inner("new_chat_member")
    account = change.inner_or_none("from")
    in_channel = change.inner("chat").text_or("type") == "channel"
    foothold = _foothold(member, in_channel=in_channel)
    if foothold is None:
        return None
    return IncomingFoothold(
        ref=MessageRef(room_of(change), ""),
        # Nobody has changed anything where the bridge itself has asked.
        sender=user_sender(account) if account else chat_sender(change.inner("chat")),
        foothold=foothold,
        is_direct=is_private(change),
        rights=_rights(member, foothold, me, in_channel=in_channel),
        title=change.inner("chat").text_or("title"),
    )


def _foothold(member: Fields, *, in_channel: bool) -> Foothold | None:
    match member.text("status"):
        case "administrator" if in_channel and not member.flag(_WORDS[Right.POSTS]):
            return Foothold.MUTED
        case "creator" | "administrator":
            return Foothold.ADMIN
        case "member":
            return Foothold.MEMBER
        case "restricted" if member.flag("is_member"):
            return Foothold.MEMBER if member.flag("can_send_messages") else Foothold.MUTED
        case "restricted" | "left" | "kicked":
            return Foothold.GONE
        case _:
            return None


def _rights(
    member: Fields, foothold: Foothold, me: Account, *, in_channel: bool
) -> frozenset[Right]:
    """Return what it may do; a plain member's right to pin is the chat's secret.

    Who administers sees everything. Others see what their privacy mode lets through, as it was
    set when they came in: whoever changes it has to let the bot in again.

    Source: Bots FAQ, "What messages will my bot get?"; Bot API, ChatMember.
    """
    if foothold is Foothold.GONE:
        return frozenset()
    status = member.text("status")
    if status == "creator":
        return frozenset(Right)
    rights = {right for right in (Right.DELETES, Right.PINS) if member.flag(_WORDS[right])}
    if in_channel and member.flag("can_edit_messages"):
        rights.add(Right.PINS)
    if foothold is not Foothold.MUTED:
        rights.add(Right.POSTS)
    if status in _ADMINISTERS or me.reads_all:
        rights.add(Right.READS_ALL)
    return frozenset(rights)
