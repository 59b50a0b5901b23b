"""Tips: a private talk between one person and one organisation."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.areas import AreaId
from bot.domain.messages import Media, MessageRef, RoomRef
from bot.domain.notes import NoteId
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import VERIFIED_ROLES, Person, PersonId, Role
from bot.domain.permissions import Phase
from bot.domain.reports import ReportId
from bot.domain.richtext import NOTHING, RichText

TipNumber = NewType("TipNumber", int)
TipLineId = NewType("TipLineId", int)

UNNUMBERED = TipNumber(0)
MAX_TIP_CHARS = 3000
"""With all that stands around it a tip is one message on every platform."""
MAX_TIP_PHOTOS = 10
MAX_TIPS = 6
"""So many a person may send within `FLOOD_WITHIN`."""
MAX_LINES = 30
"""So many lines a tipster may add within `FLOOD_WITHIN`, in all tips together."""
FLOOD_WITHIN = timedelta(hours=1)

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class TipState(StrEnum):
    """Where a tip is in its life."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """What somebody tells one organisation, and nobody else.

    Attributes:
        tipster: Who wrote it; only answers go there, nothing shows it.
        name: As whom the tipster chose to be shown; None if not at all.
        area: Where it happened; None if that was not told.
        about: The report that it is about, if it was begun at one.
        arrived_at: When a desk had it; None until then.
        turn: How often it was shown to a desk anew, for it was handed over or did not arrive:
            what was shown before is not shown again.
        offered_to: To whom the desk would hand it over, if the tipster says yes.
        receipt: What the tipster was told when it was sent.
        key: Names the key that it and all its lines are sealed with.
        is_shown: Its words stand at the desk: a colleague has proved lately who they are, or
            nobody can be asked to.
        is_read: They have stood there before.
    """

    number: TipNumber = UNNUMBERED
    organisation: OrganisationId
    tipster: PersonId
    name: str | None = None
    text: RichText
    media: tuple[Media, ...] = ()
    area: AreaId | None = None
    about: ReportId | None = None
    state: TipState = TipState.OPEN
    sent_at: datetime
    touched_at: datetime
    arrived_at: datetime | None = None
    closed_at: datetime | None = None
    turn: int = 0
    offered_to: OrganisationId | None = None
    receipt: NoteId | None = None
    key: str
    is_shown: bool = True
    is_read: bool = False

    @property
    def label(self) -> str:
        """How it is called: `T-31`."""
        return f"T-{self.number}"

    @property
    def card(self) -> str:
        """By what its card is called at the desk that has it now."""
        return f"{self.number}.{self.turn}"

    @property
    def is_open(self) -> bool:
        """Whether the desk has not closed it."""
        return self.state is TipState.OPEN

    @property
    def phase(self) -> Phase:
        """What can still be done to it."""
        return Phase.ACTIVE if self.is_open else Phase.CLOSED

    def touched(self, now: datetime) -> "Tip":
        """Return it after somebody has added to it; what was closed goes on."""
        return replace(self, state=TipState.OPEN, touched_at=now, closed_at=None)

    def closed(self, now: datetime) -> "Tip":
        """Return it closed: from now its lifetime runs. What is closed already stays as it is."""
        if not self.is_open:
            return self
        return replace(self, state=TipState.CLOSED, closed_at=now, offered_to=None)

    def offered(self, to: OrganisationId | None) -> "Tip":
        """Return it as it waits for the tipster's word on another organisation."""
        return replace(self, offered_to=to)

    def shown_anew(self) -> "Tip":
        """Return it as it is tried again at a desk that could not be reached."""
        return replace(self, turn=self.turn + 1)

    def handed_over(self, now: datetime) -> "Tip":
        """Return it with the organisation that it was offered to.

        Raises:
            ValueError: It was offered to none.
        """
        if self.offered_to is None:
            raise ValueError("offered to nobody")
        moved = replace(
            self,
            organisation=self.offered_to,
            offered_to=None,
            arrived_at=None,
        )
        return moved.shown_anew().touched(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class TipLine:
    """One answer in the talk about a tip.

    Attributes:
        is_desks: It goes to the tipster; else it comes from there.
        writer: Who wrote it.
        origin: The message in which it was written; None for a ready question.
        note: What the tipster was shown it in; None for the tipster's own.
    """

    id: TipLineId = TipLineId(0)
    tip: TipNumber
    is_desks: bool
    writer: PersonId
    origin: MessageRef | None = None
    text: RichText = NOTHING
    media: tuple[Media, ...] = ()
    note: NoteId | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TipPlaces:
    """Where a tip's card stands, or is to stand.

    Attributes:
        organisation: Whose it is.
        rooms: Where it is to be read.
        tried: Where it was to be read, also those that could not be reached.
    """

    number: TipNumber
    organisation: OrganisationId
    rooms: frozenset[RoomRef] = frozenset()
    tried: frozenset[RoomRef] = frozenset()


def is_at_desk(places: TipPlaces, desk: Collection[RoomRef]) -> bool:
    """Whether a tip is in all rooms of a desk and in no other."""
    return places.rooms <= frozenset(desk) <= places.tried


def without_names(files: Sequence[Media]) -> tuple[Media, ...]:
    """Return files numbered: what somebody calls a file may tell who that is."""
    return tuple(
        replace(file, name=f"{number}{_ending(file.name)}") for number, file in enumerate(files, 1)
    )


def _ending(name: str) -> str:
    found = _ENDING.search(name)
    return found[0].lower() if found else ""


def is_colleague(person: Person, organisation: Organisation, now: datetime) -> bool:
    """Whether somebody is verified for an organisation just now."""
    return bool(roles_for(person, organisation, now) & VERIFIED_ROLES)


def roles_for(person: Person, organisation: Organisation, now: datetime) -> frozenset[Role]:
    """Return the roles that somebody holds in an organisation's name."""
    own = tuple(g for g in person.grants if g.organisation == organisation.id)
    return replace(person, grants=own).roles_at(organisation.areas, now)


def takers(
    organisations: Collection[Organisation], chain: Collection[AreaId]
) -> Sequence[Organisation]:
    """Return those that can take a tip, those that look after a place first.

    Args:
        organisations: All there are.
        chain: The place with all that contain it; none if it is not known.
    """
    reachable = [o for o in organisations if o.desk_rooms]
    return sorted(reachable, key=lambda o: not (chain and o.covers(tuple(chain))))


def tip_on(card: str) -> TipNumber:
    """Return which tip a card, or a line below it, is about; none has the number 0."""
    number = card.partition(".")[0]
    return TipNumber(int(number)) if number.isdecimal() else UNNUMBERED
