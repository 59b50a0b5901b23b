"""Changes and news for all who got something: a few in the transaction, many page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, case, delete, func, or_, select, update

from bot.domain.copies import IN_DIGESTS, Subject
from bot.domain.effects import AT_ONCE, OnDoubt, Urgency
from bot.domain.people import PersonId
from bot.ports.bells import Errand
from bot.storage.dialect import insert_into
from bot.storage.effect_statements import (
    LAST,
    LAST_COPY,
    PAGE_END,
    SHOW_NEWS,
    Among,
    copies_of_news,
    show_again,
)
from bot.storage.queueing import queue
from bot.storage.round_tables import NOT_BEGUN, ROUNDS
from bot.storage.schema import UtcTime
from bot.storage.session import Session

_R = ROUNDS.c
_NAMED = (_R.subject_kind == bindparam("of_kind"), _R.subject_id == bindparam("of_id"))
_IS_DUE = _R.due_at <= bindparam("now", type_=UtcTime)
_OF_THESE = (*_NAMED, _R.among == bindparam("of_these"))
_ANY = select(_R.id).where(*_OF_THESE).limit(1)
_MOST_URGENT = select(ROUNDS).where(_IS_DUE).order_by(_R.urgency.desc(), _R.id).limit(1)
_OLDEST_OF_SUBJECT = select(ROUNDS).where(*_NAMED, _IS_DUE).order_by(_R.id).limit(1)
_UNDER_WAY = select(func.count().label("number")).select_from(ROUNDS)
_NEXT_DUE = select(_R.due_at).order_by(_R.due_at).limit(1)
_THIS = _R.id == bindparam("this")
_LOOKED_TO = update(ROUNDS).where(_THIS).values(looked_to=bindparam("to"))
_DONE = delete(ROUNDS).where(_THIS)
_SHOWS_ANEW = _R.news_id == ""
_DROP_OVERTAKEN = delete(ROUNDS).where(*_OF_THESE, _SHOWS_ANEW, ~NOT_BEGUN)
_AS_NEWS = (_R.news_kind == bindparam("of_kind")) & (_R.news_id == bindparam("of_id"))
_END = delete(ROUNDS).where(or_((_NAMED[0] & _NAMED[1] & _SHOWS_ANEW), _AS_NEWS))


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is told to those who got something.

    Attributes:
        but: Who knows of it.
    """

    subject: Subject
    but: PersonId | None = None


