"""Taking lines from one room of a group to the others, with what becomes of them."""

import secrets
from dataclasses import replace
from datetime import timedelta

from bot.bursts import show_in_bursts
from bot.carried_lines import remind_that_it_stays, take_back
from bot.domain.cleaning import clean_name, clean_spoken_as
from bot.domain.commands import is_for_a_bot
from bot.domain.copies import SubjectKind
from bot.domain.effects import Urgency
from bot.domain.groups import Group
from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingPress,
    IncomingReaction,
)
from bot.domain.messages import Position
from bot.domain.relays import Relay
from bot.domain.reports import Byline
from bot.domain.trails import goes_on
from bot.handlers.relay.bursting import bring, show_all
from bot.handlers.relay.circling import goes_in_circles, tell_of_circle, what_is_said
from bot.handlers.relay.quoting import quoted_words
from bot.handlers.relay.reacting import press, react
from bot.handlers.relay.removing import remove_with_copy
from bot.handlers.relay.showing import relay_subject
from bot.handlers.relay.swapping import carry_anew
from bot.ports.features import Context, Feature


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingMessage() if ctx.group is not None:
            await _carry(incoming, ctx.group, ctx)
        case IncomingEdit():
            await _change(incoming, ctx)
        case IncomingDeletion():
            await _remove(incoming, ctx)
        case IncomingReaction():
            await react(incoming, ctx)
        case IncomingPress() if _pressed_on(ctx) is SubjectKind.BURST:
            await show_all(ctx)
        case IncomingPress():
            await press(incoming, ctx)
        case _:
            pass


async def _carry(message: IncomingMessage, group: Group, ctx: Context) -> None:
    known = await ctx.uow.relays.by_origin(message.ref)
    if known is not None and not message.is_late:
        # It went on when it came; what waited for its author's consent was something else.
        return
    if known is not None:
        # Until now it was told there that there is something.
        await take_back(known, ctx)
    byline = await ctx.byline(message.sender, group=group.id, area=group.area)
    trail = message.trail or ()
    others = [room for room in group.others(ctx.here) if goes_on(trail, room)]
    if not others:
        return
    if await ctx.uow.relay_mutes.has(ctx.sender.id, group.id):
        await _keep_here(message, group, ctx)
        await remind_that_it_stays(group, ctx)
        return
    said = what_is_said(message, ctx)
    if await goes_in_circles(said, message.room, ctx):
        await _keep_here(message, group, ctx, said=said)
        await tell_of_circle(message.room, group, ctx)
        return
    media = ctx.files.take_as_sent()
    forwarded_from, spoken_as = message.forwarded_from, message.spoken_as
    relay = Relay(
        id=secrets.token_urlsafe(9),
        group=group.id,
        author=ctx.sender.id,
        byline=byline,
        origin=message.ref,
        text=message.text,
        media=media,
        had_media=bool(media),
        place=_place_at(message.position, ctx),
        reply_to=message.reply_to,
        thread=message.thread,
        quote=await quoted_words(message, message.reply_to, ctx),
        forwarded_from=None if forwarded_from is None else clean_name(forwarded_from) or "",
        spoken_as=clean_spoken_as(spoken_as or ""),
        extra=message.extra,
        trail=trail,
        written_at=message.sent_at if message.is_late else None,
        sent_at=ctx.now,
    )
    # With what could not be had, too: its edits tell that again.
    await ctx.uow.relays.add(relay, said=said, others=message.others, files=ctx.files.offered)
    await bring(relay, others, ctx)


async def _keep_here(
    message: IncomingMessage, group: Group, ctx: Context, *, said: str = ""
) -> None:
    """Remember where a line stands that goes no further, without its words."""
    relay = Relay(
        id=secrets.token_urlsafe(9),
        group=group.id,
        author=ctx.sender.id,
        byline=Byline(alias=0),
        origin=message.ref,
        text=None,
        stays=True,
        sent_at=ctx.now,
    )
    await ctx.uow.relays.add(relay, said=said)


