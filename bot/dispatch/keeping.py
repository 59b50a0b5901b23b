"""What is kept of updates on their way in, and when it ends."""

from bot.domain.people import PersonId
from bot.ports.holdings import Chore, Erased, Holding, Pace, Upkeep


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    await upkeep.uow.inbox.drop(person)
    return {}


async def _forget_old(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.inbox.forget_old(upkeep.now)


HOLDING = Holding(
    name="inbox",
    erase=_erase,
    chores=(Chore(name="forget_old_updates", pace=Pace.SELDOM, do=_forget_old),),
)
