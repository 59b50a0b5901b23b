"""`/tip`: the guided form in private, and the preview of a tip in one line."""

from dataclasses import replace

from bot.conversation import say_outside
from bot.domain.areas import AreaId
from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import Media
from bot.domain.notes import Note
from bot.domain.organisations import OrganisationId
from bot.domain.report_lines import read_report_line
from bot.domain.reports import Report, read_report_id
from bot.domain.richtext import NOTHING
from bot.domain.tip_drafts import TipDraft, TipStep, tip_draft_from_json
from bot.domain.tip_lines import read_tip_line, require_tip_text
from bot.domain.tips import MAX_TIP_PHOTOS
from bot.domain.words import Words, words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.tips.naming import FORM
from bot.handlers.tips.questions import question, those_there_are
from bot.handlers.tips.sending import require_desk, send_tip
from bot.ports.features import Context, Feature, is_command, shares_a_place
from bot.whereabouts import area_meant


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, incoming, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        await _told(ctx.awaited, incoming, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        await begin(await draft_in(incoming, ctx), incoming, ctx)


async def begin(draft: TipDraft, incoming: Incoming, ctx: Context) -> None:
    """Ask for the first thing that a draft lacks, in private."""
    await ctx.uow.notes.say(await question(draft, incoming, ctx), ctx.private)


async def draft_in(incoming: IncomingMessage, ctx: Context) -> TipDraft:
    """Return what a line tells already; who says it all at once is asked nothing more.

    Raises:
        Unacceptable: The organisation takes no tips, or the text is too long.
    """
    said = incoming.command.rest if incoming.command else incoming.text
    read = read_tip_line(said, await those_there_are(ctx))
    draft = TipDraft(media=take_photos(0, ctx))
    about = await _report_named(read.text.plain, ctx)
    if about is not None:
        area = about.area if ctx.areas.get(about.area) else None
        draft = replace(draft, about=about.id, area=area, place_known=area is not None)
    elif read.text:
        draft = replace(draft, text=require_tip_text(read.text))
    if read.organisation is None:
        return draft
    organisation = await require_desk(read.organisation.id, ctx)
    draft = replace(draft, organisation=organisation.id)
    return replace(draft, place_known=True, who_known=True) if draft.text else draft


async def _report_named(said: str, ctx: Context) -> Report | None:
    """Return the report whose button was pressed; its id is no words of anybody's."""
    named = read_report_id(said.strip()) if ctx.pressed is not None else None
    return await ctx.uow.reports.get(named) if named else None


def take_photos(there: int, ctx: Context) -> tuple[Media, ...]:
    """Return the files that came with a message.

    Raises:
        Unacceptable: There are too many; all that came are let go.
    """
    if there + len(ctx.files.kept) > MAX_TIP_PHOTOS:
        raise Unacceptable("tip-too-many-photos", most=MAX_TIP_PHOTOS)
    return ctx.files.take()


async def _pressed(note: Note, action: str, incoming: Incoming, ctx: Context) -> None:
    """Take an answer given by a button; the same message then asks the next."""
    draft = tip_draft_from_json(note.state)
    verb, _, value = action.partition(" ")
    match verb:
        case "send":
            await send_tip(draft, note, incoming, ctx)
        case "cancel":
            await drop(note, words("form-cancelled"), ctx)
        case _:
            asked = await question(await _answered(draft, verb, value, ctx), incoming, ctx)
            await ctx.uow.notes.change(replace(asked, id=note.id))


async def drop(note: Note, said: Words, ctx: Context) -> None:
    """Forget a draft with its photos."""
    for file in note.files:
        await ctx.media.discard(file.id)
    await ctx.uow.notes.change(replace(note, words=said, choices=(), awaits=None, state={}))


async def _answered(draft: TipDraft, verb: str, value: str, ctx: Context) -> TipDraft:
    match verb:
        case "to":
            organisation = await require_desk(OrganisationId(value), ctx)
            return replace(draft, organisation=organisation.id)
        case "place":
            return replace(draft, area=AreaId(value) if value else None, place_known=True)
        case "who":
            return replace(draft, is_named=value == "named", who_known=True)
        case "change":
            return _without(draft, TipStep(value))
        case _:
            raise UnknownButton


def _without(draft: TipDraft, step: TipStep) -> TipDraft:
    """Take an answer back, so that the form asks for it again."""
    match step:
        case TipStep.ORGANISATION:
            return replace(draft, organisation=None)
        case TipStep.TEXT:
            return replace(draft, text=NOTHING)
        case TipStep.PLACE:
            return replace(draft, area=None, place_known=False)
        case TipStep.WHO | TipStep.PREVIEW:
            raise UnknownButton


async def _told(note: Note, incoming: IncomingMessage, ctx: Context) -> None:
    """Take an answer in words, pictures or as a position; a new message then asks the next."""
    draft = await _with_words(tip_draft_from_json(note.state), note, incoming, ctx)
    if draft is None:
        return
    await ctx.uow.notes.change(
        replace(note, choices=(), awaits=None, state={}, expires_at=ctx.now)
    )
    await begin(draft, incoming, ctx)


async def _with_words(
    draft: TipDraft, note: Note, incoming: IncomingMessage, ctx: Context
) -> TipDraft | None:
    match note.awaits:
        case TipStep.ORGANISATION.value:
            named = read_tip_line(incoming.text, await those_there_are(ctx)).organisation
            if named is None:
                raise Unacceptable("tip-unknown-organisation", name=incoming.text.plain[:60])
            return replace(draft, organisation=(await require_desk(named.id, ctx)).id)
        case TipStep.PLACE.value:
            return await _with_place(draft, incoming, ctx)
        case _:
            media = (*draft.media, *take_photos(len(draft.media), ctx))
            # After a picture alone the words are asked for again.
            text = require_tip_text(incoming.text) if incoming.text or not media else NOTHING
            return replace(draft, text=text, media=media)


async def _with_place(draft: TipDraft, incoming: IncomingMessage, ctx: Context) -> TipDraft | None:
    if incoming.position is not None:
        area = ctx.areas.at(incoming.position)
        if area is None:
            await say_outside(ctx, FORM, incoming.position, offers=False)
            return None
    else:
        area = await area_meant(incoming.text.plain, ctx, FORM)
        if area is None:
            raise Unacceptable("tip-place-unknown", name=incoming.text.plain[:60])
    return replace(draft, area=area.id, place_known=True)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    is_begun = incoming.is_direct or ctx.pressed is not None
    if ctx.has_pressed(FORM) or (is_command(incoming, "tip") and is_begun):
        return True
    # Who writes "RED: ..." while a form waits has no time for it.
    is_line = isinstance(incoming, IncomingMessage) and read_report_line(incoming.text, None)
    return ctx.is_awaited(FORM) and not is_line


def _needs(incoming: Incoming, ctx: Context) -> Need | None:
    """Ask before words are kept; who says no is asked nothing."""
    if ctx.pressed is not None and ctx.pressed.action == "cancel":
        return None
    shares = shares_a_place(incoming) and Purpose.REPORTS in ctx.sender.consents
    return Need(Purpose.PLACE if shares else Purpose.REPORTS)


FEATURE = Feature(
    name=FORM,
    commands=("tip",),
    accepts=_accepts,
    handle=_handle,
    needs=_needs,
)
