"""Taking a notice to the rooms and people whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.areas import AreaMap
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import OnDoubt, Urgency, urgency_of
from bot.domain.groups import Group, GroupId, Reach
from bot.domain.notices import Notice, NoticeState
from bot.domain.routing import RoomRoute, Spread, room_routes, seen_in
from bot.handlers.notices.progress import begin_counting
from bot.official_posts import correct_notice_post, enter_notice
from bot.ports.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a notice gets to those whom it concerns.

    Attributes:
        routes: Its rooms, each once.
        spreads: Where those are looked for who follow something of it.
    """

    routes: Sequence[RoomRoute]
    spreads: Sequence[Spread]

    @property
    def seen_in(self) -> frozenset[GroupId]:
        """The groups in whose rooms it stands."""
        return seen_in(self.routes)


def notice_subject(notice: str) -> Subject:
    """Return what copies of a notice show."""
    return Subject(SubjectKind.NOTICE, notice)


async def ways_of(notice: Notice, *, uow: UnitOfWork, areas: AreaMap) -> Ways:
    """Find the rooms and followers of a notice; a group that is no more is passed over.

    Open groups hear of what concerns their area, and those that are named of everything.
    """
    routes: dict[RoomRoute, None] = {}
    spreads: list[Spread] = []
    for area in notice.areas:
        spread = Spread(chain=areas.chain(area), priority=notice.priority, reach=Reach.AREA)
        around = await uow.groups.looking_after(spread.chain)
        routes |= dict.fromkeys(room_routes(spread, groups=around, organisations=()))
        spreads.append(spread)
    for group in await _named(notice, uow):
        spread = Spread(
            chain=areas.chain(group.area),
            priority=notice.priority,
            reach=Reach.GROUP,
            group=group.id,
        )
        routes |= dict.fromkeys(room_routes(spread, groups=[group], organisations=()))
        spreads.append(spread)
    return Ways(routes=tuple(routes), spreads=spreads)


async def _named(notice: Notice, uow: UnitOfWork) -> Sequence[Group]:
    found = [await uow.groups.get(group) for group in notice.groups]
    return [group for group in found if group is not None]


async def spread_notice(notice: Notice, *, uow: UnitOfWork, areas: AreaMap, now: datetime) -> int:
    """Store a notice and show it to those whom it concerns; return to how many.

    The same notice again changes nothing; another text of it changes the copies that are there.
    """
    is_new = await uow.notices.put(notice, now)
    if is_new is None:
        return 0
    if not is_new:
        await correct_notice_post(notice, uow=uow, now=now)
        subject = notice_subject(notice.id)
        await uow.copies.refresh(subject, urgency=Urgency.LATER, after=timedelta(0))
        return 0
    await enter_notice(notice, uow=uow, now=now)
    return await _spread(notice, await ways_of(notice, uow=uow, areas=areas), uow)


async def go_out(notice: Notice, *, uow: UnitOfWork, areas: AreaMap, now: datetime) -> Notice:
    """Send a notice that somebody wrote, and begin to tell its author how far it has come."""
    sent = replace(notice, state=NoticeState.SENT, published_at=now)
    await uow.notices.put(sent, now)
    await enter_notice(sent, uow=uow, now=now)
    ways = await ways_of(sent, uow=uow, areas=areas)
    people = await uow.notice_reach.followers(ways.spreads, seen_in=ways.seen_in)
    await uow.notices.plan(sent.id, rooms=len(ways.routes), people=people)
    await _spread(sent, ways, uow)
    await uow.audit.note("notice.sent", sent.id, by=sent.author, now=now)
    await begin_counting(sent, uow=uow, now=now)
    return sent


async def spread_on(notice: Notice, *, uow: UnitOfWork, areas: AreaMap) -> None:
    """Send a notice that was stopped to those who have not got it."""
    await _spread(notice, await ways_of(notice, uow=uow, areas=areas), uow)


async def _spread(notice: Notice, ways: Ways, uow: UnitOfWork) -> int:
    """Queue the copies: rooms first, then those who follow an area or a group of it."""
    subject, urgency = notice_subject(notice.id), urgency_of(notice.priority)
    reached = await uow.copies.spread(
        subject, ways.routes, urgency=urgency, on_doubt=OnDoubt.REPEAT_ONCE
    )
    if ways.spreads:
        first, *also = ways.spreads
        reached += await uow.copies.spread_to_followers(
            subject, first, also=also, urgency=urgency, seen_in=ways.seen_in
        )
    return reached
