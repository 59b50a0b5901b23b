"""`/subscribe alby brand`, `/subscribe here 500`: following an area, a circle or a group."""

from collections.abc import Sequence

from bot.alert_wishes import changed_words
from bot.conversation import answer, say_outside
from bot.domain.circles import Circle
from bot.domain.followed_keys import followed_key
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import Position
from bot.domain.positions import cell_of
from bot.domain.subscribe_answers import Wanted, is_possible_radius, read_wanted
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
    followed = OfGroup(group.id) if group else await named(wanted.name, ctx)
    if followed is None:
        await suggest(wanted.name, "/subscribe", ctx)
    else:
        await _follow(followed, Wanted() if group else wanted, ctx)


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
        await subscribe(area.id if area else "", ctx)
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
            raise Unacceptable("subscribe-share-place")
        await _follow(WholeArea(area.id), wanted, ctx)
        return
    if not is_possible_radius(wanted.radius_m):
        raise Unacceptable("circle-radius")
    if ctx.sender.shared_cell is None:
        await ask_where(said, ctx)
    else:
        await _follow(around(ctx.sender.shared_cell, wanted.radius_m, ctx), wanted, ctx)


async def _follow(followed: Followed, wanted: Wanted, ctx: Context) -> None:
    """Add it, or change what was said of it; what was not said stays as it was."""
    held = await held_of(followed, ctx)
    before = held or Subscription(person=ctx.sender.id, followed=followed)
    if held is not None and wanted.changes:
        await show_one(held, ctx)
        return
    after = Subscription(
        person=ctx.sender.id,
        followed=followed,
        at_least=before.at_least if wanted.at_least is None else wanted.at_least,
        kinds=wanted.kinds or before.kinds,
    )
    await ctx.uow.subscriptions.put(after, ctx.now)
    await end_question(ctx)
    if wanted.opens_kinds:
        await show_kinds(after, ctx)
        return
    said = under_each_other([await changed_words(ctx), *_remarks(followed)])
    await answer(ctx, NAME, said, rows=change_choices(after, followed_key(followed)))


def _remarks(followed: Followed) -> Sequence[Words]:
    return [words("circle-is-rough")] if isinstance(followed, Circle) else []
