"""What a name means: an area, a group that the sender may hear of, or a circle."""

from bot.domain.areas import slug_of
from bot.domain.circles import Circle
from bot.domain.followed_keys import read_followed_key
from bot.domain.groups import Access, Group, GroupId
from bot.domain.positions import Cell, middle_of
from bot.domain.subscriptions import Followed, OfGroup, Subscription, WholeArea
from bot.handlers.subscriptions.questions import NAME
from bot.ports.features import Context
from bot.whereabouts import area_meant


async def named(name: str, ctx: Context) -> Followed | None:
    """Return what a name means, None if nothing or too much is called so."""
    keyed = read_followed_key(name)
    if isinstance(keyed, Circle):
        return around(keyed.cell, keyed.radius_m, ctx)
    group = await group_named(keyed.group if keyed else name, ctx)
    if group is not None:
        return OfGroup(group.id)
    area = await area_meant(name, ctx, NAME)
    return WholeArea(area.id) if area else None


def around(cell: Cell, radius_m: int, ctx: Context) -> Circle:
    """Return a circle, with the area in which its middle lies."""
    area = ctx.areas.at(middle_of(cell))
    return Circle(cell=cell, radius_m=radius_m, lies_in=area.id if area else None)


async def own_named(name: str, ctx: Context) -> Subscription | None:
    """Return what the sender follows under a name, also what has left the map since."""
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    meant = read_followed_key(name) or await named(name, ctx)
    found = (one for one in own if one.followed == meant or one.area == name)
    return next(found, None)


async def held_of(followed: Followed, ctx: Context) -> Subscription | None:
    """Return the sender's subscription to something, None if there is none."""
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    return next((one for one in own if one.followed == followed), None)


async def group_named(name: str, ctx: Context) -> Group | None:
    """Return a group by name or slug; a locked one only for those who write in it."""
    for own in await ctx.uow.groups.written_in_by(ctx.sender.id):
        if name == own.id or name.casefold() == own.name.casefold():
            return own
    group = await ctx.uow.groups.get(GroupId(slug_of(name)))
    is_open = group is not None and group.access is Access.OPEN
    return group if is_open else None
