"""`/delete`: one's own report by its number; alone it asks what is meant."""

from bot.conversation import Rows, answer, choice
from bot.domain.copies import SubjectKind
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.permissions import Action
from bot.domain.reports import Report, ReportId, read_report_id
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.reports.changing import act, say_state
from bot.handlers.reports.standing import known
from bot.ports.features import Context, Feature, is_command

DELETING = "deletions"
_OFFERS_AT_MOST = 4


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    report = await _meant(incoming.command.words, ctx)
    if report is None:
        await _ask(ctx)
        return
    after = await act(report, Action.WITHDRAW, ctx)
    await say_state(after, incoming, ctx)


async def _meant(said: list[str], ctx: Context) -> Report | None:
    """Return the report that is named or answered; None if nothing is, or a word like `all`.

    Raises:
        Unacceptable: There is no report with that number for the sender.
    """
    named = read_report_id(said[0]) if said else None
    report = await known(named, ctx) if named is not None else None
    if report is not None:
        return report
    if said and said[0].startswith("#"):
        raise Unacceptable("report-unknown", id=said[0][1:10])
    if not said and ctx.answered is not None and ctx.answered.subject.kind is SubjectKind.REPORT:
        return await ctx.uow.reports.get(ReportId(ctx.answered.subject.id))
    return None


async def _ask(ctx: Context) -> None:
    """Offer one's own reports, and all that is held; nothing ends without a tap."""
    own = [r for r in await ctx.uow.reports.of_author(ctx.sender.id) if r.is_active]
    rows: Rows = [
        *([choice("delete-report", f"/withdraw {r.id}", id=r.id)] for r in own[-_OFFERS_AT_MOST:]),
        [choice("privacy-forget", "/forget")],
    ]
    said = words("delete-what", any_report="yes" if own else "no")
    await answer(ctx, DELETING, said, rows=rows)


FEATURE = Feature(
    name=DELETING,
    commands=("delete",),
    accepts=lambda incoming, _ctx: is_command(incoming, "delete"),
    handle=_handle,
)