def _place_at(position: Position | None, ctx: Context) -> str | None:
    """Return the area that somebody shares; where in it is for the room alone to know."""
    if position is None:
        return None
    area = ctx.areas.at(position)
    return area.id if area else ""


async def _change(edit: IncomingEdit, ctx: Context) -> None:
    relay = await ctx.uow.relays.by_origin(edit.ref)
    if relay is None or relay.author != ctx.sender.id or ctx.group is None or relay.stays:
        return
    if await ctx.uow.relay_mutes.has(ctx.sender.id, relay.group):
        if edit.position is None:
            await remind_that_it_stays(ctx.group, ctx)
        return
    byline = await ctx.byline(edit.sender, group=relay.group, area=ctx.group.area)
    if relay.forwarded_from is not None:
        byline = byline.without_badge()
    if edit.position is not None:
        # The words are forgotten seconds after they arrived, and somebody walks for hours.
        is_known = relay.text is not None
        told = relay if is_known else replace(relay, text=edit.text, byline=byline)
        await _follow(told, edit.position, ctx)
        return
    if edit.attachments is not None and await ctx.uow.relays.came_with_others(
        edit.ref, edit.attachments
    ):
        await carry_anew(relay, edit, byline, ctx)
        return
    if relay.origin != edit.ref:
        await _say_below(relay, edit, byline, ctx)
        return
    # What was quoted is forgotten with the words; platforms tell it again with the edit.
    quote = relay.quote or await quoted_words(edit, relay.reply_to, ctx)
    edited = replace(
        relay,
        text=edit.text,
        byline=byline,
        quote=quote,
        spoken_as=clean_spoken_as(edit.spoken_as or ""),
        is_edited=True,
    )
    await ctx.uow.relays.save(edited)
    await ctx.uow.copies.refresh(relay_subject(relay.id), urgency=Urgency.TALK, after=timedelta(0))
    await show_in_bursts(relay.id, ctx.uow, ctx.now)


async def _say_below(album: Relay, edit: IncomingEdit, byline: Byline, ctx: Context) -> None:
    """Carry what is written below another picture of an album, as an answer to the album."""
    if ctx.group is None or not edit.text:
        return
    line = Relay(
        id=secrets.token_urlsafe(9),
        group=album.group,
        author=album.author,
        byline=byline,
        origin=edit.ref,
        text=edit.text,
        reply_to=album.origin,
        spoken_as=clean_spoken_as(edit.spoken_as or ""),
        is_edited=True,
        sent_at=ctx.now,
    )
    await ctx.uow.relays.add(line)
    await bring(line, ctx.group.others(ctx.here), ctx)


async def _follow(relay: Relay, position: Position, ctx: Context) -> None:
    """Show where somebody is by now; who goes about within an area changes nothing."""
    place = _place_at(position, ctx)
    if place == relay.place:
        return
    await ctx.uow.relays.save(replace(relay, place=place))
    await ctx.uow.copies.refresh(
        relay_subject(relay.id), urgency=Urgency.LATER, after=timedelta(0)
    )


async def _remove(deletion: IncomingDeletion, ctx: Context) -> None:
    relay = await ctx.uow.relays.by_origin(deletion.ref)
    if relay is None:
        await remove_with_copy(deletion, ctx)
    elif relay.origin == deletion.ref:
        await take_back(relay, ctx)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if ctx.group is None:
        return False
    if isinstance(incoming, IncomingMessage):
        says_something = (
            incoming.text or incoming.attachments or incoming.position or incoming.extra
        )
        # A command that comes this far is nobody's: "!Viktigt: möte kl 18" is talk.
        return not is_for_a_bot(incoming.command) and bool(says_something)
    if isinstance(incoming, IncomingPress):
        return _pressed_on(ctx) in {SubjectKind.RELAY, SubjectKind.BURST}
    return isinstance(incoming, IncomingEdit | IncomingDeletion | IncomingReaction)


def _pressed_on(ctx: Context) -> SubjectKind | None:
    return ctx.pressed.copy.subject.kind if ctx.pressed else None


FEATURE = Feature(name="relay", accepts=_accepts, handle=_handle, hears_bots=True)
