"""Reading people with what they agree to and may do, in one statement."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select

from bot.domain.consent import VERSIONS, Purpose
from bot.domain.messages import Platform, UserRef
from bot.domain.people import Grant, LanguageSource, Person, PersonId, Role
from bot.domain.positions import read_cell
from bot.storage.people_tables import CONSENTS, GRANTS, IDENTITIES, PEOPLE
from bot.storage.vault import Vault, person_key

USER_FIELD = "identities.user_id"
ROOM_FIELD = "identities.private_room"
CELL_FIELD = "people.shared_cell"
_TO_THE_PRESENT_TEXT = or_(
    *(
        and_(CONSENTS.c.purpose == purpose.value, CONSENTS.c.version == version)
        for purpose, version in VERSIONS.items()
    )
)
_PERSON = (
    select(
        PEOPLE,
        IDENTITIES.c.private_room,
        IDENTITIES.c.hash.label("account"),
        CONSENTS.c.purpose,
        GRANTS.c.id.label("grant_id"),
        GRANTS.c.role,
        GRANTS.c.organisation,
        GRANTS.c.areas,
        GRANTS.c.expires_at,
        GRANTS.c.identity,
    )
    .outerjoin(IDENTITIES, IDENTITIES.c.person_id == PEOPLE.c.id)
    .outerjoin(
        CONSENTS,
        and_(
            CONSENTS.c.person_id == PEOPLE.c.id,
            CONSENTS.c.withdrawn_at.is_(None),
            _TO_THE_PRESENT_TEXT,
        ),
    )
    .outerjoin(GRANTS, GRANTS.c.person_id == PEOPLE.c.id)
    .order_by(GRANTS.c.id)
)
BY_ID = _PERSON.where(PEOPLE.c.id == bindparam("person"))
BEHIND = _PERSON.where(IDENTITIES.c.hash == bindparam("hash"))


async def person_from_rows(rows: Sequence[Row[Any]], vault: Vault, now: datetime) -> Person:
    """Read one person from rows of `BY_ID` or `BEHIND`."""
    person = _folded(rows, now)
    if person.shared_area is None or rows[0].shared_cell is None:
        return person
    cell = await vault.unseal(person_key(person.id), rows[0].shared_cell, field=CELL_FIELD)
    return replace(person, shared_cell=read_cell(cell) if isinstance(cell, str) else None)


async def account_from_row(row: Row[Any], vault: Vault) -> UserRef | None:
    """Read an account; None if its person's key was destroyed."""
    user_id = await vault.unseal(person_key(row.person_id), row.user_id, field=USER_FIELD)
    return UserRef(Platform(row.platform), user_id) if isinstance(user_id, str) else None


def _folded(rows: Sequence[Row[Any]], now: datetime) -> Person:
    """Fold rows, one for each pair of consent and role, into one person."""
    row = rows[0]
    is_near = row.shared_until is not None and now < row.shared_until
    return Person(
        id=PersonId(row.id),
        language=row.language,
        language_source=LanguageSource(row.language_source),
        consents=frozenset(Purpose(found.purpose) for found in rows if found.purpose),
        grants=tuple(
            Grant(
                role=Role(found.role),
                organisation=found.organisation or None,
                areas=frozenset(json.loads(found.areas)),
                expires_at=found.expires_at,
            )
            for found in {found.grant_id: found for found in rows if _is_held(found)}.values()
        ),
        shared_area=row.shared_area if is_near else None,
    )


def _is_held(row: Row[Any]) -> bool:
    """Whether a row tells a role that the account of the row may use."""
    return bool(row.grant_id) and row.identity in {None, row.account}
