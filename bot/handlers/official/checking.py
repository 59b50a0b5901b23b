"""`/check`: whether something is an authority's; asked by code, by report, or of a card."""

from collections.abc import Sequence

from bot.conversation import answer
from bot.domain.copies import Copy, SubjectKind
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


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    named = next(iter(incoming.command.words), None)
    if named is not None:
        await answer(ctx, CHECK, await _of_name(named, ctx))
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


async def _of_name(named: str, ctx: Context) -> Words:
    """Answer for a code; for a report if a `#` stands before its id, or if no code is so."""
    code, report = read_code(named), read_report_id(named)
    posts: Sequence[OfficialPost] = ()
    if code is not None and not named.startswith("#"):
        post = await ctx.uow.official_posts.get(code)
        posts = [post] if post else []
    if not posts and report is not None:
        posts = await ctx.uow.official_posts.on_report(report)
    if posts:
        return await genuine(posts, ctx)
    if report is not None and await _is_a_neighbours(report, ctx):
        return words("check-neighbour", id=report)
    return words("check-unknown", code=(report or named.lstrip("#"))[:12])


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


FEATURE = Feature(
    name=CHECK,
    commands=("check",),
    accepts=lambda incoming, _ctx: is_command(incoming, "check"),
    handle=_handle,
)
