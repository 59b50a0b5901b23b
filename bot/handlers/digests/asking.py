"""The buttons of a digest that show one report of it whole."""

from bot.conversation import answer
from bot.domain.copies import PersonRef, Subject, SubjectKind
from bot.domain.digests import DigestId
from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming
from bot.domain.reports import ReportId
from bot.domain.words import words
from bot.errors import UnknownButton
from bot.handlers.digests.message import SHOW
from bot.ports.features import Context, Feature

NAME = "digests"


async def _handle(_incoming: Incoming, ctx: Context) -> None:
    """Place the card as everybody has it; from then on it changes as theirs does."""
    if ctx.pressed is None:
        return
    subject = Subject(SubjectKind.REPORT, ctx.pressed.action.removeprefix(SHOW))
    told_of = await ctx.uow.held_alerts.in_digest(DigestId(ctx.pressed.copy.subject.id))
    report = await ctx.uow.reports.get(ReportId(subject.id)) if subject in told_of else None
    if report is None:
        raise UnknownButton
    if not report.is_active:
        await answer(ctx, NAME, words("report-is-now", id=report.id, state=report.state.value))
    elif await ctx.uow.copies.reached(subject, ctx.sender.id):
        await answer(ctx, NAME, words("digest-shown-already", id=report.id))
    else:
        await ctx.uow.copies.show_to(subject, PersonRef(ctx.sender.id), urgency=Urgency.ANSWER)


def _accepts(_incoming: Incoming, ctx: Context) -> bool:
    pressed = ctx.pressed
    is_of_digest = pressed is not None and pressed.copy.subject.kind is SubjectKind.DIGEST
    return is_of_digest and pressed is not None and pressed.action.startswith(SHOW)


FEATURE = Feature(name=NAME, accepts=_accepts, handle=_handle)
