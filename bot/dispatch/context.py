"""Finding out who did something, where, and what it refers to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.dispatch.asides import is_aside
from bot.dispatch.pressing import pressed_by
from bot.domain.areas import AreaMap
from bot.domain.authorship import is_own_word
from bot.domain.consent import Purpose
from bot.domain.copies import Copy, Subject, SubjectKind
from bot.domain.groups import Group
from bot.domain.incoming import (
    Incoming,
    IncomingEdit,
    IncomingMessage,
    IncomingPollEnd,
    IncomingPress,
    IncomingReaction,
    IncomingVote,
)
from bot.domain.mail_caps import MailCaps
from bot.domain.messages import Platform, RoomRef
from bot.domain.notes import Note, NoteId
from bot.domain.people import LanguageSource, Person
from bot.domain.retention import Lifetimes
from bot.domain.room_news import IncomingFoothold
from bot.domain.start_links import PLAIN, Sign
from bot.doorway import come_in
from bot.handlers.owner_keys import Vouched, vouch_for
from bot.handlers.rooms import hear_again
from bot.ports.bridge import Bridge, Capabilities, Membership
from bot.ports.features import Context, Files
from bot.ports.holdings import Holding
from bot.ports.media import MediaStore
from bot.ports.pictures import AreaPictures
from bot.ports.store import UnitOfWork
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a platform was asked for before any transaction was open."""

    files: Files
    membership: Membership | None = None


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Makes contexts."""

    texts: Texts
    areas: AreaMap
    media: MediaStore
    pictures: AreaPictures
    lifetimes: Lifetimes
    holdings: Sequence[Holding]
    sign: Sign
    burst_after_lines: int
    mail_caps: MailCaps
    platforms: Mapping[Platform, Capabilities] = field(default_factory=dict)
    can_mail: bool = False

    async def context(
        self, incoming: Incoming, asked: Asked, *, bridge: Bridge, uow: UnitOfWork, now: datetime
    ) -> Context:
        """Return all that a handler may know and touch.

        Raises:
            UnknownButton: A button was pressed that is too old, or somebody else's.
        """
        vouched = await self.sender(incoming, bridge=bridge, uow=uow, now=now)
        sender = vouched.person
        answered = await _answered(incoming, uow)
        here, group = await _where(incoming, uow, now)
        if group is not None and isinstance(incoming, IncomingMessage):
            await uow.groups.note_written_in(group.id, sender.id)
        return Context(
            sender=sender,
            uow=uow,
            now=now,
            areas=self.areas,
            texts=self.texts,
            media=self.media,
            pictures=self.pictures,
            lifetimes=self.lifetimes,
            sign=self.sign,
            burst_after_lines=self.burst_after_lines,
            can_mail=self.can_mail,
            mail_caps=self.mail_caps,
            holdings=self.holdings,
            platforms=self.platforms,
            files=asked.files,
            membership=asked.membership,
            group=group,
            here=here,
            capabilities=_capabilities(bridge, here, group),
            answered=answered,
            answered_note=await _note_on(answered, uow),
            awaited=await _awaited(incoming, answered, sender, uow, now),
            pressed=await pressed_by(incoming, sender, uow, now),
            is_closed=group is not None and await _is_closed(incoming, uow),
            is_aside=await is_aside(incoming, answered, here=here, group=group, uow=uow),
            is_own_word=vouched.is_proven and is_own_word(incoming),
        )

    async def sender(
        self, incoming: Incoming, *, bridge: Bridge, uow: UnitOfWork, now: datetime
    ) -> Vouched:
        """Return the person who did it, with the language of the chat client if none is known."""
        person = await self._person(incoming, bridge=bridge, uow=uow, now=now)
        return await vouch_for(person, incoming, uow=uow, now=now)

    async def _person(
        self, incoming: Incoming, *, bridge: Bridge, uow: UnitOfWork, now: datetime
    ) -> Person:
        may_be_first = incoming.is_direct or bridge.private_link(PLAIN) is None
        person = await uow.people.by_user(incoming.sender.user, now, is_reachable=may_be_first)
        if isinstance(incoming, IncomingMessage) and incoming.is_unproven:
            # A server's word must not be enough to speak, or to act, as the police.
            person = replace(person, grants=())
        if incoming.sender.is_chat:
            return await _nobody(person, incoming, uow)
        if incoming.is_direct and not isinstance(incoming, IncomingFoothold):
            await _let_in(person, incoming, uow, now)
        client = self.texts.pick(incoming.sender.language)
        if client is None or person.language_source > LanguageSource.CLIENT:
            return person
        if (client, LanguageSource.CLIENT) != (person.language, person.language_source):
            await uow.people.set_language(person.id, client, LanguageSource.CLIENT)
        return replace(person, language=client, language_source=LanguageSource.CLIENT)


async def _where(
    incoming: Incoming, uow: UnitOfWork, now: datetime
) -> tuple[RoomRef, Group | None]:
    """Return the room as it is called now, and its group.

    A line may wait while its room moves. A room that was away is counted among its group's rooms
    again if somebody's line came in.
    """
    here = incoming.room
    if incoming.is_direct:
        return here, None
    group = await uow.groups.of_room(here)
    if group is None:
        here = await uow.rooms.where_now(here)
        group = await uow.groups.of_room(here) if here != incoming.room else None
    if group is None or here not in group.away:
        return here, group
    await hear_again(incoming, uow=uow, now=now)
    return here, await uow.groups.of_room(here)


def _capabilities(bridge: Bridge, here: RoomRef, group: Group | None) -> Capabilities:
    """Return what can be done where it happened; a room may withhold what its platform can."""
    can = bridge.capabilities
    is_kept = group is not None and here in group.keeping
    return replace(can, can_redact_others=False) if is_kept else can


async def _let_in(person: Person, incoming: Incoming, uow: UnitOfWork, now: datetime) -> None:
    """Remember where somebody is in private, and say what could not be said until now."""
    is_new = await uow.people.remember_private_room(incoming.sender.user, incoming.room)
    if is_new:
        command = incoming.command if isinstance(incoming, IncomingMessage) else None
        is_start = command is not None and command.name == "start"
        await come_in(person.id, asks_anew=is_start, uow=uow, now=now)


async def _nobody(person: Person, incoming: Incoming, uow: UnitOfWork) -> Person:
    """Return a room that writes, as somebody without rights who can't be reached."""
    await uow.people.set_reachable(incoming.sender.user, is_reachable=False)
    # What a room is called is no person's name: showing it needs nobody's consent.
    return replace(person, grants=(), consents=frozenset({Purpose.NAME}))


