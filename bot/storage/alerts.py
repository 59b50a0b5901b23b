"""Alerts to those whom something concerns: planned in one row, made page by page."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.schema import CreateTable

from bot.domain.alerting import LIMIT_OVER
from bot.domain.copies import Subject
from bot.domain.effects import AT_ONCE, OnDoubt, Urgency
from bot.domain.groups import GroupId
from bot.domain.reports import Priority
from bot.domain.richtext_json import Json
from bot.domain.route_places import places_of_all
from bot.domain.routing import Spread
from bot.ports.bells import Errand
from bot.storage.alert_plan import (
    HEARERS,
    PEOPLE,
    RELEASE,
    SHOW_AT_ONCE,
    copies_at_once,
    gather,
    hold,
    note_recent,
)
from bot.storage.dialect import insert_into
from bot.storage.kind_masks import kinds_looked_for
from bot.storage.queueing import queue
from bot.storage.session import Session
from bot.storage.spread_tables import IS_UNDER_WAY, SPREADS
from bot.storage.vault import Owner, person_key

PAGE = 500
"""So many people are looked at in one transaction: some 20 ms, in which nobody else can write."""
_FIELD = "spreads.content"
_OF_NOBODY = Owner("spreads")
_S = SPREADS.c
_NEXT = select(SPREADS).where(IS_UNDER_WAY).order_by(_S.urgency.desc(), _S.planned_at).limit(1)
_UNDER_WAY = select(func.count().label("number")).where(IS_UNDER_WAY)
_OF_SUBJECT = and_(_S.subject_kind == bindparam("of_kind"), _S.subject_id == bindparam("of_id"))
_BY_SUBJECT = select(SPREADS).where(_OF_SUBJECT)
_SAME = select(SPREADS).where(
    _S.subject_kind == bindparam("of_kind"),
    or_(_S.subject_id == bindparam("of_id"), _S.same_as == bindparam("of_id")),
)
_STOP = (
    update(SPREADS)
    .where(_OF_SUBJECT, IS_UNDER_WAY)
    .values(stopped_at=_S.looked_to, looked_to=None)
)
_START_AGAIN = (
    update(SPREADS)
    .where(_OF_SUBJECT, _S.stopped_at.is_not(None), ~IS_UNDER_WAY)
    .values(looked_to=_S.stopped_at, stopped_at=None)
)
_LOOKED_TO = update(SPREADS).where(_OF_SUBJECT).values(looked_to=bindparam("to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """How far something goes.

    Attributes:
        places: Where it finds its followers.
        kinds: Of which a follower has to take one.
        seen_in: Groups whose people see it in their rooms.
    """

    places: Sequence[str]
    kinds: int
    seen_in: Sequence[str]


class Alerts:
    """Alerts of a transaction, made at most a page at a time."""

    def __init__(self, session: Session, now: datetime, *, page: int) -> None:
        self._session = session
        self._now = now
        self._page = page

    async def plan(
        self,
        subject: Subject,
        spread: Spread,
        *,
        also: Sequence[Spread] = (),
        urgency: Urgency,
        seen_in: Collection[GroupId],
    ) -> int:
        """Note whom something concerns and look at the first page of them.

        Planned again it begins again, as a thing of its own, and finds those who have not got it.

        Args:
            subject: What they shall hear of.
            spread: How far it goes.
            also: Where else it finds followers; all but its places is as in `spread`.
            urgency: How soon.
            seen_in: Groups whose people see it in their rooms.

        Returns:
            How many of them hear of it at once.
        """
        content: Json = {
            "places": [*places_of_all([spread, *also])],
            "kinds": kinds_looked_for(spread),
            "seen_in": [*sorted(seen_in)],
        }
        owner = person_key(spread.author) if spread.author else _OF_NOBODY
        columns = {
            "priority": int(spread.priority),
            "urgency": int(urgency),
            "author_id": spread.author,
            "content": await self._session.vault.seal(owner, content, field=_FIELD),
            "planned_at": self._now,
            "looked_to": "",
            "stopped_at": None,
            "same_as": None,
            "relatives": "[]",
        }
        await self._session.run(
            insert_into(SPREADS, self._session.dialect)
            .values(subject_kind=subject.kind.value, subject_id=subject.id, **columns)
            .on_conflict_do_update(index_elements=["subject_kind", "subject_id"], set_=columns)
        )
        self._session.stored.add(Errand.SPREADING)
        row = await self._session.first(_BY_SUBJECT, **_named(subject))
        return await self.look_on(row) if row else 0

    async def next(self) -> Row[Any] | None:
        """Return the most urgent that is under way; None if nothing is."""
        return await self._session.first(_NEXT)

    async def under_way(self) -> int:
        """Count what not all have been looked at for."""
        row = await self._session.first(_UNDER_WAY)
        return int(row.number) if row else 0

    async def reaching(self, subject: Subject) -> Sequence[tuple[Priority, Reaching]]:
        """Return how far something goes, and what is the same as it; nothing if that is gone."""
        rows = await self._session.all(_SAME, **_named(subject))
        return [(Priority(row.priority), await self._reaching(row)) for row in rows]

    async def end(self, subject: Subject) -> None:
        """Let nobody else hear of something."""
        await self._session.run(delete(SPREADS).where(_OF_SUBJECT), **_named(subject))

    async def stop(self, subject: Subject) -> None:
        """Look at nobody else; how far it goes and has come is kept."""
        await self._session.run(_STOP, **_named(subject))

    async def start_again(self, subject: Subject) -> None:
        """Go on with what was stopped where it was."""
        await self._session.run(_START_AGAIN, **_named(subject))
        self._session.stored.add(Errand.SPREADING)

    async def look_on(self, row: Row[Any]) -> int:
        """Alert the next page of people; return how many of them hear of it at once."""
        reaching = await self._reaching(row)
        parameters = self._parameters(row, reaching, await self._root(row))
        priority = Priority(row.priority)
        await self._session.run(CreateTable(HEARERS, if_not_exists=True))
        await self._session.run(delete(HEARERS))
        if reaching.places:
            found = gather(places=len(reaching.places), priority=priority)
            await self._session.run(found, **parameters)
        people = await self._session.all(PEOPLE)
        is_last = len(people) < self._page
        await self._session.run(
            _LOOKED_TO, **_of(row), to=None if is_last else people[-1].person_id
        )
        return await self._alert(priority, parameters) if people else 0

    async def _alert(self, priority: Priority, parameters: Mapping[str, object]) -> int:
        """Make copies for those who hear of it at once and hold it back from the rest."""
        dialect, is_red = self._session.dialect, priority is Priority.RED
        if is_red:
            await self._session.run(RELEASE, **parameters)
        await self._session.run(hold(dialect), **parameters)
        made = await self._session.run(copies_at_once(dialect), **parameters)
        if made and not is_red:
            await self._session.run(note_recent(dialect), **parameters)
        if made:
            await queue(self._session, SHOW_AT_ONCE, **parameters)
        return made

    async def _reaching(self, row: Row[Any]) -> Reaching:
        owner = person_key(row.author_id) if row.author_id else _OF_NOBODY
        content = await self._session.vault.unseal(owner, row.content, field=_FIELD)
        match content:
            case {"places": list(places), "kinds": int(kinds), "seen_in": list(seen_in)}:
                return Reaching(
                    places=list(map(str, places)), kinds=kinds, seen_in=list(map(str, seen_in))
                )
            case _:
                # Its author is forgotten, and with them where it was.
                return Reaching(places=(), kinds=0, seen_in=())

    async def _root(self, row: Row[Any]) -> Row[Any]:
        """Return what this is the same as; itself if there is no such thing."""
        if row.same_as is None:
            return row
        same = {"of_kind": row.subject_kind, "of_id": row.same_as}
        return await self._session.first(_BY_SUBJECT, **same) or row

    def _parameters(self, row: Row[Any], reaching: Reaching, root: Row[Any]) -> dict[str, object]:
        return {
            **{f"place_{number}": place for number, place in enumerate(reaching.places)},
            **_of(row),
            "held_as": root.subject_id,
            "held_priority": root.priority,
            "family": [row.subject_id, *json.loads(row.relatives)],
            "priority": row.priority,
            "kinds": reaching.kinds,
            "groups": list(reaching.seen_in),
            "author": row.author_id or "",
            "root_author": root.author_id or "",
            "planned_at": row.planned_at,
            "looked_to": row.looked_to or "",
            "most": self._page,
            "now": self._now,
            "hour_ago": self._now - LIMIT_OVER,
            "with_urgency": row.urgency,
            "if_in_doubt": OnDoubt.REPEAT_ONCE.value,
            "not_earlier": AT_ONCE,
        }


def _named(subject: Subject) -> dict[str, object]:
    return {"of_kind": subject.kind.value, "of_id": subject.id}


def _of(row: Row[Any]) -> dict[str, object]:
    return {"of_kind": row.subject_kind, "of_id": row.subject_id}
