"""Lines that become reports when their authors change them."""

from bot.domain.commands import parse_command
from bot.domain.incoming import Incoming, IncomingEdit, IncomingMessage
from bot.domain.report_lines import read_report_line
from bot.ports.features import Context


async def as_report(incoming: Incoming, ctx: Context) -> Incoming:
    """Return an edit that makes a report of a line as the message that the line is by now."""
    if not isinstance(incoming, IncomingEdit) or incoming.position is not None:
        return incoming
    command = parse_command(incoming.text, prefixes=ctx.capabilities.command_prefixes)
    line = read_report_line(incoming.text, command)
    if line is None or await _is_known(incoming, ctx) or not await _is_its_authors(incoming, ctx):
        return incoming
    return IncomingMessage(
        ref=incoming.ref,
        sender=incoming.sender,
        sent_at=ctx.now,
        text=incoming.text,
        is_direct=incoming.is_direct,
        command=command,
    )


async def _is_known(edit: IncomingEdit, ctx: Context) -> bool:
    """Whether the line is a report already, or will be one with its author's consent."""
    filed = await ctx.uow.reports.by_origin(edit.ref)
    return filed is not None or await ctx.uow.held_updates.is_held(edit.ref)


async def _is_its_authors(edit: IncomingEdit, ctx: Context) -> bool:
    """Whether nobody has put words into a neighbour's mouth."""
    if ctx.capabilities.only_authors_edit or edit.is_direct:
        return True
    relay = await ctx.uow.relays.by_origin(edit.ref)
    return relay is not None and relay.author == ctx.sender.id
