"""Carrying what is said about a tip between its desk and the tipster, and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import BUTTONS_WORK_FOR, Rows, answer, as_rows, choice, new_note_id
from bot.domain.copies import PersonRef
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.richtext import RichText
from bot.domain.set_apart import set_apart
from bot.domain.tips import FLOOD_WITHIN, MAX_LINES, Tip, TipLine
from bot.domain.words import Words, words
from bot.errors import Unacceptable
from bot.handlers.tips.naming import DESK, TALK, line_below, name_of, routes_to, stands_in
from bot.handlers.tips.sending import TALK_LASTS, refresh_card
from bot.ports.features import Context


async def say_to_tipster(
    tip: Tip, text: RichText, ctx: Context, *, origin: MessageRef | None, said: Words | None = None
) -> TipLine:
    """Carry the desk's words to the tipster, and show them in the desk's other rooms.

    Args:
        tip: About which tip.
        text: What the desk says.
        ctx: Who says it.
        origin: The message in which it stands; None for a ready question.
        said: The same in words that know the reader's language.
    """
    organisation = await ctx.uow.organisations.get(tip.organisation)
    media = ctx.files.take()
    note = note_to_tipster(
        tip,
        words(
            "tip-answer",
            id=tip.label,
            organisation=name_of(organisation, tip),
            text=said or set_apart(text, begins_line=True),
            photos=len(media),
        ),
        ctx,
    )
    for file in media:
        copy = await ctx.media.duplicate(file)
        if copy is not None:
            note = replace(note, media=(*note.media, copy))
    await ctx.uow.notes.say(note, PersonRef(tip.tipster))
    line = await ctx.uow.tips.add_line(
        TipLine(
            tip=tip.number,
            is_desks=True,
            writer=ctx.sender.id,
            origin=origin,
            text=text,
            media=media,
            note=note.id,
            at=ctx.now,
        )
    )
    if organisation is not None:
        # Where it was written it stands already; a ready question stands on the card.
        others = [room for room in organisation.desk_rooms if origin and room != origin.room]
        await _show_line(tip, line, others, ctx)
    await _touch(tip, ctx)
    if tip.tipster in ctx.uow.copies.unreached:
        await answer(ctx, DESK, words("tip-not-reached", id=tip.label))
    return line


def note_to_tipster(tip: Tip, said: Words, ctx: Context) -> Note:
    """Return a note to the tipster about a tip, with a way to answer."""
    return Note(
        id=new_note_id(),
        feature=TALK,
        person=tip.tipster,
        words=said,
        choices=as_rows([[choice("tip-reply", "add")]]),
        state={"tip": tip.number},
        expires_at=ctx.now + TALK_LASTS,
    )


async def say_to_desk(tip: Tip, text: RichText, ctx: Context, *, origin: MessageRef) -> None:
    """Carry the tipster's words to all rooms of the desk.

    Raises:
        Unacceptable: Somebody writes very much.
    """
    since = ctx.now - FLOOD_WITHIN
    if await ctx.uow.tips.said_since(ctx.sender.id, since) >= MAX_LINES:
        raise Unacceptable("tip-lines-flood", most=MAX_LINES)
    organisation = await ctx.uow.organisations.get(tip.organisation)
    line = await ctx.uow.tips.add_line(
        TipLine(
            tip=tip.number,
            is_desks=False,
            writer=ctx.sender.id,
            origin=origin,
            text=text,
            media=ctx.files.take(),
            at=ctx.now,
        )
    )
    if organisation is not None:
        await _show_line(tip, line, organisation.desk_rooms, ctx)
    await _touch(tip, ctx)
    is_read = tip.arrived_at is not None and organisation is not None and organisation.desk_rooms
    said = words(
        "tip-added",
        id=tip.label,
        organisation=name_of(organisation, tip),
        is_read="yes" if is_read else "no",
    )
    await answer(ctx, TALK, said)


async def say_in_desk(
    tip: Tip, organisation: Organisation, said: Words, ctx: Context, *, rows: Rows = ()
) -> None:
    """Say something about a tip in a desk's rooms, below its card and without its words."""
    for room in organisation.desk_rooms:
        await note_in_room(tip, room, said, ctx, rows=rows)


async def note_in_room(
    tip: Tip, room: RoomRef, said: Words, ctx: Context, *, rows: Rows = ()
) -> None:
    """Say something about a tip in one room of a desk, below its card and without its words."""
    note = Note(
        id=new_note_id(),
        feature=DESK,
        person=None,
        words=said,
        choices=as_rows(rows),
        state={"tip": tip.number},
        expires_at=ctx.now + BUTTONS_WORK_FOR,
    )
    await ctx.uow.notes.say(note, room, answers=await stands_in(tip, room, ctx.uow))


async def _show_line(tip: Tip, line: TipLine, rooms: Sequence[RoomRef], ctx: Context) -> None:
    for room in rooms:
        await ctx.uow.copies.spread(
            line_below(tip, line),
            routes_to([room]),
            urgency=Urgency.YELLOW,
            on_doubt=OnDoubt.REPEAT_ONCE,
            answers=await stands_in(tip, room, ctx.uow),
        )


async def _touch(tip: Tip, ctx: Context) -> None:
    touched = tip.touched(ctx.now)
    await ctx.uow.tips.save(touched)
    await refresh_card(touched, ctx)
