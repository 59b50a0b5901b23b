"""Who will see a report, in words."""

from collections.abc import Sequence

from bot.domain.routing import Audience, RoomRoute, Spread, reaches_subscribers, seen_in
from bot.domain.words import Words, words
from bot.ports.features import Context


async def reach_said(spread: Spread, routes: Sequence[RoomRoute], ctx: Context) -> Words:
    """Count who gets a report and say it in one phrase."""
    rooms = [route.room for route in routes if route.audience is Audience.ROOM]
    followers = 0
    if reaches_subscribers(spread):
        followers = await ctx.uow.subscriptions.count(spread, seen_in=seen_in(routes))
    group = await ctx.uow.groups.get(spread.group) if spread.group else None
    *desks, last_desk = await _desk_names(spread, routes, ctx) or ("",)
    has_before = group is not None or bool(rooms)
    return words(
        "report-reach",
        group=group.name if group else "",
        in_group="yes" if group else "no",
        rooms=len(rooms),
        people=await ctx.uow.groups.member_count(rooms),
        followers=followers,
        area=ctx.areas.name(spread.chain[0]),
        in_area="yes" if reaches_subscribers(spread) else "no",
        others=("more" if last_desk else "last") if has_before else "none",
        desks=", ".join(desks),
        last_desk=last_desk,
        to_desks=("several" if desks else "one") if last_desk else "none",
    )


async def _desk_names(spread: Spread, routes: Sequence[RoomRoute], ctx: Context) -> Sequence[str]:
    desks = {route.room for route in routes if route.audience is Audience.DESK}
    if not desks:
        return []
    covering = await ctx.uow.organisations.covering(spread.chain)
    return [o.name for o in covering if not desks.isdisjoint(o.desk_rooms)]
