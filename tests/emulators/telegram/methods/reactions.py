"""Reactions of the bot."""

from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.reactions import EMOJI, react
from tests.emulators.telegram.standing import ChatKind
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


METHODS: dict[str, Method] = {
    "setMessageReaction": set_message_reaction,
}
