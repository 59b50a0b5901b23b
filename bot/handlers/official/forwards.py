"""What somebody forwards to the bot in private: whether an authority has written it."""

from bot.conversation import answer
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.official_posts import OfficialPost
from bot.domain.posted_codes import codes_in, says, speaks_as_authority
from bot.domain.words import Words, words
from bot.handlers.official.checking import CHECK
from bot.handlers.official.facts import facts_of
from bot.handlers.official.saying import differing, genuine
from bot.ports.features import Context, Feature


async def _handle(incoming: Incoming, ctx: Context) -> None:
    """Look up its codes, and compare the words: a true code may stand under a false text."""
    if not isinstance(incoming, IncomingMessage):
        return
    said, codes = incoming.text.plain, codes_in(incoming.text.plain)
    posts = [post for code in codes if (post := await ctx.uow.official_posts.get(code))]
    if posts:
        await answer(ctx, CHECK, await _judged(posts, said, ctx))
    elif codes:
        await answer(ctx, CHECK, words("check-unknown", code=codes[0]))
    else:
        await answer(ctx, CHECK, words("check-no-code"))


async def _judged(posts: list[OfficialPost], said: str, ctx: Context) -> Words:
    for post in posts:
        facts = await facts_of(post, ctx)
        if facts.text and not says(said, facts.text.plain):
            return await differing(post, ctx)
    return await genuine(posts, ctx)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if not isinstance(incoming, IncomingMessage) or incoming.forwarded_from is None:
        return False
    if not incoming.is_direct or ctx.awaited is not None:
        return False
    said = incoming.text.plain
    return bool(codes_in(said)) or speaks_as_authority(said)


FEATURE = Feature(name="forwards", accepts=_accepts, handle=_handle)
