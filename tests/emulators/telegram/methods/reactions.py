"""Reactions of the bot, and polls that it ends."""

from tests.emulators.telegram.chats import ChatKind
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.polls import closed
from tests.emulators.telegram.reactions import EMOJI, react
from tests.emulators.telegram.wire import bad_request


def set_message_reaction(call: Call) -> object:
    """Put one reaction on a message instead of an earlier one; none takes it away."""
    message = call.message("message to react not found")
    wanted = call.params.records("reaction")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(r.get("type") != "emoji" or r.get("emoji") not in EMOJI for r in wanted):
        raise bad_request("REACTION_INVALID")
    if message.is_service and message.chat.kind is not ChatKind.SUPERGROUP:
        raise bad_request("message to react not found")
    react(call.town, message, call.bot.user, wanted)
    return True


def stop_poll(call: Call) -> object:
    """End a poll of one's own."""
    message = call.message("message with poll to stop not found")
    if message.kind() != "poll" or message.author.id != call.bot.id:
        raise bad_request("message with poll to stop not found")
    if (found := message.content["poll"]) and isinstance(found, dict) and found["is_closed"]:
        raise bad_request("poll has already been closed")
    poll = closed(message)
    call.town.change()
    return poll


METHODS: dict[str, Method] = {
    "setMessageReaction": set_message_reaction,
    "stopPoll": stop_poll,
}
