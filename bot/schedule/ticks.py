"""What happens by itself as time passes. Each may run any number of times."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.domain.areas import AreaMap
from bot.domain.people import PersonId
from bot.domain.retention import Lifetimes
from bot.domain.verification import LostBadge
from bot.errors import StorageUnavailable
from bot.ports.clock import Clock
from bot.ports.holdings import Chore, Holding, Pace, Upkeep, Work
from bot.ports.media import MediaStore
from bot.ports.store import Keys, Store, UnitOfWork

LAST_WORD_WITHIN = timedelta(minutes=10)
"""How long an erased person can still be reached, so that the last word arrives."""
TOGETHER = 250
"""Pieces in one transaction: nobody else waits long for it, and a disk syncs seldom."""

log = structlog.get_logger("schedule")


@dataclass(kw_only=True)
class Ticks:
    """All that is due, found in the database and done piece by piece."""

    store: Store
    clock: Clock
    media: MediaStore
    keys: Keys
    areas: AreaMap
    lifetimes: Lifetimes
    zone: ZoneInfo
    holdings: Sequence[Holding]
    _must_overwrite: bool = field(default=True, init=False)

    async def round(self, pace: Pace) -> int:
        """Do what is due at this pace; return how much that was.

        Raises:
            StorageUnavailable: Nothing can be written now; the next round does the rest.
        """
        done = 0
        for chore in self._chores():
            if chore.pace is pace:
                done += await self._do(chore)
        if pace is Pace.SELDOM:
            await self.keys.destroy_unused(self.clock.now())
            self._must_overwrite = True
        if self._must_overwrite:
            self._must_overwrite = not await self.keys.overwrite_erased()
        return done

    def _chores(self) -> Sequence[Chore]:
        leavers = Chore(
            name="forget_leavers", pace=Pace.SOON, find=_leavers, do=self._forget_leaver
        )
        badges = Chore(
            name="take_badges_off", pace=Pace.SOON, find=_lost_badges, do=self._take_badge_off
        )
        return [*(one for holding in self.holdings for one in holding.chores), leavers, badges]

    async def _do(self, chore: Chore) -> int:
        """Do the pieces of a chore; one that fails is named and passed over."""
        done = 0
        pieces = await self._found(chore)
        for first in range(0, len(pieces), TOGETHER):
            done += await self._do_some(chore, pieces[first : first + TOGETHER])
        if done:
            log.info("schedule.done", what=chore.name, number=done)
        return done

    async def _do_some(self, chore: Chore, pieces: Sequence[str]) -> int:
        if chore.do_together is not None and len(pieces) > 1:
            try:
                async with self.store.write() as uow:
                    return await chore.do_together(pieces, self._upkeep(uow))
            except StorageUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - each by itself tells which it was
                log.warning("schedule.parted", what=chore.name, bug=error)
        return sum([await self._do_one(chore, piece) for piece in pieces])

    async def _do_one(self, chore: Chore, piece: str) -> int:
        try:
            work = await self._work(chore, piece)
            async with self.store.write() as uow:
                return await work(self._upkeep(uow))
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad row must not keep all the others
            log.error("schedule.failed", what=chore.name, key=piece, bug=error)  # noqa: TRY400 - a traceback may quote people
            return 0

    async def _work(self, chore: Chore, piece: str) -> Work:
        """Return what is to be done in a transaction, after a look at what it needs."""
        if chore.look is None:
            return partial(chore.do, piece)
        async with self.store.read() as uow:
            return await chore.look(piece, self._upkeep(uow))

    async def _found(self, chore: Chore) -> Sequence[str]:
        try:
            async with self.store.read() as uow:
                return await chore.find(self._upkeep(uow))
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - nor must one bad search
            log.error("schedule.failed", what=chore.name, key="", bug=error)  # noqa: TRY400
            return ()

    async def _forget_leaver(self, piece: str, upkeep: Upkeep) -> int:
        """Forget what still reached an erased person."""
        for holding in self.holdings:
            await holding.leave(PersonId(piece), upkeep)
        self._must_overwrite = True
        return 1

    async def _take_badge_off(self, piece: str, upkeep: Upkeep) -> int:
        """Let all that somebody has said lose a badge that is no longer theirs."""
        person, organisation = piece.split(" ")
        lost = LostBadge(PersonId(person), organisation)
        for holding in self.holdings:
            await holding.unbadge(lost.person, lost.organisation, upkeep)
        await upkeep.uow.lost_badges.settle(lost)
        return 1

    def _upkeep(self, uow: UnitOfWork) -> Upkeep:
        return Upkeep(
            uow=uow,
            media=self.media,
            areas=self.areas,
            lifetimes=self.lifetimes,
            zone=self.zone,
            now=self.clock.now(),
        )


async def _leavers(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.people.leaving(upkeep.now - LAST_WORD_WITHIN)


async def _lost_badges(upkeep: Upkeep) -> Sequence[str]:
    return [f"{one.person} {one.organisation}" for one in await upkeep.uow.lost_badges.all()]
