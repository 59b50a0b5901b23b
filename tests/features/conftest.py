"""Towns in which something has happened already: played once, and copied for each test."""

import copy
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.town import ANNA, BO, CILLA, DAVID, EVA, POLICE, TG_ROOM, Town, make_town

OpenTown = Callable[..., Awaitable[Town]]
Story = Callable[[Town], Awaitable[None]]
_REMEMBERED = ("shown", "pinned", "pins", "reactions", "_updates", "_by_key")


@dataclass(frozen=True)
class Stage:
    """A town as a story has left it: its folder, and what its platforms remember."""

    folder: Path
    written: int
    memories: list[dict[str, Any]]

    def copied_to(self, folder: Path, *, has_mail: bool = True) -> Town:
        """Set the stage up again; `open` it before use."""
        shutil.copytree(self.folder, folder)
        town = make_town(folder, has_mail=has_mail)
        town.written = self.written
        for bridge, memory in zip((town.telegram, town.matrix), self.memories, strict=True):
            vars(bridge).update(_copied(memory))
        return town


def _copied(memory: dict[str, Any]) -> dict[str, Any]:
    """Copy what a platform remembers; of all that is in it only what is shown ever changes."""
    shown = {id(one): copy.copy(one) for one in memory.get("shown", [])}
    return {
        name: {key: shown.get(id(one), one) for key, one in kept.items()}
        if isinstance(kept, dict)
        else [shown.get(id(one), one) for one in kept]
        for name, kept in memory.items()
    }


class Stages:
    """All stages that were set up in this session, by their stories."""

    def __init__(self, empty: Stage, folder: Path) -> None:
        self._made: dict[Story | None, Stage] = {None: empty}
        self._folder = folder

    async def after(self, *stories: Story | None) -> Stage:
        """Return the stage after some stories; each is played once in a session."""
        *before, last = stories
        if last not in self._made:
            start = await self.after(*before)
            town = start.copied_to(self._folder / f"stage{len(self._made)}")
            await town.app.open()
            assert last is not None
            await last(town)
            await town.app.close()
            memories = [
                {name: getattr(bridge, name) for name in _REMEMBERED}
                for bridge in (town.telegram, town.matrix)
            ]
            self._made[last] = Stage(town.folder, town.written, memories)
        return self._made[last]


@pytest.fixture(scope="session")
def stages(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """The stages of this session."""
    nothing: list[dict[str, Any]] = [{}, {}]
    return Stages(Stage(migrated, 0, nothing), tmp_path_factory.mktemp("stages"))


@pytest.fixture
def has_mail() -> bool:
    """Whether the bot can send mail, and so ask for codes."""
    return True


@pytest.fixture
async def town(stages: Stages, tmp_path: Path, *, has_mail: bool) -> AsyncIterator[Town]:
    """A wired bot whose people have all said yes to it."""
    stage = await stages.after(None, everybody_agrees)
    town = stage.copied_to(tmp_path / "town", has_mail=has_mail)
    await town.app.open()
    yield town
    await town.app.close()


@pytest.fixture
async def fire(stages: Stages, tmp_path: Path) -> AsyncIterator[Town]:
    """Anna has reported a fire in her group; Bo and the police follow the area in private."""
    stage = await stages.after(None, everybody_agrees, anna_reports_a_fire)
    town = stage.copied_to(tmp_path / "town")
    await town.app.open()
    yield town
    await town.app.close()


@pytest.fixture
async def open_town(folder: Path, *, has_mail: bool) -> AsyncIterator[OpenTown]:
    """Opens a town with another configuration, in the same folder each time; closes them all."""
    opened: list[Town] = []

    async def open_it(**changes: object) -> Town:
        town = make_town(folder, **{"has_mail": has_mail, **changes})  # type: ignore[arg-type]  # named fields
        opened.append(town)
        await town.app.open()
        return town

    yield open_it
    for town in opened:
        await town.app.close()


async def everybody_agrees(town: Town) -> None:
    """Those who write in the tests say yes."""
    await town.agrees(ANNA, BO, CILLA, DAVID, EVA, POLICE)


async def anna_reports_a_fire(town: Town) -> None:
    """Red, in the group's room on Telegram."""
    await town.writes(BO, None, "/bevaka albyberget")
    await town.writes(POLICE, None, "!bevaka botkyrka")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")
