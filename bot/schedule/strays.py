"""Files that nothing holds: left by a crash between two steps, or attached and never sent."""

from collections.abc import Sequence, Set
from datetime import timedelta

from bot.domain.messages import MediaId
from bot.ports.holdings import Chore, Holding, Pace, Upkeep
from bot.ports.store import UnitOfWork

FILES_AT_ONCE = 2000
UNSENT_FOR = timedelta(hours=1)
"""How long a file may wait to be sent with something."""


async def _sweep(_piece: str, upkeep: Upkeep) -> int:
    """Destroy what nothing holds; forget what is gone. No transaction runs beside this one."""
    held = await _held(upkeep.uow)
    strays = await upkeep.media.kept_before(upkeep.now - UNSENT_FOR) - held
    await upkeep.discard(_in_order(strays))
    gone = held - await upkeep.media.kept_before(None)
    return len(strays) + await upkeep.uow.files.forget(_in_order(gone))


async def _held(uow: UnitOfWork) -> Set[MediaId]:
    """Return all files that something holds, a page at a time: the bot answers in between."""
    held: set[MediaId] = set()
    page = await uow.files.held_after("", limit=FILES_AT_ONCE)
    while page:
        held.update(page)
        page = await uow.files.held_after(page[-1], limit=FILES_AT_ONCE)
    return held


def _in_order(files: Set[MediaId]) -> Sequence[MediaId]:
    return sorted(files)


HOLDING = Holding(name="files", chores=(Chore(name="sweep_files", pace=Pace.SELDOM, do=_sweep),))
