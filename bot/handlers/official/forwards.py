"""What somebody forwards or copies to the bot in private: whether an authority has written it."""

from bot.conversation import answer
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.posted_codes import codes_in, is_copied, speaks_as_authority
from bot.domain.report_lines import read_report_line
from bot.domain.words import words
from bot.handlers.official.checking import CHECK
from bot.handlers.official.saying import judged
from bot.ports.features import Context, Feature


async def _handle(incoming: Incoming, ctx: Context) -> None:
    """Look up its codes, and compare the words: a true code may stand under a false text."""
    if not isinstance(incoming, IncomingMessage):
        return
    said, codes = incoming.text.plain, codes_in(incoming.text.plain)
    posts = [post for code in codes if (post := await ctx.uow.official_posts.get(code))]
    if posts:
        await answer(ctx, CHECK, await judged(posts, said, ctx))
    elif codes:
        await answer(ctx, CHECK, words("check-unknown", code=codes[0]))
    else:
        await answer(ctx, CHECK, words("check-no-code"))


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if not isinstance(incoming, IncomingMessage):
        return False
    if not incoming.is_direct or ctx.awaited is not None:
        return False
    said = incoming.text.plain
    if incoming.forwarded_from is not None:
        return bool(codes_in(said)) or speaks_as_authority(said)
    if incoming.command is not None or ctx.answered is not None:
        return False  # A reply is said to a card's readers.
    # Who warns of somebody with a badge or a code writes a report, and is not held back.
    return is_copied(said) and read_report_line(incoming.text, None) is None


FEATURE = Feature(name="forwards", accepts=_accepts, handle=_handle)
