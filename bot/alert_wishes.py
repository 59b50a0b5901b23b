"""Keeping how somebody wants to be alerted, and telling it back."""

from collections.abc import Sequence

from bot.domain.alert_summary import Extent, Told, summary_words
from bot.domain.alerting import AlertSettings
from bot.domain.areas import AreaKind
from bot.domain.quiet_hours import quiet_span
from bot.domain.subscriptions import Subscription
from bot.domain.words import Words
from bot.ports.features import Context

_SMALLEST = frozenset({AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE})


async def keep_settings(settings: AlertSettings, ctx: Context) -> None:
    """Keep the sender's settings."""
    quiet = quiet_span(settings.quiet, ctx.now, ctx.zone)
    await ctx.uow.alert_settings.put(ctx.sender.id, settings, quiet)


async def summary_for_sender(ctx: Context) -> Words:
    """Say in one sentence all that the sender has asked for."""
    settings = await ctx.uow.alert_settings.of(ctx.sender.id)
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    return summary_words(await followed_as_told(own, ctx), settings, ctx.now)


async def followed_as_told(own: Sequence[Subscription], ctx: Context) -> Sequence[Told]:
    """Return what somebody follows by the names it has now."""
    return [_told(one, ctx) for one in own]


def _told(one: Subscription, ctx: Context) -> Told:
    area = ctx.areas.get(one.area)
    is_whole = area is not None and area.kind not in _SMALLEST
    return Told(
        extent=Extent.WHOLE_AREA if is_whole else Extent.AREA,
        name=ctx.areas.name(one.area),
        at_least=one.at_least,
        chain=ctx.chain(one.area),
    )
