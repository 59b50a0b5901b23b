"""Whose words come in: the sender's own, those of whom they forward, or those of a bot."""

from dataclasses import replace

from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingReaction,
)
from bot.domain.messages import UserRef


def as_talk(message: IncomingMessage) -> IncomingMessage:
    """Return a message so that what a bot has brought is no command."""
    return message if message.trail is None else replace(message, command=None)


def is_brought(incoming: Incoming) -> bool:
    """Whether another bot of this kind has written it, whoever said it first."""
    return isinstance(incoming, IncomingMessage) and incoming.trail is not None


def is_own_word(incoming: Incoming) -> bool:
    """Whether its sender says it: neither another program in their name nor whom they forward."""
    match incoming:
        case IncomingMessage():
            return incoming.forwarded_from is None and incoming.spoken_as is None
        case IncomingEdit():
            return incoming.spoken_as is None
        case _:
            return True


def is_by_a_bot(incoming: Incoming, me: UserRef | None) -> bool:
    """Whether it is the bot's own doing, or says what another bot of this kind has to say."""
    if isinstance(incoming, IncomingMessage) and incoming.trail == ():
        return True
    is_said = isinstance(
        incoming, IncomingMessage | IncomingEdit | IncomingDeletion | IncomingReaction
    )
    return is_said and incoming.sender.user == me
