"""What is kept of what somebody follows."""

from collections.abc import Sequence

from bot.domain.people import Person, PersonId
from bot.domain.subscriptions_json import subscription_to_json
from bot.domain.words import Words, words
from bot.handlers.subscriptions.questions import NAME
from bot.ports.holdings import Erased, Exported, Holding, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    own = await upkeep.uow.subscriptions.of(person.id)
    return (words("privacy-followed", number=len(own)),)


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    own = await upkeep.uow.subscriptions.of(person.id)
    return Exported(
        fields={"subscriptions": [subscription_to_json(subscription) for subscription in own]}
    )


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    return {"subscriptions": await upkeep.uow.subscriptions.erase(person)}


HOLDING = Holding(name=NAME, told=_told, export=_export, erase=_erase)
