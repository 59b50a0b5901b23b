"""Reports: a priority-tagged post with a life cycle."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NewType

from bot.domain.areas import AreaId
from bot.domain.groups import GroupId, Reach
from bot.domain.kinds import Kind
from bot.domain.messages import Media, MessageRef
from bot.domain.people import PersonId, Role
from bot.domain.positions import Cell
from bot.domain.richtext import RichText

ReportId = NewType("ReportId", str)

ID_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that can be read as something else
ID_CHARS = range(3, 7)
MAX_TEXT_CHARS = 2000  # the card with its head and foot still fits one message everywhere
# With both a letter and a figure in it, so that no word and no number is one.
_ID = re.compile(
    rf"#?(?=[A-Z]*[2-9])(?=[2-9]*[A-Z])([{ID_ALPHABET}]{{3,6}})", re.IGNORECASE | re.ASCII
)


class Priority(IntEnum):
    """Urgency; a higher value is more urgent."""

    GREEN = 1
    YELLOW = 2
    RED = 3

    @property
    def emoji(self) -> str:
        """The sign that stands on every card."""
        return {1: "🟢", 2: "🟡", 3: "🔴"}[self.value]

    @property
    def word(self) -> str:
        """The English word, as in commands and text ids."""
        return self.name.lower()


LIFETIMES: Mapping[Priority, timedelta] = {
    Priority.RED: timedelta(hours=6),
    Priority.YELLOW: timedelta(hours=24),
    Priority.GREEN: timedelta(days=14),
}
"""How long a report stays open after it was last touched."""


class State(StrEnum):
    """Where a report is in its life."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    RESOLVED = "resolved"
    FALSE = "false"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    HIDDEN = "hidden"


ACTIVE = frozenset({State.OPEN, State.CONFIRMED})


class Mark(StrEnum):
    """What others say about a report by pressing a button on its card."""

    SEEN = "seen"
    HERE = "here"
    CALLED = "called"
    HANDLED = "handled"
    FLAG = "flag"

    @property
    def emoji(self) -> str:
        """The sign on the button."""
        return {"seen": "👁", "here": "➕", "called": "☎️", "handled": "✅", "flag": "⚑"}[self.value]


# Not every platform lets people react with the signs on the buttons.
_MARK_OF_EMOJI: Mapping[str, Mark] = {
    **{mark.emoji.rstrip("\ufe0f"): mark for mark in Mark},
    "👀": Mark.SEEN,
    "👍": Mark.SEEN,
}


def mark_of(emoji: str) -> Mark | None:
    """Return the mark that an emoji sets, None for all others."""
    return _MARK_OF_EMOJI.get(emoji.rstrip("\ufe0f"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Under what name somebody is shown; only the bot makes one.

    Attributes:
        alias: The number of "Neighbour 14" in this group or area.
        name: The cleaned display name, if its owner agreed to show it.
        organisation: Slug of the body behind a verified role, with that role.
        is_former: The role was revoked since.
        unproved: The body whose badge waits until its bearer has proved anew who they are.
    """

    alias: int
    name: str | None = None
    organisation: str | None = None
    role: Role | None = None
    is_former: bool = False
    unproved: str | None = None

    def with_number(self) -> "Byline":
        """Return it so that it can be told from another of the same name; no name holds a dot."""
        return replace(self, name=f"{self.name} · {self.alias}")

    def without_badge(self) -> "Byline":
        """Return it for words that are not the bearer's own."""
        return replace(self, organisation=None, role=None, is_former=False)

    def after_revocation(self, organisation: str) -> "Byline":
        """Return it for somebody who speaks for an organisation no more."""
        return replace(self, is_former=True) if self.organisation == organisation else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Something added to a report by replying to its card; with a code if it is official."""

    byline: Byline
    text: RichText
    at: datetime
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What somebody has added to a report: a mark's name, or `update` with its text."""

    report: "ReportId"
    what: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many different people have set each mark.

    Attributes:
        called_at: When 112 was first called, UTC.
    """

    counts: Mapping[Mark, int] = field(default_factory=dict)
    called_at: datetime | None = None

    def of(self, mark: Mark) -> int:
        """Return the number of people behind a mark."""
        return self.counts.get(mark, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a report is the same as another.

    Attributes:
        to: The other one.
        was: The state in which it was before, to which it returns when the link is undone.
    """

    to: ReportId
    was: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One observation.

    Attributes:
        cell: Where in the area it is; None if that was not told.
        group: The group it was written in; None for a report from a private chat.
        kind: None when the words did not tell.
        origin: The line whose words it holds; None if a button said them.
        touched_at: When somebody last did something with it; it expires from then.
        ended_at: When it left the active states; None while it is active.
        is_provisional: It went out before its author had agreed to anything.
        link: What it is the same as, while it is a duplicate.
        confirmed_by_links: It is confirmed only with those who told of it in other reports.
        code: By which anybody can ask whether it is official; None if it is a neighbour's.
        ends_at: When it ends whatever happens, see `appeals`; None for all other reports.
    """

    id: ReportId
    area: AreaId
    cell: Cell | None = None
    group: GroupId | None
    reach: Reach
    kind: Kind | None
    priority: Priority
    text: RichText
    media: tuple[Media, ...] = ()
    author: PersonId
    byline: Byline
    origin: MessageRef | None = None
    state: State = State.OPEN
    created_at: datetime
    touched_at: datetime
    ended_at: datetime | None = None
    is_provisional: bool = False
    link: Link | None = None
    confirmed_by_links: bool = False
    code: str | None = None
    ends_at: datetime | None = None

    @property
    def is_appeal(self) -> bool:
        """Whether it asks people for something, has an end, and is erased then."""
        return self.ends_at is not None

    @property
    def is_active(self) -> bool:
        """Whether it still calls for attention."""
        return self.state in ACTIVE

    @property
    def expires_at(self) -> datetime:
        """When it ends by itself if nobody touches it."""
        if self.ends_at is not None:
            return self.ends_at
        return self.touched_at + LIFETIMES[self.priority]


def read_report_id(text: str) -> ReportId | None:
    """Return the id if a text is one, with or without its `#`, in any case."""
    match = _ID.fullmatch(text.strip())
    return ReportId(match[1].upper()) if match else None
