"""Keeping how somebody wants to be alerted, and telling it back."""

from typing import assert_never

from bot.conversation import choice
from bot.domain.alert_summary import Extent, Told, summary_words
from bot.domain.alerting import AlertSettings
from bot.domain.areas import AreaId, AreaKind
from bot.domain.circles import Circle
from bot.domain.notes import Choice
from bot.domain.quiet_hours import quiet_span
from bot.domain.subscriptions import OfGroup, Subscription, WholeArea, followed_areas
from bot.domain.words import Words, words
from bot.ports.features import Context

_SMALLEST = frozenset({AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE})


async def keep_settings(settings: AlertSettings, ctx: Context) -> None:
    """Keep the sender's settings."""
    quiet = quiet_span(settings.quiet, ctx.now, ctx.zone)
    await ctx.uow.alert_settings.put(ctx.sender.id, settings, quiet)


async def changed_words(ctx: Context) -> Words:
    """Say that it is done, and what holds from now on."""
    return words("alerts-changed", summary=await summary_for_sender(ctx))


async def summary_for_sender(ctx: Context) -> Words:
    """Say in one sentence all that the sender has asked for."""
    settings = await ctx.uow.alert_settings.of(ctx.sender.id)
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    return summary_words([await as_told(one, ctx) for one in own], settings, ctx.now)


async def follow_choice(slug: AreaId, ctx: Context) -> Choice | None:
    """Return a button that follows an area; None if it, or what it lies in, is followed."""
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    if {*followed_areas(own)} & {*ctx.chain(slug)} or ctx.areas.get(slug) is None:
        return None
    return choice("place-subscribe", f"/subscribe {slug}", name=ctx.areas.name(slug))


async def as_told(one: Subscription, ctx: Context) -> Told:
    """Return what somebody follows by the name it has now."""
    match one.followed:
        case WholeArea(area):
            return _area(area, one, ctx)
        case OfGroup(group):
            found = await ctx.uow.groups.get(group)
            return _of(one, Extent.GROUP, found.name if found else group)
        case Circle(radius_m=radius_m, lies_in=area):
            name = ctx.areas.name(area) if area else ""
            return _of(one, Extent.CIRCLE, name, radius_m=radius_m)
        case _ as never:
            assert_never(never)


def _area(slug: AreaId, one: Subscription, ctx: Context) -> Told:
    area = ctx.areas.get(slug)
    is_whole = area is not None and area.kind not in _SMALLEST
    extent = Extent.WHOLE_AREA if is_whole else Extent.AREA
    return _of(one, extent, ctx.areas.name(slug), chain=ctx.chain(slug))


def _of(
    one: Subscription,
    extent: Extent,
    name: str,
    *,
    radius_m: int = 0,
    chain: tuple[AreaId, ...] = (),
) -> Told:
    return Told(
        extent=extent,
        name=name,
        at_least=one.at_least,
        kinds=one.kinds,
        radius_m=radius_m,
        chain=chain,
    )
