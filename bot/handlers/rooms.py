"""What becomes of the bot's rooms: put out of them, let in again, moved, people who leave."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.coordinators import begin_trouble, end_trouble, tell_coordinators
from bot.domain.cleaning import clean_title
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import RoomRef
from bot.domain.rights import Right
from bot.domain.room_news import (
    Coming,
    Foothold,
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
    IncomingRoomOpened,
)
from bot.domain.setups import Setup
from bot.domain.words import words
from bot.doorway import come_in
from bot.ports.features import Context, Feature
from bot.ports.store import UnitOfWork
from bot.room_setup import move_setup, name_of, name_within, show_setup
from bot.sealed_rooms import ask_to_open

ROOMS = "rooms"
TELLS_OF_NOW = timedelta(hours=1)
"""A line that has waited longer says nothing of whether the bot is still in its room."""
_NEEDED = frozenset({Right.READS_ALL, Right.DELETES})
"""Without the right to pin nothing is lost; only the room's own list speaks of it."""

log = structlog.get_logger("rooms")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingFoothold(is_direct=True):
            await _note_reachable(incoming, ctx)
        case IncomingFoothold():
            await _note_foothold(incoming, ctx)
        case IncomingRoomMoved():
            await move_room(incoming.room, incoming.to, uow=ctx.uow, now=ctx.now)
        case IncomingRoomOpened():
            await note_foothold(incoming.room, Foothold.MEMBER, uow=ctx.uow, now=ctx.now)
            await ctx.uow.copies.resume(incoming.room)
        case IncomingMembership(coming=Coming.LEFT):
            await _let_go(incoming, ctx)
        case _:
            pass


async def _note_reachable(incoming: IncomingFoothold, ctx: Context) -> None:
    """Send nothing to who blocks the bot, until the bot is let in again; all else stays."""
    user = incoming.sender.user
    is_reachable = incoming.foothold is not Foothold.GONE
    await ctx.uow.people.set_reachable(user, is_reachable=is_reachable)
    if is_reachable:
        await come_in(ctx.sender.id, asks_anew=False, uow=ctx.uow, now=ctx.now)
    else:
        await ctx.uow.copies.stop_private(user)


async def _note_foothold(incoming: IncomingFoothold, ctx: Context) -> None:
    """Say in the room what is missing there, or elsewhere that the bot can't speak there."""
    rooms = await _rooms_of(incoming.room, ctx)
    if incoming.foothold in {Foothold.ADMIN, Foothold.MEMBER}:
        await _show_setup(incoming, ctx)
        if ctx.is_closed and ctx.group is not None and ctx.group.others(incoming.room):
            await ask_to_open(ctx.group, incoming.room, ctx)
        for room in rooms:
            await ctx.uow.rooms.note_met(room, ctx.now)
    for room in rooms:
        title = _title(room, incoming)
        if title:
            await ctx.uow.rooms.note_title(room, title)
        await note_foothold(room, incoming.foothold, title=title, uow=ctx.uow, now=ctx.now)
        await _tell_of_rights(room, incoming, ctx)
        if Right.DELETES in ctx.capabilities.rights:
            keeps_lines = Right.DELETES not in incoming.rights
            await ctx.uow.rooms.note_keeping(room, keeps_lines=keeps_lines)
        if Right.PINS in incoming.rights:
            await ctx.uow.copies.settle_pins(room)


async def _tell_of_rights(room: RoomRef, incoming: IncomingFoothold, ctx: Context) -> None:
    """Tell those who look after things where a group's room withholds what the work needs."""
    name = await name_of(room, ctx.uow)
    if name is None:
        return
    key = f"rights {room}"
    is_in = incoming.foothold in {Foothold.ADMIN, Foothold.MEMBER}
    missing = sorted((_NEEDED & ctx.capabilities.rights) - incoming.rights) if is_in else []
    said = words(
        "room-rights",
        missing=" ".join(missing) or "none",
        room=name,
        platform=room.platform.value,
        which=await _called(room, _title(room, incoming), ctx.uow),
    )
    if missing:
        fix = "the list in the room says how each right is given"
        log.warning("room.rights_missing", room=str(room), missing=missing, fix=fix)
        await begin_trouble(key, said, uow=ctx.uow, now=ctx.now)
    else:
        await end_trouble(key, said if is_in else None, uow=ctx.uow, now=ctx.now)


