"""Files that nothing holds: left by a crash between two steps, or attached and never sent."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.messages import MediaId
from bot.ports.holdings import Chore, Holding, Pace, Upkeep

UNSENT_FOR = timedelta(hours=1)
"""How long a file may wait to be sent with something."""


async def _sweep(_piece: str, upkeep: Upkeep) -> int:
    """Destroy what nothing holds; forget what is gone. No transaction runs beside this one."""
    held = await upkeep.uow.files.held()
    strays = await upkeep.media.kept_before(upkeep.now - UNSENT_FOR) - held
    await upkeep.discard(_in_order(strays))
    gone = held - await upkeep.media.kept_before(None)
    return len(strays) + await upkeep.uow.files.forget(_in_order(gone))


def _in_order(files: frozenset[MediaId]) -> Sequence[MediaId]:
    return sorted(files)


HOLDING = Holding(name="files", chores=(Chore(name="sweep_files", pace=Pace.SELDOM, do=_sweep),))
