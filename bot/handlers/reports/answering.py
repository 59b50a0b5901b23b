"""`/official`: what an organisation answers a claim, previewed and sent to all who saw it."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import Rows, as_rows, choice, note_to_sender
from bot.domain.consent import Need, Purpose
from bot.domain.effects import urgency_of
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.lifecycle import phase_of
from bot.domain.notes import Note
from bot.domain.official_answers import (
    AnswerDraft,
    OfficialAnswer,
    Verdict,
    answer_draft_from_json,
    read_verdict,
)
from bot.domain.official_posts import PostCode, PostKind
from bot.domain.permissions import Action, may
from bot.domain.report_lines import require_report_text
from bot.domain.reports import Byline, Report, ReportId
from bot.domain.richtext import NOTHING, rich
from bot.domain.senders import Sender
from bot.domain.words import Words, words
from bot.errors import NotPermitted, Unacceptable, UnknownButton
from bot.handlers.reports.announcing import show_anew
from bot.handlers.reports.answer_lines import answer_line, news_subject
from bot.handlers.reports.changing import find
from bot.handlers.reports.publishing import report_subject
from bot.handlers.reports.questions import WAITS_FOR
from bot.handlers.reports.standing import actor_before, require
from bot.official_posts import enter_post
from bot.ports.features import Context, Feature, is_command

OFFICIAL = "official"
_TEXT = "text"
_CANCEL: Rows = ((choice("form-cancel", "cancel"),),)
_VERDICTS: Rows = tuple(
    (choice(f"official-verdict-{verdict.value}", f"verdict {verdict.value}"),)
    for verdict in (Verdict.TRUE, Verdict.FALSE, Verdict.PARTLY, Verdict.UNKNOWN)
)
_PREVIEW: Rows = (
    (choice("official-send", "send"),),
    (
        choice("official-change-verdict", "change verdict"),
        choice("official-change-text", "change text"),
    ),
)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, incoming.sender, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        draft = answer_draft_from_json(ctx.awaited.state)
        draft = replace(draft, text=require_report_text(incoming.text))
        asked = await _question(draft, incoming.sender, ctx)
        await ctx.uow.notes.change(replace(ctx.awaited, choices=(), awaits=None, state={}))
        await ctx.uow.notes.say(asked, ctx.private)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        found, said = await find(incoming, ctx)
        report = await ctx.uow.reports.root_of(found)
        verdict, length = read_verdict(said)
        text = rich(said[length:])
        draft = AnswerDraft(report=report.id, verdict=verdict, text=text)
        await ctx.uow.notes.say(await _question(draft, incoming.sender, ctx), ctx.private)


async def _pressed(note: Note, action: str, sender: Sender, ctx: Context) -> None:
    draft = answer_draft_from_json(note.state)
    verb, _, value = action.partition(" ")
    match verb:
        case "send":
            await _send(draft, note, sender, ctx)
            return
        case "cancel":
            await ctx.uow.notes.change(_closed(note, words("official-cancelled")))
            return
        case "verdict":
            draft = replace(draft, verdict=Verdict(value))
        case "change":
            draft = _without(draft, value)
        case _:
            raise UnknownButton
    asked = await _question(draft, sender, ctx)
    await ctx.uow.notes.change(replace(asked, id=note.id))


def _without(draft: AnswerDraft, what: str) -> AnswerDraft:
    if what == "verdict":
        return replace(draft, verdict=None)
    return replace(draft, text=NOTHING)


async def _question(draft: AnswerDraft, sender: Sender, ctx: Context) -> Note:
    """Return the note that asks for what an answer lacks, or shows what would be sent."""
    report = await _report(draft, ctx)
    byline = await _byline(report, sender, ctx)
    if draft.verdict is None:
        said, rows = words("official-which", id=report.id), _VERDICTS
    elif not draft.text:
        said, rows = words("official-text", id=report.id), ()
    else:
        require_report_text(draft.text)
        said, rows = await _preview(draft, report, byline, ctx), _PREVIEW
    asks_text = draft.verdict is not None and not draft.text
    return replace(
        note_to_sender(ctx, OFFICIAL, said, rows=(*rows, *_CANCEL)),
        awaits=_TEXT if asks_text else None,
        state=draft.to_json(),
        expires_at=ctx.now + WAITS_FOR,
    )


async def _preview(draft: AnswerDraft, report: Report, byline: Byline, ctx: Context) -> Words:
    before = await _known(report, byline, ctx)
    code = before.code if before else PostCode("····")
    answer = _answered(draft, report, byline, ctx, code=code)
    saw = await _saw(report, ctx)
    return words(
        "official-preview", card=await answer_line(answer, ctx.uow), id=report.id, saw=saw
    )


async def _send(draft: AnswerDraft, note: Note, sender: Sender, ctx: Context) -> None:
    report = await _report(draft, ctx)
    byline = await _byline(report, sender, ctx)
    before = await _known(report, byline, ctx)
    if before is None:
        await _answer(draft, report, byline, note, ctx)
    else:
        await _change(before, draft, report, note, ctx)
    await show_anew(report, ctx.uow, urgency=urgency_of(report.priority))


async def _answer(
    draft: AnswerDraft, report: Report, byline: Byline, note: Note, ctx: Context
) -> None:
    """Give the first answer of an organisation to a report."""
    code = await enter_post(PostKind.ANSWER, report.id, byline, area=report.area, ctx=ctx)
    if code is None:
        raise NotPermitted("report-may-not-answer-officially", id=report.id)
    answer = _answered(draft, report, byline, ctx, code=code)
    answer = replace(answer, saw=await _saw(report, ctx))
    await ctx.uow.official_answers.put(answer)
    await ctx.uow.audit.note("report.answered", report.id, by=ctx.sender.id, now=ctx.now)
    await _tell(answer, report, ctx)
    said = words("official-sent", id=report.id, saw=answer.saw)
    rows = await _end_rows(answer, report, ctx)
    await ctx.uow.notes.change(replace(_closed(note, said), choices=as_rows(rows)))


async def _change(
    before: OfficialAnswer, draft: AnswerDraft, report: Report, note: Note, ctx: Context
) -> None:
    """Change an answer wherever it stands; of another verdict everybody is told anew."""
    is_told = draft.verdict is not None and draft.verdict is not before.verdict
    after = replace(
        before, text=draft.text, verdict=draft.verdict or before.verdict, author=ctx.sender.id
    )
    if is_told:
        saw = await _saw(report, ctx)
        after = replace(after, version=before.version + 1, told_at=ctx.now, saw=saw, told=0)
    await ctx.uow.official_answers.put(after)
    await ctx.uow.official_posts.correct(after.code, ctx.now)
    await ctx.uow.audit.note("report.answer_changed", report.id, by=ctx.sender.id, now=ctx.now)
    await ctx.uow.copies.refresh(
        news_subject(before), urgency=urgency_of(report.priority), after=timedelta(0)
    )
    if is_told:
        await _tell(after, report, ctx)
    said = words("official-changed", id=report.id, is_told="yes" if is_told else "no")
    await ctx.uow.notes.change(_closed(note, said))


async def _tell(answer: OfficialAnswer, report: Report, ctx: Context) -> None:
    """Send an answer to all who saw the claim, as an answer to their copy of it."""
    for got in (report.id, *await ctx.uow.reports.family(report.id)):
        await ctx.uow.copies.follow_up(
            news_subject(answer),
            report_subject(got),
            urgency=urgency_of(report.priority),
            but=ctx.sender.id,
        )


async def _saw(report: Report, ctx: Context) -> int:
    reports = (report.id, *await ctx.uow.reports.family(report.id))
    return await ctx.uow.official_answers.saw(reports, but=ctx.sender.id)


async def _report(draft: AnswerDraft, ctx: Context) -> Report:
    report = await ctx.uow.reports.get(ReportId(draft.report))
    if report is None:
        raise Unacceptable("report-is-gone")
    return report


async def _byline(report: Report, sender: Sender, ctx: Context) -> Byline:
    """Return for whom the sender answers.

    Raises:
        NotPermitted: They have no verified role there, or it is another who says it.
    """
    await require(report, Action.ANSWER_OFFICIALLY, ctx)
    byline = await ctx.byline(sender, group=report.group, area=report.area)
    if byline.organisation is None:
        raise NotPermitted("report-may-not-answer-officially", id=report.id)
    return byline


async def _known(report: Report, byline: Byline, ctx: Context) -> OfficialAnswer | None:
    answers = await ctx.uow.official_answers.of_report(report.id)
    return next((a for a in answers if a.organisation == byline.organisation), None)


def _answered(
    draft: AnswerDraft, report: Report, byline: Byline, ctx: Context, *, code: PostCode
) -> OfficialAnswer:
    if byline.organisation is None or byline.role is None or draft.verdict is None:
        raise UnknownButton
    return OfficialAnswer(
        code=code,
        report=report.id,
        organisation=byline.organisation,
        role=byline.role,
        verdict=draft.verdict,
        text=draft.text,
        author=ctx.sender.id,
        answered_at=ctx.now,
        told_at=ctx.now,
    )


async def _end_rows(answer: OfficialAnswer, report: Report, ctx: Context) -> Rows:
    """Offer to end what is not true; the answer itself leaves the report as it is."""
    actor, phase = await actor_before(report, ctx), phase_of(report, ctx.now)
    if answer.verdict is not Verdict.FALSE or not may(actor, Action.DECLARE_FALSE, phase):
        return ()
    return ((choice("official-end-as-false", f"/false {report.id}", id=report.id),),)


def _closed(note: Note, said: Words) -> Note:
    return replace(note, words=said, choices=(), awaits=None, state={})


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    is_own = ctx.has_pressed(OFFICIAL) or ctx.is_awaited(OFFICIAL)
    return is_own or is_command(incoming, "official")


FEATURE = Feature(
    name=OFFICIAL,
    commands=("official",),
    accepts=_accepts,
    handle=_handle,
    needs=lambda _incoming, _ctx: Need(Purpose.REPORTS),
    words_are_for_others=True,
)
