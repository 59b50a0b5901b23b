"""Who stands for it that somebody speaks for an organisation."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.words import Moment, Words, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouching:
    """What is known of how somebody came to a verified role; nobody's name is in it.

    Attributes:
        granted_at: When the role was given; None if it stands in the configuration.
        expires_at: UTC; None if it lasts as long as it stands there.
    """

    granted_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def is_configured(self) -> bool:
        """Whether whoever runs the installation has written it there."""
        return self.granted_at is None


def vouching_words(vouching: Vouching | None, *, by_a_person: bool, now: datetime) -> Words:
    """Say who has verified whom, when and until when.

    Args:
        vouching: What is known; None if the role is no more, or if there was none.
        by_a_person: Somebody wrote it; else it came from the organisation's own source.
        now: Present time; a role may have ended since.
    """
    if not by_a_person:
        return words("check-vouched-source")
    if vouching is None:
        return words("check-vouched-ended")
    if vouching.granted_at is None:
        return words("check-vouched-configured")
    until = vouching.expires_at
    return words(
        "check-vouched-granted",
        granted=Moment(vouching.granted_at, with_day=True),
        lasts="no" if until is None else "over" if until <= now else "yes",
        until=Moment(until or now, with_day=True),
    )
