"""The delivery ledger under anything: Hypothesis plays operator, platform and power cut."""

import asyncio
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from bot.domain.copies import Copy, CopyState, Pin
from bot.domain.effects import EffectState, Urgency
from bot.errors import PermanentFailure, TemporaryFailure, UnknownOutcome
from bot.outbox.writing import Task
from bot.storage.copy_tables import EFFECTS
from tests.outbox.stage import Stage, room, stage_in
from tests.town import FakeClock

pytestmark = pytest.mark.slow

ROOMS = ("torget", "backen", "desk")
URGENCIES = (Urgency.GREEN, Urgency.YELLOW, Urgency.TALK, Urgency.RED)
Done = TypeVar("Done")


class PowerCut(BaseException):
    """The process dies here."""


FAILURES: dict[str, Callable[[], BaseException]] = {
    "refused": lambda: TemporaryFailure("down"),
    "flooded": lambda: TemporaryFailure("flood", retry_after_s=20),
    "lost before": lambda: UnknownOutcome("connection lost"),
    "lost after": lambda: UnknownOutcome("connection lost"),
    "forbidden": lambda: PermanentFailure("no such room"),
    "cut before": PowerCut,
    "cut after": PowerCut,
}
FATES = ("fine", "fine", "fine", *FAILURES)


