"""What is kept of updates on their way in, and when it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dispatch.reading import read_whole
from bot.domain.incoming import IncomingEdit, IncomingMessage, IncomingReaction
from bot.domain.messages import Platform, UserRef
from bot.domain.people import Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.errors import MalformedUpdate, TemporaryFailure
from bot.ports.bridge import Bridge
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep
from bot.ports.inbox import InboxEntry, InboxId

ENTRIES_AT_ONCE = 500


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
            erase=self.erase,
            chores=(Chore(name="forget_old_updates", pace=Pace.SELDOM, do=_forget_old),),
        )

    async def export(self, person: Person, upkeep: Upkeep) -> Exported:
        """Hand out the lines that wait."""
        waiting = await upkeep.uow.inbox.of_person(person.id)
        return Exported(fields={"waiting_lines": [self._line(entry) for entry in waiting]})

    async def erase(self, person: PersonId, upkeep: Upkeep) -> Erased:
        """Drop what is known to be somebody's, and what they wrote that nobody has read yet."""
        await upkeep.uow.inbox.erase(person)
        accounts = await upkeep.uow.people.accounts(person)
        last = InboxId(0)
        while waiting := await upkeep.uow.inbox.unhandled_after(last, limit=ENTRIES_AT_ONCE):
            for entry in waiting:
                if self._writer_of(entry) in accounts:
                    await upkeep.uow.inbox.done(entry)
            last = waiting[-1].id
        return {}

    def _writer_of(self, entry: InboxEntry) -> UserRef | None:
        """Return who wrote or set what an update tells; None if it tells of something else."""
        try:
            incoming = self.bridges[entry.update.platform].parse(entry.update.payload)
        except (KeyError, MalformedUpdate, TemporaryFailure):
            return None
        # The press by which somebody is erased waits, too; and what they take back stays so.
        leaves_a_trace = isinstance(incoming, IncomingMessage | IncomingEdit | IncomingReaction)
        return incoming.sender.user if incoming and leaves_a_trace else None

    def _line(self, entry: InboxEntry) -> Json:
        said: dict[str, Json] = {"received_at": entry.received_at.isoformat()}
        try:
            incoming = read_whole(entry, self.bridges[entry.update.platform])
        except (KeyError, MalformedUpdate, TemporaryFailure):
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


async def _forget_old(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.inbox.forget_old(upkeep.lifetimes, upkeep.now)
