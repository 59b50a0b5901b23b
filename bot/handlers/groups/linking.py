"""`/link` and `/unlink`: a second room for a group, and a room's way out of it."""

import secrets
from dataclasses import replace

from bot.conversation import (
    BUTTONS_WORK_FOR,
    Rows,
    answer,
    as_rows,
    choice,
    new_note_id,
    note_to_sender,
)
from bot.domain.consent import Purpose
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.link_codes import HALF_CHARS, LINK_WORKS_FOR, as_code, read_code
from bot.domain.messages import RoomRef
from bot.domain.notes import Choice, Note
from bot.domain.reports import ID_ALPHABET
from bot.domain.start_links import StartKind, StartLink, make_payload
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.groups.standing import offers, require_administers, require_room
from bot.ports.features import Context, Feature, is_command
from bot.room_setup import correct_setup
from bot.sealed_rooms import ask_to_open, close_room, forget_question

NAME = "links"
COMMANDS = ("link", "unlink")


async def offer_code(group: Group, ctx: Context) -> None:
    """Give the sender a code that brings one more room into a group."""
    code = as_code("".join(secrets.choice(ID_ALPHABET) for _ in range(2 * HALF_CHARS)))
    await ctx.uow.link_codes.put(code, group.id, expires_at=ctx.now + LINK_WORKS_FOR)
    minutes = int(LINK_WORKS_FOR.total_seconds()) // 60
    await answer(ctx, NAME, words("link-code", group=group.name, code=code, minutes=minutes))


async def welcome(group: Group, room: RoomRef, ctx: Context) -> None:
    """Say in a room what its group is, with ways into a private chat for whoever reads it."""
    links = {
        "group-follow": StartLink(kind=StartKind.AREA, about=group.area),
        "group-about": StartLink(kind=StartKind.GROUP, about=group.id),
        "group-show-name": StartLink(kind=StartKind.CONSENT, about=Purpose.NAME.value),
    }
    area = ctx.areas.name(group.area)
    rows = [
        [Choice(words(label, area=area), start=payload)]
        for label, link in links.items()
        if (payload := make_payload(link, ctx.sign))
    ]
    await tell_room("group-welcome", group, room, ctx, rows=rows)


async def tell_room(
    text_id: str, group: Group, room: RoomRef, ctx: Context, *, rows: Rows = ()
) -> None:
    """Say something about its group in a room."""
    said = words(
        text_id,
        group=group.name,
        area=ctx.areas.name(group.area),
        purpose=group.purpose,
        controller=group.controller,
    )
    note = Note(
        id=new_note_id(),
        feature=NAME,
        person=None,
        words=said,
        choices=as_rows(rows),
        expires_at=ctx.now + BUTTONS_WORK_FOR,
    )
    await ctx.uow.notes.say(note, room)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
        return
    require_room(incoming)
    require_administers(ctx, ctx.group)
    if isinstance(incoming, IncomingMessage) and incoming.command is not None:
        if incoming.command.name == "unlink":
            await _ask_unlink(ctx.here, ctx)
        else:
            await _link(incoming.command.rest.plain.strip(), incoming, ctx)


async def _link(typed: str, incoming: IncomingMessage, ctx: Context) -> None:
    room = ctx.here
    if ctx.group is not None:
        if typed:
            raise Unacceptable("group-room-taken", group=ctx.group.name)
        await offer_code(ctx.group, ctx)
        return
    if await ctx.uow.organisations.of_desk(room) is not None:
        raise Unacceptable("group-room-is-desk")
    if not typed:
        raise Unacceptable("link-needs-code")
    code = read_code(typed)
    opened = await ctx.uow.link_codes.use(code, ctx.now) if code else None
    group = await ctx.uow.groups.get(opened) if opened else None
    if group is None:
        raise Unacceptable("link-code-unknown")
    await ctx.uow.groups.link(room, group.id)
    await correct_setup(room, uow=ctx.uow, now=ctx.now)
    await ctx.uow.audit.note("group.linked", group.id, by=ctx.sender.id, now=ctx.now)
    await welcome(group, room, ctx)
    for other in group.rooms:
        await tell_room("link-another-room", group, other, ctx)
    rooms, sealed = len(group.rooms) + 1, incoming.is_sealed
    if sealed:
        await ask_to_open(replace(group, rooms=(*group.rooms, room)), room, ctx)
    done = "link-done-sealed" if sealed else "link-done"
    await answer(ctx, NAME, words(done, group=group.name, rooms=rooms))


async def _ask_unlink(room: RoomRef, ctx: Context) -> None:
    if ctx.group is None:
        raise Unacceptable("group-none-here")
    if not await ctx.uow.groups.is_linked_by_chat(room):
        if await ctx.uow.rooms.is_opened(room):
            await close_room(room, ctx)
            await answer(ctx, NAME, words("sealed-kept", group=ctx.group.name))
            return
        raise Unacceptable("unlink-configured", group=ctx.group.name)
    rows = ((choice("unlink-yes", "unlink"), choice("unlink-no", "keep")),)
    last = "yes" if len(ctx.group.rooms) == 1 else "no"
    said = words("unlink-sure", group=ctx.group.name, last=last)
    note = note_to_sender(ctx, NAME, said, rows=rows)
    await ctx.uow.notes.say(replace(note, state={"room": str(room)}), ctx.private)


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    room = _room_in(note)
    group = await ctx.uow.groups.of_room(room)
    if action == "unlink" and group is not None:
        require_administers(ctx, group)
        await _unlink(room, group, ctx)
        await _close(note, "unlink-done", group.name, ctx)
    else:
        await _close(note, "unlink-kept", group.name if group else "", ctx)


def _room_in(note: Note) -> RoomRef:
    return RoomRef.parse(str(note.state["room"]))


async def _unlink(room: RoomRef, group: Group, ctx: Context) -> None:
    """Take a room out; a group that was made by chat ends with its last."""
    await tell_room("unlink-told", group, room, ctx)
    await forget_question(room, ctx.uow)
    await ctx.uow.groups.unlink(room)
    await correct_setup(room, uow=ctx.uow, now=ctx.now)
    await ctx.uow.groups.end_if_empty(group.id)
    await ctx.uow.audit.note("group.unlinked", group.id, by=ctx.sender.id, now=ctx.now)


async def _close(note: Note, text_id: str, group: str, ctx: Context) -> None:
    said = words(text_id, group=group)
    await ctx.uow.notes.change(replace(note, words=said, choices=(), state={}))


FEATURE = Feature(
    name=NAME,
    commands=COMMANDS,
    accepts=lambda incoming, ctx: is_command(incoming, *COMMANDS) or ctx.has_pressed(NAME),
    handle=_handle,
    asks_membership=lambda incoming: is_command(incoming, *COMMANDS),
    asks_membership_in=lambda note: _room_in(note) if offers(note, "unlink") else None,
)
