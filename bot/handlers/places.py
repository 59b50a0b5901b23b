"""A position shared in private: where somebody is just now, as an area and for two hours."""

from datetime import timedelta

from bot.conversation import answer, choice
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
        near = ctx.areas.near(incoming.position)
        rows = [[choice("area-button", f"/subscribe {a.id}", name=a.name)] for a in near]
        said = words("place-outside", near=", ".join(a.name for a in near), any_near=_any(near))
        await answer(ctx, NAME, said, rows=rows)
        return
    await ctx.uow.people.share_area(ctx.sender.id, area.id, ctx.now + HOLDS_FOR)
    rows = [
        [choice("place-report", "/report")],
        [choice("place-subscribe", f"/subscribe {area.id}", name=area.name)],
    ]
    await answer(ctx, NAME, words("place-known", area=area.name), rows=rows)


def _any(found: object) -> str:
    return "yes" if found else "no"


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
