"""Sending a tip: to the desk of one organisation, and to nobody else."""

import secrets
from dataclasses import replace
from datetime import timedelta

from bot.conversation import as_rows, choice
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.incoming import Incoming
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.tip_drafts import TipDraft
from bot.domain.tip_lines import require_tip_text
from bot.domain.tips import FLOOD_WITHIN, MAX_TIPS, Tip
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.tips.naming import TALK, card_of, line_below, routes_to
from bot.handlers.tips.questions import shown_name
from bot.ports.features import Context
from bot.ports.store import UnitOfWork
from bot.proofs import can_ask

TALK_LASTS = timedelta(days=365)
"""Longer than any talk: answers to it and its buttons end with the tip."""


async def send_tip(draft: TipDraft, note: Note, incoming: Incoming, ctx: Context) -> None:
    """Send what the preview has shown; the same message then says that it is sent.

    Raises:
        Unacceptable: The desk is gone, or somebody sends very many.
    """
    organisation = await require_desk(draft.organisation or "", ctx)
    await _require_calm(ctx)
    tip = await ctx.uow.tips.add(
        Tip(
            organisation=organisation.id,
            tipster=ctx.sender.id,
            name=shown_name(incoming) if draft.is_named else None,
            text=require_tip_text(draft.text),
            media=draft.media,
            area=draft.area if draft.area and ctx.areas.get(draft.area) else None,
            about=draft.about,
            is_shown=not can_ask(organisation, ctx),
            sent_at=ctx.now,
            touched_at=ctx.now,
            receipt=note.id,
            key=secrets.token_urlsafe(12),
        )
    )
    await show_at_desk(tip, organisation, ctx.uow)
    await ctx.uow.audit.note("tip.sent", tip.label, by=None, now=ctx.now)
    await ctx.uow.notes.change(_receipt(note, tip, organisation, ctx))


async def require_desk(slug: str, ctx: Context) -> Organisation:
    """Return an organisation that takes tips.

    Raises:
        Unacceptable: There is no such, or nobody would read it.
    """
    organisation = await ctx.uow.organisations.get(slug)
    if organisation is None:
        raise Unacceptable("tip-unknown-organisation", name=slug)
    if not organisation.desk_rooms:
        raise Unacceptable(
            "tip-no-desk",
            organisation=organisation.name,
            phone=organisation.phone,
            has_phone="yes" if organisation.phone else "no",
        )
    return organisation


async def show_at_desk(tip: Tip, organisation: Organisation, uow: UnitOfWork) -> None:
    """Show a tip, and what was said about it before, in all rooms of a desk."""
    await uow.copies.spread(
        card_of(tip),
        routes_to(organisation.desk_rooms),
        urgency=Urgency.YELLOW,
        on_doubt=OnDoubt.REPEAT_ONCE,
    )
    for line in await uow.tips.lines(tip.number):
        await uow.copies.spread(
            line_below(tip, line),
            routes_to(organisation.desk_rooms),
            urgency=Urgency.YELLOW,
            on_doubt=OnDoubt.REPEAT_ONCE,
        )


async def refresh_card(tip: Tip, ctx: Context) -> None:
    """Let the card say what has become of a tip."""
    await ctx.uow.copies.refresh(card_of(tip), urgency=Urgency.TALK, after=timedelta(0))


def _receipt(note: Note, tip: Tip, organisation: Organisation, ctx: Context) -> Note:
    return replace(
        note,
        feature=TALK,
        words=words("tip-sent", organisation=organisation.name, id=tip.label),
        choices=as_rows([[choice("tip-add", "add"), choice("tip-take-back", "back")]]),
        media=(),
        awaits=None,
        asks_place=False,
        state={"tip": tip.number},
        expires_at=ctx.now + TALK_LASTS,
    )


async def _require_calm(ctx: Context) -> None:
    """Let nobody bury a desk: an officer reads each of them."""
    if await ctx.uow.tips.sent_since(ctx.sender.id, ctx.now - FLOOD_WITHIN) >= MAX_TIPS:
        raise Unacceptable("tip-flood", most=MAX_TIPS)
