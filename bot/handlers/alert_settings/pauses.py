"""`/pause 7d`: nothing comes until then, not even red."""

from dataclasses import replace
from datetime import datetime

from bot.alert_wishes import summary_for_sender
from bot.conversation import Rows, choice
from bot.domain.pause_answers import read_pause
from bot.domain.time_answers import Off
from bot.domain.words import words
from bot.handlers.alert_settings.questions import Asked, ask, change, settings_of_sender
from bot.ports.features import Context

_UNTIL = frozenset({"until", "till", "tills", "til"})
_SHORT: Rows = ((choice("pause-1", "/pause 1d"), choice("pause-7", "/pause 7d")),)
_END: Rows = ((choice("pause-off", "/pause off"),),)


async def take_pause(said: str, ctx: Context) -> None:
    """Take how long, as somebody wrote it; without that, ask."""
    settings = await settings_of_sender(ctx)
    is_paused = settings.paused_until is not None and settings.paused_until > ctx.now
    if not said:
        until: Rows = ((choice("pause-until", "/pause until"),),)
        await _ask("pause-ask", (*_SHORT, *until, *(_END if is_paused else ())), ctx)
        return
    if said.casefold() in _UNTIL:
        await _ask("pause-ask-until", ((choice("pause-monday", "/pause until monday"),),), ctx)
        return
    match read_pause(said, ctx.now, ctx.zone):
        case None:
            await _ask("pause-unclear", _SHORT, ctx)
        case Off.OFF:
            await change(replace(settings, paused_until=None), ctx)
        case datetime() as until_then:
            paused = replace(settings, paused_until=until_then)
            await change(paused, ctx, remarks=[words("pause-holds-red")], rows=_END)


async def _ask(text_id: str, rows: Rows, ctx: Context) -> None:
    question = words(text_id, summary=await summary_for_sender(ctx))
    await ask(Asked.PAUSE, question, rows, ctx)
