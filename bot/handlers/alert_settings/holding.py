"""What `/privacy` says of how somebody wants to be alerted; digests hand it out and erase it."""

from collections.abc import Sequence

from bot.domain.alerting import AT_ONCE_ALWAYS
from bot.domain.people import Person
from bot.domain.words import Words, words
from bot.handlers.alert_settings.questions import NAME
from bot.ports.holdings import Holding, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    settings = await upkeep.uow.alert_settings.of(person.id)
    return [] if settings == AT_ONCE_ALWAYS else [words("privacy-alert-settings")]


HOLDING = Holding(name=NAME, told=_told)
