"""Alerting nobody to the same thing twice, whoever else reports it."""

from bot.domain.reports import Report
from bot.handlers.reports.publishing import report_subject
from bot.ports.store import UnitOfWork


async def tell_once(before: Report, after: Report, uow: UnitOfWork) -> None:
    """Bring into line with the links of a report who is still to be alerted to it.

    A duplicate is no news to whoever has its root; once it stands alone it is.
    """
    if before.link == after.link:
        return
    if after.link is None and after.is_active:
        await uow.copies.count_apart(report_subject(after.id))
    for report in (before, after):
        await _count_once(await uow.reports.root_of(report), uow)


async def _count_once(root: Report, uow: UnitOfWork) -> None:
    linked = await uow.reports.family(root.id)
    for one in linked:
        report = await uow.reports.get(one)
        # Whoever has heard of smoke must still hear that it burns.
        if report is not None and report.priority <= root.priority:
            others = [other for other in linked if other != one]
            await uow.copies.count_as(report_subject(one), report_subject(root.id), others)
