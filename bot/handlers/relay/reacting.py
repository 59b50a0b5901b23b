"""What people feel about a line, wherever they read it."""

from datetime import timedelta

from bot.domain.copies import SubjectKind
from bot.domain.effects import Urgency
from bot.domain.incoming import IncomingPress, IncomingReaction
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.people import PersonId
from bot.domain.reactions import (
    EACH_AT_MOST,
    Counted,
    Reaction,
    read_emoji,
    set_elsewhere,
    tally_of,
)
from bot.domain.relays import Relay
from bot.handlers.relay.showing import relay_subject
from bot.handlers.relay.tallies import REACT
from bot.ports.features import Context
from bot.ports.store import UnitOfWork

TALLIES_SETTLE = timedelta(seconds=5)
"""What comes together changes the copies once: a room's edits are few, its emoji many."""


async def react(incoming: IncomingReaction, ctx: Context) -> None:
    """Count an emoji that was set on a line or on a copy of it, or taken back."""
    relay = await _relay_at(incoming.ref, ctx.uow)
    if relay is None or relay.stays or _is_old(relay, ctx):
        return
    if incoming.added and await ctx.uow.relay_mutes.has(ctx.sender.id, relay.group):
        # Who keeps their words on their side does not speak by signs on the other.
        return
    if await _settled(incoming, relay, ctx):
        await show_tally(relay, ctx.uow)


async def press(incoming: IncomingPress, ctx: Context) -> None:
    """Set an emoji by the button that counts it, or take it back by pressing again."""
    if ctx.pressed is None:
        return
    relay = await ctx.uow.relays.get(ctx.pressed.copy.subject.id)
    if relay is None or _is_old(relay, ctx):
        return
    emoji = read_emoji(ctx.pressed.action.removeprefix(REACT))
    is_muted = await ctx.uow.relay_mutes.has(ctx.sender.id, relay.group)
    if not await ctx.uow.reactions.drop(relay.id, ctx.sender.id, emoji) and not is_muted:
        await _add(emoji, relay, incoming.room, ctx)
    await show_tally(relay, ctx.uow)


async def show_tally(relay: Relay, uow: UnitOfWork) -> None:
    """Let the copies show by and by who feels what, and the bot stand in for them on the line."""
    await uow.copies.refresh(relay_subject(relay.id), urgency=Urgency.LATER, after=TALLIES_SETTLE)
    await uow.copies.echo(relay.origin, after=TALLIES_SETTLE)


async def erase_reactions(person: PersonId, uow: UnitOfWork) -> None:
    """Let no tally count somebody any more."""
    for touched in await uow.reactions.erase_of_person(person):
        relay = await uow.relays.get(touched)
        if relay is not None:
            await show_tally(relay, uow)


async def felt_elsewhere(origin: MessageRef, uow: UnitOfWork) -> tuple[Counted, ...]:
    """Count what people in the other rooms feel about a line; nothing if it is forgotten."""
    relay = await uow.relays.by_origin(origin)
    if relay is None:
        return ()
    return tally_of(set_elsewhere(await uow.reactions.of_relay(relay.id), origin.room))


def _is_old(relay: Relay, ctx: Context) -> bool:
    return relay.sent_at <= ctx.now - ctx.lifetimes.relayed_message


async def _relay_at(ref: MessageRef, uow: UnitOfWork) -> Relay | None:
    copy = await uow.copies.by_message(ref)
    if copy is None:
        return await uow.relays.by_origin(ref)
    if copy.subject.kind is not SubjectKind.RELAY:
        return None
    return await uow.relays.get(copy.subject.id)


async def _settled(incoming: IncomingReaction, relay: Relay, ctx: Context) -> bool:
    """Store what somebody feels by now; whether that is news."""
    if incoming.standing is not None:
        return await _is_now({read_emoji(one) for one in incoming.standing}, incoming, relay, ctx)
    emoji = read_emoji(incoming.emoji)
    if incoming.added:
        return await _add(emoji, relay, incoming.room, ctx)
    return await ctx.uow.reactions.drop(relay.id, ctx.sender.id, emoji, room=incoming.room)


async def _is_now(
    standing: set[str], incoming: IncomingReaction, relay: Relay, ctx: Context
) -> bool:
    """Store all that somebody has set on a message; whether something of it is news."""
    is_news = await ctx.uow.reactions.keep_only(relay.id, ctx.sender.id, incoming.room, standing)
    for emoji in sorted(standing):
        is_news = await _add(emoji, relay, incoming.room, ctx) or is_news
    return is_news


async def _add(emoji: str, relay: Relay, room: RoomRef, ctx: Context) -> bool:
    mine = {r.emoji for r in await _mine(relay, ctx) if r.emoji != emoji}
    if len(mine) >= EACH_AT_MOST:
        return False
    return await ctx.uow.reactions.add(
        Reaction(relay=relay.id, person=ctx.sender.id, room=room, emoji=emoji, set_at=ctx.now)
    )


async def _mine(relay: Relay, ctx: Context) -> list[Reaction]:
    reactions = await ctx.uow.reactions.of_relay(relay.id)
    return [reaction for reaction in reactions if reaction.person == ctx.sender.id]
