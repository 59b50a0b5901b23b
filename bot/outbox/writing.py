"""What a copy shows now, for the one who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.areas import AreaMap
from bot.domain.copies import Copy, SubjectKind
from bot.domain.messages import RoomRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.words import words
from bot.ports.clock import Clock
from bot.ports.features import Renderer, Showing
from bot.ports.store import Store, UnitOfWork
from bot.texts import Texts


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes copies from what is stored, in each reader's language."""

    store: Store
    clock: Clock
    texts: Texts
    areas: AreaMap
    renderers: Mapping[SubjectKind, Renderer]
    default_language: str

    async def write(self, copy: Copy) -> OutgoingMessage | None:
        """Return what a copy shows; None if its subject is gone."""
        render = self.renderers[copy.subject.kind]
        async with self.store.read() as uow:
            return await render(
                Showing(
                    copy=copy,
                    language=await self._language_of(copy, uow),
                    room=copy.to if isinstance(copy.to, RoomRef) else None,
                    uow=uow,
                    texts=self.texts,
                    areas=self.areas,
                    now=self.clock.now(),
                )
            )

    async def marked_as_repeat(self, copy: Copy, message: OutgoingMessage) -> OutgoingMessage:
        """Say on a message that it may have come before."""
        async with self.store.read() as uow:
            language = await self._language_of(copy, uow)
        mark = self.texts.say(words("outbox-possible-repeat"), language)
        return replace(message, text=message.text + rich("\n") + mark)

    async def tombstone(self, copy: Copy) -> OutgoingMessage:
        """Return what stands where something was removed."""
        async with self.store.read() as uow:
            language = await self._language_of(copy, uow)
        return OutgoingMessage(
            text=self.texts.say(words("outbox-tombstone"), language), silent=True
        )

    async def _language_of(self, copy: Copy, uow: UnitOfWork) -> str:
        if copy.person is not None:
            person = await uow.people.get(copy.person, self.clock.now())
            return person.language if person else self.default_language
        group = await uow.groups.of_room(copy.to) if isinstance(copy.to, RoomRef) else None
        return group.languages[0] if group else self.default_language
