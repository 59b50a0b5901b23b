"""Which of the three is meant, by command or in answer to a question."""

from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.handlers.alert_settings.digests import limit_told, take_digest
from bot.handlers.alert_settings.pauses import take_pause
from bot.handlers.alert_settings.questions import NAME, Asked, leave
from bot.handlers.alert_settings.quiet import take_quiet
from bot.ports.features import Context, Feature, is_command, shares_a_place

COMMANDS = ("quiet", "digest", "pause")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await leave(ctx.pressed.note, ctx)
        return
    if not isinstance(incoming, IncomingMessage):
        return
    if incoming.command is None:
        asked = ctx.awaited.awaits if ctx.awaited else None
        await _take(asked or "", incoming.text.plain.strip(), ctx)
    else:
        await _take(incoming.command.name, incoming.command.rest.plain.strip(), ctx)


async def _take(asked: str, said: str, ctx: Context) -> None:
    match asked:
        case Asked.QUIET:
            await take_quiet(said, ctx)
        case Asked.DIGEST:
            await take_digest(said, ctx)
        case Asked.LIMIT:
            await limit_told(said, ctx)
        case _:
            await take_pause(said, ctx)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if is_command(incoming, *COMMANDS) or ctx.has_pressed(NAME):
        return True
    return ctx.is_awaited(NAME) and not shares_a_place(incoming)


def _needs(incoming: Incoming, ctx: Context) -> Need | None:
    """Ask before anything is kept; looking at it keeps nothing."""
    command = incoming.command if isinstance(incoming, IncomingMessage) else None
    says_something = bool(command.rest) if command else ctx.is_awaited(NAME)
    return Need(Purpose.REPORTS) if says_something else None


FEATURE = Feature(name=NAME, commands=COMMANDS, accepts=_accepts, handle=_handle, needs=_needs)
