"""Notices: what an organisation tells an area."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.areas import AreaId
from bot.domain.organisations import OrganisationId
from bot.domain.reports import Priority

NoticeId = NewType("NoticeId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One broadcast.

    Attributes:
        id: Stable: the same event published again has the same one.
        link: The source's own page about it, or None.
        happened_at: When it took place by the source's word, None if it does not say.
    """

    id: NoticeId
    organisation: OrganisationId
    area: AreaId
    priority: Priority
    title: str
    text: str
    link: str | None
    happened_at: datetime | None
    published_at: datetime
