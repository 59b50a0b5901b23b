"""People, and what they follow."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.copies import Subject
from bot.domain.groups import GroupId
from bot.domain.messages import RoomRef, UserRef
from bot.domain.people import Grant, LanguageSource, Person, PersonId
from bot.domain.positions import Cell
from bot.domain.routing import Spread
from bot.domain.subscriptions import Followed, Subscription


class People(Protocol):
    """Known people."""

    async def by_user(self, user: UserRef, now: datetime, *, is_reachable: bool = True) -> Person:
        """Return the person behind an account; somebody new if it was never seen.

        Args:
            user: The account.
            now: Decides which roles still hold.
            is_reachable: Whether a new account can be written to in private.
        """
        ...

    async def known(self, user: UserRef, now: datetime) -> Person | None:
        """Return the person behind an account, None if it was never seen or is forgotten."""
        ...

    async def get(self, person: PersonId, now: datetime) -> Person | None:
        """Return a person, None if there is none such."""
        ...

    async def accounts(self, person: PersonId) -> Sequence[UserRef]:
        """Return the accounts of a person."""
        ...

    async def remember_private_room(self, user: UserRef, room: RoomRef) -> bool:
        """Note where an account can be written to in private, now that it writes there.

        Returns:
            Whether it could not be reached until now.
        """
        ...

    async def set_reachable(self, user: UserRef, *, is_reachable: bool) -> bool:
        """Note whether an account can be written to in private; True if that is news.

        While it can't, nothing is stored for it to be sent; what its person follows stays.
        """
        ...

    async def set_language(self, person: PersonId, code: str, source: LanguageSource) -> None:
        """Note the language somebody reads."""
        ...

    async def share_area(
        self, person: PersonId, area: str, until: datetime, *, cell: Cell | None = None
    ) -> None:
        """Note in which area somebody is just now, and where in it."""
        ...

    async def forget_shared(self, now: datetime) -> int:
        """Forget the shared places that hold no longer; return how many."""
        ...

    async def grant(self, user: UserRef, grant: Grant, now: datetime) -> None:
        """Give a role to the person behind an account; the same twice is one."""
        ...

    async def holders(self, roles: Sequence[str], now: datetime) -> Sequence[PersonId]:
        """Return the people who hold one of these roles."""
        ...

    async def drop_configured_grants(self) -> int:
        """Remove lasting roles: those that the configuration gives."""
        ...

    async def erase(self, person: PersonId, now: datetime) -> None:
        """Delete all rows of a person but what reaches their account for a last word."""
        ...

    async def erase_reachability(self, person: PersonId) -> None:
        """Delete the accounts of an erased person too."""
        ...

    async def passers_by(self, before: datetime) -> Sequence[PersonId]:
        """Return people met before a time of whom there is only what they are recognised by."""
        ...

    async def leaving(self, before: datetime) -> Sequence[PersonId]:
        """Return the people who were erased before a time and can still be reached."""
        ...


class Subscriptions(Protocol):
    """Who follows what."""

    async def put(self, subscription: Subscription, now: datetime) -> None:
        """Add one, or change its priority and kinds."""
        ...

    async def remove(self, person: PersonId, followed: Followed) -> bool:
        """Remove one; False if there was none."""
        ...

    async def erase(self, person: PersonId) -> int:
        """Remove all of a person's; return how many."""
        ...

    async def of(self, person: PersonId) -> Sequence[Subscription]:
        """Return what a person follows, the oldest first."""
        ...

    async def count(self, spread: Spread, *, seen_in: Collection[GroupId] = ()) -> int:
        """Return how many people something concerns that do not see it in these groups' rooms."""
        ...

    async def newly_hit(
        self, subject: Subject, *, before: Spread, after: Spread
    ) -> Sequence[PersonId]:
        """Return who was told of something and follows where it is by what did not hit before.

        Who follows both places is among them; who follows one that holds both is not.
        """
        ...
