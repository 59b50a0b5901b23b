"""What each part of the bot keeps about people: how it is shown, handed out and let go."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.areas import AreaMap
from bot.domain.messages import Media, MediaId
from bot.domain.people import Person, PersonId
from bot.domain.retention import Lifetimes
from bot.domain.richtext_json import Json
from bot.domain.words import Words
from bot.ports.media import MediaStore
from bot.ports.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """A transaction in which what is kept is looked after.

    Attributes:
        zone: Of the clocks of those who live here.
    """

    uow: UnitOfWork
    media: MediaStore
    areas: AreaMap
    lifetimes: Lifetimes
    zone: ZoneInfo
    now: datetime

    async def discard(self, files: Sequence[MediaId]) -> None:
        """Destroy files whose subject is gone."""
        for file in files:
            await self.media.discard(file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What is handed out: fields of the export, and the files they speak of."""

    fields: Mapping[str, Json] = field(default_factory=dict)
    files: tuple[Media, ...] = ()


class Pace(Enum):
    """How often it is looked whether something has fallen due."""

    SOON = auto()
    SELDOM = auto()


Work: TypeAlias = Callable[[Upkeep], Awaitable[int]]
"""Does something in a transaction, and says how much that was."""


async def _whole(_upkeep: Upkeep) -> Sequence[str]:
    return ("",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Work that falls due as time passes.

    Attributes:
        name: For the log.
        do: Does one piece in a transaction of its own, and says how much that was. It may come
            again, and one that fails does not keep the others from being done.
        find: Returns the ids of the pieces that are due; without it there is one, without an id.
        do_together: Does several pieces in one transaction, as each would be done by itself: so
            it is if they can't be done together.
        look: Reads, before the transaction, what takes long, and returns what is left to do in it
            instead of `do`: nobody else waits for what is only looked at. What it has read may
            have changed by then.
    """

    name: str
    pace: Pace
    do: Callable[[str, Upkeep], Awaitable[int]]
    find: Callable[[Upkeep], Awaitable[Sequence[str]]] = _whole
    do_together: Callable[[Sequence[str], Upkeep], Awaitable[int]] | None = None
    look: Callable[[str, Upkeep], Awaitable[Work]] | None = None


Erased: TypeAlias = Mapping[str, int]
"""How much was erased, by the placeholders of `forget-done`."""


async def _says_nothing(_person: Person, _upkeep: Upkeep) -> Sequence[Words]:
    return ()


async def _warns_of_nothing(_person: PersonId, _upkeep: Upkeep) -> Sequence[Words]:
    return ()


async def _hands_nothing_out(_person: Person, _upkeep: Upkeep) -> Exported:
    return Exported()


async def _erases_nothing(_person: PersonId, _upkeep: Upkeep) -> Erased:
    return {}


async def _bears_no_badge(_person: PersonId, _organisation: str, _upkeep: Upkeep) -> None:
    return


async def _forgets_nothing(_person: PersonId, _upkeep: Upkeep) -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one part of the bot keeps about people.

    Attributes:
        name: Of that part.
        told: What `/privacy` says of it, a line for each thing and why it is kept.
        export: What `/export` hands out of it.
        parting: What else ends with `/forget`, said before it is confirmed.
        erase: Lets go of it for `/forget`, but for what the last word to the person needs.
        leave: Lets go of that too, when the last word was said.
        unbadge: Takes the badge of an organisation off what a person has said there, shown or
            still waiting, wherever they no longer hold the role; it may come again.
        badge: Puts it onto what has waited until the person proved anew who they are.
        chores: What falls due by itself: mostly the end of its lifetime.
    """

    name: str
    told: Callable[[Person, Upkeep], Awaitable[Sequence[Words]]] = _says_nothing
    export: Callable[[Person, Upkeep], Awaitable[Exported]] = _hands_nothing_out
    parting: Callable[[PersonId, Upkeep], Awaitable[Sequence[Words]]] = _warns_of_nothing
    erase: Callable[[PersonId, Upkeep], Awaitable[Erased]] = _erases_nothing
    leave: Callable[[PersonId, Upkeep], Awaitable[None]] = _forgets_nothing
    unbadge: Callable[[PersonId, str, Upkeep], Awaitable[None]] = _bears_no_badge
    badge: Callable[[PersonId, str, Upkeep], Awaitable[None]] = _bears_no_badge
    chores: tuple[Chore, ...] = ()
