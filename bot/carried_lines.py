"""Lines that are carried between rooms, and those that their author keeps in one."""

from bot.bursts import take_out_of_bursts
from bot.conversation import choice, say_once_a_day
from bot.domain.copies import Subject, SubjectKind
from bot.domain.groups import Group
from bot.domain.notes import Choice
from bot.domain.relays import Relay
from bot.domain.words import words
from bot.ports.features import Context

MUTE_RELAY = "mute_relay"


async def take_back(relay: Relay, ctx: Context) -> None:
    """Take a line out of all rooms to which it was carried, with what people feel about it."""
    await ctx.uow.copies.withdraw(Subject(SubjectKind.RELAY, relay.id))
    await take_out_of_bursts(relay.id, ctx.uow)
    await ctx.uow.reactions.erase_of_relay(relay.id)
    for media in await ctx.uow.relays.erase(relay.id):
        await ctx.media.discard(media)


async def remind_that_it_stays(group: Group, ctx: Context) -> None:
    """Say without a sound, once a day, that a line has stayed and how that is changed."""
    said = words("mute-relay-stayed", group=group.name)
    rows = [[await mute_button("mute-relay-change", group, ctx)]]
    await say_once_a_day(ctx, MUTE_RELAY, said, about=group.id, rows=rows)


async def mute_button(text_id: str, group: Group, ctx: Context) -> Choice:
    """Make a button that lets somebody's lines stay, or go on again."""
    stays = await ctx.uow.relay_mutes.has(ctx.sender.id, group.id)
    wanted = "off" if stays else "on"
    return choice(
        text_id,
        f"/mute_relay {wanted} {group.id}",
        stays="yes" if stays else "no",
        group=group.name,
    )
