"""Links by which people come in."""

from tests.emulators.telegram.chats import Chat, InviteLink
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.wire import bad_request

NO_LINK_RIGHT = "not enough rights to manage chat invite link"


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


METHODS: dict[str, Method] = {
    "exportChatInviteLink": export_invite_link,
    "createChatInviteLink": create_invite_link,
    "revokeChatInviteLink": revoke_invite_link,
}
