"""`/notices`, `/correct` and `/recall`, by command, by button or in answer to a question."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import Rows, answer, choice
from bot.domain.announcing import speakers_for
from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note
from bot.domain.notices import Notice, NoticeId, NoticeState
from bot.domain.permissions import Action
from bot.domain.words import Moment, Words, under_each_other, words
from bot.errors import UnknownButton
from bot.handlers.notices.card import place_of
from bot.handlers.notices.changing import (
    ask_for_words,
    ask_to_recall,
    correct,
    find,
    recall,
    require_may,
    require_notice,
)
from bot.handlers.notices.held import NAME
from bot.handlers.notices.holding_back import go_on
from bot.handlers.notices.places import require_some_speaker
from bot.handlers.notices.progress import offers
from bot.ports.features import Context, Feature, is_command

COMMANDS = ("notices", "correct", "recall")
MOST_LISTED = 5
_FIRST_CHARS = 40


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
    elif not isinstance(incoming, IncomingMessage):
        return
    elif ctx.awaited is not None and incoming.command is None:
        await _told(ctx.awaited, incoming, ctx)
    elif incoming.command is not None and incoming.command.name == "notices":
        await _list(ctx)
    elif incoming.command is not None:
        require_some_speaker(ctx)
        await _change(incoming.command.name, incoming, ctx)


async def _change(verb: str, incoming: IncomingMessage, ctx: Context) -> None:
    notice, said = await find(incoming, ctx)
    if verb == "recall":
        await recall(notice, ctx)
    elif said:
        await correct(notice, said, ctx)
    else:
        await require_may(notice, Action.CORRECT_NOTICE, ctx)
        await ask_for_words(notice, ctx)


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    verb, _, named = action.partition(" ")
    if verb == "nothing":
        said = words("notice-left-alone")
        await ctx.uow.notes.change(replace(note, words=said, choices=(), awaits=None, state={}))
        return
    notice = await require_notice(NoticeId(named), ctx)
    match verb:
        case "correct":
            await require_may(notice, Action.CORRECT_NOTICE, ctx)
            await ask_for_words(notice, ctx)
        case "recall":
            await ask_to_recall(notice, ctx)
        case "go-on":
            await go_on(notice, note, ctx)
        case "recall!":
            await recall(notice, ctx)
            await ctx.uow.notes.change(replace(note, choices=()))
        case _:
            raise UnknownButton


async def _told(note: Note, incoming: IncomingMessage, ctx: Context) -> None:
    """Take the right words in."""
    notice = await require_notice(NoticeId(str(note.state.get("notice"))), ctx)
    await correct(notice, incoming.text.plain, ctx)
    await ctx.uow.notes.change(
        replace(note, words=words("notice-noted"), choices=(), awaits=None, state={})
    )


async def _list(ctx: Context) -> None:
    """Show the latest that the sender, or the sender's organisations, have written."""
    require_some_speaker(ctx)
    speakers = speakers_for(ctx.sender, [], ctx.now)
    own = [speaker.key for speaker in speakers]
    found = await ctx.uow.notices.recent(ctx.sender.id, own, limit=MOST_LISTED)
    if not found:
        await answer(ctx, NAME, words("notices-none"), rows=((choice("notices-new", "/notice"),),))
        return
    lines = [words("notices-head"), *[await _line(notice, ctx) for notice in found]]
    await answer(ctx, NAME, under_each_other(lines), rows=_rows(found))


def _rows(found: Sequence[Notice]) -> Rows:
    return [row for notice in found for row in offers(notice)]


async def _line(notice: Notice, ctx: Context) -> Words:
    reach = await ctx.uow.notice_reach.of(notice.id)
    waits = notice.state is NoticeState.SCHEDULED
    at = notice.due_at if waits and notice.due_at else notice.published_at
    return words(
        "notices-line",
        id=notice.id,
        emoji=notice.priority.emoji,
        place=await place_of(notice, uow=ctx.uow, areas=ctx.areas),
        time=Moment(at, with_day=True),
        state=notice.state.value,
        rooms=reach.rooms.reached,
        people=reach.people.reached,
        text=_first_words(notice.text),
        has_text="yes" if notice.text else "no",
    )


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _FIRST_CHARS else line[:_FIRST_CHARS].rsplit(" ", 1)[0] + " …"


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    return is_command(incoming, *COMMANDS) or ctx.has_pressed(NAME) or ctx.is_awaited(NAME)


def _needs(_incoming: Incoming, _ctx: Context) -> Need | None:
    return Need(Purpose.REPORTS)


FEATURE = Feature(name=NAME, commands=COMMANDS, accepts=_accepts, handle=_handle, needs=_needs)
