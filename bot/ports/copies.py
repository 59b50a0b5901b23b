"""Copies of what the bot shows, and the effects that bring them to people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.copies import Copy, PersonRef, Received, Subject
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.groups import GroupId
from bot.domain.messages import MessageRef, RoomRef, UserRef
from bot.domain.people import PersonId
from bot.domain.routing import RoomRoute, Spread


class Copies(Protocol):
    """Copies, and the effects that bring them to what their subjects say.

    Attributes:
        unreached: To whom something was to be said in this transaction and could not be.
    """

    @property
    def unreached(self) -> Collection[PersonId]: ...

    async def spread(
        self,
        subject: Subject,
        routes: Sequence[RoomRoute],
        *,
        urgency: Urgency,
        on_doubt: OnDoubt,
        answers: MessageRef | None = None,
    ) -> int:
        """Show a subject in rooms that do not have it; return in how many.

        Args:
            subject: What to show.
            routes: Where.
            urgency: How soon.
            on_doubt: What to do if a send's outcome stays unknown.
            answers: A line to reply to in the one room where it stands.
        """
        ...

    async def spread_to_followers(
        self,
        subject: Subject,
        spread: Spread,
        *,
        also: Sequence[Spread] = (),
        urgency: Urgency,
        seen_in: Collection[GroupId] = (),
    ) -> int:
        """Show a subject in private to all whom it concerns; nobody gets it twice.

        It is held back from those who want to hear of it later. Of many the first are looked at
        here and the others by `go_on`; what they want by then decides.

        Args:
            subject: What to show.
            spread: Whom it concerns.
            also: Whom it concerns besides, whose places alone differ.
            urgency: How soon.
            seen_in: Groups in whose rooms it stands: who writes there has seen it.

        Returns:
            How many of the first hear of it now.
        """
        ...

    async def go_on(self) -> bool:
        """Show the most urgent to more of those whom it concerns; False if nothing is due.

        One call takes a transaction's worth of those who are to hear of something, or to have a
        change or news of it.
        """
        ...

    async def stop_spreading(self, subject: Subject) -> None:
        """Let nobody else hear of something as long as it is over."""
        ...

    async def spread_on(self, subject: Subject) -> None:
        """Let those hear of it, too, who had not when it was over."""
        ...

    async def count_as(self, duplicate: Subject, root: Subject, others: Collection[str]) -> None:
        """Let what waits to be told of a duplicate count as told to who knows of the same.

        Args:
            duplicate: What is linked.
            root: Where the links lead; it is held back in its place from whoever knows of neither.
            others: The ids of all else that is linked there.
        """
        ...

    async def count_apart(self, subject: Subject) -> None:
        """Let something be a thing of its own again: `go_on` finds who was not alerted to it."""
        ...

    async def under_way(self) -> int:
        """Count what is still to be shown, anew or for the first time, to more people."""
        ...

    async def next_page_due(self) -> datetime | None:
        """Return when `go_on` finds something; None if nothing is under way."""
        ...

    async def stop_private(self, user: UserRef) -> int:
        """Drop what waits to be shown to an account that can't be written to; return how many.

        What shall be removed there stays: that it could not be is for the operator to know.
        """
        ...

    async def show_to(
        self,
        subject: Subject,
        to: PersonRef,
        *,
        urgency: Urgency,
        on_doubt: OnDoubt = OnDoubt.REPEAT_ONCE,
    ) -> None:
        """Show a subject in private to one person, who has not got it."""
        ...

    async def show_each(
        self, subjects: Mapping[PersonId, Subject], *, urgency: Urgency, on_doubt: OnDoubt
    ) -> None:
        """Show something in private to each of some people, who have not got it."""
        ...

    async def follow_up(
        self, news: Subject, on: Subject, *, urgency: Urgency, but: PersonId | None = None
    ) -> int:
        """Show news to all who got something, as an answer to their copy of it.

        Of many the rooms hear of it here and people by `go_on`.

        Returns:
            How many hear of it now.
        """
        ...

    async def refresh(self, subject: Subject, *, urgency: Urgency, after: timedelta) -> None:
        """Bring all copies of a subject up to date; changes that come together are one edit.

        Digests that tell of it are brought up to date as well. Of many the rooms are looked at
        here and people by `go_on`, when it is time: all that changes until then is one round.
        """
        ...

    async def withdraw(self, subject: Subject) -> int:
        """Remove all copies of a subject, and what digests tell of it; return how many copies."""
        ...

    async def redact(self, target: MessageRef) -> None:
        """Remove a line that somebody else has written in a room."""
        ...

    async def decide_entry(self, card: Subject, *, admits: bool) -> None:
        """Ask the platform to let in, or not, whom a card in a room is about."""
        ...

    async def resume(self, room: RoomRef) -> None:
        """Let what waits for a room because it was refused be tried at once."""
        ...

    async def settle_pins(self, room: RoomRef) -> None:
        """Let what shall hang in a room hang, now that the bot may; and what shall not, not."""
        ...

    async def echo(self, target: MessageRef, *, after: timedelta) -> None:
        """Let the bot set on somebody's line what is felt about it in the other rooms by then."""
        ...

    async def by_message(self, ref: MessageRef) -> Copy | None:
        """Return the copy that a message of the bot's is part of."""
        ...

    async def by_token(self, token: str) -> Copy | None:
        """Return the copy whose buttons carry a token."""
        ...

    async def of(self, subject: Subject) -> Sequence[Copy]:
        """Return all copies of a subject."""
        ...

    async def reached(self, subject: Subject, person: PersonId) -> bool:
        """Whether a person has a private copy."""
        ...

    async def received(self, person: PersonId) -> Sequence[Received]:
        """Return what has gone to a person in private, or is on its way, the oldest first."""
        ...

    async def reached_among(
        self, subject: Subject, people: Sequence[PersonId]
    ) -> Collection[PersonId]:
        """Return those of some people who have a private copy."""
        ...

    async def forget(self, subject: Subject) -> None:
        """Forget where a subject's copies are; the messages stay where they stand."""
        ...

    async def forget_person(self, person: PersonId) -> int:
        """Forget where a person's private copies are; return how many."""
        ...

    async def forget_removed(self, before: datetime) -> int:
        """Forget copies that were removed, or never arrived, and were made before a time."""
        ...
