"""Finding the room of what was done to a message, where the platform tells the chat alone."""

from dataclasses import replace

from bot.domain.incoming import Incoming, IncomingPress, IncomingReaction
from bot.domain.messages import MessageRef
from bot.domain.reports import mark_of
from bot.ports.bridge import Capabilities
from bot.ports.store import UnitOfWork


async def located(incoming: Incoming, capabilities: Capabilities, uow: UnitOfWork) -> Incoming:
    """Return something with the room in which it happened, if a message of the bot's tells it."""
    if incoming.is_direct or not capabilities.inner_room_mark:
        return incoming
    match incoming:
        case IncomingReaction() if mark_of(incoming.emoji):
            return replace(incoming, ref=await _placed(incoming.ref, capabilities, uow))
        case IncomingPress():
            return replace(incoming, ref=await _placed(incoming.ref, capabilities, uow))
        case _:
            return incoming


async def _placed(ref: MessageRef, capabilities: Capabilities, uow: UnitOfWork) -> MessageRef:
    """Look for a message where it is said to be, then in the rooms within: ids are the chat's."""
    if await uow.copies.by_message(ref) is not None:
        return ref
    for room in await uow.rooms.within(ref.room, mark=capabilities.inner_room_mark):
        there = replace(ref, room=room)
        if await uow.copies.by_message(there) is not None:
            return there
    return ref
