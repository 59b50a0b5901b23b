"""Copies: the messages that the bot has placed, or will place, with people."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Row,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.domain.copies import (
    CopyId,
    CopyState,
    PersonRef,
    Pin,
    Place,
    Received,
    Subject,
    SubjectKind,
)
from bot.domain.effects import AT_ONCE, OnDoubt, Urgency
from bot.domain.groups import GroupId
from bot.domain.messages import MessageRef, RoomRef, UserRef
from bot.domain.people import PersonId
from bot.domain.routing import RoomRoute, Spread
from bot.storage.alert_tables import HELD_ALERTS
from bot.storage.alerts import Alerts
from bot.storage.copies_for_each import show_each
from bot.storage.copy_forgetting import (
    forget_person,
    forget_removed,
    forget_subject,
    stop_private,
)
from bot.storage.copy_reading import CopyReader
from bot.storage.copy_tables import COPIES, STUCK, person_lane, room_lane
from bot.storage.dialect import Insert, insert_into
from bot.storage.effects import EffectRows
from bot.storage.incidents import count_apart, count_as
from bot.storage.moved_rooms import where_now
from bot.storage.people_tables import IDENTITIES
from bot.storage.rounds import News, Rounds
from bot.storage.session import Session

_OF_SUBJECT = and_(
    COPIES.c.subject_kind == bindparam("of_kind"), COPIES.c.subject_id == bindparam("of_id")
)
_OF_PERSON = COPIES.c.person_id == bindparam("of_person")
_REACHED = select(COPIES.c.id).where(_OF_SUBJECT, _OF_PERSON).limit(1)
_RECEIVED = (
    select(COPIES.c.subject_kind, COPIES.c.subject_id, COPIES.c.created_at)
    .where(_OF_PERSON)
    .order_by(COPIES.c.id)
)
_PEOPLE: BindParameter[str] = bindparam("people", expanding=True)
_REACHED_AMONG = select(COPIES.c.person_id).where(_OF_SUBJECT, COPIES.c.person_id.in_(_PEOPLE))
_HELD = and_(
    HELD_ALERTS.c.subject_kind == bindparam("of_kind"),
    HELD_ALERTS.c.subject_id == bindparam("of_id"),
)
_ACCOUNT = (
    select(IDENTITIES.c.hash, IDENTITIES.c.platform)
    .where(IDENTITIES.c.person_id == bindparam("of_person"), IDENTITIES.c.is_reachable.is_(True))
    .order_by(IDENTITIES.c.hash)
    .limit(1)
)
_ONCE_MORE = {Pin.REFUSED.value: Pin.LOOSE.value, STUCK: Pin.PINNED.value}
"""How what was refused hangs as far as is known."""


@cache
def _new_copies(dialect: str) -> Insert:
    return insert_into(COPIES, dialect).on_conflict_do_nothing()


class CopyRows(CopyReader):
    """Copies in the database."""

    def __init__(
        self,
        session: Session,
        effects: EffectRows,
        alerts: Alerts,
        rounds: Rounds,
        *,
        now: datetime,
    ) -> None:
        super().__init__(session)
        self._rounds = rounds
        self._effects = effects
        self._alerts = alerts
        self._now = now
        self.unreached: set[PersonId] = set()

    async def spread(
        self,
        subject: Subject,
        routes: Sequence[RoomRoute],
        *,
        urgency: Urgency,
        on_doubt: OnDoubt,
        answers: MessageRef | None = None,
    ) -> int:
        """Show a subject in rooms that do not have it; return in how many."""
        rows = [
            {
                **self._common(subject),
                "platform": route.room.platform.value,
                "lane": room_lane(route.room),
                "room": str(route.room),
                "answers_message": _answered_in(route.room, answers),
            }
            for route in routes
        ]
        await self._session.run(_new_copies(self._session.dialect), rows)
        return await self._effects.show_first(subject, urgency=urgency, on_doubt=on_doubt)

    async def spread_to_followers(
        self,
        subject: Subject,
        spread: Spread,
        *,
        also: Sequence[Spread] = (),
        urgency: Urgency,
        seen_in: Collection[GroupId] = (),
    ) -> int:
        """Show a subject in private to all whom it concerns, now or later, once."""
        return await self._alerts.plan(
            subject, spread, also=also, urgency=urgency, seen_in=seen_in
        )

    async def go_on(self) -> bool:
        """Take the next page of what is most urgent; False if nothing is due."""
        spread, round_ = await self._alerts.next(), await self._rounds.next()
        if round_ is not None and (spread is None or _comes_first(round_, spread)):
            await self._rounds.go_on(round_)
        elif spread is not None:
            await self._alerts.look_on(spread)
        return spread is not None or round_ is not None

    async def stop_spreading(self, subject: Subject) -> None:
        """Let nobody else hear of something as long as it is over."""
        await self._alerts.stop(subject)

    async def spread_on(self, subject: Subject) -> None:
        """Let those hear of it, too, who had not when it was over."""
        await self._alerts.start_again(subject)

    async def count_as(self, duplicate: Subject, root: Subject, others: Collection[str]) -> None:
        """Let what waits to be told of a duplicate count as told to who knows of the same."""
        await count_as(self._session, duplicate, root, others, self._now)

    async def count_apart(self, subject: Subject) -> None:
        """Let something be a thing of its own again, also for those who were not alerted to it."""
        await count_apart(self._session, subject)

    async def under_way(self) -> int:
        """Count what is still to be shown, anew or for the first time, to more people."""
        return await self._alerts.under_way() + await self._rounds.under_way()

    async def next_page_due(self) -> datetime | None:
        """Return when `go_on` finds something; None if nothing is under way."""
        if await self._alerts.under_way():
            return AT_ONCE
        return await self._rounds.next_due()

    async def follow_up(
        self, news: Subject, on: Subject, *, urgency: Urgency, but: PersonId | None = None
    ) -> int:
        """Show news to all who got something, as an answer to their copy of it."""
        return await self._rounds.tell(News(subject=news, but=but), on, urgency=urgency)

    async def show_to(
        self,
        subject: Subject,
        to: PersonRef,
        *,
        urgency: Urgency,
        on_doubt: OnDoubt = OnDoubt.REPEAT_ONCE,
    ) -> None:
        """Show a subject in private to one person, who has not got it."""
        await self.place(
            subject, to, urgency=urgency, answers=None, after=timedelta(0), on_doubt=on_doubt
        )

    async def show_each(
        self, subjects: Mapping[PersonId, Subject], *, urgency: Urgency, on_doubt: OnDoubt
    ) -> None:
        """Show something in private to each of some people, who have not got it."""
        self.unreached |= await show_each(
            self._session, subjects, urgency=urgency, on_doubt=on_doubt, now=self._now
        )

    async def place(
        self,
        subject: Subject,
        to: Place,
        *,
        urgency: Urgency,
        answers: MessageRef | None,
        after: timedelta,
        on_doubt: OnDoubt = OnDoubt.REPEAT_ONCE,
    ) -> None:
        """Show a subject in one place."""
        if isinstance(to, RoomRef):
            to = await self._now_called(to)
        row = {**self._common(subject), **await self._place_columns(to)}
        if not row.get("lane"):
            return
        if isinstance(to, RoomRef):
            row["answers_message"] = _answered_in(to, answers)
        await self._session.run(insert(COPIES), [row])
        await self._effects.show_first(subject, urgency=urgency, on_doubt=on_doubt, after=after)

    async def refresh(self, subject: Subject, *, urgency: Urgency, after: timedelta) -> None:
        """Bring all that shows a subject up to date; changes that come together are one edit."""
        await self._rounds.show_again(subject, urgency=urgency, after=after)

    async def withdraw(self, subject: Subject) -> int:
        """Remove all copies of a subject, and what digests tell of it; return how many copies."""
        await self._effects.show_digests_again(subject)
        await self._alerts.end(subject)
        await self._rounds.end(subject)
        await self._session.run(delete(HELD_ALERTS).where(_HELD), **_named(subject))
        return await self._effects.remove(subject)

    async def redact(self, target: MessageRef) -> None:
        """Remove a line that somebody else has written in a room, unless the room has moved."""
        if await self._now_called(target.room) == target.room:
            await self._effects.redact(target)

    async def decide_entry(self, card: Subject, *, admits: bool) -> None:
        """Ask the platform to let in, or not, whom a card in a room is about."""
        await self._effects.decide_entry(card, admits=admits)

    async def resume(self, room: RoomRef) -> None:
        """Let what waits for a room because it was refused be tried at once."""
        await self._effects.resume(room)

    async def settle_pins(self, room: RoomRef) -> None:
        """Let what shall hang in a room hang, now that the bot may; and what shall not, not."""
        refused = and_(COPIES.c.room == str(room), COPIES.c.pin.in_(list(_ONCE_MORE)))
        shown = COPIES.c.state == CopyState.SHOWN.value
        rows = await self._session.all(select(COPIES.c.id).where(refused, shown))
        for before, after in _ONCE_MORE.items():
            await self._session.run(
                update(COPIES).where(refused, COPIES.c.pin == before).values(pin=after)
            )
        await self._effects.pin([CopyId(row.id) for row in rows])

    async def echo(self, target: MessageRef, *, after: timedelta) -> None:
        """Let the bot set on somebody's line what is felt about it in the other rooms by then."""
        await self._effects.echo(target, after=after)

    async def reached(self, subject: Subject, person: PersonId) -> bool:
        """Whether a person has a private copy."""
        found = await self._session.first(_REACHED, **_named(subject), of_person=person)
        return found is not None

    async def received(self, person: PersonId) -> Sequence[Received]:
        """Return what has gone to a person in private, or is on its way, the oldest first."""
        rows = await self._session.all(_RECEIVED, of_person=person)
        return [
            Received(Subject(SubjectKind(row.subject_kind), row.subject_id), row.created_at)
            for row in rows
        ]

    async def reached_among(
        self, subject: Subject, people: Sequence[PersonId]
    ) -> Collection[PersonId]:
        """Return those of some people who have a private copy."""
        rows = await self._session.all(_REACHED_AMONG, **_named(subject), people=people)
        return {PersonId(row.person_id) for row in rows}

    async def forget(self, subject: Subject) -> None:
        """Delete the rows of a subject's copies."""
        await self._alerts.end(subject)
        await self._rounds.end(subject)
        await forget_subject(self._session, subject)

    async def forget_person(self, person: PersonId) -> int:
        """Forget where a person's private copies are; return how many."""
        return await forget_person(self._session, person)

    async def stop_private(self, user: UserRef) -> int:
        """Drop what waits to be shown to an account that can't be written to; return how many.

        What shall be removed there stays: that it could not be is for the operator to know.
        """
        return await stop_private(self._session, user)

    async def forget_removed(self, before: datetime) -> int:
        """Forget copies that were removed, or never arrived, and were made before a time."""
        return await forget_removed(self._session, before)

    async def _place_columns(self, to: Place) -> dict[str, object]:
        match to:
            case RoomRef():
                return {
                    "platform": to.platform.value,
                    "lane": room_lane(to),
                    "room": str(to),
                }
            case PersonRef(person):
                found = await self._session.first(_ACCOUNT, of_person=person)
                if found is None:
                    self.unreached.add(person)
                    return {}
                return {
                    "platform": found.platform,
                    "lane": person_lane(found.hash),
                    "identity": found.hash,
                    "person_id": person,
                }

    async def _now_called(self, room: RoomRef) -> RoomRef:
        return (await where_now(self._session, [room]))[0]

    def _common(self, subject: Subject) -> dict[str, object]:
        return {
            "subject_kind": subject.kind.value,
            "subject_id": subject.id,
            "state": CopyState.WAITING.value,
            "secret": secrets.token_urlsafe(12),
            "message_ids": "[]",
            "created_at": self._now,
        }


def _named(subject: Subject) -> dict[str, object]:
    return {"of_kind": subject.kind.value, "of_id": subject.id}


def _comes_first(one: Row[Any], other: Row[Any]) -> bool:
    return (-one.urgency, one.planned_at) < (-other.urgency, other.planned_at)


def _answered_in(room: RoomRef, answers: MessageRef | None) -> str | None:
    return answers.message_id if answers and answers.room == room else None
