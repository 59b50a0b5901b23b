"""Sending the mails that are stored as codes: each at least once, and at most twice."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import structlog

from bot.conversation import tell
from bot.domain.effects import backoff
from bot.domain.mails import Letter, Mail
from bot.domain.people import PersonId
from bot.domain.verification import CODE_WORKS_FOR, MailCodeId
from bot.domain.words import words
from bot.errors import (
    PermanentFailure,
    StorageUnavailable,
    TemporaryFailure,
    Unacceptable,
    UnknownOutcome,
)
from bot.lanes import POLL_S, rest
from bot.ports.clock import Clock
from bot.ports.mailer import Mailer
from bot.ports.store import Store, UnitOfWork
from bot.texts import Texts

AT_ONCE = 8
MOST_DOUBTS = 1
"""A code may come twice; more often would only puzzle whoever waits for it."""

Found = TypeVar("Found")
log = structlog.get_logger("mail")


@dataclass(kw_only=True)
class Mailing:
    """The mails of all codes, on their way out.

    One process at a time may run it: what is being sent is known here and in no database.
    """

    store: Store
    clock: Clock
    mailer: Mailer
    texts: Texts
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    results: Counter[str] = field(default_factory=Counter)

    async def run(self) -> None:
        """Send mails as they come due, until cancelled."""
        is_recovered = False
        while True:
            self.wake.clear()
            try:
                if not is_recovered:
                    await self.recover()
                    is_recovered = True
                await self.drain()
            except StorageUnavailable as error:
                await rest(self.clock, error)
                continue
            await self.clock.wait(self.wake, at_most_s=POLL_S)

    async def recover(self) -> None:
        """Put back what a crash has left begun."""
        doubtful = await self._change(lambda uow: uow.mail_codes.recover())
        if doubtful:
            log.warning("mail.recovered", in_doubt=doubtful)

    async def drain(self) -> int:
        """Send all that is due now; return how many were tried."""
        tried = 0
        while due := await self._due():
            for code in due:
                await self._send(code)
                tried += 1
        return tried

    async def _due(self) -> list[MailCodeId]:
        async with self.store.read() as uow:
            return list(await uow.mail_codes.waiting(self.clock.now(), limit=AT_ONCE))

    async def _send(self, code: MailCodeId) -> None:
        letter, mail = await self._begin(code)
        if letter is None or mail is None:
            return
        try:
            await self.mailer.send(mail)
        except TemporaryFailure:
            await self._put_off(letter)
        except PermanentFailure:
            await self._give_up(letter, "verify-mail-refused")
        except UnknownOutcome:
            await self._doubt(letter)
        else:
            self.results["sent"] += 1
            await self._change(lambda uow: uow.mail_codes.settle(code, is_sent=True))

    async def _begin(self, code: MailCodeId) -> tuple[Letter | None, Mail | None]:
        """Write a mail and note that it is begun; nothing if nobody waits for it any more."""
        async with self.store.write() as uow:
            letter = await uow.mail_codes.letter(code)
            if letter is None:
                await uow.mail_codes.settle(code, is_sent=False)
                return None, None
            if letter.expires_at <= self.clock.now():
                await self._fail(letter, "verify-mail-late", uow)
                return None, None
            if letter.doubts > MOST_DOUBTS:
                await uow.mail_codes.settle(code, is_sent=True)
                return None, None
            await uow.mail_codes.begin(code)
            person = await uow.people.get(letter.person, self.clock.now())
            return letter, self._written(letter, person.language if person else "sv")

    def _written(self, letter: Letter, language: str) -> Mail:
        said = words(
            "mail-code",
            code=f"{letter.code[:3]} {letter.code[3:]}",
            organisation=letter.organisation,
            minutes=int(CODE_WORKS_FOR.total_seconds()) // 60,
            alarm=letter.alarm,
        )
        subject = words("mail-code-subject", organisation=letter.organisation)
        return Mail(
            key=f"code-{letter.id}",
            person=letter.person,
            to=letter.to,
            subject=self.texts.plain(subject, language),
            text=self.texts.plain(said, language),
        )

    async def _put_off(self, letter: Letter) -> None:
        self.results["put_off"] += 1
        until = self.clock.now() + backoff(letter.attempts, jitter=random.random())  # noqa: S311
        await self._change(lambda uow: uow.mail_codes.put_off(letter.id, until))

    async def _doubt(self, letter: Letter) -> None:
        """Send it once more, for a mail that comes twice is better than none."""
        self.results["doubted"] += 1
        until = self.clock.now() + timedelta(seconds=1)
        await self._change(lambda uow: uow.mail_codes.put_off(letter.id, until, doubts=1))

    async def _give_up(self, letter: Letter, why: str) -> None:
        self.results["refused"] += 1
        await self._change(lambda uow: self._fail(letter, why, uow))

    async def _fail(self, letter: Letter, why: str, uow: UnitOfWork) -> None:
        """Void a code that will not arrive, and say so to whoever waits for it."""
        await uow.mail_codes.settle(letter.id, is_sent=False)
        await self._say(letter.person, why, letter.to.masked, uow)

    async def _say(self, person: PersonId, why: str, address: str, uow: UnitOfWork) -> None:
        error = Unacceptable(why, address=address)
        await tell(error, person, uow=uow, now=self.clock.now())

    async def _change(self, change: Callable[[UnitOfWork], Awaitable[Found]]) -> Found:
        async with self.store.write() as uow:
            return await change(uow)
