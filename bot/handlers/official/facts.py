"""What can be told of a post: whether it holds, what it says, who wrote it, who vouches."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.copies import Subject, SubjectKind
from bot.domain.groups import Group, Reach
from bot.domain.notices import Notice
from bot.domain.official_posts import (
    OfficialPost,
    PostCode,
    PostKind,
    Standing,
    standing_of_notice,
    standing_on,
)
from bot.domain.posted_codes import says
from bot.domain.reports import Report, ReportId
from bot.domain.richtext import NOTHING, RichText, rich
from bot.ports.features import Context

ALL_UPDATES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A post as it is now.

    Attributes:
        text: Its words; empty if they are gone.
        author: The name of who wrote it; None unless they agreed to show it.
        is_open: Whether everybody may read it; else only those to whom it went.
        versions: All words of it, in each language in which it went out.
        beside: What else stands on its card that somebody could follow.
    """

    post: OfficialPost
    standing: Standing
    text: RichText = NOTHING
    author: str | None = None
    is_open: bool = True
    versions: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def is_in(self, passed_on: str) -> bool:
        """Whether what was passed on holds its words; those that are gone are in everything."""
        written = self.versions or ((self.text.plain,) if self.text else ())
        return not written or any(says(passed_on, version) for version in written)


async def facts_of(post: OfficialPost, ctx: Context) -> Facts:
    """Return what is known of a post now."""
    if not post.is_on_a_report:
        return await _of_notice(post, ctx)
    report = await ctx.uow.reports.get(ReportId(post.subject))
    standing = standing_on(report, post)
    if report is None or standing is Standing.RECALLED:
        return Facts(post=post, standing=standing)
    text, author = await _words_of(post, report, ctx)
    is_open = await _may_read(report, ctx)
    return Facts(
        post=post,
        standing=standing if text else Standing.GONE,
        text=text,
        # Whoever agreed to be named has agreed to it among those who read along.
        author=author if is_open else None,
        is_open=is_open,
    )


async def _of_notice(post: OfficialPost, ctx: Context) -> Facts:
    notice = await ctx.uow.notices.get(post.subject)
    standing = standing_of_notice(post, notice, ctx.now)
    if notice is None or standing is Standing.RECALLED:
        return Facts(post=post, standing=standing)
    return Facts(
        post=post,
        standing=standing,
        text=rich(f"{notice.title} {notice.text}".strip()),
        is_open=await _may_read_notice(notice, ctx),
        # On its card the title stands in a line of its own.
        versions=tuple(notice.texts.values()),
        beside=(notice.title, urlsplit(notice.link).netloc, notice.link) if notice.link else (),
    )


async def _may_read_notice(notice: Notice, ctx: Context) -> bool:
    """Whether a notice was for everybody in an area, or has reached whoever asks."""
    if notice.areas or not {group.id for group in await _own_groups(ctx)}.isdisjoint(
        notice.groups
    ):
        return True
    return await ctx.uow.copies.reached(Subject(SubjectKind.NOTICE, notice.id), ctx.sender.id)


async def _own_groups(ctx: Context) -> Sequence[Group]:
    own = [*await ctx.uow.groups.written_in_by(ctx.sender.id)]
    return [*own, ctx.group] if ctx.group is not None else own


async def _words_of(
    post: OfficialPost, report: Report, ctx: Context
) -> tuple[RichText, str | None]:
    """Return the words of a post on a card, and the name of who wrote them if it may be shown."""
    match post.kind:
        case PostKind.UPDATE:
            updates = await ctx.uow.contributions.updates(report.id, last=ALL_UPDATES)
            found = next((u for u in updates if u.code == post.code), None)
            return (found.text, found.byline.name) if found else (NOTHING, None)
        case PostKind.ANSWER:
            answer = await ctx.uow.official_answers.get(PostCode(post.code))
            return (answer.text if answer else NOTHING), None
        case _:
            return report.text, report.byline.name


async def _may_read(report: Report, ctx: Context) -> bool:
    """Whether a report was for everybody, or has reached whoever asks."""
    if report.reach is Reach.AREA or report.author == ctx.sender.id:
        return True
    if report.group is not None and report.group in {g.id for g in await _own_groups(ctx)}:
        return True
    return await ctx.uow.copies.reached(Subject(SubjectKind.REPORT, report.id), ctx.sender.id)
