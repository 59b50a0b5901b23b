"""Showing somebody in private that an answer is being made, where that takes a while."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

from bot.domain.incoming import Incoming, IncomingDeletion, IncomingEdit
from bot.domain.messages import RoomRef
from bot.errors import BridgeError
from bot.ports.bridge import Bridge

Sleep: TypeAlias = Callable[[float], Awaitable[None]]

UNNOTICED_S = 1.0
"""What is there sooner needs no sign."""
SHOWN_FOR_S = 4.0
"""A little less than the shortest time for which a platform shows it."""


@asynccontextmanager
async def shown_at_work(
    incoming: Incoming, bridge: Bridge, *, sleep: Sleep = asyncio.sleep
) -> AsyncIterator[None]:
    """Show in a private chat that the bot is at work, until it has done what was asked.

    Args:
        incoming: What was asked.
        bridge: Where.
        sleep: Waits some seconds; of the wall's clock, for people do.
    """
    if not incoming.is_direct or isinstance(incoming, IncomingEdit | IncomingDeletion):
        yield
        return
    sign = asyncio.create_task(_show(incoming.room, bridge, sleep))
    try:
        yield
    finally:
        sign.cancel()
        await asyncio.wait([sign])


async def _show(room: RoomRef, bridge: Bridge, sleep: Sleep) -> None:
    await sleep(UNNOTICED_S)
    with suppress(BridgeError):  # the answer itself will meet what is wrong
        while True:
            await bridge.show_working(room)
            await sleep(SHOWN_FOR_S)
