"""`/start`: welcoming somebody, asking what they agree to, and taking the answer."""

from dataclasses import replace

from bot.conversation import answer, as_rows, choice, note_to_sender
from bot.domain.consent import Purpose
from bot.domain.incoming import Incoming
from bot.domain.notes import Note
from bot.domain.words import Words, words
from bot.ports.features import Context, Feature, is_command

NAME = "consent"
MENU = (
    (choice("menu-subscribe", "/subscribe"), choice("menu-report", "/report")),
    (choice("menu-help", "/help"),),
)
_YES_NO = ((choice("consent-yes", "yes"), choice("consent-no", "no")),)
_QUESTION = (*_YES_NO, (choice("consent-read-more", "more"),))
_AGREED = (*MENU, (choice("menu-choices", "/consent"),))


async def ask(purpose: Purpose, ctx: Context, *, is_urgent: bool) -> None:
    """Ask for one purpose; a question that still stands is not asked again.

    Args:
        purpose: What for.
        ctx: Whom.
        is_urgent: A report is on its way already; it is erased without a yes within 24 h.
    """
    asked = await ctx.uow.notes.latest(ctx.sender.id, NAME, ctx.now)
    if asked is not None and asked.state.get("purpose") == purpose.value:
        return
    said = words("consent-ask-after-red" if is_urgent else f"consent-ask-{purpose.value}")
    await _question(said, purpose, ctx)


async def _question(said: Words, purpose: Purpose, ctx: Context) -> None:
    note = note_to_sender(ctx, NAME, said, rows=_QUESTION)
    await ctx.uow.notes.say(replace(note, state={"purpose": purpose.value}), ctx.private)


async def _start(ctx: Context) -> None:
    if Purpose.REPORTS in ctx.sender.consents:
        await answer(ctx, NAME, words("start-again"), rows=MENU)
        return
    welcome = words("start-welcome", question=words("consent-ask-reports"))
    await _question(welcome, Purpose.REPORTS, ctx)


async def _answered(note: Note, action: str, ctx: Context) -> None:
    match action:
        case "yes":
            await _agree(Purpose(str(note.state["purpose"])), ctx)
            said, rows = words("consent-thanks"), as_rows(_AGREED)
        case "no":
            await ctx.uow.inbox.drop(ctx.sender.id)
            said, rows = words("consent-declined"), as_rows(((choice("menu-start", "/start"),),))
        case _:
            said, rows = words("consent-more"), as_rows(_YES_NO)
    state = note.state if action == "more" else {}
    await ctx.uow.notes.change(replace(note, words=said, choices=rows, state=state))


async def _agree(purpose: Purpose, ctx: Context) -> None:
    """Remember the yes, and let go on what has waited for it."""
    await ctx.uow.people.consent(ctx.sender.id, purpose, ctx.now)
    await ctx.uow.audit.note("consent.given", purpose.value, by=ctx.sender.id, now=ctx.now)
    if purpose is Purpose.REPORTS:
        await ctx.uow.reports.settle_provisional(ctx.sender.id)
    await ctx.uow.inbox.release(ctx.sender.id)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    return ctx.has_pressed(NAME) or is_command(incoming, "start")


async def _handle(_incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _answered(ctx.pressed.note, ctx.pressed.action, ctx)
    else:
        await _start(ctx)


FEATURE = Feature(name=NAME, commands=("start",), accepts=_accepts, handle=_handle)
