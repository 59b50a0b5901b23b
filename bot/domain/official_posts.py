"""What a verified organisation has posted, each with a code by which anybody can ask for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.areas import AreaId
from bot.domain.lifecycle import REMOVED
from bot.domain.notices import Notice, NoticeState
from bot.domain.people import PersonId, Role
from bot.domain.reports import Report, State, read_report_id

PostCode = NewType("PostCode", str)

CODE_CHARS = range(4, 7)
"""One more than the shortest report ids have."""


class PostKind(StrEnum):
    """What was posted."""

    REPORT = "report"
    UPDATE = "update"
    ANSWER = "answer"
    NOTICE = "notice"


class Standing(StrEnum):
    """Whether what was posted still holds.

    What is HELD was stopped on its way, and its organisation has yet to say whether it holds. Of
    what is GONE nothing is left but that it was posted.
    """

    STANDS = "stands"
    CORRECTED = "corrected"
    OVER = "over"
    HELD = "held"
    RECALLED = "recalled"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPost:
    """That an organisation has posted something; not its words.

    Attributes:
        subject: The report that it is, or is about; of a notice that notice.
        author: Who wrote it; None if that is forgotten, or if no person did.
        corrected_at: When its words were last changed.
        recalled_at: When it was taken back.
    """

    code: PostCode
    kind: PostKind
    subject: str
    organisation: str
    role: Role
    area: AreaId
    author: PersonId | None
    posted_at: datetime
    corrected_at: datetime | None = None
    recalled_at: datetime | None = None

    @property
    def is_on_a_report(self) -> bool:
        """Whether it stands on a report's card."""
        return self.kind is not PostKind.NOTICE


def read_code(text: str) -> PostCode | None:
    """Return the code if a text is one, in any case; None if it is none."""
    found = read_report_id(text)
    return PostCode(found) if found is not None and len(found) in CODE_CHARS else None


def standing_on(report: Report | None, post: OfficialPost) -> Standing:
    """Return whether what was posted on a report still holds; of a report that is gone, None."""
    if post.recalled_at is not None:
        return Standing.RECALLED
    if report is None:
        return Standing.GONE
    is_disowned = post.kind is PostKind.REPORT and report.byline.role is None
    if report.state in REMOVED or is_disowned:
        return Standing.RECALLED
    if post.kind is not PostKind.ANSWER and not _goes_on(report):
        return Standing.OVER
    return Standing.STANDS if post.corrected_at is None else Standing.CORRECTED


def standing_of_notice(post: OfficialPost, notice: Notice | None, now: datetime) -> Standing:
    """Return whether a notice still holds; of one that is gone, None."""
    if post.recalled_at is not None:
        return Standing.RECALLED
    if notice is None:
        return Standing.GONE
    if notice.is_over_by(now):
        return Standing.OVER
    if notice.state is NoticeState.HELD:
        return Standing.HELD
    return Standing.STANDS if post.corrected_at is None else Standing.CORRECTED


def _goes_on(report: Report) -> bool:
    return report.is_active or report.state is State.DUPLICATE
