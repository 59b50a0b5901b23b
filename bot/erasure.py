"""Erasing a person: rows, carried copies, files, and the key that opens what backups hold."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import Urgency
from bot.domain.people import PersonId
from bot.ports.media import MediaStore
from bot.ports.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased; copies are removed one by one after it."""

    reports: int
    subscriptions: int
    copies: int


async def erase_person(
    person: PersonId, *, uow: UnitOfWork, media: MediaStore, now: datetime
) -> Erased:
    """Erase everything that a person wrote, said and chose.

    What reaches the account stays until the last word was said; `forget_leavers` ends that.
    """
    reports = await uow.reports.of_author(person)
    copies = 0
    for report in reports:
        copies += await uow.copies.withdraw(Subject(SubjectKind.REPORT, report.id))
        for file in await uow.reports.erase(report.id):
            await media.discard(file)
    copies += await _erase_relays(person, uow, media)
    await _erase_notes(person, uow, media)
    for changed in await uow.reports.erase_contributions(person):
        await uow.copies.refresh(
            Subject(SubjectKind.REPORT, changed), urgency=Urgency.LATER, after=timedelta(0)
        )
    followed = await uow.subscriptions.of(person)
    for subscription in followed:
        await uow.subscriptions.remove(person, subscription.area)
    await uow.inbox.drop(person)
    await uow.audit.unlink(person)
    await uow.people.erase(person, now)
    return Erased(reports=len(reports), subscriptions=len(followed), copies=copies)


async def _erase_relays(person: PersonId, uow: UnitOfWork, media: MediaStore) -> int:
    copies = 0
    for relay in await uow.relays.of_person(person):
        copies += await uow.copies.withdraw(Subject(SubjectKind.RELAY, relay))
        for file in await uow.relays.erase(relay):
            await media.discard(file)
    return copies


async def _erase_notes(person: PersonId, uow: UnitOfWork, media: MediaStore) -> None:
    for note in await uow.notes.of_person(person):
        await uow.copies.withdraw(Subject(SubjectKind.NOTE, note))
        for file in await uow.notes.erase(note):
            await media.discard(file)
