"""What is meant, by command, by button or in answer to a question."""

from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.subscribe_answers import read_wanted
from bot.handlers.subscriptions.following import subscribe, told
from bot.handlers.subscriptions.kinds import choose_kind
from bot.handlers.subscriptions.leaving import unsubscribe
from bot.handlers.subscriptions.listing import show_list
from bot.handlers.subscriptions.questions import NAME
from bot.ports.features import Context, Feature, is_command, shares_a_place

COMMANDS = ("subscribe", "subscriptions", "unsubscribe")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await choose_kind(ctx.pressed.note, ctx.pressed.action, ctx)
        return
    if not isinstance(incoming, IncomingMessage):
        return
    if incoming.command is None:
        await told(incoming, ctx)
        return
    said = incoming.command.rest.plain.strip()
    match incoming.command.name:
        case "subscriptions":
            await show_list(ctx, page=int(said) if said.isdecimal() and len(said) < 4 else 1)
        case "unsubscribe":
            await unsubscribe(said, ctx)
        case _:
            await subscribe(said, ctx)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    return is_command(incoming, *COMMANDS) or ctx.is_awaited(NAME) or ctx.has_pressed(NAME)


def _needs(incoming: Incoming, ctx: Context) -> Need | None:
    """Ask for the subscription first; the use of a position is a question of its own."""
    if _uses_a_place(incoming) and Purpose.REPORTS in ctx.sender.consents:
        return Need(Purpose.PLACE)
    keeps = is_command(incoming, "subscribe") or ctx.is_awaited(NAME) or ctx.has_pressed(NAME)
    return Need(Purpose.REPORTS) if keeps else None


def _uses_a_place(incoming: Incoming) -> bool:
    if shares_a_place(incoming):
        return True
    if not isinstance(incoming, IncomingMessage) or not is_command(incoming, "subscribe"):
        return False
    said = incoming.command.rest.plain if incoming.command else ""
    wanted = read_wanted(said)
    return wanted.radius_m is not None or wanted.name.startswith("around:")


FEATURE = Feature(name=NAME, commands=COMMANDS, accepts=_accepts, handle=_handle, needs=_needs)
