"""The written day of the example config: everything in it can be done, and is done."""

import asyncio
import contextlib
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import WholeApp, make_parts
from bot.clock import SystemClock
from bot.demo.clock import StoryClock
from bot.demo.mailbox import DemoMailbox
from bot.demo.player import Player, morning_offset
from bot.demo.story import read_story
from bot.domain.messages import Platform
from bot.settings.loading import load_installation
from tests.town import ROOT

pytestmark = pytest.mark.slow
PATIENCE_S = 120
LOOKS, LOOK_EVERY_S = 50, 0.1


class HurryingClock(StoryClock):
    """The player's clock; between two scenes passes no longer than the bot needs for the first."""

    def __init__(self, app: WholeApp, of_the_app: StoryClock) -> None:
        super().__init__(of_the_app.offset)
        self._app = app
        self._of_the_app = of_the_app

    def advance_to(self, at: datetime) -> None:
        super().advance_to(at)
        self._of_the_app.advance_to(at)

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        for _ in range(LOOKS):
            await self.sleep(LOOK_EVERY_S)
            if not await _is_under_way(self._app):
                break


async def _is_under_way(app: WholeApp) -> bool:
    """Whether anything that has been said is still to be handled or shown."""
    async with app.parts.database.read() as uow:
        due = [await uow.inbox.due_since(), await uow.outbox.due_since(Platform.WEB)]
        spreading = await uow.copies.under_way()
    return spreading > 0 or any(due)


async def test_nothing_in_the_written_day_is_missing(data: Path):
    """Each button is there when somebody shall press it, each line may be written where it is."""
    installation = load_installation(ROOT / "config")
    zone = installation.options.zone
    of_the_app = StoryClock(morning_offset(SystemClock().now(), zone))
    parts = make_parts(installation, of_the_app)
    app = WholeApp(parts, mailer=DemoMailbox(store=parts.database, clock=of_the_app))
    clock = HurryingClock(app, of_the_app)
    await app.open()
    day = Player(
        story=read_story(ROOT / "config"),
        platform=app.platform,
        clock=clock,
        zone=zone,
        memory=data / "day.json",
    )
    running = asyncio.create_task(app.run(day.run()))
    async with asyncio.timeout(PATIENCE_S):
        while not day.is_over:
            await clock.sleep(0.1)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    await app.close()

    assert [(str(scene.at), scene.who) for scene in day.missed] == []
