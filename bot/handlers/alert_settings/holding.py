"""What is kept of how somebody wants to be alerted."""

from collections.abc import Sequence

from bot.domain.alert_settings_json import alert_settings_to_json
from bot.domain.alerting import AT_ONCE_ALWAYS
from bot.domain.people import Person, PersonId
from bot.domain.words import Words, words
from bot.handlers.alert_settings.questions import NAME
from bot.ports.holdings import Erased, Exported, Holding, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    settings = await upkeep.uow.alert_settings.of(person.id)
    return [] if settings == AT_ONCE_ALWAYS else [words("privacy-alert-settings")]


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    settings = await upkeep.uow.alert_settings.of(person.id)
    return Exported(fields={"alert_settings": alert_settings_to_json(settings)})


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    await upkeep.uow.alert_settings.erase(person)
    return {}


HOLDING = Holding(name=NAME, told=_told, export=_export, erase=_erase)
