"""Handing a tip over to another organisation: the tipster decides."""

from dataclasses import replace

from bot.conversation import as_rows, choice
from bot.domain.copies import PersonRef
from bot.domain.notes import Note
from bot.domain.organisations import OrganisationId
from bot.domain.tips import Tip
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.tips.erasing import withdraw_from_desk
from bot.handlers.tips.naming import name_of
from bot.handlers.tips.sending import refresh_card, require_desk, show_at_desk
from bot.handlers.tips.telling import note_to_tipster, say_in_desk
from bot.ports.features import Context
from bot.proofs import can_ask


async def offer(tip: Tip, to: OrganisationId, note: Note, ctx: Context) -> None:
    """Ask the tipster whether another organisation may have it; the last offer counts."""
    other = await require_desk(to, ctx)
    if other.id == tip.organisation:
        raise Unacceptable("tip-hand-nobody", id=tip.label)
    offered = tip.offered(other.id)
    await ctx.uow.tips.save(offered)
    await refresh_card(offered, ctx)
    now_with = await ctx.uow.organisations.get(tip.organisation)
    asked = note_to_tipster(
        tip,
        words("tip-hand-ask", id=tip.label, organisation=name_of(now_with, tip), to=other.name),
        ctx,
    )
    rows = [[choice("tip-hand-yes", f"hand {other.id}", to=other.name)]]
    rows.append([choice("tip-hand-no", f"keep {other.id}")])
    await ctx.uow.notes.say(replace(asked, choices=as_rows(rows)), PersonRef(tip.tipster))
    said = words("tip-hand-asked", id=tip.label, to=other.name)
    await ctx.uow.notes.change(replace(note, words=said, choices=()))
    await ctx.uow.audit.note("tip.offered", tip.label, by=ctx.sender.id, now=ctx.now)


async def decide(tip: Tip, to: str, note: Note, ctx: Context, *, is_yes: bool) -> None:
    """Do as the tipster says; an offer that another has replaced is none any more."""
    if tip.offered_to != to:
        await _close(note, "tip-hand-over", tip, "", ctx)
        return
    before = await ctx.uow.organisations.get(tip.organisation)
    if not is_yes:
        kept = tip.offered(None)
        await ctx.uow.tips.save(kept)
        await refresh_card(kept, ctx)
        if before is not None:
            await say_in_desk(kept, before, words("tip-hand-refused", id=tip.label), ctx)
        await _close(note, "tip-hand-kept", tip, name_of(before, tip), ctx)
        return
    other = await require_desk(to, ctx)
    if before is not None:
        said = words("tip-handed", id=tip.label, to=other.name)
        await say_in_desk(tip, before, said, ctx)
    await withdraw_from_desk(tip, ctx.uow)
    moved = replace(tip.handed_over(ctx.now), is_shown=not can_ask(other, ctx), is_read=False)
    await ctx.uow.tips.save(moved)
    await show_at_desk(moved, other, ctx.uow)
    await ctx.uow.audit.note("tip.handed_over", tip.label, by=None, now=ctx.now)
    await _close(note, "tip-hand-done", tip, other.name, ctx)


async def _close(note: Note, text_id: str, tip: Tip, organisation: str, ctx: Context) -> None:
    said = words(text_id, id=tip.label, organisation=organisation)
    await ctx.uow.notes.change(replace(note, words=said, choices=()))
