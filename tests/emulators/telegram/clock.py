"""Time of the emulated service; a test moves its own."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def unix_s(self) -> float:
        """Seconds since 1970, for dates and ages."""

    def monotonic_s(self) -> float:
        """Seconds since some moment, for rates."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class RealClock:
    """The machine's clock."""

    def unix_s(self) -> float:
        """Read the wall clock."""
        return time.time()

    def monotonic_s(self) -> float:
        """Read the clock that nobody sets."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for real."""
        await asyncio.sleep(seconds)


@dataclass
class ManualClock:
    """Stands still until it is moved."""

    now_s: float = 1_795_262_400.0
    passed_s: float = 0.0
    _waiting: list[tuple[float, asyncio.Event]] = field(default_factory=list)
    _asked: asyncio.Event = field(default_factory=asyncio.Event)

    def unix_s(self) -> float:
        """Seconds since 1970."""
        return self.now_s + self.passed_s

    def monotonic_s(self) -> float:
        """Seconds that it was moved."""
        return self.passed_s

    async def sleep(self, seconds: float) -> None:
        """Wait until it was moved that far."""
        done = asyncio.Event()
        self._waiting.append((self.passed_s + seconds, done))
        self._asked.set()
        self._asked = asyncio.Event()
        self.advance(0)
        await done.wait()

    async def waited_for(self, sleepers: int, *, timeout_s: float = 5.0) -> None:
        """Wait until so many wait for time to pass."""
        async with asyncio.timeout(timeout_s):
            while len(self._waiting) < sleepers:
                await self._asked.wait()

    def advance(self, seconds: float) -> None:
        """Let time pass, and wake who waited for it."""
        self.passed_s += seconds
        due = [event for at, event in self._waiting if at <= self.passed_s]
        self._waiting = [(at, e) for at, e in self._waiting if at > self.passed_s]
        for event in due:
            event.set()
