"""`/notice`: one line or a form, always with a preview before it is sent."""

from dataclasses import replace

from bot.domain.areas import AreaId
from bot.domain.consent import Need, Purpose
from bot.domain.groups import GroupId
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import Media
from bot.domain.notes import Note, NoteId
from bot.domain.notice_drafts import NoticeDraft, notice_draft_from_json
from bot.domain.reports import Priority
from bot.domain.words import words
from bot.errors import NotPermitted, Unacceptable, UnknownButton
from bot.handlers.notices.places import may_send_to, require_some_speaker, with_area
from bot.handlers.notices.questions import FORM, Asks, closed, question
from bot.handlers.notices.reading import moment, read_notice, read_places, with_texts
from bot.handlers.notices.sending import send
from bot.ports.features import Context, Feature, is_command

_TOMORROW = "tomorrow 08:00"
_SUB_QUESTIONS = frozenset({Asks.WHERE, Asks.PICTURE, Asks.WHEN, Asks.UNTIL})


async def _handle(incoming: Incoming, ctx: Context) -> None:
    require_some_speaker(ctx)
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        await _told(ctx.awaited, incoming, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        said = incoming.command.rest.plain.strip()
        waiting = await _waiting(said, ctx)
        if waiting is not None:
            await send(notice_draft_from_json(waiting.state), waiting, ctx)
            return
        draft = await read_notice(said, ctx)
        await _ask(replace(draft, media=_pictures(ctx)), ctx)


async def _waiting(named: str, ctx: Context) -> Note | None:
    """Return the sender's preview that waited until they had shown who they are."""
    note = await ctx.uow.notes.get(NoteId(named)) if ctx.pressed is not None else None
    is_theirs = note is not None and note.feature == FORM and note.person == ctx.sender.id
    return note if is_theirs and note is not None and note.state else None


def _pictures(ctx: Context) -> tuple[Media, ...]:
    return ctx.files.take() if ctx.files.kept else ()


async def _ask(draft: NoticeDraft, ctx: Context, asks: Asks | None = None) -> None:
    await ctx.uow.notes.say(await question(draft, ctx, asks), ctx.private)


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    """Take an answer given by a button; the same message then asks the next."""
    draft = notice_draft_from_json(note.state)
    verb, _, value = action.partition(" ")
    match verb:
        case "send":
            await send(draft, note, ctx)
        case "cancel":
            await _drop_pictures(draft, ctx)
            await ctx.uow.notes.change(closed(note, words("notice-form-cancelled")))
        case "words":
            await _renew(note, draft, ctx, Asks.WORDS, language=value)
        case "area" | "group":
            await _renew(note, await _toggled(draft, verb, value, ctx), ctx, Asks.WHERE)
        case _ if not value and verb in _SUB_QUESTIONS:
            await _renew(note, draft, ctx, Asks(verb))
        case _:
            await _renew(note, await _changed(draft, verb, value, ctx), ctx)


async def _renew(
    note: Note,
    draft: NoticeDraft,
    ctx: Context,
    asks: Asks | None = None,
    *,
    language: str | None = None,
) -> None:
    asked = await question(draft, ctx, asks, language=language)
    await ctx.uow.notes.change(replace(asked, id=note.id))


async def _changed(draft: NoticeDraft, verb: str, value: str, ctx: Context) -> NoticeDraft:
    match verb, value:
        case "back", _:
            return draft
        case "priority", _:
            return replace(draft, priority=Priority[value.upper()])
        case "when", "now":
            return replace(draft, due_at=None)
        case "when", _:
            return replace(draft, due_at=moment(_TOMORROW, ctx))
        case "until", _:
            return replace(draft, expires_at=None)
        case "speaker", _:
            return replace(draft, speaker=value)
        case "picture", _:
            await _drop_pictures(draft, ctx)
            return replace(draft, media=())
        case _:
            raise UnknownButton


async def _drop_pictures(draft: NoticeDraft, ctx: Context) -> None:
    for file in draft.media:
        await ctx.media.discard(file.id)


async def _toggled(draft: NoticeDraft, verb: str, value: str, ctx: Context) -> NoticeDraft:
    """Put a place in, or take it out."""
    if verb == "area" and value in draft.areas:
        return replace(draft, areas=tuple(area for area in draft.areas if area != value))
    if verb == "group" and value in draft.groups:
        return replace(draft, groups=tuple(group for group in draft.groups if group != value))
    if verb == "group":
        group = await ctx.uow.groups.get(GroupId(value))
        if group is None or not await may_send_to(group, ctx):
            raise NotPermitted("notice-outside", area=value)
        return replace(draft, groups=(*draft.groups, group.id))
    area = ctx.areas.get(AreaId(value))
    if area is None:
        raise UnknownButton
    return with_area(draft, area, ctx)


async def _told(note: Note, incoming: IncomingMessage, ctx: Context) -> None:
    """Take an answer given in words or as a picture; a new message then asks the next."""
    draft = await _answered(notice_draft_from_json(note.state), note, incoming, ctx)
    await ctx.uow.notes.change(closed(note, words("notice-noted")))
    await _ask(draft, ctx)


async def _answered(
    draft: NoticeDraft, note: Note, incoming: IncomingMessage, ctx: Context
) -> NoticeDraft:
    said = incoming.text.plain.strip()
    draft = replace(draft, media=(*draft.media, *_pictures(ctx)))
    if not said:
        return draft
    match Asks(note.awaits or Asks.PREVIEW.value):
        case Asks.WHERE:
            return await read_places(said, draft, ctx)
        case Asks.WHEN:
            return replace(draft, due_at=moment(said, ctx))
        case Asks.UNTIL:
            return replace(draft, expires_at=moment(said, ctx, ends_day=True))
        case Asks.WORDS:
            language = note.state.get("language")
            asked_for = language if isinstance(language, str) else None
            return with_texts(draft, said, ctx, language=asked_for)
        case _:
            raise Unacceptable("notice-only-pictures")


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    return is_command(incoming, "notice") or ctx.has_pressed(FORM) or _is_answered(ctx)


def _is_answered(ctx: Context) -> bool:
    """Whether this answers the form: a preview waits for pictures, and for no words."""
    if ctx.awaited is None or not ctx.is_awaited(FORM):
        return False
    return ctx.awaited.awaits != Asks.PREVIEW or bool(ctx.files.kept)


def _needs(_incoming: Incoming, _ctx: Context) -> Need | None:
    return Need(Purpose.REPORTS)


FEATURE = Feature(
    name=FORM,
    commands=("notice",),
    accepts=_accepts,
    handle=_handle,
    needs=_needs,
)
