"""By which keys the devices are vouched for that speak in verified roles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import UserRef
from bot.domain.owner_keys import OwnerKey
from bot.domain.people import PersonId


class OwnerKeys(Protocol):
    """What is known of accounts whose people have verified roles."""

    async def of(self, user: UserRef) -> OwnerKey | None:
        """Return what is known of an account, None if nothing is."""
        ...

    async def pin(self, user: UserRef, person: PersonId, key: str, now: datetime) -> None:
        """Keep to a key from now on; nothing is awaited any more."""
        ...

    async def expect(self, user: UserRef, key: str | None) -> None:
        """Note that another key waits to be confirmed, or with None that none does."""
        ...

    async def confirm(self, awaited: str, now: datetime) -> None:
        """Keep to a key that was awaited from now on."""
        ...

    async def awaited(self) -> Sequence[OwnerKey]:
        """Return those of which another key waits to be confirmed."""
        ...

    async def erase_of(self, person: PersonId) -> None:
        """Forget what is known of a person's accounts."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[OwnerKey]:
        """Return what is known of a person's accounts, the oldest first."""
        ...

    async def people(self) -> Sequence[PersonId]:
        """Return the people of whose accounts something is known."""
        ...
