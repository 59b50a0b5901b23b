"""A position shared in private: where somebody is just now, as an area and for two hours."""

from datetime import timedelta

from bot.conversation import answer, choice, say_outside
from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingEdit, IncomingMessage
from bot.domain.messages import Position
from bot.domain.positions import cell_of
from bot.domain.words import words
from bot.ports.features import Context, Feature, shares_a_place
from bot.ports.holdings import Chore, Holding, Pace, Upkeep

NAME = "places"
HOLDS_FOR = timedelta(hours=2)
NEAR_M = (500, 1000)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingMessage(position=Position() as position):
            await _begin(position, ctx)
        case IncomingEdit(position=Position() as position):
            await _go_on(position, ctx)
        case _:
            pass


async def _go_on(position: Position, ctx: Context) -> None:
    """Follow who shares the way, without a word; outside of all areas the last one stands."""
    area = ctx.areas.at(position)
    if area is not None:
        await ctx.uow.people.share_area(
            ctx.sender.id, area.id, ctx.now + HOLDS_FOR, cell=cell_of(position)
        )


async def _begin(position: Position, ctx: Context) -> None:
    area = ctx.areas.at(position)
    if area is None:
        # Where somebody was before is no place for what happens here.
        await ctx.uow.people.share_area(ctx.sender.id, "", ctx.now)
        await say_outside(ctx, NAME, position, offers=True)
        return
    await ctx.uow.people.share_area(
        ctx.sender.id, area.id, ctx.now + HOLDS_FOR, cell=cell_of(position)
    )
    rows = [
        [choice("place-report", "/report")],
        [choice("place-subscribe", f"/subscribe {area.id}", name=area.name)],
        [
            choice(f"place-around-{radius_m}", f"/subscribe around:{cell_of(position)}:{radius_m}")
            for radius_m in NEAR_M
        ],
    ]
    await answer(ctx, NAME, words("place-known", area=area.name), rows=rows)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if not incoming.is_direct:
        return False
    if isinstance(incoming, IncomingEdit):
        # Nobody is asked again with each step.
        return incoming.position is not None and Purpose.PLACE in ctx.sender.consents
    return shares_a_place(incoming)


async def _forget_old(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.people.forget_shared(upkeep.now)


FEATURE = Feature(
    name=NAME,
    accepts=_accepts,
    handle=_handle,
    needs=lambda _incoming, _ctx: Need(Purpose.PLACE),
)
HOLDING = Holding(
    name=NAME,
    chores=(Chore(name="forget_shared_places", pace=Pace.SELDOM, do=_forget_old),),
)
