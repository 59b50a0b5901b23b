"""What copies show now, for those who read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.domain.areas import AreaMap
from bot.domain.copies import Copy, CopyState, Subject, SubjectKind
from bot.domain.effects import ON_ENTRIES, Effect, Urgency, Verb
from bot.domain.entries import Entry, entry_from_json
from bot.domain.notes import NoteId
from bot.domain.outgoing import Explain, OutgoingMessage, Unshown
from bot.domain.reactions import Counted
from bot.domain.richtext import rich
from bot.domain.words import words
from bot.errors import StorageUnavailable
from bot.handlers.relay.reacting import felt_elsewhere
from bot.ports.clock import Clock
from bot.ports.showing import Reader, Renderer, Showing
from bot.ports.store import UnitOfWork
from bot.texts import Texts

_SHOWN = frozenset({Verb.SHOW, Verb.PIN})
"""What is done by what its subject says when its turn comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An effect with what is to be shown.

    Attributes:
        message: None if there is nothing to show, or nothing any more.
        entry: Who is to be let into a room, or not; None if nobody is, or nobody any more.
        felt: What an echo stands for.
        bug: Why it could not be written.
    """

    effect: Effect
    message: OutgoingMessage | None = None
    entry: Entry | None = None
    felt: Sequence[Counted] = ()
    bug: Exception | None = None


Drafts = dict[tuple[Subject, Reader], OutgoingMessage | Exception | None]


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes copies from what is stored, in each reader's language."""

    clock: Clock
    texts: Texts
    areas: AreaMap
    renderers: Mapping[SubjectKind, Renderer]
    default_language: str

    async def write(self, effects: Sequence[Effect], uow: UnitOfWork) -> Sequence[Task]:
        """Write what effects show; copies for like readers share one draft.

        Raises:
            StorageUnavailable: What they show can't be read.
        """
        drafts: Drafts = {}
        return [await self._task(effect, drafts, uow) for effect in effects]

    def marked_as_repeat(self, copy: Copy, message: OutgoingMessage) -> OutgoingMessage:
        """Say on a message that it may have come before."""
        mark = self.texts.say(words("outbox-possible-repeat"), self._language(copy))
        return replace(message, text=message.text + rich("\n") + mark)

    def tombstone(self, copy: Copy) -> OutgoingMessage:
        """Return what stands where something was removed."""
        text = self.texts.say(words("outbox-tombstone"), self._language(copy))
        return OutgoingMessage(text=text, silent=True)

    async def _task(self, effect: Effect, drafts: Drafts, uow: UnitOfWork) -> Task:
        if effect.verb in ON_ENTRIES:
            return Task(effect=effect, entry=await _entry_of(effect, uow))
        if effect.verb is Verb.ECHO and effect.target is not None:
            return Task(effect=effect, felt=await felt_elsewhere(effect.target, uow))
        if effect.verb not in _SHOWN or effect.copy is None:
            return Task(effect=effect)
        draft = await self._draft(effect, effect.copy, drafts, uow)
        match draft:
            case OutgoingMessage():
                message = self._hushed(draft.addressed(effect.copy), effect, effect.copy)
                if message.media:
                    message = replace(message, explains=self._explaining(effect.copy))
                return Task(effect=effect, message=message)
            case Exception():
                return Task(effect=effect, bug=draft)
            case None:
                return Task(effect=effect)
            case _ as never:
                assert_never(never)

    def _hushed(self, message: OutgoingMessage, effect: Effect, copy: Copy) -> OutgoingMessage:
        """Take away the sound where the reader wants none just now, however long it waited."""
        is_red = effect.urgency is Urgency.RED
        if copy.rest is None or not copy.rest.hushes(self.clock.now(), is_red=is_red):
            return message
        return replace(message, silent=True)

    async def _draft(
        self, effect: Effect, copy: Copy, drafts: Drafts, uow: UnitOfWork
    ) -> OutgoingMessage | Exception | None:
        is_private = copy.person is not None
        in_this_room = self.renderers[copy.subject.kind].minds_the_room and not is_private
        reader = Reader(
            language=self._language(copy),
            platform=copy.platform,
            is_private=is_private,
            is_untouched=copy.state is CopyState.WAITING and not effect.doubts,
            room=copy.room if in_this_room else None,
        )
        key = (copy.subject, reader)
        if key not in drafts:
            drafts[key] = await self._written(copy.subject, reader, uow)
        return drafts[key]

    async def _written(
        self, subject: Subject, reader: Reader, uow: UnitOfWork
    ) -> OutgoingMessage | Exception | None:
        showing = Showing(
            subject=subject,
            reader=reader,
            uow=uow,
            texts=self.texts,
            areas=self.areas,
            now=self.clock.now(),
        )
        try:
            return await self.renderers[subject.kind].write(showing)
        except StorageUnavailable:
            raise
        except Exception as bug:  # noqa: BLE001 - one bad subject must not stop all the others
            return bug

    def _explaining(self, copy: Copy) -> Explain:
        def explain(why: Unshown, most_mb: int) -> str:
            said = words("outbox-unshown", why=why.value, most=most_mb)
            return self.texts.say(said, self._language(copy)).plain

        return explain

    def _language(self, copy: Copy) -> str:
        return copy.language or self.default_language


async def _entry_of(effect: Effect, uow: UnitOfWork) -> Entry | None:
    """Return whom a card is about; None if that is forgotten."""
    if effect.copy is None or effect.copy.subject.kind is not SubjectKind.NOTE:
        return None
    note = await uow.notes.get(NoteId(effect.copy.subject.id))
    return entry_from_json(note.state) if note else None
