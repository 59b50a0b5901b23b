"""Lines that come again and again: a bot in the room carries back what this one brings."""

from bot.conversation import say_once_a_day
from bot.coordinators import begin_trouble
from bot.domain.groups import Group
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import RoomRef
from bot.domain.trails import MAX_REPEATS, without_bylines
from bot.domain.words import words
from bot.ports.features import Context


def what_is_said(message: IncomingMessage, ctx: Context) -> str:
    """Return what tells one line from another: its words, else its files or its place."""
    place = message.position
    pointed_at = [f"{place.lat:.5f} {place.lon:.5f}"] if place else []
    return without_bylines(message.text) or "\n".join([*ctx.files.prints, *pointed_at])


async def goes_in_circles(said: str, room: RoomRef, ctx: Context) -> bool:
    """Whether somebody has said the same so often of late that it goes no further.

    What is held back counts too, so that what goes round stays stopped.
    """
    before = await ctx.uow.relays.times_said(said, ctx.sender.id, room) if said else 0
    return before >= MAX_REPEATS


async def tell_of_circle(room: RoomRef, group: Group, ctx: Context) -> None:
    """Tell those who can act, and whoever says the same so often, each once a day."""
    said = words("relay-circles", group=group.name, platform=room.platform.value)
    await begin_trouble(f"circle {room} {ctx.now:%F}", said, uow=ctx.uow, now=ctx.now)
    repeated = words("relay-repeated", group=group.name)
    await say_once_a_day(ctx, "relay", repeated, about=group.id)
