"""Taking a line out of all rooms because a moderator has removed it where it was carried to."""

from bot.carried_lines import take_back
from bot.domain.copies import SubjectKind
from bot.domain.incoming import IncomingDeletion
from bot.domain.messages import MessageRef
from bot.domain.people import Role
from bot.domain.relays import Relay
from bot.ports.features import Context

_STEWARDS = frozenset({Role.MODERATOR, Role.COORDINATOR})


async def remove_with_copy(deletion: IncomingDeletion, ctx: Context) -> None:
    """Take a line away wherever it stands, if whoever removed a copy of it may decide that."""
    relay = await _shown_in(deletion, ctx)
    if relay is None or ctx.group is None or relay.group != ctx.group.id:
        return
    if not (deletion.may_remove_others or _is_steward(ctx)):
        return
    await ctx.uow.audit.note("line.removed", relay.group, by=ctx.sender.id, now=ctx.now)
    origin, parts = relay.origin, await ctx.uow.relays.parts(relay.id)
    for part in parts:
        await _take_back_below(part, relay, ctx)
    await take_back(relay, ctx)
    there = ctx.platforms.get(origin.room.platform)
    if there is not None and there.can_redact_others and origin.room not in ctx.group.keeping:
        for message in (origin, *parts):
            await ctx.uow.copies.redact(message)


async def _take_back_below(part: MessageRef, album: Relay, ctx: Context) -> None:
    """Take away what was written later below one picture of an album."""
    below = await ctx.uow.relays.by_origin(part)
    if below is not None and below.id != album.id:
        await take_back(below, ctx)


async def _shown_in(deletion: IncomingDeletion, ctx: Context) -> Relay | None:
    copy = await ctx.uow.copies.by_message(deletion.ref)
    if copy is None or copy.subject.kind is not SubjectKind.RELAY:
        return None
    return await ctx.uow.relays.get(copy.subject.id)


def _is_steward(ctx: Context) -> bool:
    area = ctx.group.area if ctx.group else None
    held = ctx.sender.roles_at(ctx.chain(area), ctx.now) if area else frozenset()
    return not _STEWARDS.isdisjoint(held)
