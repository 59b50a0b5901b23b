"""What holds which file: a file that nothing holds was left by a crash, or never sent."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, String, Table, bindparam, delete, select

from bot.domain.messages import Media, MediaId
from bot.storage.dialect import insert
from bot.storage.schema import METADATA
from bot.storage.session import Session

FILES = Table(
    "files",
    METADATA,
    Column("id", String, primary_key=True),
    Column("holder", String, nullable=False, index=True),
)
_HELD = (
    select(FILES.c.id)
    .where(FILES.c.id > bindparam("last"))
    .order_by(FILES.c.id)
    .limit(bindparam("limit"))
)
_LET_GO = delete(FILES).where(FILES.c.holder == bindparam("of"))


class FileRows:
    """The files that something holds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def held_after(self, last: str, *, limit: int) -> Sequence[MediaId]:
        """Return the next files that something holds, in the order of their ids."""
        rows = await self._session.all(_HELD, last=last, limit=limit)
        return [MediaId(row.id) for row in rows]

    async def forget(self, files: Iterable[MediaId]) -> int:
        """Forget files that are gone; return how many."""
        return await self._session.run(
            delete(FILES).where(FILES.c.id == bindparam("gone")),
            [{"gone": file} for file in files],
        )


async def hold(session: Session, holder: str, files: Sequence[Media]) -> None:
    """Note what holds files; a file has one holder, the last."""
    for file in files:
        await session.run(
            insert(session.connection, FILES)
            .values(id=file.id, holder=holder)
            .on_conflict_do_update(index_elements=["id"], set_={"holder": holder})
        )


async def hold_only(session: Session, holder: str, files: Sequence[Media]) -> None:
    """Note that something holds these files and no other any more."""
    await let_go(session, holder)
    await hold(session, holder, files)


async def let_go(session: Session, holder: str) -> None:
    """Note that what held files is gone; they are destroyed now, or with the next sweep."""
    await session.run(_LET_GO, of=holder)
