"""What hangs at the top of a chat."""

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.membership import post_service
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.standing import ChatKind
from tests.emulators.telegram.wire import bad_request

NO_PIN_RIGHT = "not enough rights to manage pinned messages in the chat"


def pin(call: Call) -> object:
    """Hang a message at the top."""
    message = call.message("message to pin not found")
    _require_pins(call, message.chat)
    if message.is_service:
        raise bad_request("message can't be pinned")
    if message.is_pinned:
        raise bad_request("CHAT_NOT_MODIFIED")
    message.chat.pinned.append(message.message_id)
    is_loud = message.chat.kind in {ChatKind.GROUP, ChatKind.SUPERGROUP}
    post_service(
        call.town,
        message.chat,
        call.bot.user,
        {"pinned_message": message.as_pinned()},
        is_silent=call.params.flag("disable_notification") or not is_loud,
    )
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


def _require_pins(call: Call, chat: Chat) -> None:
    if chat.is_private:
        return
    right = "can_edit_messages" if chat.kind is ChatKind.CHANNEL else "can_pin_messages"
    call.require_right(chat, right, NO_PIN_RIGHT)


METHODS: dict[str, Method] = {
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
}
