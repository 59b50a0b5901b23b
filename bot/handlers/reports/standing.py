"""How somebody stands to a report: what may be done, and which reports can be named."""

from dataclasses import replace

from bot.domain.groups import Reach
from bot.domain.lifecycle import phase_of
from bot.domain.people import Role
from bot.domain.permissions import Action, Actor, Phase, may
from bot.domain.reports import Report, ReportId
from bot.domain.routing import room_routes
from bot.errors import NotPermitted
from bot.handlers.reports.publishing import report_subject, spread_again
from bot.ports.features import Context


async def require(
    report: Report, action: Action, ctx: Context, *, was_shown: bool = False
) -> None:
    """Let pass only who may do something to a report now; it reaches whom the bot asked about it.

    Raises:
        NotPermitted: The sender may not, or the report's time is over.
    """
    phase, actor = phase_of(report, ctx.now), await actor_before(report, ctx)
    actor = replace(actor, got_it=actor.got_it or was_shown)
    if not may(actor, action, phase):
        raise NotPermitted(_reason(actor, action, phase), id=report.id)


async def known(named: ReportId, ctx: Context) -> Report | None:
    """Return a report by its id; None for somebody from whom a locked group keeps it."""
    report = await ctx.uow.reports.get(named)
    if report is None or report.reach is Reach.AREA:
        return report
    actor = await actor_before(report, ctx)
    return report if actor.standings or actor.roles - {Role.RESIDENT} else None


async def actor_before(report: Report, ctx: Context) -> Actor:
    """Return the sender as somebody before a report."""
    return Actor(
        roles=ctx.sender.roles_at(ctx.chain(report.area), ctx.now),
        is_author=report.author == ctx.sender.id,
        got_it=await _has_got(report, ctx),
    )


async def _has_got(report: Report, ctx: Context) -> bool:
    """Whether a report, or one linked to it, has reached the sender or a room of theirs."""
    linked = await ctx.uow.reports.family(report.id)
    subjects = [report_subject(one) for one in (report.id, *linked)]
    pointed_at = (ctx.answered, ctx.pressed.copy if ctx.pressed else None)
    if any(copy is not None and copy.subject in subjects for copy in pointed_at):
        return True
    for subject in subjects:
        if await ctx.uow.copies.reached(subject, ctx.sender.id):
            return True
    groups = [*await ctx.uow.groups.written_in_by(ctx.sender.id)]
    if ctx.group is not None:
        groups.append(ctx.group)
    return bool(room_routes(spread_again(report, ctx), groups=groups, organisations=()))


def _reason(actor: Actor, action: Action, phase: Phase) -> str:
    if may(replace(actor, got_it=True), action, phase):
        return "report-not-reached"
    over = phase is not Phase.ACTIVE and may(actor, action, Phase.ACTIVE)
    return "report-is-over" if over else f"report-may-not-{action.value.replace('_', '-')}"
