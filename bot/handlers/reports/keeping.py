"""What is kept of reports and of what people add to them, and when it ends."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.areas import AreaId
from bot.domain.bylines import holds_badge
from bot.domain.consent import Purpose
from bot.domain.effects import Urgency
from bot.domain.lifecycle import CONSENT_WITHIN
from bot.domain.notes import NoteId
from bot.domain.people import Person, PersonId
from bot.domain.reports import Byline, Contribution, Report, ReportId, State
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.handlers.reports.announcing import say_erased, show_anew
from bot.handlers.reports.answer_counts import COUNTS
from bot.handlers.reports.changing import discard_pictures, move
from bot.handlers.reports.erasing import erase_report
from bot.handlers.reports.questions import FORM
from bot.official_posts import enter_report
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    reports, kept = upkeep.uow.reports, upkeep.lifetimes
    return (
        words(
            "privacy-reports",
            number=len(await reports.of_author(person.id)),
            green_days=kept.report_green.days,
            yellow_days=kept.report_yellow.days,
            red_days=kept.report_red.days,
        ),
        words("privacy-added", number=len(await upkeep.uow.contributions.of(person.id))),
    )


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    reports = await upkeep.uow.reports.of_author(person.id)
    added = await upkeep.uow.contributions.of(person.id)
    return Exported(
        fields={
            "reports": [_report(report) for report in reports],
            "added_to_reports": [_contribution(found) for found in added],
        },
        files=tuple(file for report in reports for file in report.media),
    )


def _report(report: Report) -> Json:
    return {
        "id": report.id,
        "area": report.area,
        "priority": report.priority.word,
        "kind": report.kind.value if report.kind else None,
        "state": report.state.value,
        "same_as": report.link.to if report.link else None,
        "text": report.text.plain,
        "photos": [file.name for file in report.media],
        "created_at": report.created_at.isoformat(),
    }


def _contribution(found: Contribution) -> Json:
    return {
        "report": found.report,
        "what": found.what,
        "text": found.text,
        "at": found.at.isoformat(),
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    reports = await upkeep.uow.reports.of_author(person)
    copies = 0
    for report in reports:
        copies += await erase_report(report, upkeep.uow, upkeep.media, upkeep.now)
    for changed in await upkeep.uow.contributions.erase_of(person):
        found = await upkeep.uow.reports.get(changed)
        if found is not None:
            root = await upkeep.uow.reports.root_of(found)
            await show_anew(root, upkeep.uow, urgency=Urgency.LATER)
    return {"reports": len(reports), "copies": copies}


async def _expired(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.reports.due_to_expire(upkeep.now)


async def _expire(piece: str, upkeep: Upkeep) -> int:
    """End a report that nobody has touched for its lifetime."""
    report = await upkeep.uow.reports.get(ReportId(piece))
    if report is not None and report.is_active:
        after = await move(report, State.EXPIRED, uow=upkeep.uow, now=upkeep.now, by=None)
        await discard_pictures(report, after, upkeep.media)
    return 1


async def _unconsented(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.reports.provisional_since(upkeep.now - CONSENT_WITHIN)


async def _erase_unconsented(piece: str, upkeep: Upkeep) -> int:
    """Erase a red report whose author has not said yes within a day."""
    report = await upkeep.uow.reports.get(ReportId(piece))
    if report is not None and report.is_provisional:
        await erase_report(report, upkeep.uow, upkeep.media, upkeep.now)
        await say_erased(report, upkeep.uow)
        await upkeep.uow.audit.note(
            "report.erased_without_consent", report.id, by=None, now=upkeep.now
        )
    return 1


async def _begun(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notes.of_feature(FORM)


async def _drop_unconsented_draft(piece: str, upkeep: Upkeep) -> int:
    """Forget a red report that somebody who has agreed to nothing began and never sent."""
    note = await upkeep.uow.notes.get(NoteId(piece))
    if note is None or not note.state or note.expires_at > upkeep.now or note.person is None:
        return 0
    person = await upkeep.uow.people.get(note.person, upkeep.now)
    if person is not None and Purpose.REPORTS in person.consents:
        return 0
    for file in note.files:
        await upkeep.media.discard(file.id)
    said = words("form-never-sent")
    await upkeep.uow.notes.change(replace(note, words=said, choices=(), awaits=None, state={}))
    return 1


async def _old(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.reports.past_lifetime(upkeep.lifetimes, upkeep.now)


async def _erase_old(piece: str, upkeep: Upkeep) -> int:
    report = await upkeep.uow.reports.get(ReportId(piece))
    if report is not None:
        await erase_report(report, upkeep.uow, upkeep.media, upkeep.now)
    return 1


async def _unbadge(person: PersonId, organisation: str, upkeep: Upkeep) -> None:
    author = await upkeep.uow.people.get(person, upkeep.now)

    def keeps(byline: Byline, area: AreaId) -> bool:
        return holds_badge(author, byline, upkeep.areas.chain(area), upkeep.now)

    for changed in await upkeep.uow.report_bylines.unbadge(person, organisation, keeps=keeps):
        found = await upkeep.uow.reports.get(changed)
        if found is not None:
            root = await upkeep.uow.reports.root_of(found)
            await show_anew(root, upkeep.uow, urgency=Urgency.ANSWER)


async def _badge(person: PersonId, organisation: str, upkeep: Upkeep) -> None:
    """Put the badge onto red words that went out before their author had proved who they are."""
    author = await upkeep.uow.people.get(person, upkeep.now)
    for report in await upkeep.uow.reports.of_author(person):
        if author is None or report.byline.unproved != organisation:
            continue
        badge = author.badge_at(upkeep.areas.chain(report.area), upkeep.now)
        if badge is None or badge.organisation != organisation:
            continue
        byline = replace(report.byline, organisation=organisation, role=badge.role, unproved=None)
        proved = replace(report, byline=byline)
        code = await enter_report(proved, uow=upkeep.uow, now=upkeep.now)
        await upkeep.uow.reports.save(replace(proved, code=code))
        root = await upkeep.uow.reports.root_of(proved)
        await show_anew(root, upkeep.uow, urgency=Urgency.ANSWER)


HOLDING = Holding(
    name="reports",
    told=_told,
    export=_export,
    erase=_erase,
    unbadge=_unbadge,
    badge=_badge,
    chores=(
        Chore(name="expire_reports", pace=Pace.SOON, find=_expired, do=_expire),
        COUNTS,
        Chore(name="erase_unconsented", pace=Pace.SOON, find=_unconsented, do=_erase_unconsented),
        Chore(
            name="drop_unconsented_drafts",
            pace=Pace.SELDOM,
            find=_begun,
            do=_drop_unconsented_draft,
        ),
        Chore(name="erase_old_reports", pace=Pace.SELDOM, find=_old, do=_erase_old),
    ),
)
