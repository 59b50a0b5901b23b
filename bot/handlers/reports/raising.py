"""A report that becomes red after it was sent: it is asked for what one that begins so is."""

from dataclasses import replace

from bot.domain.reports import Priority, Report
from bot.handlers.reports.filing_rights import require_may_appeal
from bot.handlers.reports.proving import ask_for_badge, must_prove_first, until_proved
from bot.ports.features import Context


async def must_prove_to_raise(report: Report, priority: Priority, ctx: Context) -> bool:
    """Ask for a code before an appeal becomes red to a whole area, whoever raises it.

    Returns:
        Whether it was asked for, and the report stays as urgent as it is until the answer.

    Raises:
        NotPermitted: It is the sender's own, who is with the police no more.
    """
    if not report.is_appeal or priority is not Priority.RED or report.priority is priority:
        return False
    if report.author == ctx.sender.id:
        require_may_appeal(report.area, ctx)
    badge = ctx.sender.badge_at(ctx.chain(report.area), ctx.now)
    # The mailbox of whoever raises it: nobody else's can be answered.
    whose = replace(
        report.byline, organisation=badge.organisation if badge else None, unproved=None
    )
    return await must_prove_first(whose, priority, report.reach, ctx, again=f"/red #{report.id}")


async def raised(before: Report, after: Report, ctx: Context) -> Report:
    """Return a report that its author makes red as it may be shown now, as one that begins so."""
    if before.priority is Priority.RED or after.author != ctx.sender.id:
        return after
    byline = await until_proved(after.byline, after.priority, after.reach, ctx)
    if byline == after.byline:
        return after
    await ask_for_badge(byline, ctx)
    return replace(after, byline=byline, code=None)
