"""One message that tells of several reports, and goes on telling what becomes of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.copies import Subject, SubjectKind
from bot.domain.digests import Digest, DigestId
from bot.domain.lifecycle import REMOVED
from bot.domain.notices import Notice, NoticeState
from bot.domain.official_answers import OfficialAnswer, is_false
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.reports import Priority, Report, ReportId, State
from bot.domain.richtext import RichText, joined, rich
from bot.domain.set_apart import set_apart
from bot.domain.words import Moment, Words, in_a_row, words
from bot.handlers.digests.giving import TOLD_AFTERWARDS
from bot.ports.showing import Showing

MOST_LINES = 10
FIRST_WORDS_CHARS = 60
SHOW = "show "
_A_DAY = timedelta(hours=20)
_SHOWN_IN_A_ROW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a digest; `report` is what can be shown, None if nothing more."""

    area: str
    priority: Priority
    at: datetime
    said: Words
    report: ReportId | None = None


async def show_digest(showing: Showing) -> OutgoingMessage | None:
    """Write it; None if it is gone, or all was over before it could be told."""
    held = showing.uow.held_alerts
    digest = await held.digest(DigestId(showing.subject.id))
    if digest is None:
        return None
    found = [await _entry(one, digest, showing) for one in await held.in_digest(digest.id)]
    entries = sorted(filter(None, found), key=lambda e: (e.area, -e.priority, e.at))
    if not entries and showing.reader.is_untouched:
        return None
    return OutgoingMessage(
        text=joined(map(showing.say, _lines(entries)), "\n"),
        rows=tuple(_rows(entries[:MOST_LINES], showing)),
        silent=digest.is_silent,
    )


def _lines(entries: Sequence[Entry]) -> Iterator[Words]:
    if not entries:
        yield words("digest-empty")
        return
    yield words("digest-head", number=len(entries))
    for area, of_area in groupby(entries[:MOST_LINES], key=lambda entry: entry.area):
        yield words("digest-area", area=area)
        yield from (entry.said for entry in of_area)
    if len(entries) > MOST_LINES:
        yield words("digest-more", number=len(entries) - MOST_LINES)


def _rows(entries: Sequence[Entry], showing: Showing) -> Iterator[tuple[Button, ...]]:
    shown = [
        Button(
            label=showing.label(words("digest-show", id=entry.report)), data=SHOW + entry.report
        )
        for entry in entries
        if entry.report is not None
    ]
    for first in range(0, len(shown), _SHOWN_IN_A_ROW):
        yield tuple(shown[first : first + _SHOWN_IN_A_ROW])
    yield (
        Button(label=showing.label(words("digest-change")), data="/digest"),
        Button(label=showing.label(words("digest-pause")), data="/pause 7d"),
    )
    yield (Button(label=showing.label(words("digest-stop")), data="/unsubscribe"),)


async def _entry(subject: Subject, digest: Digest, showing: Showing) -> Entry | None:
    if subject.kind is SubjectKind.NOTICE:
        return await _of_notice(subject, digest, showing)
    report = await showing.uow.reports.get(ReportId(subject.id))
    is_over = report is not None and report.state not in TOLD_AFTERWARDS
    if report is None or (is_over and showing.reader.is_untouched):
        return None
    return Entry(
        area=showing.areas.name(report.area),
        priority=report.priority,
        at=report.created_at,
        said=await _line(report, digest, showing),
        report=report.id if report.is_active else None,
    )


async def _line(report: Report, digest: Digest, showing: Showing) -> Words:
    root = await showing.uow.reports.root_of(report)
    answers = await showing.uow.official_answers.of_report(root.id)
    is_untold = report.state in REMOVED or is_false(answers)
    text = RichText() if is_untold else _first_words(report.text.plain)
    kind = f"kind-{report.kind.value}" if report.kind else "kind-none"
    return words(
        "digest-line",
        emoji=report.priority.emoji,
        id=report.id,
        kind=words("kind-claim") if is_false(answers) else words(kind),
        time=_moment(report.created_at, digest),
        text=set_apart(text),
        has_text="yes" if text else "no",
        state=State.OPEN.value if report.is_active else report.state.value,
        official=in_a_row([await _answered(answer, showing) for answer in answers]),
        is_answered="yes" if answers else "no",
    )


async def _answered(answer: OfficialAnswer, showing: Showing) -> Words:
    organisation = await showing.uow.organisations.get(answer.organisation)
    named = organisation.name if organisation else answer.organisation
    return words("digest-official", organisation=named, verdict=answer.verdict.value)


async def _of_notice(subject: Subject, digest: Digest, showing: Showing) -> Entry | None:
    notice = await showing.uow.notices.get(subject.id)
    if notice is None or (showing.reader.is_untouched and not _is_to_be_told(notice, showing)):
        return None
    at = notice.happened_at or notice.published_at
    said = words(
        "digest-notice",
        emoji=notice.priority.emoji,
        title=notice.title or words("notice-title"),
        time=_moment(at, digest),
        text=_first_words(notice.text_in(showing.reader.language)),
        has_text="yes" if notice.is_written and notice.text else "no",
        state=notice.state.value,
    )
    area = await _place_of(notice, showing)
    return Entry(area=area, priority=notice.priority, at=at, said=said)


def _is_to_be_told(notice: Notice, showing: Showing) -> bool:
    """Whether to tell of it who has not heard: what is stopped waits, and may go on after all."""
    return notice.state is not NoticeState.HELD and not notice.is_over_by(showing.now)


async def _place_of(notice: Notice, showing: Showing) -> str:
    """Name the first area of a notice, or the first group if it was sent to groups alone."""
    if notice.areas:
        return showing.areas.name(notice.areas[0])
    group = await showing.uow.groups.get(notice.groups[0]) if notice.groups else None
    return group.name if group else ""


def _moment(at: datetime, digest: Digest) -> Moment:
    return Moment(at, with_day=digest.made_at - at > _A_DAY)


def _first_words(text: str) -> RichText:
    line = " ".join(text.split())
    if len(line) <= FIRST_WORDS_CHARS:
        return rich(line)
    cut = line[:FIRST_WORDS_CHARS].rsplit(" ", 1)[0]
    return rich(cut + " …")
