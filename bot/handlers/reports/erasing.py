"""Removing a report and every copy of it."""

from bot.domain.reports import Report
from bot.handlers.reports.publishing import report_subject
from bot.ports.media import MediaStore
from bot.ports.store import UnitOfWork


async def erase_report(report: Report, uow: UnitOfWork, media: MediaStore) -> int:
    """Delete a report and queue the removal of its copies; return how many there are."""
    copies = await uow.copies.withdraw(report_subject(report.id))
    for file in await uow.reports.erase(report.id):
        await media.discard(file)
    return copies