async def note_foothold(
    room: RoomRef,
    foothold: Foothold,
    *,
    title: str = "",
    is_found: bool = True,
    uow: UnitOfWork,
    now: datetime,
) -> None:
    """Tell those who look after things, once, where the bot can't speak any more or can again.

    However it became known: by the platform's word, by a refusal, or by somebody's line.

    Args:
        room: Where.
        foothold: How it stands there now.
        title: What the room is called on its platform; empty if that is not known.
        is_found: Whether the platform knows such a room at all.
        uow: The transaction.
        now: Present time.
    """
    is_news = await uow.rooms.note_away(room, is_away=foothold is Foothold.GONE)
    name = await name_of(room, uow)
    if name is None:
        return
    if is_news or foothold is Foothold.MUTED:
        log.warning("room.foothold", room=str(room), foothold=foothold.value)
    said = words(
        "room-foothold",
        foothold=foothold.value if is_found else "missing",
        room=name,
        platform=room.platform.value,
        which=await _called(room, title, uow),
    )
    is_over = foothold in {Foothold.ADMIN, Foothold.MEMBER}
    for trouble in (Foothold.GONE, Foothold.MUTED, Foothold.CLOSED):
        key = f"{trouble.value} {room}"
        if trouble is foothold:
            await begin_trouble(key, said, uow=uow, now=now)
        else:
            await end_trouble(key, said if is_over else None, uow=uow, now=now)


async def hear_again(incoming: Incoming, *, uow: UnitOfWork, now: datetime) -> None:
    """Count a room that was lost as one the bot is in, if what came from it is a line of now."""
    if isinstance(incoming, IncomingMessage) and now - incoming.sent_at < TELLS_OF_NOW:
        await note_foothold(incoming.room, Foothold.MEMBER, uow=uow, now=now)


async def _called(room: RoomRef, title: str, uow: UnitOfWork) -> str:
    """Return by what somebody finds a room: its title, or at least its id."""
    return title or await uow.rooms.title_of(room) or str(room)


def _title(room: RoomRef, told: IncomingFoothold) -> str:
    """Return what a room is called: its chat's title, and which part of the chat it is."""
    part = room.room_id.removeprefix(told.room.room_id)
    title = clean_title(told.title)
    return f"{title} {part}".strip() if title else ""


async def _show_setup(incoming: IncomingFoothold, ctx: Context) -> None:
    """Say in the room what is missing there, in the language of who let the bot in."""
    mark = ctx.capabilities.inner_room_mark
    setup = Setup(
        room=incoming.room,
        known=ctx.capabilities.rights,
        given=incoming.rights,
        inner_room_mark=mark,
        serves=await name_within(incoming.room, ctx.uow, mark=mark),
    )
    await show_setup(setup, language=ctx.sender.language, uow=ctx.uow, now=ctx.now)


async def move_room(old: RoomRef, new: RoomRef, *, uow: UnitOfWork, now: datetime) -> None:
    """Let a room go on under another id, however it became known; the second time is nothing."""
    name = await name_of(old, uow)
    if not await uow.rooms.move(old, new):
        return
    await move_setup(old, new, uow=uow, now=now)
    if name is None:
        return
    fix = f"write {new} instead of {old} in the config folder"
    log.warning("room.moved", room=str(old), to=str(new), fix=fix)
    await uow.audit.note("room.moved", str(new), by=None, now=now)
    said = words("room-moved", room=name, old=str(old), new=str(new))
    await tell_coordinators(said, uow=uow, now=now)


async def _let_go(incoming: IncomingMembership, ctx: Context) -> None:
    """Let those who left be no part of the group any more."""
    found = [await ctx.uow.groups.of_room(room) for room in await _rooms_of(incoming.room, ctx)]
    groups = {group.id for group in found if group is not None}
    for left in incoming.people if groups else ():
        person = await ctx.uow.people.by_user(left.user, ctx.now)
        for group in groups:
            await ctx.uow.groups.forget_written_in(group, person.id)


async def _rooms_of(chat: RoomRef, ctx: Context) -> Sequence[RoomRef]:
    """Return a chat as a room, and those that are parts of it: who leaves it leaves them all."""
    mark = ctx.capabilities.inner_room_mark
    return (chat, *await ctx.uow.rooms.within(chat, mark=mark))


FEATURE = Feature(
    name=ROOMS,
    accepts=lambda incoming, _ctx: isinstance(
        incoming,
        IncomingFoothold | IncomingMembership | IncomingRoomMoved | IncomingRoomOpened,
    ),
    handle=_handle,
)