class Rounds:
    """Changes and news of a transaction; of many copies one page is looked at in each."""

    def __init__(self, session: Session, now: datetime, *, page: int) -> None:
        self._session = session
        self._now = now
        self._page = page

    async def show_again(self, subject: Subject, *, urgency: Urgency, after: timedelta) -> None:
        """Queue another showing of all that shows a subject, or tells of it.

        One that is queued already becomes as urgent as this one. Rooms are many people each and
        never wait for a round.
        """
        at_once = self._showing(subject, urgency, after)
        if await self._are_many(subject, Among.CARDS):
            await self._show_again(Among.ROOMS, at_once)
            await self._plan(subject, Among.CARDS, urgency=urgency, after=after)
        else:
            await self._show_again(Among.ALL, at_once)
        if subject.kind not in IN_DIGESTS:
            return
        if await self._are_many(subject, Among.DIGESTS):
            await self._plan(subject, Among.DIGESTS, urgency=Urgency.LATER, after=after)
        else:
            in_digests = self._showing(subject, Urgency.LATER, after)
            await self._show_again(Among.ALL_DIGESTS, in_digests)

    async def tell(self, news: News, on: Subject, *, urgency: Urgency) -> int:
        """Show news to all who got something; return how many hear of it at once."""
        told = 0
        for paged, few, whole in (
            (Among.CARDS, Among.ROOMS, Among.ALL),
            (Among.DIGESTS, None, Among.ALL_DIGESTS),
        ):
            if paged is Among.DIGESTS and on.kind not in IN_DIGESTS:
                continue
            at_once: Among | None = whole
            if await self._are_many(on, paged):
                await self._plan(on, paged, urgency=urgency, news=news)
                at_once = few
            if at_once is not None:
                told += await self._tell(at_once, self._telling(news, on, urgency))
        return told

    async def next(self) -> Row[Any] | None:
        """Return the round that goes on next; None if none is due.

        A subject is as urgent as the most urgent of its rounds and goes on with the oldest; only
        a red one overtakes, as in the lanes. So news come in the order in which they were made.
        """
        row = await self._session.first(_MOST_URGENT, now=self._now)
        if row is None or row.urgency > Urgency.ANSWER:
            return row
        subject = {"of_kind": row.subject_kind, "of_id": row.subject_id}
        return await self._session.first(_OLDEST_OF_SUBJECT, **subject, now=self._now)

    async def go_on(self, row: Row[Any]) -> None:
        """Look at the next page of a round."""
        among, of = Among(row.among), {"of_kind": row.subject_kind, "of_id": row.subject_id}
        if not row.looked_to and not row.news_id:
            # This one comes to all of them.
            await self._session.run(_DROP_OVERTAKEN, **of, of_these=row.among)
        left = {**of, "looked_to": row.looked_to}
        end = await self._session.first(PAGE_END[among], **left, before_it=self._page - 1)
        last = end or await self._session.first(LAST[among], **left)
        if last is not None:
            await self._take(row, among, {**left, "page_end": last.at})
        if end is None:
            await self._session.run(_DONE, this=row.id)
        else:
            await self._session.run(_LOOKED_TO, this=row.id, to=end.at)

    async def under_way(self) -> int:
        """Count the rounds that have not come to their end."""
        row = await self._session.first(_UNDER_WAY)
        return int(row.number) if row else 0

    async def next_due(self) -> datetime | None:
        """Return when a round goes on; None if there is none."""
        row = await self._session.first(_NEXT_DUE)
        return row.due_at if row else None

    async def end(self, subject: Subject) -> None:
        """Show a subject anew to nobody else, and as news to nobody else."""
        await self._session.run(_END, of_kind=subject.kind.value, of_id=subject.id)

    async def _are_many(self, subject: Subject, among: Among) -> bool:
        """Whether there are more than a page of them, or some wait for a round already."""
        of = {"of_kind": subject.kind.value, "of_id": subject.id}
        beyond = await self._session.first(
            PAGE_END[among], **of, looked_to="", before_it=self._page
        )
        if beyond is not None:
            return True
        return await self._session.first(_ANY, **of, of_these=among.value) is not None

    async def _plan(
        self,
        subject: Subject,
        among: Among,
        *,
        urgency: Urgency,
        after: timedelta = timedelta(0),
        news: News | None = None,
    ) -> None:
        """Note a round to be made; one that has not begun becomes as urgent and as soon."""
        last = await self._session.first(LAST_COPY)
        new = insert_into(ROUNDS, self._session.dialect).values(
            subject_kind=subject.kind.value,
            subject_id=subject.id,
            among=among.value,
            news_kind=news.subject.kind.value if news else "",
            news_id=news.subject.id if news else "",
            but_id=news.but if news else None,
            urgency=int(urgency),
            planned_at=self._now,
            due_at=self._now + after if after else AT_ONCE,
            last_copy=last.last if last else 0,
            looked_to="",
        )
        self._session.stored.add(Errand.SPREADING)
        is_sooner, is_more = new.excluded.due_at < _R.due_at, new.excluded.urgency > _R.urgency
        await self._session.run(
            new.on_conflict_do_update(
                index_elements=["subject_kind", "subject_id", "among", "news_kind", "news_id"],
                index_where=NOT_BEGUN,
                set_={
                    "urgency": case((is_more, new.excluded.urgency), else_=_R.urgency),
                    "due_at": case((is_sooner, new.excluded.due_at), else_=_R.due_at),
                    "last_copy": new.excluded.last_copy,
                },
            )
        )

    async def _take(self, row: Row[Any], among: Among, page: Mapping[str, object]) -> None:
        bounds = {**page, "last_copy": row.last_copy, "with_urgency": row.urgency}
        common = {**bounds, "not_earlier": AT_ONCE, "now": self._now}
        if row.news_id:
            news = {"news_kind": row.news_kind, "news_id": row.news_id, "but": row.but_id or ""}
            in_doubt = {"if_in_doubt": OnDoubt.REPEAT_ONCE.value, "planned_at": row.planned_at}
            await self._tell(among, {**common, **news, **in_doubt})
        else:
            await self._show_again(among, {**common, "if_in_doubt": OnDoubt.REPEAT.value})

    async def _show_again(self, among: Among, parameters: Mapping[str, object]) -> None:
        await queue(self._session, show_again(self._session.dialect, among), **parameters)

    async def _tell(self, among: Among, parameters: Mapping[str, object]) -> int:
        last = await self._session.first(LAST_COPY)
        made = await self._session.run(copies_of_news(self._session.dialect, among), **parameters)
        if not made:
            return 0
        before = last.last if last else 0
        return await queue(self._session, SHOW_NEWS, **parameters, made_before=before)

    def _showing(
        self, subject: Subject, urgency: Urgency, after: timedelta
    ) -> Mapping[str, object]:
        return {
            "of_kind": subject.kind.value,
            "of_id": subject.id,
            "with_urgency": int(urgency),
            "if_in_doubt": OnDoubt.REPEAT.value,
            "not_earlier": self._now + after if after else AT_ONCE,
            "now": self._now,
        }

    def _telling(self, news: News, on: Subject, urgency: Urgency) -> Mapping[str, object]:
        return {
            **self._showing(on, urgency, timedelta(0)),
            "if_in_doubt": OnDoubt.REPEAT_ONCE.value,
            "news_kind": news.subject.kind.value,
            "news_id": news.subject.id,
            "but": news.but or "",
        }
