"""When it is forgotten where messages of the bot's stood."""

from bot.ports.holdings import Chore, Holding, Pace, Upkeep


async def _forget_removed(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.copies.forget_removed(upkeep.now - upkeep.lifetimes.update_seen)


HOLDING = Holding(
    name="copies",
    chores=(Chore(name="forget_removed_copies", pace=Pace.SELDOM, do=_forget_removed),),
)
