"""What is kept of updates on their way in, and when it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dispatch.dispatcher import read_whole
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import Platform
from bot.domain.people import Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.errors import MalformedUpdate
from bot.ports.bridge import Bridge
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep
from bot.ports.inbox import InboxEntry


@dataclass(frozen=True)
class InboxKeeping:
    """Looks after what waits for an answer, and what could not be handled."""

    bridges: Mapping[Platform, Bridge]

    @property
    def holding(self) -> Holding:
        """What it keeps, for those who ask, erase and tidy up."""
        return Holding(
            name="inbox",
            told=_told,
            export=self.export,
            erase=_erase,
            chores=(Chore(name="forget_old_updates", pace=Pace.SELDOM, do=_forget_old),),
        )

    async def export(self, person: Person, upkeep: Upkeep) -> Exported:
        """Hand out the lines that wait."""
        waiting = await upkeep.uow.inbox.of_person(person.id)
        return Exported(fields={"waiting_lines": [self._line(entry) for entry in waiting]})

    def _line(self, entry: InboxEntry) -> Json:
        said: dict[str, Json] = {"received_at": entry.received_at.isoformat()}
        try:
            incoming = read_whole(entry, self.bridges[entry.update.platform])
        except (KeyError, MalformedUpdate):
            incoming = None
        if isinstance(incoming, IncomingMessage):
            said["room"] = str(incoming.room)
            said["text"] = incoming.text.plain
            said["files"] = [file.name for file in incoming.attachments]
        return said


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    waiting = await upkeep.uow.inbox.of_person(person.id)
    days = upkeep.lifetimes.dead_letter.days
    return [words("privacy-waiting", number=len(waiting), days=days)] if waiting else []


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    await upkeep.uow.inbox.erase(person)
    return {}


async def _forget_old(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.inbox.forget_old(upkeep.lifetimes, upkeep.now)
