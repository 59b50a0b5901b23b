"""`/subscribe alby brand`, `/subscribe here 500`: following an area, a circle or a group."""

from collections.abc import Sequence
from dataclasses import replace

from bot.alert_wishes import changed_words
from bot.conversation import answer, choice, say_outside
from bot.domain.circles import Circle
from bot.domain.followed_keys import followed_key
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import Position
from bot.domain.positions import cell_of
from bot.domain.subscribe_answers import (
    Wanted,
    is_possible_radius,
    names_in,
    read_wanted,
    read_wishes_first,
    wishes_said,
)
from bot.domain.subscriptions import (
    Followed,
    OfGroup,
    Subscription,
    WholeArea,
    change_choices,
)
from bot.domain.words import Words, under_each_other, words
from bot.errors import Unacceptable
from bot.handlers.subscriptions.kinds import show_kinds
from bot.handlers.subscriptions.listing import show_one
from bot.handlers.subscriptions.naming import around, group_named, held_of, named
from bot.handlers.subscriptions.questions import (
    NAME,
    WANTED,
    ask_where,
    ask_which,
    end_question,
    suggest,
)
from bot.ports.features import Context


async def subscribe(said: str, ctx: Context) -> None:
    """Follow what is named, or ask what that shall be."""
    wanted = read_wanted(said)
    if wanted.is_here:
        await _here(wanted, said, ctx)
    elif not wanted.name:
        await ask_which(ctx)
    else:
        await _named(wanted, said, ctx)


async def _named(wanted: Wanted, said: str, ctx: Context) -> None:
    # A group's name may end like a wish: `Trygg trafik`.
    group = await group_named(said, ctx)
    if group is not None:
        await _follow(OfGroup(group.id), Wanted(), ctx)
        return
    wanted = await _as_named(wanted, ctx)
    found = {name: await named(name, ctx) for name in await _names(wanted.name, ctx)}
    unknown = next((name for name, followed in found.items() if followed is None), None)
    if unknown is not None:
        await suggest(unknown, "/subscribe", ctx, wishes=wishes_said(wanted))
        return
    match [followed for followed in found.values() if followed is not None]:
        case [alone]:
            await _follow(alone, wanted, ctx)
        case several:
            await _follow_all(several, wanted, ctx)


async def _as_named(wanted: Wanted, ctx: Context) -> Wanted:
    """Read wishes that stand before the place, unless a place is called so."""
    first = read_wishes_first(wanted)
    if first is None or await named(wanted.name, ctx) is not None:
        return wanted
    return first


async def _names(name: str, ctx: Context) -> Sequence[str]:
    """Return the places that are named; one of them may be called `Tumba och Tuna`."""
    parts = names_in(name)
    return [name] if len(parts) < 2 or await named(name, ctx) is not None else parts


async def told(incoming: IncomingMessage, ctx: Context) -> None:
    """Take the name or the place that was asked for."""
    line = ctx.awaited.state.get(WANTED) if ctx.awaited else None
    wanted = read_wanted(str(line or "här"))
    if incoming.position is None:
        await subscribe(incoming.text.plain.strip(), ctx)
    elif not await _is_known(incoming.position, ctx):
        return
    elif wanted.radius_m is not None:
        circle = around(cell_of(incoming.position), wanted.radius_m, ctx)
        await _follow(circle, wanted, ctx)
    else:
        area = ctx.areas.at(incoming.position)
        if area is not None:
            await _follow(WholeArea(area.id), wanted, ctx)
    await end_question(ctx)


async def _is_known(position: Position, ctx: Context) -> bool:
    """Whether a position lies in an area; where it does not, it is told what is near."""
    if ctx.areas.at(position) is not None:
        return True
    await say_outside(ctx, NAME, position, offers=True)
    return False


async def _here(wanted: Wanted, said: str, ctx: Context) -> None:
    """Follow where the sender is: the area, or a circle if a radius is told."""
    if wanted.radius_m is None:
        area = ctx.areas.get(ctx.sender.shared_area or "")
        if area is None:
            await ask_where(said, words("subscribe-share-place"), ctx)
        else:
            await _follow(WholeArea(area.id), wanted, ctx)
        return
    if not is_possible_radius(wanted.radius_m):
        raise Unacceptable("circle-radius")
    if ctx.sender.shared_cell is None:
        await ask_where(said, words("circle-where"), ctx)
    else:
        await _follow(around(ctx.sender.shared_cell, wanted.radius_m, ctx), wanted, ctx)


async def _follow(followed: Followed, wanted: Wanted, ctx: Context) -> None:
    """Add it, or change what was said of it; what was not said stays as it was."""
    held = await held_of(followed, ctx)
    if held is not None and wanted.changes:
        await show_one(held, ctx)
        return
    after = await _put(followed, wanted, held, ctx)
    await end_question(ctx)
    if wanted.opens_kinds:
        await show_kinds(after, ctx)
        return
    said = under_each_other([await changed_words(ctx), *_remarks(followed)])
    await answer(ctx, NAME, said, rows=change_choices(after, followed_key(followed)))


async def _follow_all(several: Sequence[Followed], wanted: Wanted, ctx: Context) -> None:
    """Follow more than one place named in a line, and say it once."""
    for followed in several:
        await _put(followed, wanted, await held_of(followed, ctx), ctx)
    await end_question(ctx)
    rows = ((choice("subscriptions-all", "/subscriptions"),),)
    await answer(ctx, NAME, await changed_words(ctx), rows=rows)


async def _put(
    followed: Followed, wanted: Wanted, held: Subscription | None, ctx: Context
) -> Subscription:
    before = held or Subscription(person=ctx.sender.id, followed=followed)
    after = replace(
        before, at_least=wanted.at_least or before.at_least, kinds=wanted.kinds or before.kinds
    )
    await ctx.uow.subscriptions.put(after, ctx.now)
    return after


def _remarks(followed: Followed) -> Sequence[Words]:
    return [words("circle-is-rough")] if isinstance(followed, Circle) else []
