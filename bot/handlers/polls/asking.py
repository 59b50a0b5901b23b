"""Making one poll for all rooms of one that somebody has made on a platform."""

import secrets
from dataclasses import replace
from datetime import timedelta

from bot.carried_lines import remind_that_it_stays
from bot.conversation import answer
from bot.domain.areas import AreaId
from bot.domain.consent import Purpose
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.groups import Group
from bot.domain.incoming import (
    Extra,
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
)
from bot.domain.polls import OPEN_FOR, Asked, Poll, PollId, read_poll
from bot.domain.routing import Audience, RoomRoute
from bot.domain.words import words
from bot.handlers.polls.card import poll_subject
from bot.handlers.polls.voting import show_votes
from bot.ports.features import Context, Feature
from bot.standings import byline_by_now


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingMessage() if ctx.group is not None:
            asked = read_poll(incoming.text)
            if asked is not None:
                await _ask(asked, incoming, ctx.group, ctx)
        case IncomingDeletion():
            await _remove(incoming, ctx)
        case IncomingEdit():
            await _change(incoming, ctx)
        case _:
            pass


async def _ask(asked: Asked, message: IncomingMessage, group: Group, ctx: Context) -> None:
    """Put a question to all rooms; the one of its author keeps theirs to themselves."""
    if await ctx.uow.polls.by_origin(message.ref) is not None:
        return
    if await ctx.uow.relay_mutes.has(ctx.sender.id, group.id):
        await remind_that_it_stays(group, ctx)
        return
    poll = Poll(
        id=PollId(secrets.token_urlsafe(9)),
        group=group.id,
        author=ctx.sender.id,
        byline=await ctx.byline(message.sender, group=group.id, area=group.area),
        origin=message.ref,
        asked=asked,
        asked_at=ctx.now,
        closes_at=ctx.now + OPEN_FOR,
    )
    await ctx.uow.polls.add(poll)
    await ctx.uow.copies.spread(
        poll_subject(poll.id),
        [RoomRoute(room=room, audience=Audience.ROOM) for room in group.rooms],
        urgency=Urgency.TALK,
        on_doubt=OnDoubt.REPEAT_ONCE,
        answers=message.ref,
    )


async def _remove(deletion: IncomingDeletion, ctx: Context) -> None:
    poll = await ctx.uow.polls.by_origin(deletion.ref)
    if poll is not None:
        await ctx.uow.copies.withdraw(poll_subject(poll.id))
        await ctx.uow.polls.erase(poll.id)


async def _change(edit: IncomingEdit, ctx: Context) -> None:
    """Ask what is asked by now, or close the poll: votes were for what it asked before."""
    poll = await ctx.uow.polls.by_origin(edit.ref)
    asked = read_poll(edit.text)
    if poll is None or poll.author != ctx.sender.id or asked == poll.asked:
        return
    if asked and poll.is_open and not await ctx.uow.polls.votes(poll.id):
        area = ctx.group.area if ctx.group else AreaId("")
        byline = byline_by_now(poll.byline, area, ctx)
        await ctx.uow.polls.save(replace(poll, asked=asked, byline=byline))
        await show_votes(poll, ctx.uow, after=timedelta(0))
        return
    if await ctx.uow.polls.close(poll.id, ctx.now):
        await ctx.uow.polls.save(replace(poll, is_changed=True))
        await show_votes(poll, ctx.uow, after=timedelta(0))
        await answer(ctx, "polls", words("poll-changed"))


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if not isinstance(incoming, IncomingMessage) or incoming.extra is not Extra.POLL:
        return False
    # A question lives on with its words; without the consent to keep them it is only carried.
    may_keep = Purpose.REPORTS in ctx.sender.consents
    has_others = ctx.group is not None and bool(ctx.group.others(incoming.room))
    is_own = incoming.forwarded_from is None
    return may_keep and has_others and is_own and read_poll(incoming.text) is not None


FEATURE = Feature(name="polls", accepts=_accepts, handle=_handle)
CHANGES = Feature(
    name="poll_changes",
    accepts=lambda incoming, ctx: (
        isinstance(incoming, IncomingEdit | IncomingDeletion) and ctx.group is not None
    ),
    handle=_handle,
    continues=True,
)
