"""Rounds under anything: Hypothesis marks, tells, kills and lets time pass."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.effects import Urgency
from bot.domain.people import PersonId
from tests.outbox.stage import Stage
from tests.storage.conftest import database_in
from tests.storage.test_copies import person
from tests.storage.test_rounds import (
    goes_round,
    reaches,
    shown_to,
    shows,
    tells_news,
)
from tests.storage.test_spreads import goes_on
from tests.town import FakeClock

pytestmark = pytest.mark.slow

URGENCIES = st.sampled_from((Urgency.LATER, Urgency.YELLOW, Urgency.TALK))
Done = TypeVar("Done")


class PowerCut(BaseException):
    """The process dies here."""


class Rounds(RuleBasedStateMachine):
    """Five have a card, of which two are looked at in a transaction."""

    @initialize()
    def opens(self) -> None:
        """Begin with five who have got it."""
        self.folder = Path(tempfile.mkdtemp(prefix="rounds"))
        shutil.copytree(_template(), self.folder, dirs_exist_ok=True)
        self.runner = asyncio.Runner()
        clock = FakeClock()
        database = database_in(self.folder, clock, alerts_at_once=2)
        self.stage = Stage(database, clock, repeats_safely=True)
        self.does(database.open())
        self.does(self.stage.spreads("a", "torget"))
        self.expected: dict[PersonId, list[str]] = {
            who: [] for who in self.does(reaches(self.stage, 5))
        }
        self.said = 0

    def does(self, work: Coroutine[object, object, Done]) -> Done:
        """Let something happen."""
        return self.runner.run(work)

    @rule(urgency=URGENCIES, after=st.sampled_from((0, 3)), is_red=st.booleans())
    def marks(self, urgency: Urgency, after: int, *, is_red: bool) -> None:
        """Somebody has pressed a button."""
        self.said += 1
        how_soon = Urgency.RED if is_red else urgency
        change = self.stage.changes(
            "a", f"a {self.said}", urgency=how_soon, after=timedelta(seconds=after)
        )
        self.does(change)

    @rule(urgency=URGENCIES)
    def tells(self, urgency: Urgency) -> None:
        """It has news."""
        self.said += 1
        news = f"news {self.said:03}"
        for told in self.expected.values():
            told.append(news)
        self.does(tells_news(self.stage, news, urgency=urgency))

    @rule()
    def reaches_another(self) -> None:
        """Somebody else hears of it, as it is now."""
        self.said += 1
        self.does(self.reach(f"late{self.said}"))

    async def reach(self, name: str) -> None:
        who = await person(self.stage.database, name)
        await shows(self.stage, "a", who)
        await self.stage.outbox.drain()
        await self.stage.clock.sleep(1)
        self.expected[who] = []

    @rule(pages=st.integers(1, 4))
    def goes_on(self, pages: int) -> None:
        """Some pages are taken."""
        for _ in range(pages):
            self.does(goes_on(self.stage.database))

    @rule()
    def dies(self) -> None:
        """The power fails before a page is committed."""
        with pytest.raises(PowerCut):
            self.does(self.die())
        self.does(self.stage.crashes())

    async def die(self) -> None:
        async with self.stage.database.write() as uow:
            await uow.copies.go_on()
            raise PowerCut

    @rule()
    def performs(self) -> None:
        """The lanes are emptied."""
        self.does(self.stage.outbox.drain())

    @rule(seconds=st.sampled_from((1, 4)))
    def waits(self, seconds: int) -> None:
        """Time passes."""
        self.does(self.stage.clock.sleep(seconds))

    @invariant()
    def nobody_is_told_twice(self) -> None:
        """Nor out of order, nor of what was before they heard of it."""
        for who, expected in getattr(self, "expected", {}).items():
            told = self.does(shown_to(self.stage, who))[1:]
            assert told == expected[: len(told)]

    def teardown(self) -> None:
        """In the end all show the latest, and have been told all."""
        if not hasattr(self, "expected"):
            return
        try:
            self.does(self.settle())
            card = self.stage.says["a"]
            for who, expected in self.expected.items():
                assert self.does(shown_to(self.stage, who)) == [card, *expected]
            assert self.stage.seen_in("torget")[0] == card
        finally:
            self.does(self.stage.database.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    async def settle(self) -> None:
        for _ in range(3):
            await self.stage.clock.sleep(5)
            await goes_round(self.stage)
            await self.stage.outbox.drain()
        async with self.stage.database.read() as uow:
            assert await uow.copies.under_way() == 0


@cache
def _template() -> Path:
    """A folder with empty databases."""
    folder = Path(tempfile.mkdtemp(prefix="rounds-template"))
    database = database_in(folder, FakeClock())

    async def make() -> None:
        await database.open()
        await database.close()

    asyncio.run(make())
    return folder


TestRounds = Rounds.TestCase
TestRounds.settings = settings(
    max_examples=int(os.environ.get("EX", "6")),
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
