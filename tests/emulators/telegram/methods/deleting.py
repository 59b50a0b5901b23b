"""Taking messages away."""

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.standing import ChatKind
from tests.emulators.telegram.wire import as_integer, bad_request

OLDEST_S = 48 * 3600
DICE_REST_S = 24 * 3600
FOR_EVER = {"supergroup_chat_created", "channel_chat_created", "forum_topic_created"}


def delete_message(call: Call) -> object:
    """Delete one."""
    message = call.message("message to delete not found")
    if not may_delete(call, message):
        raise bad_request("message can't be deleted for everyone")
    message.remove()
    call.town.change()
    return True


def delete_messages(call: Call) -> object:
    """Delete up to a hundred; what can't be found is passed over."""
    ids = [as_integer(n) for n in call.params.listing("message_ids")]
    if not 1 <= len(ids) <= 100:
        raise bad_request("there must be from 1 to 100 message identifiers")
    chat = call.chat()
    found = [chat.messages[n] for n in ids if n in chat.messages]
    if any(not may_delete(call, message) for message in found):
        raise bad_request("message can't be deleted for everyone")
    for message in found:
        if not message.is_deleted:
            message.remove()
    call.town.change()
    return True


def may_delete(call: Call, message: Message) -> bool:
    """Whether the bot may; an administrator's right knows no age.

    Source: the limits listed for deleteMessage.
    """
    chat = message.chat
    age_s = call.town.now_s() - message.date_s
    if set(message.content) & FOR_EVER and not chat.is_private:
        return False
    if chat.is_private:
        is_fresh_dice = "dice" in message.content and age_s < DICE_REST_S
        return age_s < OLDEST_S and not is_fresh_dice
    if _has_right(call, chat):
        return True
    is_own = message.author.id == call.bot.id
    return is_own and age_s < OLDEST_S


def _has_right(call: Call, chat: Chat) -> bool:
    member = call.standing(chat)
    return member.is_admin if chat.kind is ChatKind.GROUP else member.may("can_delete_messages")


METHODS: dict[str, Method] = {
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
