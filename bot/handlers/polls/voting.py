"""Choosing by a button, by an emoji or in the platform's own poll; closing."""

from datetime import timedelta

from bot.domain.copies import SubjectKind
from bot.domain.effects import Urgency
from bot.domain.incoming import (
    Incoming,
    IncomingPollEnd,
    IncomingPress,
    IncomingReaction,
    IncomingVote,
)
from bot.domain.polls import Asked, Poll, PollId, choice_of_sign
from bot.domain.reactions import read_emoji
from bot.errors import NotPermitted, UnknownButton
from bot.handlers.polls.card import CLOSE, VOTE, poll_subject
from bot.ports.features import Context, Feature
from bot.ports.store import UnitOfWork

VOTES_SETTLE = timedelta(seconds=3)
"""Votes that come together change the cards once."""


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingVote():
            poll = await ctx.uow.polls.by_origin(incoming.ref)
            if poll is not None:
                await _choose(poll, next(iter(incoming.choices), None), ctx)
        case IncomingPollEnd():
            await _end(incoming, ctx)
        case IncomingPress():
            await _press(ctx)
        case IncomingReaction():
            await _sign(incoming, ctx)
        case _:
            pass


async def _press(ctx: Context) -> None:
    if ctx.pressed is None:
        return
    poll = await ctx.uow.polls.get(PollId(ctx.pressed.copy.subject.id))
    if poll is None or not poll.is_open:
        raise UnknownButton("poll-is-closed")
    if ctx.pressed.action == CLOSE:
        await _close(poll, ctx)
        return
    number = ctx.pressed.action.removeprefix(VOTE)
    if not number.isdecimal() or len(number) > 2:
        raise UnknownButton
    await _choose(poll, int(number), ctx)


async def _close(poll: Poll, ctx: Context) -> None:
    if poll.author != ctx.sender.id:
        raise NotPermitted("poll-is-another-s")
    await _end_votes(poll, ctx)


async def _end_votes(poll: Poll, ctx: Context) -> None:
    if await ctx.uow.polls.close(poll.id, ctx.now):
        await show_votes(poll, ctx.uow, after=timedelta(0))


async def _end(end: IncomingPollEnd, ctx: Context) -> None:
    """Close a poll with the platform's own, if its apps take notice of the end, too."""
    poll = await ctx.uow.polls.by_origin(end.ref)
    if poll is not None and (poll.author == ctx.sender.id or end.may_end_others):
        await _end_votes(poll, ctx)


async def _sign(reaction: IncomingReaction, ctx: Context) -> None:
    """Take the emoji of a number for its button, where there are no buttons."""
    choice = choice_of_sign(read_emoji(reaction.emoji))
    copy = await ctx.uow.copies.by_message(reaction.ref)
    if copy is None or copy.subject.kind is not SubjectKind.POLL:
        return
    poll = await ctx.uow.polls.get(PollId(copy.subject.id))
    if poll is None:
        return
    if reaction.added:
        await _choose(poll, choice, ctx)
    elif (await ctx.uow.polls.votes(poll.id)).get(ctx.sender.id) == choice:
        await _choose(poll, None, ctx)


async def _choose(poll: Poll, choice: int | None, ctx: Context) -> None:
    """Store what somebody chooses by now; None takes it back."""
    if not poll.is_open or poll.asked is None:
        return
    if choice is None:
        is_news = await ctx.uow.polls.take_back(poll.id, ctx.sender.id)
    else:
        _require_choice(poll.asked, choice)
        is_news = await ctx.uow.polls.vote(poll.id, ctx.sender.id, choice, ctx.now)
    if is_news:
        await show_votes(poll, ctx.uow, after=VOTES_SETTLE)


def _require_choice(asked: Asked, choice: int) -> None:
    if choice >= len(asked.choices):
        raise UnknownButton


async def show_votes(poll: Poll, uow: UnitOfWork, *, after: timedelta) -> None:
    """Let the cards show the tally by and by."""
    await uow.copies.refresh(poll_subject(poll.id), urgency=Urgency.LATER, after=after)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if isinstance(incoming, IncomingVote | IncomingPollEnd):
        return ctx.group is not None
    pressed = ctx.pressed.copy.subject.kind if ctx.pressed else None
    return isinstance(incoming, IncomingPress) and pressed is SubjectKind.POLL


def _is_sign(incoming: Incoming, _ctx: Context) -> bool:
    return (
        isinstance(incoming, IncomingReaction)
        and choice_of_sign(read_emoji(incoming.emoji)) is not None
    )


FEATURE = Feature(name="poll_votes", accepts=_accepts, handle=_handle)
SIGNS = Feature(name="poll_signs", accepts=_is_sign, handle=_handle, continues=True)
