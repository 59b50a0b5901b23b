"""Plays the written day: each of the people does what the script says, as a visitor would."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import structlog

from bot.bridges.web.platform import WebPlatform
from bot.demo.clock import StoryClock
from bot.demo.story import Scene, Story
from bot.domain.web_chat import WebAccount, WebMessage
from bot.errors import UserError

SPEEDS = (1, 2, 4)
MORNING = time(6, 30)
_SHORTEST_S, _LONGEST_S = 3.0, 7.0
_SECONDS_A_MINUTE = 0.5
_PATIENCE_S = 6.0
_LOOK_EVERY_S = 0.05
_CODE = re.compile(r"\b\d{3} \d{3}\b")
Found = TypeVar("Found")

log = structlog.get_logger("demo")


@dataclass
class Player:
    """The day, as far as it has come.

    Attributes:
        memory: File in which a restart finds where the day was.
        position: Number of the scene that comes next.
        missed: What could not be done as it is written.
    """

    story: Story
    platform: WebPlatform
    clock: StoryClock
    zone: ZoneInfo
    memory: Path
    playing: bool = True
    speed: int = 1
    position: int = 0
    missed: list[Scene] = field(default_factory=list)
    _go: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def note(self) -> Scene | None:
        """The scene last told of, after a restart too."""
        told = (s for s in reversed(self.story.scenes[: self.position]) if s.note is not None)
        return next(told, None)

    @property
    def is_over(self) -> bool:
        """Whether the day has been played to its end."""
        return self.position >= len(self.story.scenes)

    async def run(self) -> None:
        """Play until cancelled, pausing as told."""
        await self._bring_people_in()
        while True:
            if self.is_over or not (self.playing or self._next.quick):
                self._go.clear()
                await self._go.wait()
                continue
            scene = self._next
            if not scene.quick and not await self._wait_before(scene):
                continue
            await self._play(scene)

    def play(self, *, on: bool) -> None:
        """Go on, or pause."""
        self.playing = on
        self._go.set()

    def faster(self) -> None:
        """Take the next speed, after the last the first."""
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]

    def next_day(self) -> None:
        """Begin again the next morning; what happened before stays."""
        tomorrow = self.clock.now().astimezone(self.zone).date() + timedelta(days=1)
        self.clock.advance_to(self._moment(tomorrow, MORNING))
        quick = (n for n, scene in enumerate(self.story.scenes) if not scene.quick)
        self.position = next(quick, 0)
        self.play(on=True)

    @property
    def _next(self) -> Scene:
        return self.story.scenes[self.position]

    async def _bring_people_in(self) -> None:
        for actor in self.story.people:
            account = WebAccount(id=actor.id, name=actor.name, language=actor.language)
            await self.platform.invite(account, actor.rooms)

    async def _wait_before(self, scene: Scene) -> bool:
        """Let story time pass, in seconds; False if the visitor has paused meanwhile."""
        at = self._moment(self.clock.now().astimezone(self.zone).date(), scene.at)
        gap_min = max(0.0, (at - self.clock.now()).total_seconds() / 60)
        wait_s = min(max(gap_min * _SECONDS_A_MINUTE, _SHORTEST_S), _LONGEST_S) / self.speed
        self._go.clear()
        await self.clock.wait(self._go, at_most_s=wait_s)
        return self.playing

    async def _play(self, scene: Scene) -> None:
        today = self.clock.now().astimezone(self.zone).date()
        self.clock.advance_to(self._moment(today, scene.at))
        try:
            await self._act(scene)
        except UserError as error:
            # A visitor may have changed what the script relies on; the day goes on.
            self._miss(scene, reason=error.text_id)
        self.position += 1
        self._remember()

    async def _act(self, scene: Scene) -> None:
        if scene.press is not None:
            found = await self._find(scene, scene.press)
            if found is not None:
                await self.platform.press(scene.who, found[0].id, found[1])
        elif scene.reply is not None:
            card = await self._find(scene, scene.to)
            answered = card[0].id if card else None
            await self.platform.write(scene.who, scene.place, scene.reply, reply_to=answered)
        elif scene.types_code:
            code = await self._wait_for(scene, _code_in, missing="no-code")
            if code is not None:
                await self.platform.write(scene.who, scene.place, code)
        elif scene.write is not None:
            messages = await self.platform.messages(scene.place, last=1)
            answered = messages[-1].id if scene.reply_last and messages else None
            await self.platform.write(scene.who, scene.place, scene.write, reply_to=answered)

    async def _find(self, scene: Scene, button: str) -> tuple[WebMessage, str] | None:
        """Return the latest message with a button, and what it carries; wait for it a little."""

        def look(message: WebMessage) -> tuple[WebMessage, str] | None:
            data = _button(message, button)
            return None if data is None else (message, data)

        return await self._wait_for(scene, look, missing="no-button")

    async def _wait_for(
        self, scene: Scene, look: Callable[[WebMessage], Found | None], *, missing: str
    ) -> Found | None:
        """Return what is found in the latest message that has it; wait for it a little."""
        waited_s = 0.0
        while waited_s < _PATIENCE_S:
            for message in reversed(await self.platform.messages(scene.place, last=20)):
                found = look(message)
                if found is not None:
                    return found
            await asyncio.sleep(_LOOK_EVERY_S)
            waited_s += _LOOK_EVERY_S
        self._miss(scene, reason=missing)
        return None

    def _miss(self, scene: Scene, *, reason: str) -> None:
        self.missed.append(scene)
        log.info("demo.scene_skipped", at=str(scene.at), reason=reason)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone)

    def _remember(self) -> None:
        known = {"position": self.position, "offset_s": self.clock.offset.total_seconds()}
        unfinished = self.memory.with_suffix(".part")
        unfinished.write_text(json.dumps(known), encoding="utf-8")
        unfinished.replace(self.memory)


def _code_in(message: WebMessage) -> str | None:
    found = _CODE.search(message.text.plain)
    return found[0] if found else None


def _button(message: WebMessage, wanted: str) -> str | None:
    """Return what a message's button carries: one of a card's by its mark, others by words."""
    for button in (button for row in message.rows for button in row):
        if button.data.endswith(f".{wanted}") or wanted in button.label:
            return button.data
    return None


def recall(memory: Path) -> tuple[int, timedelta | None]:
    """Return where the day was: the next scene, and how far the clock was put; None at first."""
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
        return int(known["position"]), timedelta(seconds=float(known["offset_s"]))
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None


def morning_offset(now: datetime, zone: ZoneInfo) -> timedelta:
    """Return how far the clock has to be put so that the story begins this morning."""
    return datetime.combine(now.astimezone(zone).date(), MORNING, tzinfo=zone) - now
