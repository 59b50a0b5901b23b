"""`/quiet 22-07`: when no sound shall be made, and whether red makes one all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.alert_wishes import summary_for_sender
from bot.conversation import Rows, answer, choice
from bot.domain.alert_answers import read_red_breaks
from bot.domain.alerting import AlertSettings
from bot.domain.day_words import hours_words
from bot.domain.notes import Choice
from bot.domain.quiet_hours import QuietHours, is_endless
from bot.domain.time_answers import Off, evening_meant, read_quiet_hours
from bot.domain.words import Words, in_a_row, words
from bot.handlers.alert_settings.questions import NAME, Asked, ask, change, settings_of_sender
from bot.ports.features import Context

_NIGHT: Rows = (
    (choice("quiet-night", "/quiet 22-07"),),
    (choice("quiet-week", "/quiet weekdays 22-06, weekends 23-09"),),
)


async def take_quiet(said: str, ctx: Context) -> None:
    """Take the hours as somebody wrote them; without any, ask."""
    settings = await settings_of_sender(ctx)
    if not said:
        await _ask("quiet-ask", settings, ctx)
        return
    red_breaks = read_red_breaks(said)
    if red_breaks is not None:
        await _changed(replace(settings, red_breaks_quiet=red_breaks), ctx)
        return
    match read_quiet_hours(said):
        case None:
            await _ask("quiet-unclear", settings, ctx)
        case Off.OFF:
            await _changed(replace(settings, quiet=()), ctx)
        case tuple(hours):
            evening = evening_meant(hours, said)
            if evening is None:
                await _set(hours, settings, ctx)
            else:
                await _ask_which(hours, evening, ctx)


async def _set(hours: tuple[QuietHours, ...], settings: AlertSettings, ctx: Context) -> None:
    """Who wants quiet all round the week wants a pause, which has an end."""
    if is_endless(hours, ctx.now, ctx.zone):
        rows = (
            (choice("pause-1", "/pause 1d"), choice("pause-7", "/pause 7d")),
            (choice("quiet-night", "/quiet 22-07"),),
        )
        await answer(ctx, NAME, words("quiet-always"), rows=rows)
        return
    await _changed(replace(settings, quiet=hours), ctx)


async def _ask_which(
    said: Sequence[QuietHours], evening: Sequence[QuietHours], ctx: Context
) -> None:
    """Let somebody who wrote `10-6` choose; the buttons leave no doubt."""
    rows = [[Choice(_in_words(hours), f"/quiet {_exactly(hours)}")] for hours in (evening, said)]
    await ask(Asked.QUIET, words("quiet-which"), rows, ctx)


def _in_words(hours: Sequence[QuietHours]) -> Words:
    return in_a_row([hours_words(one) for one in hours])


def _exactly(hours: Sequence[QuietHours]) -> str:
    """Write hours so that they are read again as they are."""
    return ", ".join(f"{_days(one)} {one.begins:%H:%M}-{one.ends:%H:%M}" for one in hours)


def _days(one: QuietHours) -> str:
    return " ".join(day.name.lower() for day in sorted(one.days))


async def _changed(settings: AlertSettings, ctx: Context) -> None:
    await change(settings, ctx, rows=[*_red_row(settings), [choice("quiet-change", "/quiet")]])


async def _ask(text_id: str, settings: AlertSettings, ctx: Context) -> None:
    off = [[choice("quiet-off", "/quiet off")]] if settings.quiet else []
    question = words(text_id, summary=await summary_for_sender(ctx))
    await ask(Asked.QUIET, question, [*_NIGHT, *_red_row(settings), *off], ctx)


def _red_row(settings: AlertSettings) -> Iterator[Sequence[Choice]]:
    """Offer the other of the two for red, where there is quiet."""
    if settings.quiet:
        other = "no" if settings.red_breaks_quiet else "yes"
        yield (choice(f"quiet-red-{other}", f"/quiet red {other}"),)
