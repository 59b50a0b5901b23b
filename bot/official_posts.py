"""Giving codes to what organisations post, and the button by which anybody asks for it."""

from datetime import datetime

from bot.domain.areas import AreaId
from bot.domain.notices import Notice
from bot.domain.official_posts import OfficialPost, PostCode, PostKind
from bot.domain.outgoing import Button
from bot.domain.reports import Byline, Report
from bot.domain.words import words
from bot.ports.features import Context
from bot.ports.showing import Showing
from bot.ports.store import UnitOfWork

Rows = tuple[tuple[Button, ...], ...]


async def enter_post(
    kind: PostKind, subject: str, byline: Byline, *, area: AreaId, ctx: Context
) -> PostCode | None:
    """Note that the sender posts for an organisation; None if it is a neighbour's word."""
    if byline.role is None or byline.organisation is None:
        return None
    post = OfficialPost(
        code=await ctx.uow.official_posts.free_code(),
        kind=kind,
        subject=subject,
        organisation=byline.organisation,
        role=byline.role,
        area=area,
        author=ctx.sender.id,
        posted_at=ctx.now,
    )
    await ctx.uow.official_posts.add(post)
    return post.code


async def enter_report(report: Report, *, uow: UnitOfWork, now: datetime) -> PostCode | None:
    """Note that a report has become an organisation's word; None if it is a neighbour's."""
    byline = report.byline
    if byline.role is None or byline.organisation is None:
        return None
    post = OfficialPost(
        code=await uow.official_posts.free_code(),
        kind=PostKind.REPORT,
        subject=report.id,
        organisation=byline.organisation,
        role=byline.role,
        area=report.area,
        author=report.author,
        posted_at=now,
    )
    await uow.official_posts.add(post)
    return post.code


async def correct_notice_post(notice: Notice, *, uow: UnitOfWork, now: datetime) -> None:
    """Note that a notice has other words now."""
    post = await uow.official_posts.of_notice(notice.id)
    if post is not None:
        await uow.official_posts.correct(post.code, now)


async def recall_notice_post(notice: Notice, *, uow: UnitOfWork, now: datetime) -> None:
    """Note that a notice was taken back."""
    post = await uow.official_posts.of_notice(notice.id)
    if post is not None:
        await uow.official_posts.recall(post.code, now)


async def enter_notice(notice: Notice, *, uow: UnitOfWork, now: datetime) -> PostCode | None:
    """Note that an organisation has told something; None for coordinators and unknown ones."""
    if notice.organisation is None:
        return None
    organisation = await uow.organisations.get(notice.organisation)
    if organisation is None:
        return None
    post = OfficialPost(
        code=await uow.official_posts.free_code(),
        kind=PostKind.NOTICE,
        subject=notice.id,
        organisation=organisation.id,
        role=organisation.role,
        area=await _place_of(notice, uow),
        author=notice.author,
        posted_at=now,
    )
    await uow.official_posts.add(post)
    return post.code


async def _place_of(notice: Notice, uow: UnitOfWork) -> AreaId:
    """Return the first of its areas; of a notice to groups alone that of the first group."""
    if notice.areas:
        return notice.areas[0]
    groups = [await uow.groups.get(group) for group in notice.groups]
    return next((group.area for group in groups if group), AreaId(""))


def check_rows(asked: str, showing: Showing) -> Rows:
    """Return the button that asks who is behind a post, named by its code or its report's id."""
    label = showing.label(words("check-button"))
    return ((Button(label=label, data=f"/check {asked}"),),)
