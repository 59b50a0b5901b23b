"""Coming, going, and being given or denied a say; bots are told as the Bot API does."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.emulators.telegram.chats import Chat, InviteLink
from tests.emulators.telegram.composing import Draft, compose
from tests.emulators.telegram.standing import ChatKind, Membership, Status
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json, present

if TYPE_CHECKING:
    from tests.emulators.telegram.bots import Bot
    from tests.emulators.telegram.town import Town


@dataclass(frozen=True, kw_only=True)
class Change:
    """Somebody stands to a chat in another way from now on.

    Attributes:
        by: Who has changed it; often the member.
    """

    chat: Chat
    by: User
    member: Membership
    link: InviteLink | None = None
    via_request: bool = False


def change_member(town: "Town", change: Change) -> None:
    """Let it be so, with the note that everybody in the chat reads, and tell the bots."""
    chat, user = change.chat, change.member.user
    before = chat.member(user.id) or Membership(user=user, status=Status.LEFT)
    leaves = before.is_inside and not change.member.is_inside
    chat.members[user.id] = change.member
    if change.member.until_s:
        town.deadlines.append((change.member.until_s, chat, user.id))
    for bot in list(town.bots.values()):
        _tell(town, bot, change, before)
    if chat.kind is ChatKind.CHANNEL:
        town.change()
    elif leaves:
        post_service(town, chat, change.by, {"left_chat_member": user.to_json()})
    elif change.member.is_inside and not before.is_inside:
        post_service(town, chat, change.by, {"new_chat_members": [user.to_json()]})
    town.change()


def _tell(town: "Town", bot: "Bot", change: Change, before: Membership) -> None:
    chat, after = change.chat, change.member
    is_itself = bot.id == after.user.id
    standing = chat.member(bot.id)
    if not is_itself and not (standing is not None and standing.is_admin):
        return
    told: Json = {
        "chat": chat.to_json(),
        "from": change.by.to_json(),
        "date": town.now_s(),
        "old_chat_member": before.to_json(chat.kind),
        "new_chat_member": after.to_json(chat.kind),
    }
    told |= present(
        invite_link=change.link.to_json() if change.link else None,
        via_join_request=change.via_request or None,
    )
    bot.met |= {change.by.id, after.user.id}
    town.tell(bot, "my_chat_member" if is_itself else "chat_member", told)


def post_service(
    town: "Town", chat: Chat, by: User, content: Json, *, is_silent: bool = True
) -> None:
    """Write a note of the service into a chat; only a pin may come with sound."""
    draft = Draft(chat=chat, author=by, content=content, is_service=True, is_silent=is_silent)
    compose(town, draft)


def set_blocked(town: "Town", chat: Chat, bot: "Bot", *, is_blocked: bool) -> None:
    """Let a person shut a bot out of their private chat, or in again."""
    if chat.is_blocked == is_blocked or chat.person is None:
        return
    chat.is_blocked = is_blocked
    member = Membership(user=bot.user, status=Status.MEMBER)
    kicked = replace(member, status=Status.KICKED)
    old, new = (member, kicked) if is_blocked else (kicked, member)
    told: Json = {
        "chat": chat.to_json(),
        "from": chat.person.to_json(),
        "date": town.now_s(),
        "old_chat_member": old.to_json(chat.kind),
        "new_chat_member": new.to_json(chat.kind),
    }
    town.tell(bot, "my_chat_member", told)
    town.change()


def ask_to_join(town: "Town", chat: Chat, user: User, link: InviteLink | None = None) -> None:
    """Wait to be let in; bots that may invite hear of it, and may write to the person for a while.

    Source: Bot API, ChatJoinRequest.
    """
    chat.asking[user.id] = town.now_s()
    told: Json = {
        "chat": chat.to_json(),
        "from": user.to_json(),
        "user_chat_id": user.id,
        "date": town.now_s(),
    } | present(invite_link=link.to_json() if link else None)
    for bot in list(town.bots.values()):
        standing = chat.member(bot.id)
        if standing is not None and standing.may("can_invite_users"):
            bot.met.add(user.id)
            town.private(user, bot)
            town.tell(bot, "chat_join_request", told)
    town.change()
