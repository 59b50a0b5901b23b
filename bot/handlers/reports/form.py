"""`/report`: the guided form, one question at a time, with a preview before it is sent."""

from dataclasses import replace

from bot.conversation import Rows, as_rows, say_outside
from bot.domain.appeals import ENDS_AFTER_H
from bot.domain.areas import Area, AreaId
from bot.domain.consent import Need, Purpose
from bot.domain.drafts import Draft, Step, draft_from_json
from bot.domain.groups import GroupId
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.kinds import RESTRICTED_KINDS, Kind, guess_kind
from bot.domain.notes import Note, press_on
from bot.domain.positions import cell_of
from bot.domain.report_lines import read_report_line, require_report_text
from bot.domain.reports import Priority, ReportId
from bot.domain.richtext import NOTHING, RichText
from bot.domain.senders import Sender
from bot.domain.words import Words, words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.reports.joining import join
from bot.handlers.reports.linking import ask_to_raise, raise_rows
from bot.handlers.reports.proving import must_prove_first
from bot.handlers.reports.publishing import byline_in, filing_of, publish
from bot.handlers.reports.questions import FORM, place_again, question, still_true
from bot.ports.features import Context, Feature, is_command, shares_a_place
from bot.whereabouts import area_meant


async def begin(draft: Draft, sender: Sender, ctx: Context) -> None:
    """Ask for the first thing that a draft lacks, in private."""
    await ctx.uow.notes.say(await question(draft, sender, ctx), ctx.private)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, incoming.sender, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        await _told(ctx.awaited, incoming, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        draft = _with_words(_draft_in(ctx), incoming, incoming.command.rest, ctx)
        await begin(draft, incoming.sender, ctx)


def _draft_in(ctx: Context) -> Draft:
    """In a group's room the form is about that group."""
    if ctx.group is None:
        return Draft()
    return Draft(area=ctx.group.area, group=ctx.group.id, audience_known=True)


def _with_words(draft: Draft, said: IncomingMessage, text: RichText, ctx: Context) -> Draft:
    """Keep what came with the command, so that nobody has to write it twice."""
    started = replace(draft, media=ctx.files.take())
    if not text:
        return started
    kind = guess_kind(text.plain)
    return replace(
        started,
        text=require_report_text(text),
        origin=said.ref,
        kind=kind,
        kind_known=kind is not None,
    )


async def _pressed(note: Note, action: str, sender: Sender, ctx: Context) -> None:
    """Take an answer given by a button; the same message then asks the next."""
    draft = draft_from_json(note.state)
    verb, _, value = action.partition(" ")
    match verb:
        case "send":
            await _send(replace(draft, is_another=value == "another"), note, sender, ctx)
        case "same":
            await _join(draft, ReportId(value), note, sender, ctx)
        case "cancel":
            for file in draft.media:
                await ctx.media.discard(file.id)
            await ctx.uow.notes.change(_closed(note, words("form-cancelled")))
        case "kinds":
            await _renew(note, draft, sender, ctx, all_kinds=True)
        case _:
            await _renew(note, await _answered(draft, verb, value, ctx), sender, ctx)


async def _answered(draft: Draft, verb: str, value: str, ctx: Context) -> Draft:
    match verb:
        case "priority":
            return replace(draft, priority=Priority[value.upper()])
        case "kind":
            return _with_kind(draft, Kind(value) if value else None, ctx)
        case "place":
            cell = ctx.sender.shared_cell if value == ctx.sender.shared_area else None
            return replace(draft, area=AreaId(value), cell=cell)
        case "text":
            return _with_kind_as_text(draft, ctx)
        case "end":
            return replace(draft, ends_after_h=_hours(value))
        case "audience":
            return replace(draft, group=GroupId(value) if value else None, audience_known=True)
        case "change":
            return _without(draft, value)
        case _:
            raise UnknownButton


async def _told(note: Note, incoming: IncomingMessage, ctx: Context) -> None:
    """Take an answer given in words or as a position; a new message then asks the next."""
    draft = draft_from_json(note.state)
    if note.awaits == Step.PLACE.value:
        area = await _area_told(note, draft, incoming, ctx)
        if area is None:
            return
        cell = cell_of(incoming.position) if incoming.position else None
        draft = replace(draft, area=area.id, cell=cell)
    else:
        draft = _with_text(draft, incoming, ctx)
    await _close(note, ctx)
    await begin(draft, incoming.sender, ctx)


async def _area_told(
    note: Note, draft: Draft, incoming: IncomingMessage, ctx: Context
) -> Area | None:
    """Return the area that is meant; None after telling what is near."""
    if incoming.position is not None:
        area = ctx.areas.at(incoming.position)
        if area is None:
            await say_outside(ctx, FORM, incoming.position, offers=False)
        return area
    area = await area_meant(incoming.text.plain, ctx, FORM)
    if area is None:
        asked = await question(draft, incoming.sender, ctx)
        await _close(note, ctx)
        again = await place_again(asked, incoming.text.plain, ctx)
        await ctx.uow.notes.say(again, ctx.private)
    return area


async def _close(note: Note, ctx: Context) -> None:
    """End a question; its files go on with the draft, for one note holds them at a time."""
    await ctx.uow.notes.change(
        replace(note, choices=(), awaits=None, state={}, expires_at=ctx.now)
    )


def _with_text(draft: Draft, incoming: IncomingMessage, ctx: Context) -> Draft:
    """Add words, pictures, or both; after a picture alone the words are asked for again."""
    if not incoming.text and incoming.attachments:
        return replace(draft, media=(*draft.media, *ctx.files.take()))
    text = require_report_text(incoming.text)
    guessed = draft.kind or guess_kind(text.plain)
    media = (*draft.media, *ctx.files.take())
    return replace(
        draft, text=text, kind_says_it=False, origin=incoming.ref, kind=guessed, media=media
    )


def _with_kind(draft: Draft, kind: Kind | None, ctx: Context) -> Draft:
    chosen = replace(draft, kind=kind, kind_known=True)
    return _with_kind_as_text(chosen, ctx) if kind and draft.kind_says_it else chosen


def _with_kind_as_text(draft: Draft, ctx: Context) -> Draft:
    """For a shop with no time to write: the kind says it."""
    if draft.kind is None:
        raise Unacceptable("report-needs-words")
    said = ctx.texts.say(words(f"kind-{draft.kind.value}"), ctx.sender.language)
    return replace(draft, text=said, origin=None)


def _hours(value: str) -> int:
    if value not in {str(hours) for hours in ENDS_AFTER_H}:
        raise UnknownButton
    return int(value)


def _without(draft: Draft, step: str) -> Draft:
    """Take an answer back, so that the form asks for it again."""
    match step:
        case "kind":
            return replace(draft, kind=None, kind_known=False)
        case "place":
            return replace(draft, area=None, cell=None, audience_known=False, group=None)
        case "text":
            return replace(draft, text=NOTHING, origin=None)
        case "end":
            return replace(draft, ends_after_h=None)
        case _:
            raise UnknownButton


async def _renew(
    note: Note, draft: Draft, sender: Sender, ctx: Context, *, all_kinds: bool = False
) -> None:
    asked = await question(draft, sender, ctx, all_kinds=all_kinds)
    await ctx.uow.notes.change(replace(asked, id=note.id))


async def _send(draft: Draft, note: Note, sender: Sender, ctx: Context) -> None:
    if draft.next_step is not Step.PREVIEW:
        # Sent already, or changed since: pressed from another message than its preview.
        raise UnknownButton("error-button-used")
    if await still_true(draft, ctx) != draft:
        # Nobody sends what was not shown: a group that is gone must not become everybody.
        await ctx.uow.notes.change(_closed(note, words("form-changed")))
        await begin(draft, sender, ctx)
        return
    filing = await filing_of(draft, ctx)
    byline = await byline_in(filing, sender, ctx)
    again = press_on(note, "send another" if draft.is_another else "send")
    appeals = filing.is_appeal or filing.kind in RESTRICTED_KINDS
    if appeals and await must_prove_first(byline, filing.priority, filing.reach, ctx, again=again):
        return
    await publish(filing, sender, ctx)
    await ctx.uow.notes.change(_closed(note, words("form-sent")))


async def _join(draft: Draft, named: ReportId, note: Note, sender: Sender, ctx: Context) -> None:
    """Let a draft go into a report that tells of the same; nothing is sent anew."""
    found = await ctx.uow.reports.get(named)
    root = await ctx.uow.reports.root_of(found) if found else None
    if root is None or not root.is_active:
        await ctx.uow.notes.change(_closed(note, words("duplicate-not-any-more", id=named)))
        await begin(draft, sender, ctx)
        return
    adds = await join(root, draft, sender, ctx)
    said = words("duplicate-counted", id=root.id, added="yes" if adds else "no")
    rows: Rows = ()
    if draft.priority is not None and draft.priority > root.priority:
        may_raise = await ask_to_raise(root, draft.priority, ctx)
        rows = raise_rows(root, draft.priority) if may_raise else ()
    await ctx.uow.notes.change(replace(_closed(note, said), choices=as_rows(rows)))


def _closed(note: Note, said: Words) -> Note:
    return replace(note, words=said, choices=(), awaits=None, state={})


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if ctx.has_pressed(FORM) or is_command(incoming, "report"):
        return True
    # Who writes "RED: ..." while a form waits has no time for it.
    is_line = isinstance(incoming, IncomingMessage) and read_report_line(incoming.text, None)
    return ctx.is_awaited(FORM) and not is_line


def _needs(incoming: Incoming, ctx: Context) -> Need | None:
    """Ask for the report first; a position shared on the way is a question of its own.

    A red one waits for nobody's yes: what it lacks is told, it is sent, and then it is asked for.
    """
    if _is_red(ctx):
        action = ctx.pressed.action if ctx.pressed else ""
        if action.startswith("same "):
            return Need(Purpose.REPORTS)
        return Need(Purpose.REPORTS, is_urgent=True) if action == "send" else None
    if shares_a_place(incoming) and Purpose.REPORTS in ctx.sender.consents:
        return Need(Purpose.PLACE)
    return Need(Purpose.REPORTS)


def _is_red(ctx: Context) -> bool:
    """Whether this belongs to a red report that somebody has begun."""
    note = ctx.pressed.note if ctx.pressed else ctx.awaited
    if note is None or note.feature != FORM or not note.state:
        return False
    return draft_from_json(note.state).priority is Priority.RED


FEATURE = Feature(
    name=FORM,
    commands=("report",),
    accepts=_accepts,
    handle=_handle,
    needs=_needs,
)