class Ledger(RuleBasedStateMachine):
    """Subjects are spread, changed and withdrawn; the platform and the power do what they like."""

    repeats_safely: ClassVar[bool]

    @initialize()
    def opens(self) -> None:
        """Begin with an empty ledger."""
        self.folder = Path(tempfile.mkdtemp(prefix="ledger"))
        shutil.copytree(_template(), self.folder, dirs_exist_ok=True)
        self.runner = asyncio.Runner()
        self.stage: Stage = stage_in(self.folder, FakeClock(), repeats_safely=self.repeats_safely)
        self.does(self.stage.database.open())
        self.does(self.stage.gathers(*ROOMS))
        self.spread: dict[str, list[str]] = {}
        self.overtaking: set[str] = set()
        self.withdrawn: set[str] = set()
        self.doubts: Counter[tuple[str, str]] = Counter()
        self.versions = 0

    def does(self, work: Coroutine[object, object, Done]) -> Done:
        """Let something happen."""
        return self.runner.run(work)

    @rule(where=st.sets(st.sampled_from(ROOMS), min_size=1), urgency=st.sampled_from(URGENCIES))
    def spreads(self, where: set[str], urgency: Urgency) -> None:
        """Something new is to be shown."""
        name = f"s{len(self.spread)}"
        self.spread[name] = sorted(where)
        if urgency is Urgency.RED:
            self.overtaking.add(name)
            self.stage.hung.add(name)
        self.does(self.stage.spreads(name, *sorted(where), urgency=urgency))

    @precondition(lambda self: self.spread)
    @rule(data=st.data())
    def changes(self, data: st.DataObject) -> None:
        """What is shown has changed."""
        self.does(self.change(data))

    @precondition(lambda self: self.spread)
    @rule(data=st.data())
    def withdraws(self, data: st.DataObject) -> None:
        """Something is erased."""
        self.does(self.withdraw(data))

    @precondition(lambda self: self.spread)
    @rule(data=st.data(), rounds=st.integers(1, 4))
    def performs(self, data: st.DataObject, rounds: int) -> None:
        """The worker works, and each attempt ends as the platform likes."""
        for _ in range(rounds):
            self.does(self.perform(data))

    @rule(seconds=st.sampled_from([1, 20, 60, 400]))
    def waits(self, seconds: int) -> None:
        """Time passes."""
        self.does(self.stage.clock.sleep(seconds))

    @rule()
    def restarts(self) -> None:
        """The process is killed while nothing is under way, or is told to stop."""
        self.does(self.stage.crashes())

    @rule()
    def replays(self) -> None:
        """An operator puts back what was given up."""
        self.does(self.replay())

    async def change(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.spread)))
        if name in self.withdrawn:
            return
        urgency = data.draw(st.sampled_from((Urgency.LATER, Urgency.TALK, Urgency.RED)))
        after = data.draw(st.sampled_from((0, 0, 30)))
        if data.draw(st.sampled_from((False, False, True))):
            self.stage.hung ^= {name}
        if urgency is Urgency.RED:
            self.overtaking.add(name)
        self.versions += 1
        await self.stage.changes(
            name, f"{name} v{self.versions}", urgency=urgency, after=timedelta(seconds=after)
        )

    async def withdraw(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.spread)))
        self.withdrawn.add(name)
        await self.stage.withdraws(name)

    async def perform(self, data: st.DataObject) -> None:
        try:
            for task in (await self.stage.outbox._claim()).jobs:
                fate = data.draw(st.sampled_from(FATES))
                outcome = await self.attempt(task, fate)
                meanwhile = data.draw(st.sampled_from(("", "", "", "change", "withdraw")))
                if meanwhile == "change":
                    await self.change(data)
                elif meanwhile == "withdraw":
                    await self.withdraw(data)
                await self.stage.outbox._settle([outcome])
        except PowerCut:
            self.stage.bridge.fail_next = self.stage.bridge.fail_after_next = None
            await self.stage.crashes()

    async def attempt(self, task: Task, fate: str):
        bridge, effect = self.stage.bridge, task.effect
        bridge.fail_next = bridge.fail_after_next = None
        if fate in FAILURES:
            failure = FAILURES[fate]()
            if fate.endswith("after"):
                bridge.fail_after_next = failure
            else:
                bridge.fail_next = failure
        if effect.is_send and effect.copy is not None and fate.startswith(("lost", "cut")):
            self.doubts[effect.copy.subject.id, str(effect.copy.to)] += 1
        try:
            return await self.stage.outbox._try(task)
        finally:
            bridge.fail_next = bridge.fail_after_next = None

    async def replay(self) -> None:
        async with self.stage.database.dead_letters() as letters:
            for letter in await letters.list_all():
                await letters.replay(letter.id)
        # What was given up has lost its place.
        self.overtaking |= set(self.spread)

    def shown(self, name: str, where: str) -> list[str]:
        """What a room shows of a subject; that it may be a repeat stands on a second line."""
        lines = (text.split("\n")[0] for text in self.stage.seen_in(where))
        return [line for line in lines if line.split()[0] == name]

    @invariant()
    def nobody_sees_it_twice(self) -> None:
        """Where the platform repeats safely never, elsewhere only in doubt and then once."""
        for name, rooms in getattr(self, "spread", {}).items():
            for where in rooms:
                most = 1
                if not self.repeats_safely:
                    most += min(1, self.doubts[name, str(room(where))])
                if name not in self.overtaking or self.repeats_safely:
                    assert len(self.shown(name, where)) <= most

    @invariant()
    def order_is_kept(self) -> None:
        """What came first to a room stands first, but for red and what was given up."""
        for where in ROOMS:
            first_seen = dict.fromkeys(
                shown.message.text.plain.split()[0]
                for shown in (self.stage.bridge.shown if hasattr(self, "stage") else [])
                if shown.to == room(where)
            )
            kept = [name for name in first_seen if name in self.spread]
            kept = [name for name in kept if name not in self.overtaking | self.withdrawn]
            assert kept == sorted(kept, key=lambda name: int(name[1:]))

    def teardown(self) -> None:
        """In the end everything is where it belongs."""
        if not hasattr(self, "stage"):
            return
        try:
            self.does(self.settle())
            for name in self.spread:
                for copy in self.does(self.stage.copies(name)):
                    self.check(name, copy)
        finally:
            self.does(self.stage.database.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    async def settle(self) -> None:
        for _ in range(100):
            await self.stage.outbox.drain()
            if not await self.stage.waiting():
                return
            await self.stage.clock.sleep(400)
        raise AssertionError("something waits for ever")

    def check(self, name: str, copy: Copy) -> None:
        """Every copy shows the latest, or is gone, or an operator is told."""
        where = str(copy.to).partition(":")[2]
        seen = self.shown(name, where)
        if name in self.withdrawn:
            lost_track = self.doubts[name, str(copy.to)] and not self.repeats_safely
            fine = not seen or lost_track
        else:
            fine = self.stage.says[name] in seen and self.hangs_as_wanted(name, copy)
        assert fine or self.does(self.was_given_up(copy)), f"{name} in {where}: {seen}"

    def hangs_as_wanted(self, name: str, copy: Copy) -> bool:
        """Whether it hangs just if it shall; who was refused once asks no more."""
        hangs = any(part in self.stage.bridge.pinned for part in copy.parts)
        return copy.pin is Pin.REFUSED or hangs is (name in self.stage.hung)

    async def was_given_up(self, copy: Copy) -> bool:
        given_up = select(EFFECTS.c.id).where(
            EFFECTS.c.copy_id == copy.id, EFFECTS.c.state == EffectState.GIVEN_UP.value
        )
        async with self.stage.database.read() as uow:
            found = await uow.outbox._session.first(given_up)
        return found is not None or copy.state is CopyState.FAILED


class SafeLedger(Ledger):
    """As Matrix and the web chat are."""

    repeats_safely = True


class UnsafeLedger(Ledger):
    """As Telegram is."""

    repeats_safely = False


@cache
def _template() -> Path:
    """A folder with empty databases."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-template"))
    stage = stage_in(folder, FakeClock(), repeats_safely=True)

    async def make() -> None:
        await stage.database.open()
        await stage.database.close()

    asyncio.run(make())
    return folder


SETTINGS = settings(
    max_examples=int(os.environ.get("EX", "12")),
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestSafeLedger = SafeLedger.TestCase
TestSafeLedger.settings = SETTINGS
TestUnsafeLedger = UnsafeLedger.TestCase
TestUnsafeLedger.settings = SETTINGS
