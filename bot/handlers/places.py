"""A position shared in private: where somebody is just now, as an area and for two hours."""

from datetime import timedelta

from bot.conversation import answer, choice, say_outside
from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.words import words
from bot.ports.features import Context, Feature

NAME = "places"
HOLDS_FOR = timedelta(hours=2)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.position is None:
        return
    area = ctx.areas.at(incoming.position)
    if area is None:
        await say_outside(ctx, NAME, incoming.position, offers=True)
        return
    await ctx.uow.people.share_area(ctx.sender.id, area.id, ctx.now + HOLDS_FOR)
    rows = [
        [choice("place-report", "/report")],
        [choice("place-subscribe", f"/subscribe {area.id}", name=area.name)],
    ]
    await answer(ctx, NAME, words("place-known", area=area.name), rows=rows)


def _accepts(incoming: Incoming, _ctx: Context) -> bool:
    return (
        isinstance(incoming, IncomingMessage)
        and incoming.is_direct
        and incoming.position is not None
    )


FEATURE = Feature(
    name=NAME,
    accepts=_accepts,
    handle=_handle,
    needs=lambda _incoming, _ctx: Need(Purpose.PLACE),
)
