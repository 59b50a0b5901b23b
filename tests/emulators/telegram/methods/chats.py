"""Chats as a whole: what they are and who is in them."""

from tests.emulators.telegram.membership import Change, change_member
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.standing import PERMISSIONS, ChatKind, Membership, Status
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
    """Tell who has a say; other bots are left out unless they are asked for."""
    chat, with_bots = call.chat(), call.params.flag("return_bots")
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member.to_json(chat.kind)
        for member in chat.members.values()
        if member.is_admin
        and (not member.user.is_bot or member.user.id == call.bot.id or with_bots)
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


def send_chat_action(call: Call) -> object:
    """Show that the bot is busy."""
    if call.params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.writable()
    told: Json = {"chat_id": chat.id, "action": call.params.text("action")}
    call.bot.actions.append(told)
    call.town.change()
    return True


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
}
