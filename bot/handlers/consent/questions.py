"""Asking for a consent: in whose words, and with which buttons."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import Rows, choice, note_to_sender
from bot.domain.consent import Purpose
from bot.domain.retention import Lifetimes
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.ports.features import Context

NAME = "consent"
ANEW = "anew"
"""Marks a question about something that goes on meanwhile."""
MENU: Rows = (
    (choice("menu-subscribe", "/subscribe"), choice("menu-report", "/report")),
    (choice("menu-help", "/help"),),
)
YES_NO: Rows = ((choice("consent-yes", "yes"), choice("consent-no", "no")),)
QUESTION: Rows = (*YES_NO, (choice("consent-read-more", "more"),))


async def ask(purpose: Purpose, ctx: Context, *, is_urgent: bool) -> None:
    """Ask for one purpose; a question that still stands and says as much is not asked again.

    Args:
        purpose: What for.
        ctx: Whom.
        is_urgent: A report is out already; it is erased without a yes within 24 h. Otherwise what
            was asked for waits for the answer.
    """
    asked = await ctx.uow.notes.latest(ctx.sender.id, NAME, ctx.now)
    # The welcome asks too, but says nothing of a line that waits.
    wanted = {**about(purpose, is_urgent=is_urgent), "waits": not is_urgent}
    if asked is not None and wanted.items() <= asked.state.items():
        return
    question = asked_for(purpose, ctx.lifetimes)
    said = words("consent-ask-after-red" if is_urgent else "consent-ask-first", question=question)
    await put_question(said, wanted, ctx)


def about(purpose: Purpose, *, is_urgent: bool) -> Mapping[str, Json]:
    """Return what a question remembers of what it asks."""
    return {"purpose": purpose.value, "urgent": is_urgent}


def asked_for(purpose: Purpose, lifetimes: Lifetimes) -> Words:
    """Return the sentence that asks for a purpose."""
    return words(f"consent-ask-{purpose.value}", kept_for=kept_for(lifetimes))


def kept_for(lifetimes: Lifetimes) -> Words:
    """Say how long reports are kept, from the least to the most urgent."""
    least, most = lifetimes.report_green.days, lifetimes.report_red.days
    return words(
        "consent-kept-for", least=least, most=most, is_range="yes" if least < most else "no"
    )


def more(ctx: Context) -> Words:
    """Return the whole of what a yes to reports means."""
    kept = ctx.lifetimes
    return words(
        "consent-more",
        green_days=kept.report_green.days,
        yellow_days=kept.report_yellow.days,
        red_days=kept.report_red.days,
    )


async def put_question(said: Words, state: Mapping[str, Json], ctx: Context) -> None:
    """Ask with the buttons for yes and no.

    Args:
        said: The question.
        state: What it is about, and what a yes lets go on.
        ctx: Whom.
    """
    note = note_to_sender(ctx, NAME, said, rows=QUESTION)
    await ctx.uow.notes.say(replace(note, state=state), ctx.private)
