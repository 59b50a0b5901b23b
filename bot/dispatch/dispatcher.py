"""One update, handled in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.conversation import tell
from bot.dispatch.attachments import Attachments, tell_what_is_left_out
from bot.dispatch.context import Asked, Scene
from bot.dispatch.locating import located
from bot.dispatch.patience import shown_at_work
from bot.dispatch.pressing import as_command
from bot.dispatch.reading import read_whole
from bot.dispatch.second_thoughts import as_report
from bot.dispatch.standing import Standing
from bot.domain.authorship import is_brought, is_by_a_bot
from bot.domain.consent import Gate, Need, Purpose, gate
from bot.domain.incoming import Incoming, IncomingDeletion, IncomingEdit, IncomingMessage
from bot.domain.lifecycle import CONSENT_WITHIN
from bot.domain.messages import Platform
from bot.domain.people import LanguageSource, PersonId
from bot.domain.posted_codes import is_copied
from bot.domain.start_links import PLAIN
from bot.doorway import knock
from bot.errors import (
    MalformedUpdate,
    NotDrawn,
    Unacceptable,
    UpdateDropped,
    UserError,
)
from bot.handlers.consent import ask
from bot.handlers.unreadable import take_up_again
from bot.moderation.language import language_of
from bot.ports.bridge import Bridge
from bot.ports.clock import Clock
from bot.ports.features import Context, Feature, Files
from bot.ports.held_updates import Waiting
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
            BridgeError: A file could not be fetched, or a question went unanswered.
            StorageUnavailable: Nothing can be written now.
            UpdateDropped: Its sender was erased meanwhile, or it could not be kept.
        """
        incoming = await self._read(entry)
        if incoming is None:
            return
        bridge = self.bridges[entry.update.platform]
        if is_by_a_bot(incoming, bridge.account):
            async with self.store.write() as uow:
                await _done(entry, uow)
            return
        async with shown_at_work(incoming, bridge):
            await self._answer_to(entry, incoming, bridge)

    async def _answer_to(self, entry: InboxEntry, incoming: Incoming, bridge: Bridge) -> None:
        files, attached = Files(), self._attachments
        try:
            told = await attached.fetch(incoming, bridge, files, attempts=entry.attempts)
            membership = await self._standing.ask(incoming, bridge)
            asked = Asked(files=files, membership=membership)
            await self._handle_with_pictures(entry, told, bridge, asked)
        except UserError as error:
            await attached.discard(files)
            await self._answer(entry, incoming, error)
        except BaseException:
            await attached.discard(files)
            raise
        await self._learn_language(incoming)

    @property
    def _attachments(self) -> Attachments:
        return Attachments(media=self.media, store=self.store)

    @property
    def _standing(self) -> Standing:
        return Standing(store=self.store, features=self.features)

    async def give_up(self, entry: InboxEntry, reason: str) -> None:
        """Keep an update as a dead letter: its lane goes on."""
        async with self.store.write() as uow:
            for part in entry.whole:
                await uow.inbox.bury(part, reason)

    async def apologise(self, entry: InboxEntry) -> None:
        """Note whose a dead letter is, and tell its sender that it is kept."""
        incoming = self._bridge_to(entry.update.platform).parse(entry.update.payload)
        if incoming is not None:
            async with self.store.write() as uow:
                sender = await self._tell(incoming, UserError("error-kept-for-later"), uow)
                for part in entry.whole:
                    await uow.inbox.attribute(part, sender)

    async def _read(self, entry: InboxEntry) -> Incoming | None:
        try:
            incoming = read_whole(entry, self._bridge_to(entry.update.platform))
        except MalformedUpdate as error:
            log.warning("inbox.malformed", entry=entry.id, reason=str(error))
            async with self.store.write() as uow:
                for part in entry.whole:
                    await uow.inbox.bury(part, str(error))
            return None
        if incoming is None:
            async with self.store.write() as uow:
                await _done(entry, uow)
        return incoming

    def _bridge_to(self, platform: Platform) -> Bridge:
        bridge = self.bridges.get(platform)
        if bridge is None:
            raise MalformedUpdate(f"there is no bridge to {platform}")
        return bridge

    async def _handle_with_pictures(
        self, entry: InboxEntry, incoming: Incoming, bridge: Bridge, asked: Asked
    ) -> None:
        """Handle it; what has to be drawn for it is drawn while others can write."""
        while True:
            try:
                return await self._handle(entry, incoming, bridge, asked)
            except NotDrawn as missing:
                area = self.scene.areas.get(missing.area)
                if area is None:
                    raise
                await self.scene.pictures.draw(area)

    async def _handle(
        self, entry: InboxEntry, incoming: Incoming, bridge: Bridge, asked: Asked
    ) -> None:
        async with self.store.write() as uow:
            now = self.clock.now()
            if not await take_up_again(incoming, uow, now):
                await _done(entry, uow)
                return
            incoming = await located(incoming, bridge.capabilities, uow)
            ctx = await self.scene.context(incoming, asked, bridge=bridge, uow=uow, now=now)
            await _follow(incoming, entry, ctx)
            incoming = await as_report(incoming, ctx)
            meant = as_command(incoming, ctx)
            features = list(self._features_for(meant, ctx))
            passed = [await self._pass_gate(feature, meant, ctx) for feature in features]
            lacking = [purpose for purpose in passed if purpose is not None]
            if not lacking:
                await _done(entry, uow)
                # In a closed room the line stays: nowhere else will it be read.
                if self._is_a_command_of_ours(incoming) and not ctx.is_closed:
                    await _tidy(incoming, bridge, uow)
                await tell_what_is_left_out(ctx)
            else:
                waiting = Waiting(
                    person=ctx.sender.id,
                    purpose=lacking[0],
                    about=incoming.ref,
                    until=now + CONSENT_WITHIN,
                )
                for part in entry.whole:
                    _require_waiting(await uow.held_updates.hold(part, waiting))
            await knock(incoming, ctx.sender.id, bridge.private_link(PLAIN), uow=uow, now=now)
            if not asked.files.taken:
                await self._attachments.discard(asked.files)

    def _features_for(self, incoming: Incoming, ctx: Context) -> Iterator[Feature]:
        """Yield the first that accepts, and further ones as long as each lets it go on."""
        brought = is_brought(incoming)
        for feature in self.features:
            if (feature.hears_bots or not brought) and feature.accepts(incoming, ctx):
                yield feature
                if not feature.continues:
                    return

    async def _pass_gate(
        self, feature: Feature, incoming: Incoming, ctx: Context
    ) -> Purpose | None:
        """Let a feature do its work, or ask for the consent it lacks; return what it waits for."""
        need = feature.needs(incoming, ctx)
        _require_somebody(incoming, need)
        decision = gate(ctx.sender.consents, need)
        if decision is not Gate.ASK_FIRST:
            await feature.handle(incoming, ctx)
        if need is not None and decision is not Gate.GO:
            await ask(need.purpose, ctx, is_urgent=decision is Gate.GO_AND_ASK)
            if decision is Gate.ASK_FIRST:
                return need.purpose
        return None

    async def _answer(self, entry: InboxEntry, incoming: Incoming, error: UserError) -> None:
        """Tell the sender alone; what the handler had begun is already undone."""
        log.info("dispatch.refused", reason=error.text_id, platform=entry.update.platform)
        async with self.store.write() as uow:
            await _done(entry, uow)
            await self._tell(incoming, error, uow)
            if self._is_a_command_of_ours(incoming) and not self._is_to_be_mended(incoming):
                await _tidy(incoming, self._bridge_to(entry.update.platform), uow)

    def _is_a_command_of_ours(self, incoming: Incoming) -> bool:
        """Whether somebody typed a command that a feature answers to; what is another's stays."""
        command = incoming.command if isinstance(incoming, IncomingMessage) else None
        return command is not None and any(command.name in f.commands for f in self.features)

    def _is_to_be_mended(self, incoming: Incoming) -> bool:
        """Whether a refused command holds words that its author would have to write again."""
        command = incoming.command if isinstance(incoming, IncomingMessage) else None
        if command is None or not command.rest:
            return False
        return any(command.name in f.commands for f in self.features if f.words_are_for_others)

    async def _tell(self, incoming: Incoming, error: UserError, uow: UnitOfWork) -> PersonId:
        now = self.clock.now()
        bridge = self._bridge_to(incoming.room.platform)
        vouched = await self.scene.sender(incoming, bridge=bridge, uow=uow, now=now)
        sender = vouched.person
        where = incoming.room if incoming.sender.is_chat else None
        await tell(error, sender.id, uow=uow, now=now, where=where)
        await knock(incoming, sender.id, bridge.private_link(PLAIN), uow=uow, now=now)
        return sender.id

    async def _learn_language(self, incoming: Incoming) -> None:
        """Note the language that somebody writes in private, unless one was chosen."""
        if not isinstance(incoming, IncomingMessage) or not incoming.is_direct:
            return
        if incoming.forwarded_from is not None or is_copied(incoming.text.plain):
            return  # others have written it
        said = incoming.command.rest if incoming.command else incoming.text
        written = language_of(said.plain, self.texts.languages)
        if written is None:
            return
        async with self.store.write() as uow:
            person = await uow.people.by_user(incoming.sender.user, self.clock.now())
            if person.language_source <= LanguageSource.WRITING:
                await uow.people.set_language(person.id, written, LanguageSource.WRITING)


