"""Taking a tip away from everywhere."""

from collections.abc import Iterable

from bot.domain.copies import Subject, SubjectKind
from bot.domain.notes import NoteId
from bot.domain.tips import Tip, TipLine
from bot.handlers.tips.naming import card_of, line_below
from bot.ports.holdings import Upkeep
from bot.ports.store import UnitOfWork


async def withdraw_from_desk(tip: Tip, uow: UnitOfWork) -> int:
    """Remove a tip and all that was said below it from its desk; return how many messages."""
    copies = await uow.copies.withdraw(card_of(tip))
    for line in await uow.tips.lines(tip.number):
        copies += await uow.copies.withdraw(line_below(tip, line))
    return copies


async def erase_tip(tip: Tip, upkeep: Upkeep) -> int:
    """Delete a tip, its lines and its key; return how many messages are to be removed.

    Both sides lose it at once: a tip that one of them could still open would not be erased.
    """
    copies = await withdraw_from_desk(tip, upkeep.uow)
    lines = await upkeep.uow.tips.lines(tip.number)
    notes = [tip.receipt, *(line.note for line in lines)]
    copies += await _erase_notes((note for note in notes if note is not None), upkeep)
    await upkeep.discard(await upkeep.uow.tips.erase(tip.number))
    return copies


async def erase_line(tip: Tip, line: TipLine, upkeep: Upkeep) -> int:
    """Delete one line of a talk wherever it stands; return how many messages are to be removed."""
    copies = await upkeep.uow.copies.withdraw(line_below(tip, line))
    copies += await _erase_notes([line.note] if line.note else [], upkeep)
    await upkeep.discard(await upkeep.uow.tips.erase_line(line.id))
    return copies


async def _erase_notes(notes: Iterable[NoteId], upkeep: Upkeep) -> int:
    copies = 0
    for note in notes:
        copies += await upkeep.uow.copies.withdraw(Subject(SubjectKind.NOTE, note))
        await upkeep.discard(await upkeep.uow.notes.erase(note))
    return copies
