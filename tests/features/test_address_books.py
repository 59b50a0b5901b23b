"""Whom bridges know by themselves: forgotten with the person, and looked after once more."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.messages import Platform, UserRef
from bot.ports.holdings import Pace
from bot.schedule.address_books import AddressBooks
from bot.schedule.ticks import Ticks
from tests.town import EVA, POLICE, Town

STRANGER = UserRef(Platform.MATRIX, "@borta:hem.se")


@dataclass
class Book:
    """A bridge's."""

    known: set[UserRef] = field(default_factory=lambda: {EVA, POLICE})
    asked: list[UserRef] = field(default_factory=list)
    is_away: bool = False

    def accounts(self) -> Collection[UserRef]:
        """Who stands in it."""
        return self.known

    def forget(self, user: UserRef) -> None:
        """Take somebody out, unless the platform does not answer."""
        self.asked.append(user)
        if not self.is_away:
            self.known.discard(user)


@pytest.fixture
def book() -> Book:
    """The one on Matrix."""
    return Book()


@pytest.fixture
def ticks(town: Town, book: Book) -> Ticks:
    """What falls due, with that book."""
    *others, person = town.app.ticks.holdings
    return replace(town.app.ticks, holdings=(*others, AddressBooks([book]).holding, person))


async def test_book_forgets_with_the_last_word(town: Town, ticks: Ticks, book: Book) -> None:
    """Not before it: the last word needs the private chat."""
    await town.taps_after(EVA, "!forget", "Ja, radera allt")
    await ticks.round(Pace.SOON)
    before = set(book.known)
    town.clock.at += timedelta(minutes=20)
    await ticks.round(Pace.SOON)

    assert EVA in before
    assert book.known == {POLICE}


async def test_account_that_nobody_knows_is_forgotten_in_the_second_round(
    ticks: Ticks, book: Book
) -> None:
    """A platform may not have answered; and who has just come is known a moment later."""
    book.known.add(STRANGER)
    book.is_away = True
    await ticks.round(Pace.SELDOM)
    first = list(book.asked)
    for _ in range(4):
        await ticks.round(Pace.SELDOM)
    book.is_away = False
    for _ in range(2):
        await ticks.round(Pace.SELDOM)

    assert first == []
    assert set(book.asked) == {STRANGER}
    assert book.known == {EVA, POLICE}
