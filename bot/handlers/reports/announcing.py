"""Telling of a report that has changed: its cards, those who got them, and its author."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import BUTTONS_WORK_FOR, Rows, choice, new_note_id
from bot.domain.copies import PersonRef, Subject, SubjectKind
from bot.domain.effects import Urgency, urgency_of
from bot.domain.lifecycle import phase_of, sounds_again
from bot.domain.notes import Note
from bot.domain.people import PersonId, Role
from bot.domain.permissions import Action, Actor, may
from bot.domain.reports import Priority, Report
from bot.domain.words import Words, words
from bot.handlers.reports.publishing import receipt_id, receipt_of, report_subject
from bot.ports.store import UnitOfWork

CHANGES = "changes"
REOPEN: Rows = ((choice("report-reopen", "reopen"),),)


async def announce(
    before: Report, after: Report, *, uow: UnitOfWork, now: datetime, by: PersonId | None
) -> None:
    """Bring all copies up to date, and tell with sound what deserves it."""
    await show_anew(after, uow, urgency=urgency_of(after.priority))
    stands_again = before.link and after.is_active and after.priority > Priority.GREEN
    if sounds_again(before, after) or stands_again:
        await _tell_news(_news(before, after), after, uow=uow, now=now, by=by)
    await _renew_receipt(after, uow, now)


async def show_anew(
    report: Report, uow: UnitOfWork, *, urgency: Urgency, after: timedelta = timedelta(0)
) -> None:
    """Bring a report's cards up to date, and those of all that are the same as it."""
    for one in (report.id, *await uow.reports.family(report.id)):
        await uow.copies.refresh(report_subject(one), urgency=urgency, after=after)


async def say_erased(report: Report, uow: UnitOfWork) -> None:
    """Tell the author, on the receipt, that a report is gone because no yes came."""
    receipt = await uow.notes.get(receipt_id(report.id))
    if receipt is not None:
        said = words("report-erased-unanswered")
        await uow.notes.change(replace(receipt, words=said, choices=(), state={}))


def ending_rows(report: Report) -> Rows:
    """Offer an author the ways to end a report."""
    return (
        (
            choice("report-resolve", f"/resolve {report.id}"),
            choice("report-withdraw", f"/withdraw {report.id}"),
        ),
    )


async def _tell_news(
    news: Words, report: Report, *, uow: UnitOfWork, now: datetime, by: PersonId | None
) -> None:
    note = Note(
        id=new_note_id(),
        feature=CHANGES,
        person=None,
        words=news,
        expires_at=now + BUTTONS_WORK_FOR,
        is_silent=report.link is not None,  # it goes on, under another number
    )
    await uow.notes.keep(note)
    # Who got it and a duplicate, too, is told once: nobody is shown the same note twice.
    for got in (report.id, *await uow.reports.family(report.id)):
        await uow.copies.follow_up(
            Subject(SubjectKind.NOTE, note.id),
            report_subject(got),
            urgency=urgency_of(report.priority),
            but=by,
        )


def _news(before: Report, after: Report) -> Words:
    if before.link and after.is_active:
        return words("news-apart", id=after.id, root=before.link.to)
    if after.link:
        return words("news-duplicate", id=after.id, root=after.link.to)
    if after.priority > before.priority:
        return words("news-raised", id=after.id, emoji=after.priority.emoji)
    return words(f"news-{after.state.value}", id=after.id)


async def _renew_receipt(report: Report, uow: UnitOfWork, now: datetime) -> None:
    """Let the author's receipt offer what can be done now."""
    said = words("report-receipt-state", id=report.id, state=report.state.value)
    if report.link:
        said = words("duplicate-receipt", id=report.id, root=report.link.to)
    receipt = receipt_of(report, said, _author_rows(report, now))
    if await uow.notes.get(receipt.id) is None:
        await uow.notes.say(receipt, PersonRef(report.author))
    else:
        await uow.notes.change(receipt)


def _author_rows(report: Report, now: datetime) -> Rows:
    if report.is_active:
        return ending_rows(report)
    author = Actor(roles=frozenset({Role.RESIDENT}), is_author=True)
    if not may(author, Action.REOPEN, phase_of(report, now)):
        return ()
    if report.link is None:
        return REOPEN
    withdraw = choice("report-withdraw", f"/withdraw {report.id}")
    return ((choice("duplicate-undo", "reopen"), withdraw),)
