"""Who stands for it that somebody speaks, or spoke, for an organisation."""

from bot.domain.official_posts import OfficialPost
from bot.domain.people import PersonId
from bot.domain.vouching import vouching_words
from bot.domain.words import Words
from bot.ports.features import Context


async def vouched(post: OfficialPost, ctx: Context) -> Words:
    """Say who has verified whom for a post, when and until when."""
    is_written = post.author is not None or post.is_on_a_report
    return await vouched_for(post.author, post.organisation, ctx, is_written=is_written)


async def vouched_for(
    author: PersonId | None, organisation: str, ctx: Context, *, is_written: bool = True
) -> Words:
    """Say who has verified somebody, when and until when.

    Args:
        author: Whom; None if that is forgotten.
        organisation: For which they spoke.
        ctx: Who asks.
        is_written: A person wrote it; else it came from the organisation's own source.
    """
    found = None
    if author is not None:
        found = await ctx.uow.official_posts.vouching(author, organisation)
    named = await name_of(organisation, ctx)
    return vouching_words(found, named, by_a_person=is_written, now=ctx.now)


async def name_of(organisation: str, ctx: Context) -> str:
    """Return what an organisation is called; its slug once it is no more."""
    found = await ctx.uow.organisations.get(organisation)
    return found.name if found else organisation
