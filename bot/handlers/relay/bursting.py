"""Bringing lines to the other rooms: one by one, or together where too many wait."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.bursts import KEPT_FOR, MAX_LINES, Burst, BurstId, burst_subject, must_join
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.messages import RoomRef
from bot.domain.relays import Relay
from bot.domain.routing import Audience, RoomRoute
from bot.errors import UnknownButton
from bot.handlers.relay.showing import relay_subject
from bot.ports.features import Context


async def bring(relay: Relay, rooms: Sequence[RoomRef], ctx: Context) -> None:
    """Show a line in rooms, after all that waits there already."""
    alone = [room for room in rooms if not await _joined(relay, room, ctx)]
    await ctx.uow.copies.spread(
        relay_subject(relay.id), _routes(alone), urgency=Urgency.TALK, on_doubt=OnDoubt.REPEAT_ONCE
    )


async def show_all(ctx: Context) -> None:
    """Show all lines of a burst in private to whoever asks for them."""
    if ctx.pressed is None:
        return
    burst = await ctx.uow.bursts.get(BurstId(ctx.pressed.copy.subject.id))
    if burst is None or burst.kept_until <= ctx.now:
        raise UnknownButton("burst-too-old")
    subject = burst_subject(burst.id)
    if not await ctx.uow.copies.reached(subject, ctx.sender.id):
        await ctx.uow.copies.show_to(subject, ctx.private, urgency=Urgency.ANSWER)


async def _joined(relay: Relay, room: RoomRef, ctx: Context) -> bool:
    """Put a line among others that wait for a room, if so many do."""
    uow = ctx.uow
    crowd = await uow.bursts.crowd(room)
    if not must_join(relay, crowd, after_lines=ctx.burst_after_lines):
        return False
    burst, kept_until = crowd.last, ctx.now + KEPT_FOR
    if burst is None or len(burst.lines) >= MAX_LINES:
        burst = Burst(
            id=BurstId(secrets.token_urlsafe(9)),
            room=room,
            group=relay.group,
            kept_until=kept_until,
        )
        await uow.bursts.begin(burst)
    await uow.bursts.join(burst.id, relay.id, kept_until=kept_until)
    subject = burst_subject(burst.id)
    if burst.lines:
        await uow.copies.refresh(subject, urgency=Urgency.TALK, after=timedelta(0))
    else:
        await uow.copies.spread(
            subject, _routes([room]), urgency=Urgency.TALK, on_doubt=OnDoubt.REPEAT_ONCE
        )
    return True


def _routes(rooms: Sequence[RoomRef]) -> list[RoomRoute]:
    return [RoomRoute(room=room, audience=Audience.ROOM) for room in rooms]
