"""`/duplicate 7K3 7K1`: two reports tell of the same; they are linked, and let go again."""

from dataclasses import replace

from bot.conversation import Rows, answer, as_rows, choice, new_note_id, note_to_sender
from bot.domain.copies import PersonRef, SubjectKind
from bot.domain.duplicates import is_one_circle, linked
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.lifecycle import phase_of
from bot.domain.notes import Note
from bot.domain.permissions import Action, Actor, may
from bot.domain.reports import Priority, Report, ReportId, read_report_id
from bot.domain.words import under_each_other, words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.reports.changing import act, settle
from bot.handlers.reports.likening import alike, link_rows, short_line
from bot.handlers.reports.standing import actor_before, known, require
from bot.ports.features import Context, Feature, is_command

DUPLICATES = "duplicates"
_UNDO: Rows = ((choice("duplicate-undo", "undo"),),)


async def link(report: Report, other: Report, ctx: Context) -> Report:
    """Let a report be the same as another, or as what that is the same as; return that root.

    Raises:
        Unacceptable: They can't be the same.
        NotPermitted: The sender may not say so.
    """
    if report.link is not None:
        raise Unacceptable("duplicate-already", id=report.id, root=report.link.to)
    if report.id == other.id:
        raise Unacceptable("duplicate-one-only", id=report.id)
    root = await ctx.uow.reports.root_of(other)
    if root.id == report.id:
        raise Unacceptable("duplicate-itself", id=report.id, other=other.id)
    await require(report, Action.LINK, ctx)
    if not is_one_circle(report, root):
        raise Unacceptable("duplicate-other-readers", id=report.id, root=root.id)
    # Who may say so of the one has seen the other's number: what it says is shown to all of them.
    await require(root, Action.BE_LINKED_TO, ctx, was_shown=True)
    if report.is_appeal:
        raise Unacceptable("appeal-not-linked", id=report.id)
    await ctx.uow.reports.touch(root.id, ctx.now)
    after = linked(report, root, ctx.now)
    await settle(report, after, uow=ctx.uow, now=ctx.now, by=ctx.sender.id)
    return root


async def ask_to_raise(root: Report, priority: Priority, ctx: Context) -> bool:
    """Let what was called more urgent elsewhere be raised; return whether the sender may do it.

    Else its author is asked.
    """
    if _may_raise(await actor_before(root, ctx), root, ctx):
        return True
    said = words("duplicate-ask-raise", id=root.id, emoji=priority.emoji)
    note = Note(
        id=new_note_id(),
        feature=DUPLICATES,
        person=root.author,
        words=said,
        choices=as_rows(raise_rows(root, priority)),
        expires_at=ctx.now + ctx.lifetimes.of_report(root.priority),
    )
    await ctx.uow.notes.say(note, PersonRef(root.author))
    return False


def raise_rows(root: Report, priority: Priority) -> Rows:
    """Offer to make a report more urgent."""
    command = f"/{priority.word} #{root.id}"
    return ((choice("duplicate-raise", command, emoji=priority.emoji, id=root.id),),)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _undo(ctx.pressed.note, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        report, other = await _named(incoming.command.words, ctx)
        if other is None:
            await _offer(report, ctx)
        else:
            await _link(report, other, ctx)


async def _named(said: list[str], ctx: Context) -> tuple[Report, Report | None]:
    """Return the reports that are named; an answered card stands before them.

    Raises:
        Unacceptable: None is named, or the sender knows of none with that id.
    """
    answered = ctx.answered.subject if ctx.answered else None
    on_card = [answered.id] if answered and answered.kind is SubjectKind.REPORT else []
    named = [*on_card, *said][:2]
    if not named:
        raise Unacceptable("duplicate-which")
    found = [await _known(name, ctx) for name in named]
    return found[0], found[1] if len(found) > 1 else None


async def _known(name: str, ctx: Context) -> Report:
    report_id = read_report_id(name)
    report = await known(report_id, ctx) if report_id is not None else None
    if report is None:
        raise Unacceptable("report-unknown", id=report_id or name.lstrip("#")[:10])
    return report


async def _link(report: Report, other: Report, ctx: Context) -> None:
    root = await link(report, other, ctx)
    rows: Rows = _UNDO
    raising = "no"
    if report.priority > root.priority and root.is_active:
        raising = "asked"
        if await ask_to_raise(root, report.priority, ctx):
            rows, raising = (*raise_rows(root, report.priority), *_UNDO), "offered"
    said = words("duplicate-linked", id=report.id, root=root.id, raising=raising)
    note = note_to_sender(ctx, DUPLICATES, said, rows=rows)
    await ctx.uow.notes.say(replace(note, state={"report": report.id}), ctx.private)


async def _offer(report: Report, ctx: Context) -> None:
    """Say what a report is the same as, with undo; or what it may be the same as."""
    await require(report, Action.REOPEN if report.link else Action.LINK, ctx)
    if report.link is not None:
        said = words("duplicate-is", id=report.id, root=report.link.to)
        note = note_to_sender(ctx, DUPLICATES, said, rows=_UNDO)
        await ctx.uow.notes.say(replace(note, state={"report": report.id}), ctx.private)
        return
    likely = await alike(report, ctx)
    lines = under_each_other([short_line(other, ctx) for other in likely])
    said = words("duplicate-offer", id=report.id, others=lines, number=len(likely))
    await answer(ctx, DUPLICATES, said, rows=link_rows(report, likely))


async def _undo(note: Note, ctx: Context) -> None:
    report = await ctx.uow.reports.get(ReportId(str(note.state.get("report"))))
    if report is None or report.link is None:
        raise UnknownButton("report-is-gone")
    await act(report, Action.REOPEN, ctx)
    said = words("duplicate-undone", id=report.id, root=report.link.to)
    await ctx.uow.notes.change(replace(note, words=said, choices=()))


def _may_raise(actor: Actor, root: Report, ctx: Context) -> bool:
    return may(actor, Action.CHANGE_PRIORITY, phase_of(root, ctx.now))


FEATURE = Feature(
    name=DUPLICATES,
    commands=("duplicate",),
    accepts=lambda incoming, ctx: is_command(incoming, "duplicate") or ctx.has_pressed(DUPLICATES),
    handle=_handle,
)
