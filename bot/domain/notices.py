"""Notices: what an organisation, or a coordinator, tells areas and groups."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, assert_never

from bot.domain.areas import AreaId
from bot.domain.groups import GroupId
from bot.domain.messages import Media
from bot.domain.organisations import OrganisationId
from bot.domain.people import PersonId
from bot.domain.permissions import Phase
from bot.domain.reports import Priority

NoticeId = NewType("NoticeId", str)

_ID = re.compile(r"#?[Nn]-?(?P<number>[1-9]\d{0,8})")


class NoticeState(StrEnum):
    """Where a notice is in its life."""

    SCHEDULED = "scheduled"
    SENT = "sent"
    HELD = "held"
    """Its author's role ended while it was on its way: the rest waits."""
    EXPIRED = "expired"
    RECALLED = "recalled"
    CANCELLED = "cancelled"


ENDED = frozenset({NoticeState.EXPIRED, NoticeState.RECALLED, NoticeState.CANCELLED})
"""No longer for anybody who has not got it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One broadcast.

    Attributes:
        id: Stable: the same event published again has the same one.
        organisation: Who speaks; None for the coordinators.
        areas: Where it holds; in a card the first stand by name.
        groups: Groups it was sent to by name, whatever area they look after.
        title: Empty for one that people have written: it is called a notice.
        text: In the first language.
        language: Which that is; None for one whose source does not say.
        others: The same in other languages, by language.
        link: The source's own page about it, or None.
        happened_at: When it took place by the source's word, None if it does not say.
        published_at: When it was sent, or stored for later.
        author: Who sent it; None for a feed, and once that person is forgotten.
        due_at: When it goes, or went, out; None for at once.
        expires_at: From then on it no longer holds; None for until recalled.
        changed_at: When it was last corrected or recalled, or ran out.
        is_former: Its author's role ended before it was with all: it bears no badge.
    """

    id: NoticeId
    organisation: OrganisationId | None
    areas: tuple[AreaId, ...]
    groups: tuple[GroupId, ...] = ()
    priority: Priority
    title: str = ""
    text: str
    language: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    link: str | None = None
    happened_at: datetime | None = None
    published_at: datetime
    author: PersonId | None = None
    state: NoticeState = NoticeState.SENT
    due_at: datetime | None = None
    expires_at: datetime | None = None
    changed_at: datetime | None = None
    is_former: bool = False

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote it here: it can be named by its number."""
        return self.id.startswith("N-")

    def text_in(self, language: str) -> str:
        """Return its words in a reader's language, or else in the first."""
        return self.others.get(language, self.text)

    @property
    def texts(self) -> Mapping[str, str]:
        """Its words by language, the first on top."""
        return {self.language or "": self.text, **self.others}

    def is_over_by(self, now: datetime) -> bool:
        """Whether it has nothing to say any more to whoever has not got it."""
        return self.state in ENDED or (self.expires_at is not None and self.expires_at <= now)


def numbered(number: int) -> NoticeId:
    """Return the id of a notice that somebody wrote."""
    return NoticeId(f"N-{number}")


def read_notice_id(said: str) -> NoticeId | None:
    """Read `N-12`, `n12` or `#N-12`; None if it is none."""
    found = _ID.fullmatch(said.strip())
    return numbered(int(found["number"])) if found else None


def phase_of_notice(notice: Notice) -> Phase:
    """Return what can still be done to it: one that ran out stands there, and may be wrong."""
    match notice.state:
        case NoticeState.SCHEDULED | NoticeState.SENT | NoticeState.HELD | NoticeState.EXPIRED:
            return Phase.ACTIVE
        case NoticeState.RECALLED | NoticeState.CANCELLED:
            return Phase.CLOSED
        case _ as never:
            assert_never(never)


def corrected(notice: Notice, texts: Mapping[str, str], now: datetime) -> Notice:
    """Return a notice with other words; those of a language that is not named go.

    Args:
        notice: As it was.
        texts: By language, the first on top.
        now: Present time.
    """
    (language, text), *others = texts.items()
    return replace(notice, language=language, text=text, others=dict(others), changed_at=now)
