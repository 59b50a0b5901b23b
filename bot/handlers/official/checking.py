"""`/check`: whether something is an authority's; asked by code, by report, or of a card."""

from collections.abc import Sequence

from bot.conversation import answer
from bot.domain.copies import Copy, SubjectKind
from bot.domain.doubts import asks_if_genuine
from bot.domain.groups import Reach
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.official_answers import code_in
from bot.domain.official_posts import OfficialPost, read_code
from bot.domain.posted_codes import codes_in
from bot.domain.reports import ReportId, read_report_id
from bot.domain.words import Words, words
from bot.errors import Unacceptable
from bot.handlers.official.lines import lines_answered, said_of_lines, unmarked
from bot.handlers.official.saying import genuine, judged_quote
from bot.ports.features import Context, Feature, is_command

CHECK = "check"
_AROUND = "()[].,:;!?“”\"'"


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage):
        return
    if incoming.command is not None and incoming.command.words:
        await answer(ctx, CHECK, await _of_words(incoming.command.words, ctx))
        return
    lines = await lines_answered(incoming, ctx)
    if any(line.is_official for line in lines):
        await answer(ctx, CHECK, await said_of_lines(lines, ctx))
        return
    posts = await _on_card(ctx.answered, ctx)
    if not posts and incoming.quoted is not None:
        quoted = codes_in(incoming.quoted.text)
        posts = [p for code in quoted if (p := await ctx.uow.official_posts.get(code))]
        if posts:
            # Anybody can write a true code below words of their own.
            await answer(ctx, CHECK, await judged_quote(posts, incoming.quoted, ctx))
            return
    if posts:
        await answer(ctx, CHECK, await genuine(posts, ctx))
    elif ctx.answered is not None and ctx.answered.subject.kind is SubjectKind.REPORT:
        await answer(ctx, CHECK, words("check-neighbour", id=ctx.answered.subject.id))
    elif lines:
        await answer(ctx, CHECK, unmarked(lines))
    else:
        raise Unacceptable("check-how")


async def _of_words(said: Sequence[str], ctx: Context) -> Words:
    """Answer for the first word that can be a code or an id: `/check code K7F3`."""
    bare = [word.strip(_AROUND) for word in said]
    named = [word for word in bare if read_report_id(word) is not None]
    looks_so = [word for word in bare if any(map(str.isdigit, word))]
    if named:
        return await _of_name(named[0], ctx)
    if looks_so:
        # On a forged card stands what never was a code.
        return words("check-unknown", code=looks_so[0].lstrip("#")[:12])
    return words("check-no-such")


async def _of_name(named: str, ctx: Context) -> Words:
    """Answer for a report if a `#` stands before its id, else for a code; then for the other."""
    report, code = read_report_id(named), read_code(named)
    on_report = await ctx.uow.official_posts.on_report(report) if report else ()
    post = await ctx.uow.official_posts.get(code) if code else None
    of_code = [post] if post else []
    is_report = named.startswith("#")
    if posts := (on_report or of_code) if is_report else (of_code or on_report):
        return await genuine(posts, ctx)
    if report is not None and await _is_a_neighbours(report, ctx):
        return words("check-neighbour", id=report)
    text_id = "check-unknown-report" if is_report else "check-unknown"
    return words(text_id, code=named.lstrip("#").upper())


async def _is_a_neighbours(named: ReportId, ctx: Context) -> bool:
    """Whether it is a report that everybody may know of; a locked group's is not told of."""
    report = await ctx.uow.reports.get(named)
    return report is not None and report.reach is Reach.AREA


async def _on_card(answered: Copy | None, ctx: Context) -> Sequence[OfficialPost]:
    """Return the posts that stand on the card that is asked about."""
    if answered is None:
        return ()
    subject, posts = answered.subject, ctx.uow.official_posts
    match subject.kind:
        case SubjectKind.REPORT:
            return await posts.on_report(ReportId(subject.id))
        case SubjectKind.OFFICIAL_ANSWER:
            found = await posts.get(code_in(subject.id)[0])
        case SubjectKind.NOTICE:
            found = await posts.of_notice(subject.id)
        case _:
            found = None
    return [found] if found else []


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    return is_command(incoming, "check") or _is_asked_in_words(incoming, ctx)


def _is_asked_in_words(incoming: Incoming, ctx: Context) -> bool:
    """Whether somebody asks it in private, of a card or of nothing that is there."""
    if not isinstance(incoming, IncomingMessage) or not incoming.is_direct:
        return False
    if incoming.command is not None or ctx.awaited is not None:
        return False
    return incoming.forwarded_from is None and asks_if_genuine(incoming.text.plain)


FEATURE = Feature(
    name=CHECK,
    commands=("check",),
    accepts=_accepts,
    handle=_handle,
)
