"""Notices: spreading what an organisation tells, and writing it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.areas import AreaMap
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import OnDoubt, Urgency, urgency_of
from bot.domain.groups import Reach
from bot.domain.notices import Notice
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import Link, RichText, Text
from bot.domain.routing import Spread, room_routes, seen_in
from bot.domain.words import Moment, under_each_other, words
from bot.official_posts import check_rows, enter_notice
from bot.ports.holdings import Chore, Holding, Pace, Upkeep
from bot.ports.showing import Renderer, Showing
from bot.ports.store import UnitOfWork


async def spread_notice(notice: Notice, *, uow: UnitOfWork, areas: AreaMap, now: datetime) -> int:
    """Store a notice and show it to the area's rooms and followers; return to how many.

    The same notice again changes nothing; another text of it changes the copies that are there.
    """
    is_new = await uow.notices.put(notice, now)
    subject = Subject(SubjectKind.NOTICE, notice.id)
    if is_new is None:
        return 0
    if not is_new:
        post = await uow.official_posts.of_notice(notice.id)
        if post is not None:
            await uow.official_posts.correct(post.code, now)
        await uow.copies.refresh(subject, urgency=Urgency.LATER, after=timedelta(0))
        return 0
    await enter_notice(notice, uow=uow, now=now)
    spread = Spread(chain=areas.chain(notice.area), priority=notice.priority, reach=Reach.AREA)
    routes = room_routes(
        spread, groups=await uow.groups.looking_after(spread.chain), organisations=()
    )
    urgency = urgency_of(notice.priority)
    rooms = await uow.copies.spread(subject, routes, urgency=urgency, on_doubt=OnDoubt.REPEAT_ONCE)
    people = await uow.copies.spread_to_followers(
        subject, spread, urgency=urgency, seen_in=seen_in(routes)
    )
    return rooms + people


async def show_notice(showing: Showing) -> OutgoingMessage | None:
    """Write a notice; None if it is gone."""
    notice = await showing.uow.notices.get(showing.subject.id)
    if notice is None:
        return None
    organisation = await showing.uow.organisations.get(notice.organisation)
    post = await showing.uow.official_posts.of_notice(notice.id)
    said = words(
        "notice-card",
        emoji=notice.priority.emoji,
        title=notice.title,
        area=showing.areas.name(notice.area),
        time=Moment(notice.happened_at or notice.published_at, with_day=True),
        text=notice.text,
        organisation=organisation.name if organisation else notice.organisation,
        link=RichText((Link(notice.link, (Text(_site(notice.link)),)),)) if notice.link else "",
        has_link="yes" if notice.link else "no",
    )
    if post is None:
        return OutgoingMessage(text=showing.say(said), silent=True)
    card = under_each_other([said, words("card-code", code=post.code)])
    return OutgoingMessage(
        text=showing.say(card), rows=check_rows(post.code, showing), silent=True
    )


def _site(link: str) -> str:
    return link.split("/")[2]


async def _old(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notices.past_lifetime(upkeep.now - upkeep.lifetimes.notice)


async def _forget_old(piece: str, upkeep: Upkeep) -> int:
    await upkeep.uow.copies.forget(Subject(SubjectKind.NOTICE, piece))
    await upkeep.uow.notices.erase(piece)
    return 1


SHOWS = {SubjectKind.NOTICE: Renderer(show_notice)}
HOLDING = Holding(
    name="notices",
    chores=(Chore(name="forget_old_notices", pace=Pace.SELDOM, find=_old, do=_forget_old),),
)
