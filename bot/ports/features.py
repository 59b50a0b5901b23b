"""What a feature is made of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.areas import AreaId, AreaMap
from bot.domain.bylines import alias_scope, byline_of, shape_of_name
from bot.domain.consent import Need
from bot.domain.copies import Copy, PersonRef
from bot.domain.groups import Group, GroupId
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.mail_caps import MailCaps
from bot.domain.messages import Attachment, Media, MediaId, Platform, RoomRef
from bot.domain.notes import Note
from bot.domain.people import Person
from bot.domain.reports import Byline
from bot.domain.retention import Lifetimes
from bot.domain.senders import Sender
from bot.domain.start_links import Sign
from bot.errors import UserError
from bot.ports.bridge import Capabilities, Membership
from bot.ports.holdings import Holding, Upkeep
from bot.ports.media import MediaStore
from bot.ports.pictures import AreaPictures
from bot.ports.store import UnitOfWork
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button of ours that was pressed, or a reaction that stands for one.

    Attributes:
        action: What the feature gave the button.
        note: The note that carries it; None for a button of a card, and for one that stands for
            a command: that goes to whoever answers to the command.
    """

    copy: Copy
    action: str
    note: Note | None = None


@dataclass(slots=True)
class Files:
    """The files that came with a message; what no feature takes is destroyed.

    Attributes:
        offered: What the platform says is attached, whether or not it can be had.
        kept: Cleaned, in the order they were attached.
        left_out: Why others could not be had.
        taken: A feature has stored them with something that is erased in time.
        lent: Those among them that are too large to be kept: the platform they came from shows
            them, and no other.
        as_sent: They were taken to be shown as they were sent.
        prints: What tells those that came from all others, in the order they were attached.
    """

    offered: tuple[Attachment, ...] = ()
    kept: list[Media] = field(default_factory=list)
    left_out: list[UserError] = field(default_factory=list)
    taken: bool = False
    lent: set[MediaId] = field(default_factory=set)
    as_sent: bool = False
    prints: list[str] = field(default_factory=list)

    def lend(self, media: Media) -> None:
        """Add a file that is not kept."""
        self.kept.append(media)
        self.lent.add(media.id)

    def take(self) -> tuple[Media, ...]:
        """Return the files, to be stored with something that shows them as pictures and files."""
        self.taken = True
        kept = (media for media in self.kept if media.id not in self.lent)
        return tuple(replace(media, original=None) for media in kept)

    def take_as_sent(self) -> tuple[Media, ...]:
        """Return the files, to be stored with a line that shows them as they were sent."""
        self.taken = self.as_sent = True
        return tuple(self.kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a handler may touch.

    Attributes:
        group: The group of the room it happened in; None in private chats and unknown rooms.
        here: The room it happened in, as it is called now: it may have moved since.
        media: Where files are kept.
        pictures: Draws areas.
        lifetimes: How long what is stored is kept.
        burst_after_lines: So many lines may wait for a room; those after them stand together.
        sign: Makes the tags of links into a private chat.
        can_mail: This installation can send mail, and so prove who somebody is.
        mail_caps: How many mails go in an hour, all together.
        holdings: What each part of the bot keeps about people.
        files: What came with the message.
        answered: The message of the bot's that this one replies to.
        answered_note: The note that it shows, if that is what it shows.
        awaited: The note that waits for this free answer, if one does.
        pressed: What was pressed, for a press or a reaction to a card.
        capabilities: Of the platform it came from.
        platforms: What each platform can do on which the bot is.
        membership: How the sender stands in the room; None if the feature did not ask.
        is_closed: The room is encrypted, and nobody there has agreed that its words leave it.
        is_aside: It answers something at a desk that no other room was ever told of.
        is_own_word: The sender has said it, and has not brought what another said; nor did it come
            from a device that could be another's.
    """

    sender: Person
    uow: UnitOfWork
    now: datetime
    areas: AreaMap
    texts: Texts
    group: Group | None
    here: RoomRef
    capabilities: Capabilities
    media: MediaStore
    pictures: AreaPictures
    lifetimes: Lifetimes
    sign: Sign
    burst_after_lines: int
    mail_caps: MailCaps
    can_mail: bool = False
    holdings: Sequence[Holding] = ()
    platforms: Mapping[Platform, Capabilities] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    answered: Copy | None = None
    answered_note: Note | None = None
    awaited: Note | None = None
    pressed: Pressed | None = None
    membership: Membership | None = None
    is_closed: bool = False
    is_aside: bool = False
    is_own_word: bool = True

    @property
    def private(self) -> PersonRef:
        """Where to say something to the sender alone."""
        return PersonRef(self.sender.id)

    @property
    def zone(self) -> ZoneInfo:
        """Of the clocks on the walls there, by which people say times."""
        return self.texts.zone

    @property
    def upkeep(self) -> Upkeep:
        """This transaction, for what looks after the data that is kept."""
        return Upkeep(
            uow=self.uow,
            media=self.media,
            areas=self.areas,
            lifetimes=self.lifetimes,
            zone=self.zone,
            now=self.now,
        )

    async def byline(self, sender: Sender, *, group: GroupId | None, area: AreaId) -> Byline:
        """Return under what name the sender is shown in a group, or in an area outside of any.

        A badge vouches for its owner's words, and for nobody else's.
        """
        scope = alias_scope(group, area)
        byline = byline_of(
            self.sender,
            alias=await self.uow.aliases.number_of(self.sender.id, scope),
            shown_as=sender.name,
            chain=self.chain(area),
            now=self.now,
        )
        if byline.name is not None:
            shape = shape_of_name(byline.name)
            if not await self.uow.aliases.take_name(self.sender.id, scope, shape):
                byline = byline.with_number()
        return byline if self.is_own_word else byline.without_badge()

    def has_pressed(self, feature: str) -> bool:
        """Whether a button on one of a feature's notes was pressed."""
        note = self.pressed.note if self.pressed else None
        return note is not None and note.feature == feature

    def is_awaited(self, feature: str) -> bool:
        """Whether a feature waits for this free answer."""
        return self.awaited is not None and self.awaited.feature == feature

    def chain(self, area: str) -> tuple[AreaId, ...]:
        """Return an area and all that contain it, innermost first."""
        return self.areas.chain(area)


Handler: TypeAlias = Callable[[Incoming, Context], Awaitable[None]]


def _nothing(_incoming: Incoming, _ctx: Context) -> Need | None:
    return None


def _never(_incoming: Incoming) -> bool:
    return False


def _nowhere(_note: Note) -> RoomRef | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing that people can do.

    Attributes:
        accepts: Whether something is meant for this feature; pure and cheap.
        handle: Does it. Raises UserError when the sender can mend it.
        commands: The commands it answers to, for help and for the nearest match.
        needs: The consent without which it must wait, or None.
        asks_membership: Whether the platform must be asked how the sender stands in the room.
        asks_membership_in: The room in which that is asked anew when a button of one of its notes
            is pressed; None if the button needs no standing.
        words_are_for_others: What follows its commands is for others to read: a line that is
            refused stays in the room, so that its author can take it up again.
    """

    name: str
    accepts: Callable[[Incoming, Context], bool]
    handle: Handler
    commands: tuple[str, ...] = ()
    needs: Callable[[Incoming, Context], Need | None] = _nothing
    asks_membership: Callable[[Incoming], bool] = _never
    asks_membership_in: Callable[[Note], RoomRef | None] = _nowhere
    words_are_for_others: bool = False
    continues: bool = False
    """Whether features after it get the same update too."""
    hears_bots: bool = False
    """Whether it takes what another bot of this kind has brought; it is never a command."""


def shares_a_place(incoming: Incoming) -> bool:
    """Whether a message tells where somebody is."""
    return isinstance(incoming, IncomingMessage) and incoming.position is not None


def is_command(incoming: Incoming, *names: str) -> bool:
    """Whether a message begins with one of these commands."""
    return (
        isinstance(incoming, IncomingMessage)
        and incoming.command is not None
        and incoming.command.name in names
    )
