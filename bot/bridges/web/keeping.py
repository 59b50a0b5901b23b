"""What the web chat keeps, and when it ends."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.retention import LIFETIMES, DataClass
from bot.ports.holdings import Chore, Holding, Pace, Upkeep
from bot.ports.store import UnitOfWork


async def _old(uow: UnitOfWork, now: datetime) -> Sequence[str]:
    old = await uow.web_chat.past_lifetime(now - LIFETIMES[DataClass.WEB_MESSAGE])
    return [str(message) for message in old]


async def _remove_old(piece: str, upkeep: Upkeep) -> int:
    await upkeep.discard(await upkeep.uow.web_chat.remove(int(piece)))
    return 1


HOLDING = Holding(
    name="web",
    chores=(Chore(name="remove_old_web_messages", pace=Pace.SELDOM, find=_old, do=_remove_old),),
)
