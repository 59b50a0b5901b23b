"""Giving what was held back: each thing once, checked again before it is told."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.alerting import LIMIT_OVER, AlertSettings, Because, Wait, wait_for, waits_on
from bot.domain.copies import PersonRef, Subject, SubjectKind
from bot.domain.digests import Digest, DigestId
from bot.domain.effects import OnDoubt, urgency_of
from bot.domain.people import PersonId
from bot.domain.quiet_hours import is_quiet
from bot.domain.reports import ACTIVE, Priority, ReportId, State
from bot.ports.held_alerts import HeldAlert
from bot.ports.holdings import Upkeep

AT_A_TIME = 2000
"""More in a round than any platform takes meanwhile."""
TOLD_AFTERWARDS = frozenset({*ACTIVE, State.EXPIRED})
"""What ran out by itself has happened all the same; what somebody ended is nothing any more."""


async def people_due(upkeep: Upkeep) -> Sequence[str]:
    """Return people of whose alerts some are to be looked at."""
    return await upkeep.uow.held_alerts.people_due(upkeep.now, limit=AT_A_TIME)


async def give(piece: str, upkeep: Upkeep) -> int:
    """Give somebody what has waited long enough; return how much that was."""
    person = PersonId(piece)
    settings = await upkeep.uow.alert_settings.of(person)
    held = await upkeep.uow.held_alerts.of(person)
    is_due = [alert for alert in held if alert.due_at <= upkeep.now]
    ready = [alert for alert in is_due if await _is_ready(alert, settings, upkeep)]
    if any(alert.because is Because.LIMIT for alert in ready):
        # What was too much later in the hour comes along: one message more is enough.
        too_much = [a for a in held if a not in is_due and a.because is Because.LIMIT]
        ready += [alert for alert in too_much if await _is_ready(alert, settings, upkeep)]
    if is_quiet(settings.quiet, upkeep.now, upkeep.zone):
        await _give_in_silence(ready, upkeep)
    elif len(ready) == 1 and await _is_active(ready[0], upkeep):
        await _give_card(ready[0], upkeep)
    elif ready:
        await _give_digest(ready, upkeep, is_silent=False)
    return len(ready)


async def _is_ready(alert: HeldAlert, settings: AlertSettings, upkeep: Upkeep) -> bool:
    if not await _is_worth_telling(alert, upkeep):
        await upkeep.uow.held_alerts.drop(alert)
        return False
    wait = await _wait(alert, settings, upkeep)
    if wait is not None:
        await upkeep.uow.held_alerts.wait(alert, wait)
    return wait is None


async def _wait(alert: HeldAlert, settings: AlertSettings, upkeep: Upkeep) -> Wait | None:
    """Return what an alert waits for, from when it came or from now; None if for nothing more."""
    if alert.because is None:
        since = alert.due_at
        given = await upkeep.uow.held_alerts.given_since(alert.person, since - LIMIT_OVER)
        wait = wait_for(settings, alert.priority, since, upkeep.zone, in_last_hour=given)
        if wait is not None and wait.until > upkeep.now:
            return wait
    return waits_on(settings, alert.priority, upkeep.now, upkeep.zone)


async def _is_worth_telling(alert: HeldAlert, upkeep: Upkeep) -> bool:
    if alert.subject.kind is not SubjectKind.REPORT:
        notice = await upkeep.uow.notices.get(alert.subject.id)
        return notice is not None and not notice.is_over_by(upkeep.now)
    report = await upkeep.uow.reports.get(ReportId(alert.subject.id))
    return report is not None and report.state in TOLD_AFTERWARDS


async def _is_active(alert: HeldAlert, upkeep: Upkeep) -> bool:
    if alert.subject.kind is not SubjectKind.REPORT:
        return True
    report = await upkeep.uow.reports.get(ReportId(alert.subject.id))
    return report is not None and report.is_active


async def _give_in_silence(ready: Sequence[HeldAlert], upkeep: Upkeep) -> None:
    """At a quiet time let only what may break it sound."""
    rest: list[HeldAlert] = []
    for alert in ready:
        if alert.priority is Priority.RED and await _is_active(alert, upkeep):
            await _give_card(alert, upkeep)
        else:
            rest.append(alert)
    if rest:
        await _give_digest(rest, upkeep, is_silent=True)


async def _give_card(alert: HeldAlert, upkeep: Upkeep) -> None:
    await upkeep.uow.held_alerts.drop(alert)
    if await upkeep.uow.copies.reached(alert.subject, alert.person):
        return
    await upkeep.uow.held_alerts.note_given(alert, upkeep.now)
    await upkeep.uow.copies.show_to(
        alert.subject, PersonRef(alert.person), urgency=urgency_of(alert.priority)
    )


async def _give_digest(ready: Sequence[HeldAlert], upkeep: Upkeep, *, is_silent: bool) -> None:
    digest = Digest(
        id=DigestId(secrets.token_urlsafe(9)),
        person=ready[0].person,
        is_silent=is_silent,
        made_at=upkeep.now,
    )
    await upkeep.uow.held_alerts.tell(digest, ready)
    await upkeep.uow.copies.show_to(
        digest_subject(digest.id),
        PersonRef(digest.person),
        urgency=urgency_of(max(alert.priority for alert in ready)),
        on_doubt=OnDoubt.GIVE_UP,
    )


def digest_subject(digest: DigestId) -> Subject:
    """Return what the copy of a digest shows."""
    return Subject(SubjectKind.DIGEST, digest)


RECENT_FOR = LIMIT_OVER + timedelta(minutes=5)
"""How long it is known what came by itself."""