async def _is_closed(incoming: Incoming, uow: UnitOfWork) -> bool:
    """Whether nobody has agreed yet that words leave the encrypted room where it happened."""
    match incoming:
        case IncomingMessage() if incoming.is_sealed and incoming.is_late:
            # Its key has come after the yes; it was said before.
            opened_at = await uow.rooms.opened_at(incoming.room)
            return opened_at is None or incoming.sent_at < opened_at
        case (
            IncomingMessage()
            | IncomingEdit()
            | IncomingPress()
            | IncomingFoothold()
            | IncomingReaction()
            | IncomingVote()
            | IncomingPollEnd()
        ):
            return incoming.is_sealed and not await uow.rooms.is_opened(incoming.room)
        case _:
            return False


async def _answered(incoming: Incoming, uow: UnitOfWork) -> Copy | None:
    if not isinstance(incoming, IncomingMessage) or incoming.reply_to is None:
        return None
    return await uow.copies.by_message(incoming.reply_to) or await _tip_under(incoming, uow)


async def _tip_under(incoming: IncomingMessage, uow: UnitOfWork) -> Copy | None:
    """Return the card of a tip that somebody's own line answers, when that line is answered.

    A talk about a tip stays one, however long it gets: nothing of it is carried on as talk.
    """
    line = await uow.tips.line_from(incoming.reply_to) if incoming.reply_to else None
    tip = await uow.tips.get(line.tip) if line else None
    cards = await uow.copies.of(Subject(SubjectKind.TIP, tip.card)) if tip else ()
    return next((card for card in cards if card.room == incoming.room), None)


async def _note_on(answered: Copy | None, uow: UnitOfWork) -> Note | None:
    if answered is None or answered.subject.kind is not SubjectKind.NOTE:
        return None
    return await uow.notes.get(NoteId(answered.subject.id))


async def _awaited(
    incoming: Incoming, answered: Copy | None, sender: Person, uow: UnitOfWork, now: datetime
) -> Note | None:
    """Return the question that this answers; who replies to a card means the card."""
    is_free = isinstance(incoming, IncomingMessage) and incoming.command is None
    means_a_card = answered is not None and answered.subject.kind is not SubjectKind.NOTE
    if not is_free or not incoming.is_direct or means_a_card:
        return None
    return await uow.notes.awaiting(sender.id, now)
