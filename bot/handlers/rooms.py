"""What becomes of the bot's rooms: put out of them, let in again, moved, people who leave."""

import structlog

from bot.conversation import BUTTONS_WORK_FOR, new_note_id
from bot.domain.copies import PersonRef
from bot.domain.incoming import (
    Coming,
    Foothold,
    Incoming,
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
)
from bot.domain.messages import RoomRef
from bot.domain.notes import Note
from bot.domain.people import Role
from bot.domain.words import Words, words
from bot.ports.features import Context, Feature

ROOMS = "rooms"

log = structlog.get_logger("rooms")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingFoothold(is_direct=True):
            await _note_reachable(incoming, ctx)
        case IncomingFoothold():
            await _note_foothold(incoming, ctx)
        case IncomingRoomMoved():
            await _move(incoming, ctx)
        case IncomingMembership(coming=Coming.LEFT):
            await _let_go(incoming, ctx)
        case _:
            pass


async def _note_reachable(incoming: IncomingFoothold, ctx: Context) -> None:
    """Send nothing to who blocks the bot, until the bot is let in again; all else stays."""
    user = incoming.sender.user
    is_reachable = incoming.foothold is not Foothold.GONE
    await ctx.uow.people.set_reachable(user, is_reachable=is_reachable)
    if not is_reachable:
        await ctx.uow.copies.stop_private(user)


async def _note_foothold(incoming: IncomingFoothold, ctx: Context) -> None:
    """Tell those who look after things, once, where the bot can't speak any more."""
    is_gone = incoming.foothold is Foothold.GONE
    is_news = await ctx.uow.rooms.note_away(incoming.room, is_away=is_gone)
    name = await _name_of(incoming.room, ctx)
    if name is None:
        return
    if is_news or incoming.foothold is Foothold.MUTED:
        log.warning("room.foothold", room=str(incoming.room), foothold=incoming.foothold.value)
        said = words(
            "room-foothold",
            foothold=incoming.foothold.value,
            room=name,
            platform=incoming.room.platform.value,
        )
        await _tell_coordinators(said, ctx)


async def _move(incoming: IncomingRoomMoved, ctx: Context) -> None:
    old, new = str(incoming.room), str(incoming.to)
    name = await _name_of(incoming.room, ctx)
    if not await ctx.uow.rooms.move(incoming.room, incoming.to) or name is None:
        return
    fix = f"write {new} instead of {old} in the config folder"
    log.warning("room.moved", room=old, to=new, fix=fix)
    await ctx.uow.audit.note("room.moved", new, by=None, now=ctx.now)
    await _tell_coordinators(words("room-moved", room=name, old=old, new=new), ctx)


async def _let_go(incoming: IncomingMembership, ctx: Context) -> None:
    """Let those who left be no part of the group any more."""
    if ctx.group is None:
        return
    for left in incoming.people:
        person = await ctx.uow.people.by_user(left.user, ctx.now)
        await ctx.uow.groups.forget_written_in(ctx.group.id, person.id)


async def _name_of(room: RoomRef, ctx: Context) -> str | None:
    if ctx.group is not None:
        return ctx.group.name
    desk = await ctx.uow.organisations.of_desk(room)
    return desk.name if desk else None


async def _tell_coordinators(said: Words, ctx: Context) -> None:
    for person in await ctx.uow.people.holders([Role.COORDINATOR.value], ctx.now):
        note = Note(
            id=new_note_id(),
            feature=ROOMS,
            person=person,
            words=said,
            expires_at=ctx.now + BUTTONS_WORK_FOR,
        )
        await ctx.uow.notes.say(note, PersonRef(person))


FEATURE = Feature(
    name=ROOMS,
    accepts=lambda incoming, _ctx: isinstance(
        incoming, IncomingFoothold | IncomingMembership | IncomingRoomMoved
    ),
    handle=_handle,
)
