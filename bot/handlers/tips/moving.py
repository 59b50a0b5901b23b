"""Following a desk that is elsewhere or nowhere, and lines that did not get there."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import BUTTONS_WORK_FOR
from bot.domain.copies import CopyState, PersonRef
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.notes import Note, NoteId
from bot.domain.tips import Tip, TipLine, TipLineId, TipNumber, is_at_desk
from bot.domain.words import words
from bot.handlers.tips.erasing import withdraw_from_desk
from bot.handlers.tips.naming import TALK, card_of, line_below, name_of, routes_to
from bot.handlers.tips.sending import show_at_desk
from bot.ports.holdings import Chore, Pace, Upkeep

_IS_THERE = frozenset({CopyState.SHOWN, CopyState.WAITING})


async def _misplaced(upkeep: Upkeep) -> Sequence[str]:
    """Return the tips that are in a room that is no desk of theirs, or lack one that is."""
    desks = {one.id: one.desk_rooms for one in await upkeep.uow.organisations.all()}
    return [
        str(places.number)
        for places in await upkeep.uow.tips.places()
        if not is_at_desk(places, desks.get(places.organisation, ()))
    ]


async def _follow_desk(piece: str, upkeep: Upkeep) -> int:
    """Take a tip out of a room that is no desk any more, and to those that are."""
    uow = upkeep.uow
    tip = await uow.tips.get(TipNumber(int(piece)))
    if tip is None:
        return 0
    organisation = await uow.organisations.get(tip.organisation)
    desk = frozenset(organisation.desk_rooms if organisation else ())
    cards = await uow.copies.of(card_of(tip))
    if {card.room for card in cards if card.state in _IS_THERE} - desk:
        await withdraw_from_desk(tip, uow)
        # Until somebody has it again: its tipster is told if nobody does.
        tip = replace(tip.shown_anew(), arrived_at=None)
        await uow.tips.save(tip)
        await uow.audit.note("tip.desk_changed", tip.label, by=None, now=upkeep.now)
    elif not desk - {card.room for card in cards}:
        return 0
    if organisation is not None:
        await show_at_desk(tip, organisation, uow)
    return 1


async def _lost_lines(upkeep: Upkeep) -> Sequence[str]:
    found = await upkeep.uow.tips.refused_lines()
    return [str(line) for line in found if await _lost(str(line), upkeep) is not None]


async def _lost(piece: str, upkeep: Upkeep) -> tuple[Tip, TipLine] | None:
    """Return a tipster's line that is in no room of its desk, with its tip."""
    line = await upkeep.uow.tips.line(TipLineId(int(piece)))
    tip = await upkeep.uow.tips.get(line.tip) if line else None
    if line is None or tip is None or line.is_desks:
        return None
    states = {copy.state for copy in await upkeep.uow.copies.of(line_below(tip, line))}
    return None if not states or states & _IS_THERE else (tip, line)


async def _untold_lines(upkeep: Upkeep) -> Sequence[str]:
    lost = await _lost_lines(upkeep)
    return [line for line in lost if await upkeep.uow.notes.get(_told_in(line)) is None]


def _told_in(line: str) -> NoteId:
    return NoteId(f"tip-line-lost-{line}")


async def _tell_loss(piece: str, upkeep: Upkeep) -> int:
    """Say to a tipster, once, that what they have added does not get there, and what to do."""
    found = await _lost(piece, upkeep)
    if found is None or await upkeep.uow.notes.get(_told_in(piece)) is not None:
        return 0
    tip, _ = found
    organisation = await upkeep.uow.organisations.get(tip.organisation)
    said = words("tip-line-lost", id=tip.label, organisation=name_of(organisation, tip))
    note = Note(
        id=_told_in(piece),
        feature=TALK,
        person=tip.tipster,
        words=said,
        state={"tip": tip.number},
        expires_at=upkeep.now + BUTTONS_WORK_FOR,
    )
    await upkeep.uow.notes.say(note, PersonRef(tip.tipster))
    return 1


async def _bring_again(piece: str, upkeep: Upkeep) -> int:
    """Show a line anew in rooms that could not be reached: they may be back."""
    found = await _lost(piece, upkeep)
    organisation = await upkeep.uow.organisations.get(found[0].organisation) if found else None
    if found is None or organisation is None:
        return 0
    subject = line_below(*found)
    await upkeep.uow.copies.forget(subject)
    await upkeep.uow.copies.spread(
        subject,
        routes_to(organisation.desk_rooms),
        urgency=Urgency.YELLOW,
        on_doubt=OnDoubt.REPEAT_ONCE,
    )
    return 1


CHORES = (
    Chore(name="follow_desks", pace=Pace.SOON, find=_misplaced, do=_follow_desk),
    Chore(name="tell_lines_lost", pace=Pace.SOON, find=_untold_lines, do=_tell_loss),
    Chore(name="bring_lines_again", pace=Pace.SELDOM, find=_lost_lines, do=_bring_again),
)
