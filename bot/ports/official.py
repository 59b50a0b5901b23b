"""What organisations have posted and answered, and whose names were told of to moderators."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.official_answers import OfficialAnswer
from bot.domain.official_posts import OfficialPost, PostCode
from bot.domain.people import PersonId
from bot.domain.reports import ReportId
from bot.domain.vouching import Vouching


class OfficialPosts(Protocol):
    """Stored facts of what organisations have posted; the words stand where they were posted."""

    async def free_code(self) -> PostCode:
        """Return a random code that no post has."""
        ...

    async def add(self, post: OfficialPost) -> None:
        """Store that something was posted."""
        ...

    async def get(self, code: PostCode) -> OfficialPost | None:
        """Return a post, None if there is none such."""
        ...

    async def on_report(self, report: ReportId) -> Sequence[OfficialPost]:
        """Return what organisations have posted on a report's card, oldest first."""
        ...

    async def of_notice(self, notice: str) -> OfficialPost | None:
        """Return a notice's post, None if it has none."""
        ...

    async def of_author(self, person: PersonId) -> Sequence[OfficialPost]:
        """Return what somebody has posted for organisations, oldest first."""
        ...

    async def correct(self, code: PostCode, now: datetime) -> None:
        """Note that a post's words were changed."""
        ...

    async def recall(self, code: PostCode, now: datetime) -> None:
        """Note that a post was taken back."""
        ...

    async def vouching(self, person: PersonId, organisation: str) -> Vouching | None:
        """Return how somebody came to speak for an organisation; None if they do no more."""
        ...

    async def unlink(self, person: PersonId) -> int:
        """Keep the posts of an erased person, but no longer whose they were; return how many."""
        ...

    async def forget_old(self, before: datetime) -> int:
        """Forget what was posted before a time; return how many."""
        ...


class OfficialAnswers(Protocol):
    """Stored answers of organisations to reports."""

    async def put(self, answer: OfficialAnswer) -> None:
        """Store an answer; an organisation has one for each report."""
        ...

    async def get(self, code: PostCode) -> OfficialAnswer | None:
        """Return an answer, None if there is none such."""
        ...

    async def of_report(self, report: ReportId) -> Sequence[OfficialAnswer]:
        """Return the answers to a report, the first one first."""
        ...

    async def of_author(self, person: PersonId) -> Sequence[OfficialAnswer]:
        """Return the answers that somebody has written last, oldest first."""
        ...

    async def counting_since(self, since: datetime) -> Sequence[PostCode]:
        """Return the answers told since a time that have not reached all who saw the claim."""
        ...

    async def saw(self, reports: Sequence[ReportId], *, but: PersonId | None) -> int:
        """Count who has seen some reports, in private, in a digest or in a room; each place once.

        In a room all its people have, as far as their number is known.
        """
        ...

    async def told(self, answer: OfficialAnswer) -> int:
        """Count whom an answer's last version has reached, as `saw` counts."""
        ...

    async def unlink(self, person: PersonId) -> int:
        """Keep the answers of an erased person: they are the organisation's; return how many."""
        ...

    async def erase(self, report: ReportId) -> None:
        """Delete the answers to a report."""
        ...


class NameWarnings(Protocol):
    """Of which names moderators were told, so that nobody is told of twice."""

    async def add(self, person: PersonId, name: str, now: datetime) -> bool:
        """Note a name of somebody's; False if it was noted before."""
        ...

    async def count_since(self, person: PersonId, since: datetime) -> int:
        """Count the names of somebody's that were noted after a time."""
        ...

    async def of(self, person: PersonId) -> Sequence[datetime]:
        """Return when moderators were told of names of somebody's."""
        ...

    async def erase_of(self, person: PersonId) -> None:
        """Forget somebody's names."""
        ...

    async def forget_old(self, before: datetime) -> int:
        """Forget what was noted before a time; return how much."""
        ...
