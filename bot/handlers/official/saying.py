"""Saying plainly whether a post is genuine."""

from collections.abc import Sequence

from bot.domain.incoming import Quoted
from bot.domain.official_posts import OfficialPost
from bot.domain.posted_codes import adds_ways_out
from bot.domain.richtext import RichText, rich
from bot.domain.set_apart import set_apart
from bot.domain.words import Moment, Words, under_each_other, words
from bot.handlers.official.facts import Facts, facts_of
from bot.handlers.official.vouching import name_of, vouched
from bot.ports.features import Context

SHOWN_CHARS = 160
"""Enough to see that it is the same."""


async def genuine(posts: Sequence[OfficialPost], ctx: Context) -> Words:
    """Say of posts who is behind them; of the last one all that is known."""
    *earlier, last = [await facts_of(post, ctx) for post in posts]
    lines = [await _head(facts, ctx) for facts in earlier]
    return under_each_other([*lines, *await _whole(last, ctx)])


async def judged(posts: Sequence[OfficialPost], said: str, ctx: Context) -> Words:
    """Say of what somebody passed on whether it is what was posted: code and words."""
    known = [await facts_of(post, ctx) for post in posts]
    for facts in known:
        if not facts.is_in(said):
            return await differing(facts.post, ctx)
    written = [one for f in known for one in (f.text.plain, *f.versions, *f.beside)]
    if adds_ways_out(said, written):
        return under_each_other([words("check-added"), await genuine(posts, ctx)])
    return await genuine(posts, ctx)


async def judged_quote(posts: Sequence[OfficialPost], quoted: Quoted, ctx: Context) -> Words:
    """Say the same of somebody's line of which only a piece is known."""
    is_piece = quoted.is_chosen or quoted.text.endswith("…")
    for post in posts if is_piece else ():
        facts = await facts_of(post, ctx)
        if not facts.is_in(quoted.text):
            unseen = words("check-unseen", code=post.code)
            return under_each_other([unseen, await _head(facts, ctx), *_text(facts)])
    return await judged(posts, quoted.text, ctx)


async def differing(post: OfficialPost, ctx: Context) -> Words:
    """Say that a genuine code stands under words that were never written there."""
    facts = await facts_of(post, ctx)
    named = await name_of(post.organisation, ctx)
    warning = words("check-differs", code=post.code, organisation=named)
    return under_each_other([warning, await _head(facts, ctx), *_text(facts)])


async def _whole(facts: Facts, ctx: Context) -> Sequence[Words]:
    is_named = facts.author is not None
    author = words("check-author", name=facts.author or "")
    return [
        await _head(facts, ctx),
        *_text(facts),
        await vouched(facts.post, ctx),
        *([author if is_named else words("check-author-hidden")] if facts.post.author else []),
    ]


async def _head(facts: Facts, ctx: Context) -> Words:
    post = facts.post
    changed = post.corrected_at or post.posted_at
    return words(
        "check-genuine",
        code=post.code,
        organisation=await name_of(post.organisation, ctx),
        role=post.role.value,
        kind=post.kind.value,
        id=post.subject if post.is_on_a_report else "",
        time=Moment(post.posted_at, with_day=True),
        area=ctx.areas.name(post.area),
        standing=facts.standing.value,
        changed=Moment(changed, with_day=True),
    )


def _text(facts: Facts) -> Sequence[Words]:
    if not facts.text:
        return ()
    if not facts.is_open:
        return (words("check-text-closed"),)
    return (words("check-text", text=set_apart(beginning(facts.text))),)


def beginning(text: RichText) -> RichText:
    """Return the first words of a text, on one line."""
    line = " ".join(text.plain.split())
    if len(line) <= SHOWN_CHARS:
        return rich(line)
    return rich(line[:SHOWN_CHARS].rsplit(" ", 1)[0] + " …")
