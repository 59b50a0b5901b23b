"""Tips in the database: sealed under a key of each, and nobody's without the keys."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.domain.copies import CopyState, SubjectKind
from bot.domain.messages import MediaId, MessageRef, RoomRef
from bot.domain.organisations import OrganisationId
from bot.domain.people import PersonId
from bot.domain.tips import Tip, TipLine, TipLineId, TipNumber, TipPlaces, TipState
from bot.storage.copy_tables import COPIES
from bot.storage.files import hold, let_go
from bot.storage.session import Session
from bot.storage.tips_content import (
    TIP_KEY,
    line_from_json,
    line_to_json,
    tip_from_json,
    tip_to_json,
)
from bot.storage.tips_tables import TIP_LINES, TIPS
from bot.storage.vault import Owner

_CONTENT, _LINE = "tips.content", "tip_lines.content"
_BY_NUMBER = select(TIPS).where(TIPS.c.number == bindparam("number"))
_LINE_BY_ID = select(TIP_LINES).where(TIP_LINES.c.id == bindparam("line"))
_LINE_BY_ORIGIN = select(TIP_LINES).where(TIP_LINES.c.origin == bindparam("origin"))
_LINES_OF = (
    select(TIP_LINES).where(TIP_LINES.c.tip == bindparam("number")).order_by(TIP_LINES.c.id)
)
_OF_WHOM = select(TIPS.c.number, TIPS.c.organisation).order_by(TIPS.c.number)
_CARDS = select(COPIES.c.subject_id, COPIES.c.room, COPIES.c.state).where(
    COPIES.c.subject_kind == SubjectKind.TIP.value, COPIES.c.room.is_not(None)
)
_REFUSED_LINES = select(COPIES.c.subject_id).where(
    COPIES.c.subject_kind == SubjectKind.TIP_LINE.value, COPIES.c.state == CopyState.FAILED.value
)
_IS_THERE = frozenset({CopyState.WAITING.value, CopyState.SHOWN.value})
_KEYS_IN_USE = select(TIPS.c.key_owner).where(
    TIPS.c.key_owner.in_(bindparam("owners", expanding=True))
)


class TipRows:
    """Tips and their lines."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, tip: Tip) -> Tip:
        """Store a new tip; return it with its number, which no other ever gets."""
        row = await self._session.first(
            insert(TIPS).values(await self._columns(tip)).returning(TIPS.c.number)
        )
        if row is None:
            raise LookupError("the database gave no number")
        await hold(self._session, f"tip:{row.number}", tip.media)
        found = await self.get(TipNumber(row.number))
        if found is None:
            raise LookupError("a tip that was stored is not there")
        return found

    async def save(self, tip: Tip) -> None:
        """Store what has become of a tip."""
        columns = await self._columns(tip)
        await self._session.run(update(TIPS).where(TIPS.c.number == tip.number).values(columns))

    async def get(self, number: TipNumber) -> Tip | None:
        """Return a tip, None if there is none such."""
        row = await self._session.first(_BY_NUMBER, number=number)
        return await self._tip(row) if row else None

    async def of_tipster(self, person: PersonId) -> Sequence[Tip]:
        """Return what somebody has sent, oldest first."""
        rows = await self._session.all(
            select(TIPS).where(TIPS.c.tipster == self._whose(person)).order_by(TIPS.c.number)
        )
        return [tip for row in rows if (tip := await self._tip(row))]

    async def sent_since(self, person: PersonId, since: datetime) -> int:
        """Return how many tips somebody has sent since a time."""
        row = await self._session.first(
            select(func.count().label("number")).where(
                TIPS.c.tipster == self._whose(person), TIPS.c.sent_at > since
            )
        )
        return int(row.number) if row else 0

    async def said_since(self, person: PersonId, since: datetime) -> int:
        """Return how many lines somebody has added to tips since a time."""
        row = await self._session.first(
            select(func.count().label("number")).where(
                TIP_LINES.c.writer == self._whose(person), TIP_LINES.c.at > since
            )
        )
        return int(row.number) if row else 0

    async def on_their_way(self) -> Sequence[TipNumber]:
        """Return the tips that no desk has yet."""
        return await self._numbers(TIPS.c.arrived_at.is_(None))

    async def places(self) -> Sequence[TipPlaces]:
        """Return in which rooms each tip is, as it was shown last."""
        tips = await self._session.all(_OF_WHOM)
        last = _of_last_turns(await self._session.all(_CARDS))
        return [
            TipPlaces(
                number=TipNumber(tip.number),
                organisation=OrganisationId(tip.organisation),
                rooms=frozenset(_rooms(row for row in cards if row.state in _IS_THERE)),
                tried=frozenset(_rooms(cards)),
            )
            for tip in tips
            for cards in [last.get(tip.number, ())]
        ]

    async def refused_lines(self) -> Sequence[TipLineId]:
        """Return the lines that a room could not be shown."""
        rows = await self._session.all(_REFUSED_LINES)
        return sorted({TipLineId(int(row.subject_id.rpartition(".")[2])) for row in rows})

    async def untouched_since(self, before: datetime) -> Sequence[TipNumber]:
        """Return the open tips to which nobody has added since a time."""
        is_open = TIPS.c.state == TipState.OPEN.value
        return await self._numbers(is_open, TIPS.c.touched_at <= before)

    async def closed_before(self, before: datetime) -> Sequence[TipNumber]:
        """Return the tips that were closed before a time."""
        return await self._numbers(TIPS.c.closed_at <= before)

    async def erase(self, number: TipNumber) -> Sequence[MediaId]:
        """Delete a tip with its lines and destroy its key; return the files they held."""
        row = await self._session.first(_BY_NUMBER, number=number)
        if row is None:
            return ()
        tip = await self._tip(row)
        files = [file.id for file in tip.media] if tip else []
        for line in await self.lines(number):
            files += await self.erase_line(line.id)
        await self._session.run(delete(TIP_LINES).where(TIP_LINES.c.tip == number))
        await self._session.run(delete(TIPS).where(TIPS.c.number == number))
        await let_go(self._session, f"tip:{number}")
        self._session.doomed.append(Owner(row.key_owner))
        return files

    async def add_line(self, line: TipLine) -> TipLine:
        """Store a new line; return it with its id."""
        row = await self._session.first(
            insert(TIP_LINES).values(await self._line_columns(line)).returning(TIP_LINES.c.id)
        )
        stored = await self.line(TipLineId(row.id)) if row else None
        if stored is None:
            raise LookupError("a line that was stored is not there")
        await hold(self._session, f"tip-line:{stored.id}", line.media)
        return stored

    async def save_line(self, line: TipLine) -> None:
        """Store what a line says by now."""
        columns = await self._line_columns(line)
        await self._session.run(update(TIP_LINES).where(TIP_LINES.c.id == line.id).values(columns))

    async def line(self, line: TipLineId) -> TipLine | None:
        """Return a line, None if there is none such."""
        row = await self._session.first(_LINE_BY_ID, line=line)
        return await self._line(row) if row else None

    async def line_from(self, origin: MessageRef) -> TipLine | None:
        """Return the line that was written in a message, None if that is none."""
        row = await self._session.first(_LINE_BY_ORIGIN, origin=self._origin(origin))
        return await self._line(row) if row else None

    async def lines(self, number: TipNumber) -> Sequence[TipLine]:
        """Return what was said about a tip, oldest first."""
        rows = await self._session.all(_LINES_OF, number=number)
        return [line for row in rows if (line := await self._line(row))]

    async def lines_by(self, person: PersonId) -> Sequence[TipLine]:
        """Return what somebody has said about tips, oldest first."""
        rows = await self._session.all(
            select(TIP_LINES)
            .where(TIP_LINES.c.writer == self._whose(person))
            .order_by(TIP_LINES.c.id)
        )
        return [line for row in rows if (line := await self._line(row))]

    async def erase_line(self, line: TipLineId) -> Sequence[MediaId]:
        """Delete a line; return the files it held."""
        found = await self.line(line)
        await self._session.run(delete(TIP_LINES).where(TIP_LINES.c.id == line))
        await let_go(self._session, f"tip-line:{line}")
        return [file.id for file in found.media] if found else []

    async def keys_in_use(self, among: Collection[str]) -> frozenset[str]:
        """Return those of some keys' owners that tips are sealed with."""
        owners = [owner for owner in among if owner.startswith(TIP_KEY)]
        rows = await self._session.all(_KEYS_IN_USE, owners=owners)
        return frozenset(row.key_owner for row in rows)

    async def _numbers(self, *which: ColumnElement[bool]) -> Sequence[TipNumber]:
        rows = await self._session.all(select(TIPS.c.number).where(*which).order_by(TIPS.c.number))
        return [TipNumber(row.number) for row in rows]

    def _whose(self, person: PersonId) -> str:
        """Return what a person is found by: without the keys it leads from no tip to anybody."""
        return self._session.vault.digest(f"tips of {person}")

    def _origin(self, ref: MessageRef) -> str:
        return self._session.vault.digest(f"tip line in {ref.room} {ref.message_id}")

    async def _columns(self, tip: Tip) -> Mapping[str, object]:
        owner = Owner(TIP_KEY + tip.key)
        return {
            "organisation": tip.organisation,
            "tipster": self._whose(tip.tipster),
            "key_owner": owner,
            "content": await self._session.vault.seal(owner, tip_to_json(tip), field=_CONTENT),
            "state": tip.state.value,
            "sent_at": tip.sent_at,
            "touched_at": tip.touched_at,
            "arrived_at": tip.arrived_at,
            "closed_at": tip.closed_at,
        }

    async def _tip(self, row: Row[Any]) -> Tip | None:
        vault = self._session.vault
        content = await vault.unseal(Owner(row.key_owner), row.content, field=_CONTENT)
        return tip_from_json(row, content)

    async def _line_columns(self, line: TipLine) -> Mapping[str, object]:
        key = await self._key_of(line.tip)
        return {
            "tip": line.tip,
            "is_desks": line.is_desks,
            "writer": self._whose(line.writer),
            "origin": self._origin(line.origin) if line.origin else None,
            "content": await self._session.vault.seal(key, line_to_json(line), field=_LINE),
            "at": line.at,
        }

    async def _line(self, row: Row[Any]) -> TipLine | None:
        key = await self._key_of(TipNumber(row.tip))
        return line_from_json(row, await self._session.vault.unseal(key, row.content, field=_LINE))

    async def _key_of(self, number: TipNumber) -> Owner:
        row = await self._session.first(select(TIPS.c.key_owner).where(TIPS.c.number == number))
        if row is None:
            raise LookupError("a line without its tip")
        return Owner(row.key_owner)


def _of_last_turns(cards: Iterable[Row[Any]]) -> Mapping[int, Sequence[Row[Any]]]:
    """Return by tip those cards that were made when it was shown last."""
    by_turn: dict[int, dict[int, list[Row[Any]]]] = {}
    for row in cards:
        number, _, turn = row.subject_id.partition(".")
        by_turn.setdefault(int(number), {}).setdefault(int(turn), []).append(row)
    return {number: turns[max(turns)] for number, turns in by_turn.items()}


def _rooms(cards: Iterable[Row[Any]]) -> Iterator[RoomRef]:
    return (RoomRef.parse(card.room) for card in cards)
