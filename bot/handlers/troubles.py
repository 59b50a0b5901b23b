"""Troubles of a whole platform, told to coordinators wherever they can be reached."""

from bot.coordinators import begin_trouble, end_trouble
from bot.domain.incoming import Incoming
from bot.domain.platform_troubles import PlatformTrouble
from bot.domain.room_news import IncomingTroubles
from bot.domain.words import words
from bot.ports.features import Context, Feature


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if isinstance(incoming, IncomingTroubles):
        for trouble in PlatformTrouble:
            await _compare(trouble, incoming, ctx)


async def _compare(trouble: PlatformTrouble, incoming: IncomingTroubles, ctx: Context) -> None:
    """Tell what is wrong by now, or that it is over; what is known already is not told."""
    platform = incoming.platform.value
    key = f"{platform} {trouble.value}"
    if trouble in incoming.troubles:
        said = words(f"platform-trouble-{trouble.value}", platform=platform)
        await begin_trouble(key, said, uow=ctx.uow, now=ctx.now)
    else:
        said = words("platform-trouble-over", trouble=trouble.value, platform=platform)
        await end_trouble(key, said, uow=ctx.uow, now=ctx.now)


FEATURE = Feature(
    name="troubles",
    accepts=lambda incoming, _ctx: isinstance(incoming, IncomingTroubles),
    handle=_handle,
)
