"""What of an answered message is quoted with the answer."""

from bot.domain.copies import SubjectKind
from bot.domain.incoming import IncomingEdit, IncomingMessage
from bot.domain.messages import MessageRef
from bot.ports.features import Context


async def quoted_words(
    said: IncomingMessage | IncomingEdit, answered: MessageRef | None, ctx: Context
) -> str:
    """Return words to quote: those the author picked, or some because nothing else shows them.

    Args:
        said: What answers a message.
        answered: That message.
        ctx: What is known of both.
    """
    quoted = said.quoted
    if quoted is None:
        return ""
    original = await ctx.uow.relays.by_origin(answered) if answered else None
    if original is not None and original.stays:
        # Who keeps their words here has not asked others to carry them.
        return ""
    is_known = original is not None or (answered is not None and await _stands(answered, ctx))
    if said.is_sealed and not is_known:
        # It was said before anybody agreed that words leave the room.
        return ""
    return "" if is_known and not quoted.is_chosen else quoted.text


async def _stands(answered: MessageRef, ctx: Context) -> bool:
    """Whether what is answered stands in the other rooms for itself."""
    copy = await ctx.uow.copies.by_message(answered)
    if copy is not None:
        # Among others nobody sees which line is meant.
        return copy.subject.kind is not SubjectKind.BURST
    return await ctx.uow.polls.by_origin(answered) is not None
