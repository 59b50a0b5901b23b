"""Chats as a whole: what they are, who is in them, what hangs at their top."""

from tests.emulators.telegram.chats import (
    PERMISSIONS,
    Chat,
    ChatKind,
    InviteLink,
    Membership,
    Status,
)
from tests.emulators.telegram.membership import Change, change_member, post_service
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.wire import Json, bad_request, present

CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip
NO_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
    "gifts_from_channels",
)  # fmt: skip
NO_PIN_RIGHT = "not enough rights to manage pinned messages in the chat"
NO_LINK_RIGHT = "not enough rights to manage chat invite link"


def get_chat(call: Call) -> object:
    """Tell all about a chat."""
    chat = call.chat()
    told = chat.to_json()
    told |= {"accent_color_id": 0, "max_reaction_count": 11}
    told["accepted_gift_types"] = dict.fromkeys(NO_GIFTS, False)
    pinned = chat.messages[chat.pinned[-1]].as_pinned() if chat.pinned else None
    told |= present(description=chat.description, pinned_message=pinned)
    if chat.kind in {ChatKind.GROUP, ChatKind.SUPERGROUP}:
        told["permissions"] = {
            n: n in chat.permissions for n in PERMISSIONS if n != "can_edit_tag"
        }
    primary = next((link for link in chat.links if link.is_primary), None)
    return told | present(invite_link=primary.url if primary else None)


def get_chat_member(call: Call) -> object:
    """Tell how somebody stands to a chat."""
    chat, user = call.chat(), call.somebody()
    known = chat.member(user.id) or Membership(user=user, status=Status.LEFT)
    return known.to_json(chat.kind)


def get_chat_administrators(call: Call) -> object:
    """Tell who has a say; other bots are left out."""
    chat = call.chat()
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member.to_json(chat.kind)
        for member in chat.members.values()
        if member.is_admin and (not member.user.is_bot or member.user.id == call.bot.id)
    ]


def get_chat_member_count(call: Call) -> object:
    """Count who is in."""
    chat = call.chat()
    return 2 if chat.is_private else sum(m.is_inside for m in chat.members.values())


def leave_chat(call: Call) -> object:
    """Go."""
    chat = call.chat()
    left = Membership(user=call.bot.user, status=Status.LEFT)
    change_member(call.town, Change(chat=chat, by=call.bot.user, member=left))
    return True


def pin(call: Call) -> object:
    """Hang a message at the top."""
    message = call.message("message to pin not found")
    _require_pins(call, message.chat)
    if message.is_service:
        raise bad_request("message can't be pinned")
    if message.is_pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    message.chat.pinned.append(message.message_id)
    post_service(call.town, message.chat, call.bot.user, {"pinned_message": message.as_pinned()})
    return True


def unpin(call: Call) -> object:
    """Take a message down, or the one that was hung up last."""
    chat = call.chat()
    _require_pins(call, chat)
    last = chat.pinned[-1] if chat.pinned else 0
    message_id = call.params.integer("message_id", last)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    call.town.change()
    return True


def unpin_all(call: Call) -> object:
    """Take all messages down."""
    chat = call.chat()
    _require_pins(call, chat)
    chat.pinned.clear()
    call.town.change()
    return True


def send_chat_action(call: Call) -> object:
    """Show that the bot is busy."""
    if call.params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.writable()
    told: Json = {"chat_id": chat.id, "action": call.params.text("action")}
    call.bot.actions.append(told)
    call.town.change()
    return True


def export_invite_link(call: Call) -> object:
    """Make a new main link; the old one stops working."""
    chat = _inviting(call)
    chat.links = [link for link in chat.links if not link.is_primary]
    chat.links.append(_link(call, chat, is_primary=True))
    return chat.links[-1].url


def create_invite_link(call: Call) -> object:
    """Make a further link."""
    chat, params = _inviting(call), call.params
    if params.flag("creates_join_request") and "member_limit" in params:
        raise bad_request(
            "member limit can't be specified for links requiring administrator approval"
        )
    made = _link(call, chat, is_primary=False)
    made.name = params.text("name") or None
    made.asks = params.flag("creates_join_request")
    made.expire_date = params.integer("expire_date") or None
    made.member_limit = params.integer("member_limit") or None
    chat.links.append(made)
    return made.to_json()


def revoke_invite_link(call: Call) -> object:
    """Make a link useless."""
    chat = _inviting(call)
    found = [link for link in chat.links if link.url == call.params.text("invite_link")]
    if not found:
        raise bad_request("INVITE_HASH_EXPIRED")
    found[0].is_revoked = True
    return found[0].to_json()


def _inviting(call: Call) -> Chat:
    chat = call.chat()
    if chat.is_private:
        raise bad_request("can't create invite link in a private chat")
    call.require_right(chat, "can_invite_users", NO_LINK_RIGHT)
    return chat


def _link(call: Call, chat: Chat, *, is_primary: bool) -> InviteLink:
    number = sum(len(c.links) for c in call.town.chats.values()) + 1
    url = f"https://t.me/+{abs(chat.id) % 10**9}x{number:06}"
    return InviteLink(url, call.bot.user, is_primary=is_primary)


def _require_pins(call: Call, chat: Chat) -> None:
    if chat.is_private:
        return
    right = "can_edit_messages" if chat.kind is ChatKind.CHANNEL else "can_pin_messages"
    call.require_right(chat, right, NO_PIN_RIGHT)


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "sendChatAction": send_chat_action,
    "exportChatInviteLink": export_invite_link,
    "createChatInviteLink": create_invite_link,
    "revokeChatInviteLink": revoke_invite_link,
}
