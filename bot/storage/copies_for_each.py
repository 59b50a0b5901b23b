"""Copies for many people at once, each with something of their own to be shown."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, insert, select

from bot.domain.copies import CopyState, Subject
from bot.domain.effects import AT_ONCE, OnDoubt, Urgency, Verb
from bot.domain.people import PersonId
from bot.storage.copy_tables import COPIES, EFFECTS, person_lane
from bot.storage.effect_statements import EFFECT_COLUMNS, has_no_effect, rows_of
from bot.storage.people_tables import IDENTITIES
from bot.storage.queueing import queue
from bot.storage.session import Session

_PEOPLE: BindParameter[str] = bindparam("people", expanding=True)
_ACCOUNTS = (
    select(IDENTITIES)
    .where(IDENTITIES.c.person_id.in_(_PEOPLE), IDENTITIES.c.is_reachable.is_(True))
    .order_by(IDENTITIES.c.person_id, IDENTITIES.c.hash.desc())
)
_LAST_ID = select(func.coalesce(func.max(COPIES.c.id), 0).label("last"))
_SHOW_NEW = insert(EFFECTS).from_select(
    EFFECT_COLUMNS,
    rows_of(Verb.SHOW, COPIES).where(
        COPIES.c.id > bindparam("last"),
        COPIES.c.person_id.in_(_PEOPLE),
        COPIES.c.state == CopyState.WAITING.value,
        has_no_effect(),
    ),
)


async def show_each(
    session: Session,
    subjects: Mapping[PersonId, Subject],
    *,
    urgency: Urgency,
    on_doubt: OnDoubt,
    now: datetime,
) -> frozenset[PersonId]:
    """Show something in private to each of some people; return who has no account to write to."""
    # The last of a person's rows stands: the one with the least hash, as everywhere.
    accounts = {row.person_id: row for row in await session.all(_ACCOUNTS, people=list(subjects))}
    rows = [
        {
            "subject_kind": subject.kind.value,
            "subject_id": subject.id,
            "state": CopyState.WAITING.value,
            "secret": secrets.token_urlsafe(12),
            "message_ids": "[]",
            "created_at": now,
            "platform": accounts[person].platform,
            "lane": person_lane(accounts[person].hash),
            "identity": accounts[person].hash,
            "person_id": person,
        }
        for person, subject in subjects.items()
        if person in accounts
    ]
    if rows:
        before = await session.first(_LAST_ID)
        await session.run(insert(COPIES), rows)
        await queue(
            session,
            _SHOW_NEW,
            last=before.last if before else 0,
            people=list(accounts),
            with_urgency=int(urgency),
            if_in_doubt=on_doubt.value,
            not_earlier=AT_ONCE,
            now=now,
        )
    return frozenset(person for person in subjects if person not in accounts)
