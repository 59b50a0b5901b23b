"""Alerts that have not left yet, when those whom they are for want them no more, or not now."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Row,
    Select,
    String,
    and_,
    bindparam,
    delete,
    exists,
    select,
)

from bot.domain.copies import CopyState, Subject, SubjectKind
from bot.domain.effects import EffectState, Verb
from bot.domain.people import PersonId
from bot.storage.alert_tables import HELD_ALERTS
from bot.storage.alerts import Alerts
from bot.storage.copy_tables import COPIES, EFFECTS
from bot.storage.dialect import Insert, insert_into
from bot.storage.reports_tables import MARKS
from bot.storage.schema import UtcTime
from bot.storage.session import Session
from bot.storage.spread_tables import SPREADS
from bot.storage.subscription_tables import ROUTES, SUBSCRIPTIONS

_PERSON = bindparam("person", type_=String)
_NOW = bindparam("now", type_=UtcTime)
_IS_HELD = and_(HELD_ALERTS.c.person_id == _PERSON, HELD_ALERTS.c.digest_id.is_(None))
_OF_SPREAD = and_(
    SPREADS.c.subject_kind == COPIES.c.subject_kind, SPREADS.c.subject_id == COPIES.c.subject_id
)
_WAS_ASKED_FOR = exists().where(
    HELD_ALERTS.c.person_id == COPIES.c.person_id,
    HELD_ALERTS.c.subject_kind == COPIES.c.subject_kind,
    HELD_ALERTS.c.subject_id == COPIES.c.subject_id,
    HELD_ALERTS.c.digest_id.is_not(None),
)
_TAKES_PART = exists().where(
    MARKS.c.report_id == COPIES.c.subject_id, MARKS.c.person_id == COPIES.c.person_id
)
_WAITS = and_(
    COPIES.c.person_id == _PERSON,
    COPIES.c.state == CopyState.WAITING.value,
    exists().where(_OF_SPREAD),
    ~_WAS_ASKED_FOR,
    ~_TAKES_PART,
)
"""Came by itself, to somebody who has done nothing about it."""
_NOT_BEGUN = and_(
    EFFECTS.c.verb == Verb.SHOW.value,
    EFFECTS.c.state == EffectState.QUEUED.value,
    EFFECTS.c.attempts == 0,
    EFFECTS.c.doubts == 0,
)
_IS_IN_LANE = exists().where(EFFECTS.c.copy_id == COPIES.c.id, _NOT_BEGUN)
_UNSEEN: Select[Any] = select(COPIES.c.id, COPIES.c.subject_kind, COPIES.c.subject_id).where(
    _WAITS, _IS_IN_LANE
)
_HELD: Select[Any] = select(HELD_ALERTS.c.subject_kind, HELD_ALERTS.c.subject_id).where(_IS_HELD)
_COPIES: BindParameter[int] = bindparam("copies", expanding=True)
_DROP_EFFECTS = delete(EFFECTS).where(EFFECTS.c.copy_id.in_(_COPIES))
_DROP_COPIES = delete(COPIES).where(COPIES.c.id.in_(_COPIES))
_DROP_HELD = delete(HELD_ALERTS).where(
    _IS_HELD,
    HELD_ALERTS.c.subject_kind == bindparam("kind"),
    HELD_ALERTS.c.subject_id == bindparam("id"),
)
_PLACES: BindParameter[str] = bindparam("places", expanding=True)
_STILL_FOLLOWS = (
    select(ROUTES.c.subscription_id)
    .join(SUBSCRIPTIONS, SUBSCRIPTIONS.c.id == ROUTES.c.subscription_id)
    .where(
        SUBSCRIPTIONS.c.person_id == _PERSON,
        ROUTES.c.place.in_(_PLACES),
        ROUTES.c.at_least <= bindparam("priority"),
        ROUTES.c.kinds.op("&")(bindparam("kinds")) != 0,
    )
    .limit(1)
)


async def let_go(session: Session, alerts: Alerts, person: PersonId) -> None:
    """Take away what has not left yet and what nothing that somebody follows brings any more.

    What they asked for themselves, or take part in, comes all the same.
    """
    held = {_subject(row) for row in await session.all(_HELD, person=person)}
    waiting = await session.all(_UNSEEN, person=person)
    subjects = held | {_subject(row) for row in waiting}
    gone = {one for one in subjects if not await _is_brought(session, alerts, one, person)}
    for subject in held & gone:
        await session.run(_DROP_HELD, person=person, kind=subject.kind.value, id=subject.id)
    await _drop(session, [row.id for row in waiting if _subject(row) in gone])


async def hold_back(session: Session, person: PersonId, now: datetime) -> None:
    """Hold back the cards that have not left yet: they are looked at as if they came now."""
    waiting = [row.id for row in await session.all(_UNSEEN, person=person)]
    if waiting:
        await session.run(_hold(session.dialect), copies=waiting, now=now)
        await _drop(session, waiting)


async def _is_brought(
    session: Session, alerts: Alerts, subject: Subject, person: PersonId
) -> bool:
    """Whether somebody follows it, or what tells of the same; also if how far it goes is gone."""
    spreads = await alerts.reaching(subject)
    if not spreads:
        follows = select(SUBSCRIPTIONS.c.id).where(SUBSCRIPTIONS.c.person_id == _PERSON).limit(1)
        return await session.first(follows, person=person) is not None
    for priority, reaching in spreads:
        found = await session.first(
            _STILL_FOLLOWS,
            person=person,
            places=list(reaching.places),
            priority=int(priority),
            kinds=reaching.kinds,
        )
        if found is not None:
            return True
    return False


async def _drop(session: Session, copies: Collection[int]) -> None:
    if copies:
        await session.run(_DROP_EFFECTS, copies=list(copies))
        await session.run(_DROP_COPIES, copies=list(copies))


@cache
def _hold(dialect: str) -> Insert:
    rows: Select[Any] = (
        select(
            COPIES.c.person_id,
            COPIES.c.subject_kind,
            COPIES.c.subject_id,
            SPREADS.c.priority,
            _NOW,
            _NOW,
        )
        .join(SPREADS, _OF_SPREAD)
        .where(COPIES.c.id.in_(_COPIES))
    )
    columns = ["person_id", "subject_kind", "subject_id", "priority", "held_at", "due_at"]
    held = insert_into(HELD_ALERTS, dialect).from_select(columns, rows)
    return held.on_conflict_do_nothing()


def _subject(row: Row[Any]) -> Subject:
    return Subject(SubjectKind(row.subject_kind), row.subject_id)
