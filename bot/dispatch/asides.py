"""Finding out what is said at a desk about things that no other room was ever told of."""

from bot.domain.copies import Copy
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import MessageRef, RoomRef
from bot.ports.store import UnitOfWork


async def is_aside(
    incoming: Incoming,
    answered: Copy | None,
    *,
    here: RoomRef,
    group: Group | None,
    uow: UnitOfWork,
) -> bool:
    """Whether a line at a desk in a group's room answers what was never carried on from there.

    It may be about a tip: about one that has left the desk, or in answer to somebody who answered
    one. Nobody can tell any more, so it counts as that.
    """
    if group is None or answered is not None or not isinstance(incoming, IncomingMessage):
        return False
    if incoming.reply_to is None or await uow.organisations.of_desk(here) is None:
        return False
    return not await _went_on(incoming.reply_to, uow)


async def _went_on(line: MessageRef, uow: UnitOfWork) -> bool:
    relay = await uow.relays.by_origin(line)
    if relay is not None:
        return not relay.stays
    return (
        await uow.reports.by_origin(line) is not None
        or await uow.polls.by_origin(line) is not None
    )
