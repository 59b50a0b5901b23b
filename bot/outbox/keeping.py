"""What is kept of where messages of the bot's stand, and when it is forgotten."""

from bot.domain.people import Person
from bot.ports.holdings import Chore, Exported, Holding, Pace, Upkeep


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    return Exported(
        fields={
            "received": [
                {"what": one.subject.kind.value, "id": one.subject.id, "at": one.at.isoformat()}
                for one in await upkeep.uow.copies.received(person.id)
            ]
        }
    )


async def _forget_removed(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.copies.forget_removed(upkeep.now - upkeep.lifetimes.update_seen)


HOLDING = Holding(
    name="copies",
    export=_export,
    chores=(Chore(name="forget_removed_copies", pace=Pace.SELDOM, do=_forget_removed),),
)
