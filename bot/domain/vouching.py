"""Who stands for it that somebody speaks for an organisation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.words import Moment, Words, words


class ApprovedBy(StrEnum):
    """Whose eyes were the second pair; whose exactly nobody has agreed to have told."""

    COLLEAGUE = "colleague"
    COORDINATORS = "coordinators"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouching:
    """What is known of how somebody came to a verified role; nobody's name is in it.

    Attributes:
        granted_at: When the role was given; None if it stands in the configuration.
        expires_at: UTC; None if it lasts as long as it stands there.
        proved_at: When an official mailbox was last shown to be theirs; None if it never was.
    """

    granted_at: datetime | None = None
    expires_at: datetime | None = None
    proved_at: datetime | None = None
    approved_by: ApprovedBy = ApprovedBy.UNKNOWN

    @property
    def is_configured(self) -> bool:
        """Whether whoever runs the installation has written it there."""
        return self.granted_at is None


def approved_by(votes: int) -> ApprovedBy:
    """Return who has approved a role: a colleague alone, or coordinators together."""
    if votes == 0:
        return ApprovedBy.UNKNOWN
    return ApprovedBy.COLLEAGUE if votes == 1 else ApprovedBy.COORDINATORS


def vouching_words(
    vouching: Vouching | None, organisation: str, *, by_a_person: bool, now: datetime
) -> Words:
    """Say who has verified whom, when and until when.

    Args:
        vouching: What is known; None if the role is no more, or if there was none.
        organisation: The name of the body that it is for.
        by_a_person: Somebody wrote it; else it came from the organisation's own source.
        now: Present time; a role may have ended since.
    """
    if not by_a_person:
        return words("check-vouched-source")
    if vouching is None:
        return words("check-vouched-ended")
    is_proved = "yes" if vouching.proved_at else "no"
    proved = Moment(vouching.proved_at or now, with_day=True)
    if vouching.granted_at is None:
        return words("check-vouched-configured", is_proved=is_proved, proved=proved)
    until = vouching.expires_at
    return words(
        "check-vouched-granted",
        granted=Moment(vouching.granted_at, with_day=True),
        lasts="no" if until is None else "over" if until <= now else "yes",
        until=Moment(until or now, with_day=True),
        by=vouching.approved_by.value,
        organisation=organisation,
        is_proved=is_proved,
        proved=proved,
    )