def _require_somebody(incoming: Incoming, need: Need | None) -> None:
    """Let a room in whose name somebody writes talk and warn, but do nothing else.

    Raises:
        Unacceptable: Nobody could be answered, or asked for a consent.
    """
    is_command = isinstance(incoming, IncomingMessage) and incoming.command is not None
    may_go_on = not is_command if need is None else need.is_urgent
    if incoming.sender.is_chat and not may_go_on:
        raise Unacceptable("error-write-as-yourself")


async def _done(entry: InboxEntry, uow: UnitOfWork) -> None:
    for part in entry.whole:
        _require_waiting(await uow.inbox.done(part))


async def _follow(incoming: Incoming, entry: InboxEntry, ctx: Context) -> None:
    """Let what is held be changed or removed with the message that it tells of."""
    match incoming:
        case IncomingDeletion():
            await ctx.uow.held_updates.drop_about(incoming.ref)
        case IncomingEdit():
            await ctx.uow.held_updates.amend(incoming.ref, ctx.sender.id, entry.update.payload)
        case _:
            pass


def _require_waiting(still_waits: bool) -> None:  # noqa: FBT001 - what an update said of itself
    """Let pass an update that was not dropped while it was handled."""
    if not still_waits:
        raise UpdateDropped


async def _tidy(command: Incoming, bridge: Bridge, uow: UnitOfWork) -> None:
    """Take a command out of a group's room or a desk: it was meant for the bot."""
    if not isinstance(command, IncomingMessage) or command.is_direct:
        return
    if not bridge.capabilities.can_redact_others:
        return
    group = await uow.groups.of_room(command.room)
    if group is not None and command.room in group.keeping:
        return
    if group is not None or await uow.organisations.of_desk(command.room) is not None:
        for part in command.refs:
            await uow.copies.redact(part)
