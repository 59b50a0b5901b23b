"""Saying anew where a report is: `/update 7K3 plats fittja`, or the button on its receipt."""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation import Rows, choice, note_to_sender, say_outside
from bot.domain.areas import Area
from bot.domain.consent import Need, Purpose
from bot.domain.groups import Reach
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.new_places import read_new_place
from bot.domain.notes import Choice, Note
from bot.domain.permissions import Action
from bot.domain.positions import Cell, cell_of, read_cell
from bot.domain.reports import Report, ReportId
from bot.domain.words import words
from bot.errors import UnknownButton
from bot.handlers.reports.moving import MOVES, move
from bot.handlers.reports.questions import WAITS_FOR, in_pairs
from bot.handlers.reports.standing import require
from bot.ports.features import Context, Feature, shares_a_place
from bot.whereabouts import own_areas

_REPORT = "report"
_WIDER_AT_MOST = 2


async def move_if_said(report: Report, text: str, ctx: Context) -> bool:
    """Take `plats fittja` as where a report is; False if the words tell of something else."""
    said = read_new_place(text)
    if said is None:
        return False
    here = ctx.areas.get(ctx.sender.shared_area or "") if said.is_here else None
    if here is not None:
        await _move_and_say(report, here, ctx.sender.shared_cell, ctx)
    elif said.is_here or not said.name:
        await ask_place(report, ctx)
    else:
        return await _named(said.name, report, ctx)
    return True


async def ask_place(report: Report, ctx: Context) -> None:
    """Ask where it is; what is around and beside it can be chosen."""
    await require(report, Action.MOVE, ctx)
    said = words("move-ask", id=report.id, area=ctx.areas.name(report.area))
    rows = in_pairs([_choice(area, ctx) for area in _likely(report, ctx)])
    await _wait(note_to_sender(ctx, MOVES, said, rows=rows), report, ctx)


async def _named(name: str, report: Report, ctx: Context) -> bool:
    """Move it to what a name means, or offer what is called nearly so; False if nothing is."""
    own = [area for area in await own_areas(ctx) if area != report.area]
    near = [*ctx.chain(report.area)[1:2], *own]  # where it is already is hardly meant
    area = ctx.areas.find(name, near=near)
    if area is not None:
        await _move_and_say(report, area, None, ctx)
        return True
    like = ctx.areas.suggest(name, near=near)
    if not like:
        return False
    await require(report, Action.MOVE, ctx)
    names = ", ".join(ctx.areas.title(one) for one in like)
    said = words("place-unknown", name=name, near=names, any_near="yes")
    rows = [[_choice(one, ctx)] for one in like]
    await _wait(note_to_sender(ctx, MOVES, said, rows=rows), report, ctx)
    return True


def _likely(report: Report, ctx: Context) -> Iterator[Area]:
    """Yield where the sender is, what lies around the report's area, and what lies beside it."""
    here, now = ctx.areas.get(ctx.sender.shared_area or ""), ctx.areas.get(report.area)
    wider = [ctx.areas.get(one) for one in ctx.chain(report.area)[1 : 1 + _WIDER_AT_MOST]]
    beside = ctx.areas.around(now) if now else []
    found = (one for one in (here, *wider, *beside) if one is not None and one != now)
    yield from dict.fromkeys(found)


def _choice(area: Area, ctx: Context) -> Choice:
    return choice("form-area", f"place {area.id}", name=ctx.areas.title(area))


async def _wait(note: Note, report: Report, ctx: Context) -> None:
    waiting = replace(
        note,
        awaits="place",
        asks_place=True,
        state={_REPORT: report.id},
        expires_at=ctx.now + WAITS_FOR,
    )
    await ctx.uow.notes.say(waiting, ctx.private)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    note = (ctx.pressed.note if ctx.pressed else None) or ctx.awaited
    report = await ctx.uow.reports.get(ReportId(str(note.state.get(_REPORT)))) if note else None
    if note is None or report is None:
        raise UnknownButton("report-is-gone")
    if ctx.pressed is not None:
        _, slug, *cell = ctx.pressed.action.split(" ")
        await _pressed(report, slug, read_cell(cell[0]) if cell else None, note, ctx)
    elif isinstance(incoming, IncomingMessage) and await _told(report, incoming, ctx):
        await ctx.uow.notes.change(replace(note, choices=(), awaits=None, expires_at=ctx.now))


async def _pressed(report: Report, slug: str, cell: Cell | None, note: Note, ctx: Context) -> None:
    area = ctx.areas.get(slug)
    if area is None:
        raise UnknownButton
    if cell is None and area.id == ctx.sender.shared_area and note.awaits:
        cell = ctx.sender.shared_cell
    await _move_and_say(report, area, cell, ctx, instead_of=note)


async def _told(report: Report, incoming: IncomingMessage, ctx: Context) -> bool:
    """Take a name or a position; return whether another question need not be left open."""
    if incoming.position is None:
        name = incoming.text.plain.strip()
        if not await _named(name, report, ctx):
            await ask_place(report, ctx)
        return True
    area = ctx.areas.at(incoming.position)
    if area is None:
        await say_outside(ctx, MOVES, incoming.position, offers=False)
        return False
    await _move_and_say(report, area, cell_of(incoming.position), ctx)
    return True


async def _move_and_say(
    report: Report,
    area: Area,
    cell: Cell | None,
    ctx: Context,
    *,
    instead_of: Note | None = None,
) -> None:
    await move(report, area, cell, ctx)
    said = words(
        "move-done",
        id=report.id,
        area=area.name,
        in_area="yes" if report.reach is Reach.AREA else "no",
    )
    back = " ".join(["place", report.area, *([report.cell] if report.cell else [])])
    rows: Rows = ((choice("report-undo", back),),)
    done = replace(note_to_sender(ctx, MOVES, said, rows=rows), state={_REPORT: report.id})
    if instead_of is None:
        await ctx.uow.notes.say(done, ctx.private)
    else:
        await ctx.uow.notes.change(replace(done, id=instead_of.id))


def _needs(incoming: Incoming, ctx: Context) -> Need:
    """Ask for the report first; a position is a question of its own."""
    if shares_a_place(incoming) and Purpose.REPORTS in ctx.sender.consents:
        return Need(Purpose.PLACE)
    return Need(Purpose.REPORTS)


FEATURE = Feature(
    name=MOVES,
    accepts=lambda _incoming, ctx: ctx.has_pressed(MOVES) or ctx.is_awaited(MOVES),
    handle=_handle,
    needs=_needs,
)
