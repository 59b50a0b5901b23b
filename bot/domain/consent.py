"""What people have agreed to, and what waits until they have. The one consent gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto


class Purpose(StrEnum):
    """What personal data is used for; each can be given and withdrawn alone."""

    REPORTS = "reports"
    NAME = "name"
    PLACE = "place"
    CAMPAIGNS = "campaigns"
    SURVEYS = "surveys"


VERSIONS: Mapping[Purpose, str] = {
    Purpose.REPORTS: "2026-11.2",  # since then: areas that are followed, and alerts
    Purpose.NAME: "2026-11",
    Purpose.PLACE: "2026-11.2",  # since then: a rough spot for as long as it is followed around
    Purpose.CAMPAIGNS: "2026-11",
    Purpose.SURVEYS: "2026-11",
}
"""Of the texts in bot/locales/*/consent.ftl that people say yes to.

Where a text says more its version rises, and people are asked again; a yes to the others stands.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """A yes to one purpose in one version of its text, and when it was taken back if it was."""

    purpose: Purpose
    version: str
    given_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """The consent that something needs.

    Attributes:
        is_urgent: A red report: a life may hang on it, so it goes out and the question follows.
    """

    purpose: Purpose
    is_urgent: bool = False


class Gate(Enum):
    """What happens to a request for which consent may be missing."""

    GO = auto()
    GO_AND_ASK = auto()
    ASK_FIRST = auto()


def gate(given: frozenset[Purpose], need: Need | None) -> Gate:
    """Decide whether something may be done now for somebody who has agreed to `given`.

    `need` is None for what keeps nothing personal.
    """
    if need is None or need.purpose in given:
        return Gate.GO
    return Gate.GO_AND_ASK if need.is_urgent else Gate.ASK_FIRST
