"""One update, handled in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.conversation import tell
from bot.dispatch.context import Scene, as_command
from bot.domain.consent import Gate, gate
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.lifecycle import CONSENT_WITHIN
from bot.domain.messages import Media, Platform
from bot.domain.people import LanguageSource
from bot.errors import MalformedUpdate, UserError
from bot.handlers.consent import ask
from bot.moderation.language import language_of
from bot.ports.bridge import Bridge
from bot.ports.clock import Clock
from bot.ports.features import Context, Feature
from bot.ports.inbox import InboxEntry
from bot.ports.media import MediaStore
from bot.ports.store import Store, UnitOfWork
from bot.texts import Texts

log = structlog.get_logger("dispatch")


@dataclass(frozen=True, kw_only=True)
class Dispatcher:
    """Takes updates through the house."""

    store: Store
    clock: Clock
    bridges: Mapping[Platform, Bridge]
    features: Sequence[Feature]
    scene: Scene
    media: MediaStore
    texts: Texts

    async def handle(self, entry: InboxEntry) -> None:
        """Handle an update: all of it, or nothing if it raises.

        Raises:
            BridgeError: A file could not be fetched.
            StorageUnavailable: Nothing can be written now.
        """
        incoming = await self._read(entry)
        if incoming is None:
            return
        bridge = self.bridges[entry.update.platform]
        kept: tuple[Media, ...] = ()
        try:
            if isinstance(incoming, IncomingMessage):
                kept = await self._keep_media(incoming, bridge)
                incoming = replace(incoming, media=kept)
            await self._handle(entry, incoming, bridge)
        except UserError as error:
            await self._discard(kept)
            await self._answer(entry, incoming, error)
        except BaseException:
            await self._discard(kept)
            raise
        await self._learn_language(incoming)

    async def give_up(self, entry: InboxEntry, reason: str) -> None:
        """Keep an update as a dead letter, and tell its sender that it is kept."""
        bridge = self.bridges.get(entry.update.platform)
        incoming = bridge.parse(entry.update.payload) if bridge else None
        async with self.store.write() as uow:
            await uow.inbox.bury(entry.id, reason)
            if incoming is not None:
                await self._tell(incoming, UserError("error-kept-for-later"), uow)

    async def _read(self, entry: InboxEntry) -> Incoming | None:
        try:
            incoming = self._bridge_to(entry.update.platform).parse(entry.update.payload)
        except MalformedUpdate as error:
            log.warning("inbox.malformed", entry=entry.id, reason=str(error))
            async with self.store.write() as uow:
                await uow.inbox.bury(entry.id, str(error))
            return None
        if incoming is None:
            async with self.store.write() as uow:
                await uow.inbox.done(entry.id)
        return incoming

    def _bridge_to(self, platform: Platform) -> Bridge:
        bridge = self.bridges.get(platform)
        if bridge is None:
            raise MalformedUpdate(f"there is no bridge to {platform}")
        return bridge

    async def _handle(self, entry: InboxEntry, incoming: Incoming, bridge: Bridge) -> None:
        async with self.store.write() as uow:
            now = self.clock.now()
            ctx = await self.scene.context(incoming, bridge=bridge, uow=uow, now=now)
            incoming = as_command(incoming, ctx)
            for feature in self._features_for(incoming, ctx):
                if not await self._pass_gate(entry, feature, incoming, ctx):
                    return
                await feature.handle(incoming, ctx)
            await _tidy(incoming, ctx)
            await uow.inbox.done(entry.id)

    def _features_for(self, incoming: Incoming, ctx: Context) -> Iterator[Feature]:
        """Yield the first that accepts, and further ones as long as each lets it go on."""
        for feature in self.features:
            if feature.accepts(incoming, ctx):
                yield feature
                if not feature.continues:
                    return

    async def _pass_gate(
        self, entry: InboxEntry, feature: Feature, incoming: Incoming, ctx: Context
    ) -> bool:
        """Ask for the consent that is missing; False if the update waits for the answer."""
        need = feature.needs(incoming, ctx)
        decision = gate(ctx.sender.consents, need)
        if need is not None and decision is not Gate.GO:
            await ask(need.purpose, ctx, is_urgent=decision is Gate.GO_AND_ASK)
        if decision is Gate.ASK_FIRST:
            await ctx.uow.inbox.hold(entry.id, ctx.sender.id, ctx.now + CONSENT_WITHIN)
            return False
        return True

    async def _keep_media(self, incoming: IncomingMessage, bridge: Bridge) -> tuple[Media, ...]:
        """Fetch and clean what is attached, before any transaction is open."""
        kept = [
            await self.media.keep(await bridge.download(file), kind=file.kind, name=file.name)
            for file in incoming.attachments
        ]
        return tuple(kept)

    async def _discard(self, kept: Sequence[Media]) -> None:
        for media in kept:
            await self.media.discard(media.id)

    async def _answer(self, entry: InboxEntry, incoming: Incoming, error: UserError) -> None:
        """Tell the sender alone; what the handler had begun is already undone."""
        log.info("dispatch.refused", reason=error.text_id, platform=entry.update.platform)
        async with self.store.write() as uow:
            await self._tell(incoming, error, uow)
            await uow.inbox.done(entry.id)

    async def _tell(self, incoming: Incoming, error: UserError, uow: UnitOfWork) -> None:
        now = self.clock.now()
        sender = await self.scene.sender(incoming, uow=uow, now=now)
        await tell(error, sender.id, uow=uow, now=now)

    async def _learn_language(self, incoming: Incoming) -> None:
        """Note the language that somebody writes in private, unless one was chosen."""
        if not isinstance(incoming, IncomingMessage) or not incoming.is_direct:
            return
        written = language_of(incoming.text.plain, self.texts.languages)
        if written is None:
            return
        async with self.store.write() as uow:
            person = await uow.people.by_user(incoming.sender.user, self.clock.now())
            if person.language_source <= LanguageSource.WRITING:
                await uow.people.set_language(person.id, written, LanguageSource.WRITING)


async def _tidy(incoming: Incoming, ctx: Context) -> None:
    """Take a command out of a room: it was meant for the bot."""
    is_command = isinstance(incoming, IncomingMessage) and incoming.command is not None
    in_a_room = ctx.group is not None and ctx.pressed is None
    if is_command and in_a_room and ctx.capabilities.can_redact_others:
        await ctx.uow.copies.redact(incoming.ref)
