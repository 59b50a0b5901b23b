"""Reading a tip at its desk: its words stand there as long as a colleague has just proved it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import new_note_id
from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note, NoteId
from bot.domain.people import PersonId
from bot.domain.permissions import Action
from bot.domain.tips import Tip, TipNumber
from bot.domain.verification import PROOF_HOLDS_FOR
from bot.domain.words import words
from bot.errors import NotPermitted, Unacceptable
from bot.handlers.tips.erasing import withdraw_from_desk
from bot.handlers.tips.naming import line_below, tip_in
from bot.handlers.tips.sending import refresh_card, show_at_desk
from bot.handlers.tips.standing import may_act, require_tip
from bot.ports.features import Context
from bot.ports.holdings import Upkeep
from bot.proofs import is_anybody_fresh

OPENED = "tip_opened"
"""Notes that nobody is shown: each says that a tip's words stand at its desk."""
_LABEL = re.compile(r"T-(\d{1,9})", re.IGNORECASE)


def tip_named(incoming: Incoming) -> TipNumber | None:
    """Return the tip that `/tip T-31` names; None if that is not what was written."""
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return None
    if incoming.command.name != "tip":
        return None
    found = _LABEL.fullmatch(incoming.command.rest.plain.strip())
    return TipNumber(int(found[1])) if found else None


async def read_named(number: TipNumber, ctx: Context) -> None:
    """Open a tip that is named.

    Raises:
        Unacceptable: There is none such for the sender: whose it is nobody else is told.
    """
    try:
        await read(await require_tip(number, ctx), ctx)
    except NotPermitted as refusal:
        raise Unacceptable("tip-gone", id=f"T-{number}") from refusal


async def read(tip: Tip, ctx: Context) -> None:
    """Let the desk's rooms show a tip's words, if the sender has proved lately who they are.

    Raises:
        NotPermitted: They are not verified for the organisation.
    """
    if not await may_act(tip, Action.READ_TIP, ctx) or tip.is_shown:
        return
    shown = replace(tip, is_shown=True, is_read=True)
    await ctx.uow.tips.save(shown)
    await refresh_card(shown, ctx)
    for line in await ctx.uow.tips.lines(tip.number):
        below = line_below(shown, line)
        await ctx.uow.copies.refresh(below, urgency=Urgency.TALK, after=timedelta(0))
    await ctx.uow.notes.keep(
        Note(
            id=new_note_id(),
            feature=OPENED,
            person=None,
            words=words("tip-opened", id=tip.label),
            state={"tip": tip.number},
            expires_at=ctx.now + PROOF_HOLDS_FOR,
        )
    )
    await ctx.uow.audit.note("tip.read", tip.label, by=ctx.sender.id, now=ctx.now)


async def to_close(upkeep: Upkeep) -> Sequence[str]:
    """Return what stands open at desks where nobody's proof is fresh any more."""
    found: list[str] = []
    for note in await upkeep.uow.notes.of_feature(OPENED):
        if not await _stays_open(await _tip_on(note, upkeep), upkeep):
            found.append(note)  # noqa: PERF401 - what is awaited in between reads worse inside
    return found


async def close_again(piece: str, upkeep: Upkeep) -> int:
    """Take a tip's words out of the desk's rooms; its card stands there anew, without them.

    An edit would leave them in the history that some clients show.
    """
    tip = await _tip_on(NoteId(piece), upkeep)
    if await _stays_open(tip, upkeep):
        return 0
    await upkeep.uow.notes.erase(NoteId(piece))
    organisation = await upkeep.uow.organisations.get(tip.organisation) if tip else None
    if tip is None or organisation is None or not tip.is_shown:
        return 0
    await withdraw_from_desk(tip, upkeep.uow)
    closed = replace(tip.shown_anew(), is_shown=False)
    await upkeep.uow.tips.save(closed)
    await show_at_desk(closed, organisation, upkeep.uow)
    return 1


async def close_with_role(_person: PersonId, organisation: str, upkeep: Upkeep) -> None:
    """Close what only a role has kept open that is no more."""
    for note in await upkeep.uow.notes.of_feature(OPENED):
        tip = await _tip_on(note, upkeep)
        if tip is not None and tip.organisation == organisation:
            await close_again(note, upkeep)


async def _tip_on(note: NoteId, upkeep: Upkeep) -> Tip | None:
    found = await upkeep.uow.notes.get(note)
    return await upkeep.uow.tips.get(tip_in(found)) if found else None


async def _stays_open(tip: Tip | None, upkeep: Upkeep) -> bool:
    if tip is None or not tip.is_shown:
        return False
    return await is_anybody_fresh(tip.organisation, upkeep.uow, upkeep.now)
