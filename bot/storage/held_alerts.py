"""Alerts that come later, in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.domain.alerting import Because, Wait
from bot.domain.copies import Received, Subject, SubjectKind
from bot.domain.digests import Digest, DigestId
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.ports.held_alerts import HeldAlert
from bot.storage.alert_tables import DIGESTS, HELD_ALERTS, RECENT_ALERTS
from bot.storage.dialect import insert_into
from bot.storage.schema import UtcTime
from bot.storage.session import Session

_H = HELD_ALERTS.c
_WAITS = _H.digest_id.is_(None)
_DUE = (
    select(_H.person_id)
    .where(_WAITS, _H.due_at <= bindparam("now", type_=UtcTime))
    .order_by(_H.due_at, _H.person_id)
    .limit(bindparam("most"))
)
_OF_PERSON = (
    select(HELD_ALERTS)
    .where(_H.person_id == bindparam("person"), _WAITS)
    .order_by(_H.held_at, _H.subject_id)
)
_PEOPLE: BindParameter[str] = bindparam("people", expanding=True)
_OF_PEOPLE = (
    select(HELD_ALERTS)
    .where(_H.person_id.in_(_PEOPLE), _WAITS)
    .order_by(_H.person_id, _H.held_at, _H.subject_id)
)
_THIS = and_(
    _H.person_id == bindparam("of_person"),
    _H.subject_kind == bindparam("of_kind"),
    _H.subject_id == bindparam("of_id"),
    _WAITS,
)
_WAIT = update(HELD_ALERTS).where(_THIS).values(because=bindparam("why"), due_at=bindparam("to"))
_DROP = delete(HELD_ALERTS).where(_THIS)
_TELL = update(HELD_ALERTS).where(_THIS).values(digest_id=bindparam("digest"))


class HeldAlertRows:
    """What waits, and what digests hold, in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def people_due(self, now: datetime, *, limit: int) -> Sequence[PersonId]:
        """Return people of whose alerts some are to be looked at."""
        rows = await self._session.all(_DUE, now=now, most=limit)
        return list(dict.fromkeys(PersonId(row.person_id) for row in rows))

    async def of(self, person: PersonId) -> Sequence[HeldAlert]:
        """Return what waits for somebody."""
        return [_alert(row) for row in await self._session.all(_OF_PERSON, person=person)]

    async def of_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Sequence[HeldAlert]]:
        """Return what waits for those among some people for whom anything does."""
        found: dict[PersonId, list[HeldAlert]] = {}
        for row in await self._session.all(_OF_PEOPLE, people=people):
            found.setdefault(PersonId(row.person_id), []).append(_alert(row))
        return found

    async def wait(self, waits: Sequence[tuple[HeldAlert, Wait]]) -> None:
        """Note why alerts wait, and how long."""
        rows = [{**_is(alert), "why": why.because.value, "to": why.until} for alert, why in waits]
        await self._session.run(_WAIT, rows)

    async def drop(self, alerts: Sequence[HeldAlert]) -> None:
        """Let go of alerts."""
        await self._session.run(_DROP, [_is(alert) for alert in alerts])

    async def tell(self, digests: Mapping[Digest, Sequence[HeldAlert]]) -> None:
        """Put alerts into new digests."""
        made = [
            {
                "id": digest.id,
                "person_id": digest.person,
                "is_silent": digest.is_silent,
                "made_at": digest.made_at,
            }
            for digest in digests
        ]
        told = [
            {**_is(alert), "digest": digest.id}
            for digest, alerts in digests.items()
            for alert in alerts
        ]
        await self._session.run(insert(DIGESTS), made)
        await self._session.run(_TELL, told)

    async def digest(self, digest: DigestId) -> Digest | None:
        """Return a digest, None if there is none such."""
        row = await self._session.first(select(DIGESTS).where(DIGESTS.c.id == digest))
        return _digest(row) if row else None

    async def in_digest(self, digest: DigestId) -> Sequence[Subject]:
        """Return what a digest tells of."""
        rows = await self._session.all(
            select(HELD_ALERTS).where(_H.digest_id == digest).order_by(_H.held_at, _H.subject_id)
        )
        return [Subject(SubjectKind(row.subject_kind), row.subject_id) for row in rows]

    async def digests_of(self, person: PersonId) -> Sequence[Digest]:
        """Return a person's digests."""
        rows = await self._session.all(select(DIGESTS).where(DIGESTS.c.person_id == person))
        return [_digest(row) for row in rows]

    async def empty_digests(self, *, limit: int) -> Sequence[DigestId]:
        """Return digests of which all that they told of is gone."""
        rows = await self._session.all(
            select(DIGESTS.c.id).where(~exists().where(_H.digest_id == DIGESTS.c.id)).limit(limit)
        )
        return [DigestId(row.id) for row in rows]

    async def erase_digest(self, digest: DigestId) -> None:
        """Delete a digest and what it held."""
        await self._session.run(delete(HELD_ALERTS).where(_H.digest_id == digest))
        await self._session.run(delete(DIGESTS).where(DIGESTS.c.id == digest))

    async def given_since(self, person: PersonId, since: datetime) -> int:
        """Return how many came by themselves."""
        found = select(func.count().label("number")).where(
            RECENT_ALERTS.c.person_id == person, RECENT_ALERTS.c.at > since
        )
        row = await self._session.first(found)
        return int(row.number) if row else 0

    async def note_given(self, alerts: Sequence[HeldAlert], now: datetime) -> None:
        """Count what came by itself, for people who have said how much may in an hour."""
        rows = [{"person_id": one.person, "at": now, **_named(one.subject)} for one in alerts]
        given = insert_into(RECENT_ALERTS, self._session.dialect).on_conflict_do_nothing()
        await self._session.run(given, rows)

    async def given_to(self, person: PersonId) -> Sequence[Received]:
        """Return what of late came by itself, the oldest first."""
        theirs = RECENT_ALERTS.c.person_id == person
        rows = await self._session.all(
            select(RECENT_ALERTS).where(theirs).order_by(RECENT_ALERTS.c.at)
        )
        return [
            Received(Subject(SubjectKind(row.subject_kind), row.subject_id), row.at)
            for row in rows
        ]

    async def forget_recent(self, before: datetime) -> int:
        """Forget what came by itself before a time."""
        return await self._session.run(delete(RECENT_ALERTS).where(RECENT_ALERTS.c.at < before))

    async def erase(self, person: PersonId) -> int:
        """Forget all that waits for somebody and what their digests held."""
        waiting = await self._session.run(
            delete(HELD_ALERTS).where(_H.person_id == person, _WAITS)
        )
        for table in (HELD_ALERTS, DIGESTS, RECENT_ALERTS):
            await self._session.run(delete(table).where(table.c.person_id == person))
        return waiting


def _is(alert: HeldAlert) -> dict[str, object]:
    return {
        "of_person": alert.person,
        "of_kind": alert.subject.kind.value,
        "of_id": alert.subject.id,
    }


def _named(subject: Subject) -> dict[str, object]:
    return {"subject_kind": subject.kind.value, "subject_id": subject.id}


def _alert(row: Row[Any]) -> HeldAlert:
    return HeldAlert(
        person=PersonId(row.person_id),
        subject=Subject(SubjectKind(row.subject_kind), row.subject_id),
        priority=Priority(row.priority),
        held_at=row.held_at,
        because=Because(row.because) if row.because else None,
        due_at=row.due_at,
    )


def _digest(row: Row[Any]) -> Digest:
    return Digest(
        id=DigestId(row.id),
        person=PersonId(row.person_id),
        is_silent=row.is_silent,
        made_at=row.made_at,
    )
