"""Updates that wait until their senders have answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.consent import Purpose
from bot.domain.messages import MessageRef
from bot.domain.people import PersonId
from bot.ports.inbox import InboxEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a held update waits for.

    Attributes:
        person: Who is asked.
        purpose: The consent that it lacks.
        about: The message that it tells of: its author may still change or remove it.
        until: After this it is too old to be of use.
    """

    person: PersonId
    purpose: Purpose
    about: MessageRef
    until: datetime


class HeldUpdates(Protocol):
    """Updates of the inbox that are kept aside."""

    async def hold(self, entry: InboxEntry, waiting: Waiting) -> bool:
        """Keep an update aside until its sender has answered; False if it waits no more."""
        ...

    async def release(self, person: PersonId, purpose: Purpose) -> int:
        """Put what waits for a consent back in its lane, unless too old; return how many."""
        ...

    async def drop(self, person: PersonId, purpose: Purpose) -> int:
        """Forget what waits for a consent; return how many."""
        ...

    async def drop_about(self, about: MessageRef) -> int:
        """Forget what is held and tells of a message; return how many."""
        ...

    async def amend(self, about: MessageRef, by: PersonId, edit: bytes) -> int:
        """Keep with a person's held update what has become of its message; return how many."""
        ...

    async def is_held(self, about: MessageRef) -> bool:
        """Whether an update is held that tells of a message."""
        ...
