"""Codes by mail. Their digits are made of a row's random id and the installation's secret.

So nothing that is stored, nor an old backup of it, holds a code; it is computed when its mail is
written and when somebody types it.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from bot.domain.link_codes import HALF_CHARS, as_code
from bot.domain.mail_addresses import MailAddress
from bot.domain.mails import Letter, MailState
from bot.domain.organisations import OrganisationId
from bot.domain.people import PersonId
from bot.domain.reports import ID_ALPHABET
from bot.domain.verification import (
    CODE_WORKS_FOR,
    CodeAsked,
    CodesSent,
    MailCode,
    MailCodeId,
    Tried,
    Verification,
    VerificationId,
)
from bot.ports.bells import Errand
from bot.storage.dialect import insert
from bot.storage.organisations import OrganisationRows
from bot.storage.session import Session
from bot.storage.verification_tables import MAIL_CODES
from bot.storage.verifications import VerificationRows

_DIGITS = 6
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class MailCodeRows:
    """Codes in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def issue(
        self, verification: Verification, now: datetime, *, to_official: bool
    ) -> MailCode:
        """Make a code and queue its mail; those before it are void."""
        await self.void(verification.person, verification.organisation)
        code = MailCode(
            id=MailCodeId(secrets.token_urlsafe(16)),
            person=verification.person,
            verification=verification.id,
            organisation=verification.organisation,
            expires_at=now + CODE_WORKS_FOR,
        )
        await self._session.run(
            insert(self._session.connection, MAIL_CODES).values(
                id=code.id,
                person_id=code.person,
                verification_id=code.verification,
                organisation=code.organisation,
                to_official=to_official,
                mailbox=verification.mailbox,
                alarm=self._digest_of_alarm(self._alarm(code.id)),
                made_at=now,
                expires_at=code.expires_at,
                tries_left=code.tries_left,
                state=MailState.QUEUED.value,
                not_before=now,
                attempts=0,
                doubts=0,
            )
        )
        self._session.stored.add(Errand.MAILING)
        return code

    async def sent(self, person: PersonId, mailbox: str, now: datetime) -> CodesSent:
        """Count what has gone to a person and to an address of late."""
        theirs, there = MAIL_CODES.c.person_id == person, MAIL_CODES.c.mailbox == mailbox
        return CodesSent(
            to_person_in_hour=await self._count(theirs, since=now - _HOUR),
            to_person_in_day=await self._count(theirs, since=now - _DAY),
            to_address_in_hour=await self._count(there, since=now - _HOUR),
            to_address_in_day=await self._count(there, since=now - _DAY),
        )

    async def nth_latest(
        self, nth: int, *, since: datetime, to_officials: bool, organisation: str | None
    ) -> datetime | None:
        """Return when the nth latest code was asked for, None if there were fewer since a time."""
        counted = [MAIL_CODES.c.made_at > since, MAIL_CODES.c.to_official.is_(to_officials)]
        if organisation is not None:
            counted.append(MAIL_CODES.c.organisation == organisation)
        row = await self._session.first(
            select(MAIL_CODES.c.made_at)
            .where(*counted)
            .order_by(MAIL_CODES.c.made_at.desc())
            .offset(nth - 1)
            .limit(1)
        )
        return row.made_at if row else None

    async def get(self, code: MailCodeId) -> MailCode | None:
        """Return a code, None if there is none such."""
        row = await self._row(code)
        return _mail_code(row) if row and row.person_id else None

    async def latest(self, person: PersonId, now: datetime) -> MailCode | None:
        """Return the code that a person may still type, None if there is none."""
        row = await self._session.first(
            select(MAIL_CODES)
            .where(
                MAIL_CODES.c.person_id == person,
                MAIL_CODES.c.expires_at > now,
                MAIL_CODES.c.tries_left > 0,
            )
            .order_by(MAIL_CODES.c.made_at.desc())
            .limit(1)
        )
        return _mail_code(row) if row else None

    async def of_person(self, person: PersonId) -> Sequence[CodeAsked]:
        """Return which codes a person has asked for, the oldest first."""
        theirs = MAIL_CODES.c.person_id == person
        rows = await self._session.all(
            select(MAIL_CODES).where(theirs).order_by(MAIL_CODES.c.made_at)
        )
        known = VerificationRows(self._session)
        asked = {row.verification_id: await known.get(row.verification_id) for row in rows}
        return [
            CodeAsked(
                organisation=OrganisationId(row.organisation),
                address=found.address if (found := asked[row.verification_id]) else None,
                asked_at=row.made_at,
            )
            for row in rows
        ]

    async def try_code(self, code: MailCode, typed: str, now: datetime) -> Tried:
        """Compare what was typed, and count it; the right one works once."""
        if now >= code.expires_at or code.tries_left < 1:
            return Tried.SPENT
        is_right = hmac.compare_digest(self._digits(code.id), typed)
        # In one statement: several workers may be told of several tries at the same moment.
        taken = await self._session.run(
            update(MAIL_CODES)
            .where(MAIL_CODES.c.id == code.id, MAIL_CODES.c.tries_left > 0)
            .values(tries_left=0 if is_right else MAIL_CODES.c.tries_left - 1)
        )
        if not taken:
            return Tried.SPENT
        if is_right:
            return Tried.RIGHT
        row = await self._row(code.id)
        return Tried.WRONG if row is not None and row.tries_left > 0 else Tried.SPENT

    async def raised_by(self, alarm: str) -> MailCode | None:
        """Return the code whose mail holds this alarm, None if none does."""
        mine = MAIL_CODES.c.alarm == self._digest_of_alarm(alarm)
        row = await self._session.first(select(MAIL_CODES).where(mine))
        return _mail_code(row) if row and row.person_id else None

    async def void(self, person: PersonId, organisation: str) -> None:
        """Let no code of a person for an organisation work any more."""
        theirs = (MAIL_CODES.c.person_id == person, MAIL_CODES.c.organisation == organisation)
        await self._session.run(update(MAIL_CODES).where(*theirs).values(tries_left=0))

    async def waiting(self, now: datetime, *, limit: int) -> Sequence[MailCodeId]:
        """Return the codes whose mail is due, oldest first."""
        due = (MAIL_CODES.c.state == MailState.QUEUED.value, MAIL_CODES.c.not_before <= now)
        rows = await self._session.all(
            select(MAIL_CODES.c.id).where(*due).order_by(MAIL_CODES.c.made_at).limit(limit)
        )
        return [MailCodeId(row.id) for row in rows]

    async def letter(self, code: MailCodeId) -> Letter | None:
        """Return what to write, None if nobody waits for it any more."""
        row = await self._row(code)
        if row is None or row.person_id is None or row.tries_left < 1:
            return None
        asked = await VerificationRows(self._session).get(row.verification_id)
        organisation = await OrganisationRows(self._session).get(row.organisation)
        to: MailAddress | None = asked.address if asked else None
        if to is None or organisation is None:
            return None
        return Letter(
            id=code,
            person=PersonId(row.person_id),
            to=to,
            code=self._digits(code),
            alarm=self._alarm(code),
            expires_at=row.expires_at,
            organisation=organisation.name,
            attempts=row.attempts,
            doubts=row.doubts,
        )

    async def begin(self, code: MailCodeId) -> None:
        """Note that a mail is being handed over: a crash from here on leaves doubt."""
        await self._change(code, state=MailState.STARTED.value)

    async def put_off(self, code: MailCodeId, until: datetime, *, doubts: int = 0) -> None:
        """Let a mail be tried again later, with so much more doubt."""
        row = await self._row(code)
        if row is not None:
            await self._change(
                code,
                state=MailState.QUEUED.value,
                not_before=until,
                attempts=row.attempts + 1,
                doubts=row.doubts + doubts,
            )

    async def settle(self, code: MailCodeId, *, is_sent: bool) -> None:
        """Note that a mail was handed over, or never will be; then its code is void."""
        if is_sent:
            await self._change(code, state=MailState.SENT.value)
        else:
            await self._change(code, state=MailState.FAILED.value, tries_left=0)

    async def recover(self) -> int:
        """Put back what a crash has left begun, in doubt; return how many."""
        return await self._session.run(
            update(MAIL_CODES)
            .where(MAIL_CODES.c.state == MailState.STARTED.value)
            .values(state=MailState.QUEUED.value, doubts=MAIL_CODES.c.doubts + 1)
        )

    async def forget_old(self, before: datetime) -> int:
        """Delete codes made before a time; return how many."""
        return await self._session.run(delete(MAIL_CODES).where(MAIL_CODES.c.made_at < before))

    async def unlink(self, person: PersonId) -> None:
        """Keep that mail went to an address, but no longer for whom."""
        theirs = MAIL_CODES.c.person_id == person
        await self._session.run(
            update(MAIL_CODES).where(theirs).values(person_id=None, tries_left=0)
        )

    def _digits(self, code: MailCodeId) -> str:
        number = int(self._session.vault.digest(f"mail code {code}"), 16)
        return f"{number % 10**_DIGITS:0{_DIGITS}}"

    def _alarm(self, code: MailCodeId) -> str:
        number = int(self._session.vault.digest(f"mail alarm {code}"), 16)
        size = len(ID_ALPHABET)
        letters = [ID_ALPHABET[number // size**place % size] for place in range(2 * HALF_CHARS)]
        return as_code("".join(letters))

    def _digest_of_alarm(self, alarm: str) -> str:
        return self._session.vault.digest(f"alarm {alarm}")

    async def _row(self, code: MailCodeId) -> Row[Any] | None:
        return await self._session.first(select(MAIL_CODES).where(MAIL_CODES.c.id == code))

    async def _change(self, code: MailCodeId, **columns: object) -> None:
        await self._session.run(
            update(MAIL_CODES).where(MAIL_CODES.c.id == code).values(**columns)
        )

    async def _count(self, which: ColumnElement[bool], *, since: datetime) -> int:
        row = await self._session.first(
            select(func.count().label("number"))
            .select_from(MAIL_CODES)
            .where(which, MAIL_CODES.c.made_at > since)
        )
        return int(row.number) if row else 0


def _mail_code(row: Row[Any]) -> MailCode:
    return MailCode(
        id=MailCodeId(row.id),
        person=PersonId(row.person_id),
        verification=VerificationId(row.verification_id),
        organisation=OrganisationId(row.organisation),
        expires_at=row.expires_at,
        tries_left=row.tries_left,
    )
