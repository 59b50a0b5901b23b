"""Official answers as they are shown: on the card of the report, and to all who saw it."""

from collections.abc import Sequence

from bot.domain.bylines import byline_words
from bot.domain.copies import Subject, SubjectKind
from bot.domain.official_answers import OfficialAnswer, code_in
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reports import Byline, Priority, Report
from bot.domain.set_apart import set_apart
from bot.domain.words import Moment, Words, words
from bot.official_posts import check_rows
from bot.ports.showing import Renderer, Showing
from bot.ports.store import UnitOfWork


def news_subject(answer: OfficialAnswer) -> Subject:
    """Return what those are shown who saw the claim."""
    return Subject(SubjectKind.OFFICIAL_ANSWER, answer.news)


async def answer_lines(answers: Sequence[OfficialAnswer], uow: UnitOfWork) -> Sequence[Words]:
    """Say what organisations have answered, as it stands on a card."""
    return [await answer_line(answer, uow) for answer in answers]


async def answer_line(answer: OfficialAnswer, uow: UnitOfWork) -> Words:
    """Say what an organisation has answered, and how many of those who saw the claim have it."""
    return words(
        "card-official",
        byline=await _byline(answer, uow),
        verdict=answer.verdict.value,
        text=set_apart(answer.text),
        time=Moment(answer.told_at),
        told=answer.told,
        saw=answer.saw,
        code=answer.code,
    )


async def show_answer(showing: Showing) -> OutgoingMessage | None:
    """Write what those get who saw the claim: never the claim itself; None if it is gone."""
    code, version = code_in(showing.subject.id)
    answer = await showing.uow.official_answers.get(code)
    report = await showing.uow.reports.get(answer.report) if answer else None
    if answer is None or report is None:
        return None
    if version != answer.version:
        return OutgoingMessage(text=showing.say(words("official-news-replaced", id=report.id)))
    said = words(
        "official-news",
        id=report.id,
        byline=await _byline(answer, showing.uow),
        verdict=answer.verdict.value,
        text=set_apart(answer.text),
        code=answer.code,
    )
    return OutgoingMessage(
        text=showing.say(said),
        rows=check_rows(answer.code, showing),
        silent=report.priority is Priority.GREEN,
    )


async def withdraw_answers(report: Report, uow: UnitOfWork) -> int:
    """Remove the answers to a report with all that tells of them; return how many copies."""
    copies = 0
    for answer in await uow.official_answers.of_report(report.id):
        for version in range(1, answer.version + 1):
            subject = Subject(SubjectKind.OFFICIAL_ANSWER, f"{answer.code}.{version}")
            copies += await uow.copies.withdraw(subject)
    await uow.official_answers.erase(report.id)
    return copies


async def _byline(answer: OfficialAnswer, uow: UnitOfWork) -> Words:
    """Say for whom it speaks; a body that is no more is called by what is left of its name."""
    found = await uow.organisations.get(answer.organisation)
    byline = Byline(
        alias=0,
        organisation=answer.organisation,
        role=answer.role,
        is_former=found is None,
    )
    return byline_words(byline, organisation=found.name if found else answer.organisation)


RENDERER = Renderer(show_answer)
