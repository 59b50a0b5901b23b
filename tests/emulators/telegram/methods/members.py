"""Members: shutting out, muting, letting in."""

from dataclasses import replace

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.membership import Change, change_member
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.standing import ALL_RIGHTS, PERMISSIONS, ChatKind, Membership, Status
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import bad_request

NO_RIGHT = "not enough rights to restrict/unrestrict chat member"
FOREVER_S = (30, 366 * 86400)
"""Shorter and longer than this is for ever."""


def ban(call: Call) -> object:
    """Shut somebody out; all they wrote goes too when that is asked for."""
    chat, user = _target(call)
    until_s = _until(call)
    kicked = Membership(user=user, status=Status.KICKED, until_s=until_s)
    chat.asking.pop(user.id, None)
    change_member(call.town, Change(chat=chat, by=call.bot.user, member=kicked))
    # In supergroups and channels nothing of somebody who was shut out is kept from deletion.
    if call.params.flag("revoke_messages"):
        for message in list(chat.messages.values()):
            if message.author.id == user.id and not message.is_service:
                message.remove()
    return True


def unban(call: Call) -> object:
    """Let somebody come back; without `only_if_banned` a member is put out by this."""
    chat, user = _target(call)
    if chat.kind is ChatKind.GROUP:
        raise bad_request("method is available for supergroup and channel chats only")
    known = chat.member(user.id)
    is_banned = known is not None and known.status is Status.KICKED
    if known is not None and (is_banned or not call.params.flag("only_if_banned")):
        left = Membership(user=user, status=Status.LEFT)
        change_member(call.town, Change(chat=chat, by=call.bot.user, member=left))
    return True


def restrict(call: Call) -> object:
    """Take away what a member may do, or give it back."""
    chat, user = _target(call)
    if chat.kind is not ChatKind.SUPERGROUP:
        raise bad_request("method is available only for supergroups")
    asked = call.params.record("permissions") or {}
    allowed = frozenset(name for name in PERMISSIONS if asked.get(name))
    known = chat.member(user.id) or Membership(user=user, status=Status.LEFT)
    is_free = chat.permissions - {"can_edit_tag"} <= allowed
    member = replace(
        known,
        status=Status.MEMBER if is_free and known.is_inside else Status.RESTRICTED,
        permissions=frozenset(PERMISSIONS) if is_free else allowed,
        is_member=known.is_inside,
        until_s=_until(call),
    )
    change_member(call.town, Change(chat=chat, by=call.bot.user, member=member))
    return True


def promote(call: Call) -> object:
    """Give a member rights; none at all makes an administrator a member again."""
    chat, user = call.chat(), call.somebody()
    mine = call.standing(chat)
    if not mine.may("can_promote_members"):
        raise bad_request("not enough rights")
    wanted = frozenset(right for right in ALL_RIGHTS if call.params.flag(right))
    if mine.status is not Status.CREATOR and not wanted <= mine.rights:
        raise bad_request("RIGHT_FORBIDDEN")
    known = chat.member(user.id)
    if known is None or not known.is_inside:
        raise bad_request("USER_NOT_PARTICIPANT")
    if known.status is Status.CREATOR:
        raise bad_request("can't remove chat owner")
    status = Status.ADMINISTRATOR if wanted else Status.MEMBER
    rights = wanted | {"can_manage_chat"} if wanted else frozenset()
    member = replace(known, status=status, rights=rights)
    change_member(call.town, Change(chat=chat, by=call.bot.user, member=member))
    return True


def approve(call: Call) -> object:
    """Let somebody in who has asked."""
    chat, user = _asking(call)
    member = Membership(user=user, status=Status.MEMBER)
    change = Change(chat=chat, by=call.bot.user, member=member, via_request=True)
    change_member(call.town, change)
    return True


def decline(call: Call) -> object:
    """Leave somebody outside who has asked."""
    _asking(call)
    return True


def _target(call: Call) -> tuple[Chat, User]:
    chat, user = call.chat(), call.somebody()
    if chat.is_private:
        raise bad_request("can't ban members in private chats")
    call.require_right(chat, "can_restrict_members", NO_RIGHT)
    known = chat.member(user.id)
    if user.id == call.bot.id:
        raise bad_request("can't restrict self")
    if known is not None and known.status is Status.CREATOR:
        raise bad_request("can't remove chat owner")
    if known is not None and known.status is Status.ADMINISTRATOR:
        raise bad_request("user is an administrator of the chat")
    return chat, user


def _until(call: Call) -> int:
    asked_s, now_s = call.params.integer("until_date"), call.town.now_s()
    shortest_s, longest_s = FOREVER_S
    return asked_s if shortest_s <= asked_s - now_s <= longest_s else 0


def _asking(call: Call) -> tuple[Chat, User]:
    chat, user = call.chat(), call.somebody()
    call.require_right(chat, "can_invite_users", "not enough rights to manage join requests")
    known = chat.member(user.id)
    if known is not None and known.is_inside:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if chat.asking.pop(user.id, None) is None:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return chat, user


METHODS: dict[str, Method] = {
    "banChatMember": ban,
    "unbanChatMember": unban,
    "restrictChatMember": restrict,
    "promoteChatMember": promote,
    "approveChatJoinRequest": approve,
    "declineChatJoinRequest": decline,
}
