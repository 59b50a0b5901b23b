"""What happens by itself as time passes. Each may run any number of times."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.copies import Subject, SubjectKind
from bot.domain.lifecycle import CONSENT_WITHIN
from bot.domain.reports import State
from bot.domain.retention import LIFETIMES, DataClass
from bot.handlers.reports.changing import move, say_erased
from bot.handlers.reports.erasing import erase_report
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.store import Keys, Store, UnitOfWork

LAST_WORD_WITHIN = timedelta(minutes=10)
"""How long an erased person can still be reached, so that the last word arrives."""

log = structlog.get_logger("schedule")


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """All that is due, found in the database."""

    store: Store
    clock: Clock
    media: MediaStore
    keys: Keys

    async def expire_reports(self) -> int:
        """End the reports that nobody has touched for their lifetime."""
        async with self.store.write() as uow:
            due = await uow.reports.due_to_expire(self.clock.now())
            for report in due:
                await move(report, State.EXPIRED, uow=uow, now=self.clock.now(), by=None)
        return len(due)

    async def erase_unconsented(self) -> int:
        """Erase red reports whose authors have not said yes within a day."""
        async with self.store.write() as uow:
            due = await uow.reports.provisional_since(self.clock.now() - CONSENT_WITHIN)
            for report in due:
                await erase_report(report, uow, self.media)
                await say_erased(report, uow)
                await uow.audit.note(
                    "report.erased_without_consent", report.id, by=None, now=self.clock.now()
                )
        return len(due)

    async def wipe_delivered(self) -> int:
        """Forget the words of carried lines that have arrived."""
        async with self.store.write() as uow:
            files = await uow.relays.wipe_delivered()
        for file in files:
            await self.media.discard(file)
        return len(files)

    async def forget_leavers(self) -> int:
        """Forget the accounts of erased people, and destroy their keys."""
        async with self.store.write() as uow:
            leaving = await uow.people.leaving(self.clock.now() - LAST_WORD_WITHIN)
            for person in leaving:
                for note in await uow.notes.of_person(person):
                    await uow.copies.forget(Subject(SubjectKind.NOTE, note))
                    for file in await uow.notes.erase(note):
                        await self.media.discard(file)
                await uow.copies.forget_person(person)
                await uow.people.erase_reachability(person)
        for person in leaving:
            await self.keys.destroy_person(person)
        if leaving:
            await self.keys.overwrite_erased()
        return len(leaving)

    async def apply_retention(self) -> int:
        """Erase what was kept as long as its class in bot/domain/retention.py allows."""
        now = self.clock.now()
        async with self.store.write() as uow:
            reports = await uow.reports.past_lifetime(now)
            for report in reports:
                await erase_report(report, uow, self.media)
            notices = await uow.notices.past_lifetime(now - LIFETIMES[DataClass.NOTICE])
            for notice in notices:
                await uow.copies.forget(Subject(SubjectKind.NOTICE, notice))
                await uow.notices.erase(notice)
            gone = len(reports) + len(notices)
            gone += await self._forget_relays(uow, now)
            gone += await self._forget_notes(uow, now)
            gone += await self._forget_web_messages(uow, now)
            gone += await uow.copies.forget_removed(now - LIFETIMES[DataClass.UPDATE_SEEN])
            gone += await uow.inbox.forget_old(now)
            gone += await uow.audit.forget_old(now)
        await self.keys.destroy_transit_before(now)
        await self.keys.overwrite_erased()
        return gone

    async def _forget_relays(self, uow: UnitOfWork, now: datetime) -> int:
        old = await uow.relays.past_lifetime(now - LIFETIMES[DataClass.RELAYED_MESSAGE])
        for relay in old:
            await uow.copies.forget(Subject(SubjectKind.RELAY, relay))
            for file in await uow.relays.erase(relay):
                await self.media.discard(file)
        return len(old)

    async def _forget_notes(self, uow: UnitOfWork, now: datetime) -> int:
        old = await uow.notes.past_lifetime(now - LIFETIMES[DataClass.NOTE])
        for note in old:
            await uow.copies.forget(Subject(SubjectKind.NOTE, note))
            for file in await uow.notes.erase(note):
                await self.media.discard(file)
        return len(old)

    async def _forget_web_messages(self, uow: UnitOfWork, now: datetime) -> int:
        old = await uow.web_chat.past_lifetime(now - LIFETIMES[DataClass.WEB_MESSAGE])
        for message in old:
            for file in await uow.web_chat.remove(message):
                await self.media.discard(file)
        return len(old)
