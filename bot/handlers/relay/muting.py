"""`/mute_relay`: one's own lines stay on their side of a group; reports go on to all."""

from bot.carried_lines import MUTE_RELAY as NAME
from bot.carried_lines import mute_button
from bot.conversation import answer
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.ports.features import Context, Feature, is_command

_ON = frozenset({"on", "på", "pa", "ja"})
_OFF = frozenset({"off", "av", "nej"})


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    wanted = [word.casefold() for word in incoming.command.words]
    group = await _named(wanted, ctx) or ctx.group
    if group is None:
        await _ask(ctx)
        return
    if _OFF.intersection(wanted):
        await ctx.uow.relay_mutes.drop(ctx.sender.id, group.id)
    elif _ON.intersection(wanted) or not incoming.is_direct:
        await ctx.uow.relay_mutes.put(ctx.sender.id, group.id, ctx.now)
    await _say(group, ctx)


async def _named(wanted: list[str], ctx: Context) -> Group | None:
    """Return the group that is named; only somebody's own can be."""
    own = await ctx.uow.groups.written_in_by(ctx.sender.id)
    return next((group for group in own if group.id in wanted), None)


async def _ask(ctx: Context) -> None:
    """Offer a person's groups, each with what can be changed there."""
    own = await ctx.uow.groups.written_in_by(ctx.sender.id)
    if not own:
        raise Unacceptable("mute-relay-no-group")
    rows = [[await mute_button("mute-relay-in", group, ctx)] for group in own]
    await answer(ctx, NAME, words("mute-relay-which"), rows=rows)


async def _say(group: Group, ctx: Context) -> None:
    said = words("mute-relay-set", stays=await _stays(group, ctx), group=group.name)
    await answer(ctx, NAME, said, rows=[[await mute_button("mute-relay-change", group, ctx)]])


async def _stays(group: Group, ctx: Context) -> str:
    return "yes" if await ctx.uow.relay_mutes.has(ctx.sender.id, group.id) else "no"


FEATURE = Feature(
    name=NAME,
    commands=("mute_relay",),
    accepts=lambda incoming, _ctx: is_command(incoming, "mute_relay"),
    handle=_handle,
)
