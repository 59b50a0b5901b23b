"""Whom bridges know by themselves, and the database does not know any more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.messages import UserRef
from bot.domain.people import PersonId
from bot.ports.address_books import AddressBook
from bot.ports.holdings import Chore, Holding, Pace, Upkeep


@dataclass
class AddressBooks:
    """Lets go of accounts of people who are forgotten."""

    books: Sequence[AddressBook]
    _unknown: frozenset[UserRef] = field(default_factory=frozenset)

    @property
    def holding(self) -> Holding:
        """What is kept so, for those who erase and tidy up."""
        return Holding(
            name="address_books",
            leave=self.leave,
            chores=(Chore(name="forget_strangers", pace=Pace.SELDOM, do=self._forget_strangers),),
        )

    async def leave(self, person: PersonId, upkeep: Upkeep) -> None:
        """Let go of a person's accounts."""
        for account in await upkeep.uow.people.accounts(person):
            self._forget(account)

    async def _forget_strangers(self, _piece: str, upkeep: Upkeep) -> int:
        """Let go of whom the database did not know in the last round, either.

        A platform may not have taken it the first time; and who has just come is not known yet.
        """
        uow, now = upkeep.uow, upkeep.now
        listed = {account for book in self.books for account in book.accounts()}
        unknown = frozenset({one for one in listed if await uow.people.known(one, now) is None})
        gone = unknown & self._unknown
        for account in gone:
            self._forget(account)
        self._unknown = unknown - gone
        return len(gone)

    def _forget(self, account: UserRef) -> None:
        for book in self.books:
            book.forget(account)
