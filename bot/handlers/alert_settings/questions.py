"""Asking when somebody wants to be alerted, and saying what holds from now on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from bot.alert_wishes import keep_settings, summary_for_sender
from bot.conversation import Rows, answer, choice, note_to_sender
from bot.domain.alerting import AlertSettings, is_digest_silent
from bot.domain.notes import Note
from bot.domain.words import Words, under_each_other, words
from bot.ports.features import Context

NAME = "alert_settings"
_WAITS_FOR = timedelta(hours=1)


class Asked(StrEnum):
    """What a question waits for; those that a command answers too are called as it is."""

    QUIET = "quiet"
    DIGEST = "digest"
    LIMIT = "limit"
    PAUSE = "pause"


async def ask(about: Asked, question: Words, rows: Rows, ctx: Context) -> None:
    """Ask with buttons; the next line in private is an answer too."""
    await _end_question(ctx)
    rows = [*rows, [choice("alerts-leave", "leave")]]
    note = note_to_sender(ctx, NAME, question, rows=rows)
    note = replace(note, awaits=about.value, expires_at=ctx.now + _WAITS_FOR)
    await ctx.uow.notes.say(note, ctx.private)


async def settings_of_sender(ctx: Context) -> AlertSettings:
    """Return how the sender wants to be alerted."""
    return await ctx.uow.alert_settings.of(ctx.sender.id)


async def change(
    settings: AlertSettings, ctx: Context, *, remarks: Sequence[Words] = (), rows: Rows = ()
) -> None:
    """Keep the settings and say what holds now."""
    await keep_settings(settings, ctx)
    await _end_question(ctx)
    done = words("alerts-changed", summary=await summary_for_sender(ctx))
    said = under_each_other([done, *remarks, *_remarks(settings, ctx)])
    await answer(ctx, NAME, said, rows=rows)


async def leave(note: Note, ctx: Context) -> None:
    """Change nothing; the question says what holds."""
    said = words("alerts-left", summary=await summary_for_sender(ctx))
    await ctx.uow.notes.change(replace(note, words=said, choices=(), awaits=None))


def _remarks(settings: AlertSettings, ctx: Context) -> Iterator[Words]:
    if is_digest_silent(settings, ctx.now, ctx.zone):
        yield words("digest-is-silent")


async def _end_question(ctx: Context) -> None:
    """Wait no longer for an answer, whichever way it came."""
    asked = await ctx.uow.notes.awaiting(ctx.sender.id, ctx.now)
    if asked is not None and asked.feature == NAME:
        await ctx.uow.notes.change(replace(asked, awaits=None))
