"""What becomes of a line about a tip when its author edits or deletes it."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming, IncomingDeletion, IncomingEdit
from bot.domain.permissions import Action
from bot.domain.set_apart import set_apart
from bot.domain.tip_lines import require_tip_text
from bot.domain.tips import Tip, TipLine
from bot.domain.words import words
from bot.handlers.tips.erasing import erase_line
from bot.handlers.tips.naming import line_below, name_of
from bot.handlers.tips.sending import refresh_card
from bot.handlers.tips.standing import require
from bot.ports.features import Context, Feature


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingEdit | IncomingDeletion):
        return
    line = await ctx.uow.tips.line_from(incoming.ref)
    tip = await ctx.uow.tips.get(line.tip) if line else None
    if line is None or tip is None:
        return
    if isinstance(incoming, IncomingDeletion):
        await erase_line(tip, line, ctx.upkeep)
        await refresh_card(tip, ctx)
    elif line.writer == ctx.sender.id:
        await _change(tip, line, incoming, ctx)


async def _change(tip: Tip, line: TipLine, edit: IncomingEdit, ctx: Context) -> None:
    if line.is_desks:
        # A role may have ended since, or another desk may have the tip.
        await require(tip, Action.ANSWER_TIP, ctx)
    changed = replace(line, text=require_tip_text(edit.text))
    await ctx.uow.tips.save_line(changed)
    await ctx.uow.copies.refresh(
        line_below(tip, changed), urgency=Urgency.TALK, after=timedelta(0)
    )
    await refresh_card(tip, ctx)
    note = await ctx.uow.notes.get(line.note) if line.note else None
    if note is not None:
        organisation = await ctx.uow.organisations.get(tip.organisation)
        said = words(
            "tip-answer",
            id=tip.label,
            organisation=name_of(organisation, tip),
            text=set_apart(changed.text, begins_line=True),
            photos=len(note.media),
        )
        await ctx.uow.notes.change(replace(note, words=said))


def _accepts(incoming: Incoming, _ctx: Context) -> bool:
    if isinstance(incoming, IncomingEdit):
        return incoming.position is None
    return isinstance(incoming, IncomingDeletion)


FEATURE = Feature(name="tip_origins", accepts=_accepts, handle=_handle, continues=True)
