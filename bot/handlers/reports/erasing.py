"""Removing a report and every copy of it."""

from datetime import datetime

from bot.domain.copies import Subject, SubjectKind
from bot.domain.reports import Report
from bot.handlers.reports.answer_lines import withdraw_answers
from bot.handlers.reports.changing import count_anew, release
from bot.handlers.reports.publishing import report_subject
from bot.ports.media import MediaStore
from bot.ports.store import UnitOfWork


async def erase_report(report: Report, uow: UnitOfWork, media: MediaStore, now: datetime) -> int:
    """Delete a report with all that quotes it; return how many copies are to be removed.

    What was the same as it stays, and stands without it.
    """
    await release(report, uow, now)
    copies = await uow.copies.withdraw(report_subject(report.id))
    copies += await withdraw_answers(report, uow)
    for note in await uow.notes.about(report.id):
        copies += await uow.copies.withdraw(Subject(SubjectKind.NOTE, note))
        for file in await uow.notes.erase(note):
            await media.discard(file)
    for file in await uow.reports.erase(report.id):
        await media.discard(file)
    if report.link is not None:
        await count_anew(report.link.to, uow, now)
    return copies
