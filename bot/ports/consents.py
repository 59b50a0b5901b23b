"""What people have said yes to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.consent import ConsentGiven, Purpose
from bot.domain.people import PersonId


class Consents(Protocol):
    """Stored consents."""

    async def give(self, person: PersonId, purpose: Purpose, now: datetime) -> None:
        """Record a yes to the present version of the text."""
        ...

    async def withdraw(self, person: PersonId, purpose: Purpose, now: datetime) -> None:
        """Record that a yes is taken back."""
        ...

    async def of(self, person: PersonId) -> Sequence[ConsentGiven]:
        """Return every consent that a person gave, with those taken back."""
        ...

    async def agreed_to_older(
        self, purpose: Purpose, *, but_noted: str, limit: int
    ) -> Sequence[PersonId]:
        """Return who has said yes to an older text alone, and was not asked anew.

        Args:
            purpose: What for.
            but_noted: How the ids of the notes begin that ask for it, before that of the person.
            limit: At most so many.
        """
        ...
