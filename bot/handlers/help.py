"""`/help`, unknown commands, and free text in private that nobody waits for."""

from bot.conversation import answer, choice
from bot.domain.commands import nearest_command
from bot.domain.copies import SubjectKind
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.words import words
from bot.ports.features import Context, Feature, is_command

NAME = "help"
_ROWS = (
    (choice("menu-report", "/report"), choice("menu-subscribe", "/subscribe")),
    (choice("menu-subscriptions", "/subscriptions"), choice("menu-privacy", "/privacy")),
    (choice("menu-tip", "/tip"), choice("menu-language", "/language")),
)


async def _help(_incoming: Incoming, ctx: Context) -> None:
    text_id = "help-in-group" if ctx.group else "help"
    group = ctx.group.name if ctx.group else ""
    await answer(ctx, NAME, words(text_id, group=group), rows=_ROWS)


def last_resort(known: tuple[str, ...]) -> Feature:
    """Answer in private what no other feature understands; in rooms stay silent."""

    async def handle(incoming: Incoming, ctx: Context) -> None:
        if not isinstance(incoming, IncomingMessage):
            return
        if incoming.command is None:
            await answer(ctx, NAME, words("not-understood"), rows=_ROWS)
            return
        near = nearest_command(incoming.command.name, known)
        typed = incoming.command.name
        if near is None:
            await answer(ctx, NAME, words("command-unknown", typed=typed), rows=_ROWS)
            return
        rest = incoming.command.rest.plain
        meant = f"/{near} {rest}".strip() if len(rest) < 200 else f"/{near}"
        rows = [[choice("command-button", meant, command=f"/{near}")]]
        said = words("command-near", typed=typed, near=near)
        await answer(ctx, NAME, said, rows=rows)

    return Feature(name="last_resort", accepts=_in_private, handle=handle)


def _in_private(incoming: Incoming, ctx: Context) -> bool:
    """Whether this was said to the bot itself; a reply to a card was said to its readers."""
    if not isinstance(incoming, IncomingMessage) or not incoming.is_direct:
        return False
    on_a_card = ctx.answered is not None and ctx.answered.subject.kind is SubjectKind.REPORT
    return not on_a_card or incoming.command is not None


FEATURE = Feature(
    name=NAME,
    commands=("help",),
    accepts=lambda incoming, _ctx: is_command(incoming, "help"),
    handle=_help,
)
