"""Where somebody is, writes and follows, and which area a name means from there."""

from collections.abc import Sequence

from bot.conversation import answer
from bot.domain.area_names import postal_code_in
from bot.domain.areas import Area, AreaId
from bot.domain.subscriptions import followed_areas
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.ports.features import Context

_NAME_CHARS = 60
"""So much is said again of a name that means nothing."""


async def own_areas(ctx: Context) -> tuple[AreaId, ...]:
    """Return the areas of somebody, the one they are in just now first."""
    own = [AreaId(ctx.sender.shared_area)] if ctx.sender.shared_area else []
    if ctx.group is not None:
        own.append(ctx.group.area)
    own += [group.area for group in await ctx.uow.groups.written_in_by(ctx.sender.id)]
    own += followed_areas(await ctx.uow.subscriptions.of(ctx.sender.id))
    return tuple(dict.fromkeys(own))


async def area_meant(name: str, ctx: Context, feature: str) -> Area | None:
    """Return the area that a name surely means; of namesakes the one near the sender.

    A postal code means its municipality, and the sender is told that it is no nearer than that.
    """
    area = ctx.areas.find(name, near=await own_areas(ctx))
    code = postal_code_in(name)
    if area is not None and code is not None:
        said = words("place-by-postal-code", code=f"{code[:3]} {code[3:]}", area=area.name)
        await answer(ctx, feature, said)
    return area


async def areas_like(name: str, ctx: Context) -> Sequence[Area]:
    """Return up to three areas that a name may mean; those near the sender gain."""
    return ctx.areas.suggest(name, near=await own_areas(ctx))


def unknown_area(name: str, near: Sequence[Area], ctx: Context) -> Unacceptable:
    """Return the answer to a name that means no area; it tells which may be meant."""
    return Unacceptable(
        "place-unknown",
        name=name[:_NAME_CHARS],
        near=", ".join(ctx.areas.title(area) for area in near),
        any_near="yes" if near else "no",
    )
