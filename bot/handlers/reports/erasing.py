"""Removing a report and every copy of it."""

from bot.domain.copies import Subject, SubjectKind
from bot.domain.reports import Report
from bot.handlers.reports.publishing import report_subject
from bot.ports.media import MediaStore
from bot.ports.store import UnitOfWork


async def erase_report(report: Report, uow: UnitOfWork, media: MediaStore) -> int:
    """Delete a report with all that quotes it; return how many copies are to be removed."""
    copies = await uow.copies.withdraw(report_subject(report.id))
    for note in await uow.notes.about(report.id):
        copies += await uow.copies.withdraw(Subject(SubjectKind.NOTE, note))
        await uow.notes.erase(note)
    for file in await uow.reports.erase(report.id):
        await media.discard(file)
    return copies
