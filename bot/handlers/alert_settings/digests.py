"""`/digest daily 18:00`: what is not red in one message, and how many come by themselves."""

from dataclasses import replace

from bot.alert_wishes import summary_for_sender
from bot.conversation import Rows, choice
from bot.domain.alert_answers import asks_for_limit, read_also_in_private, read_limit
from bot.domain.alerting import AlertSettings
from bot.domain.digests import DigestTimes
from bot.domain.time_answers import Off, read_digest_times
from bot.domain.words import words
from bot.handlers.alert_settings.questions import Asked, ask, change, settings_of_sender
from bot.ports.features import Context

_CHANGE: Rows = (
    (choice("digest-times-change", "/digest"), choice("limit-change", "/digest limit")),
)  # fmt: skip


async def take_digest(said: str, ctx: Context) -> None:
    """Take the times as somebody wrote them, or a limit; without any, ask."""
    settings = await settings_of_sender(ctx)
    if not said:
        await _ask("digest-ask", settings, ctx)
        return
    also = read_also_in_private(said)
    if also is not None:
        await change(replace(settings, also_in_private=also), ctx, rows=_CHANGE)
        return
    if asks_for_limit(said):
        await _ask_limit("limit-ask", ctx)
        return
    limit = read_limit(said)
    if limit is not None:
        await _limited(limit, settings, ctx)
        return
    match read_digest_times(said):
        case None:
            await _ask("digest-unclear", settings, ctx)
        case Off.OFF:
            await change(replace(settings, digest=None), ctx, rows=_CHANGE)
        case DigestTimes() as times:
            await change(replace(settings, digest=times), ctx, rows=_CHANGE)


async def limit_told(said: str, ctx: Context) -> None:
    """Take the limit that was asked for."""
    limit = read_limit(said, is_asked=True)
    if limit is None:
        await _ask_limit("limit-unclear", ctx)
    else:
        await _limited(limit, await settings_of_sender(ctx), ctx)


async def _limited(limit: int | Off, settings: AlertSettings, ctx: Context) -> None:
    most = limit if isinstance(limit, int) else None
    remarks = [] if most is None else [words("limit-rest-comes-later")]
    await change(replace(settings, most_an_hour=most), ctx, remarks=remarks, rows=_CHANGE)


async def _ask(text_id: str, settings: AlertSettings, ctx: Context) -> None:
    off = [[choice("digest-off", "/digest off")]] if settings.digest else []
    also = "no" if settings.also_in_private else "yes"
    rows = (
        (choice("digest-daily", "/digest daily 18:00"),),
        (choice("digest-weekly", "/digest sunday 18:00"),),
        *off,
        (choice("limit-change", "/digest limit"),),
        (choice(f"rooms-{also}", f"/digest rooms {also}"),),
    )
    question = words(text_id, summary=await summary_for_sender(ctx))
    await ask(Asked.DIGEST, question, rows, ctx)


async def _ask_limit(text_id: str, ctx: Context) -> None:
    rows = (
        (choice("limit-3", "/digest limit 3"), choice("limit-6", "/digest limit 6")),
        (choice("limit-off", "/digest limit off"),),
    )
    await ask(Asked.LIMIT, words(text_id), rows, ctx)
