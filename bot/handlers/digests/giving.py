"""Giving what was held back: each thing once, checked again before it is told."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.domain.alerting import (
    AT_ONCE_ALWAYS,
    LIMIT_OVER,
    AlertSettings,
    Because,
    Wait,
    wait_for,
    waits_on,
)
from bot.domain.copies import Subject, SubjectKind
from bot.domain.digests import Digest, DigestId
from bot.domain.effects import OnDoubt, urgency_of
from bot.domain.people import PersonId
from bot.domain.quiet_hours import is_quiet
from bot.domain.reports import ACTIVE, Priority, ReportId, State
from bot.ports.held_alerts import HeldAlert
from bot.ports.holdings import Upkeep

Thing = TypeVar("Thing")
Key = TypeVar("Key")
AT_A_TIME = 10_000
"""More in a round than any platform takes meanwhile."""
TOLD_AFTERWARDS = frozenset({*ACTIVE, State.EXPIRED})
"""What ran out by itself has happened all the same; what somebody ended is nothing any more."""


@dataclass
class Round:
    """What becomes of the alerts of some people, in one transaction.

    Attributes:
        upkeep: That transaction.
        limited: Those who have said how much may come in an hour.
    """

    upkeep: Upkeep
    limited: set[PersonId] = field(default_factory=set)
    cards: list[HeldAlert] = field(default_factory=list)
    digests: dict[Digest, Sequence[HeldAlert]] = field(default_factory=dict)
    over: list[HeldAlert] = field(default_factory=list)
    waits: list[tuple[HeldAlert, Wait]] = field(default_factory=list)
    _states: dict[Subject, State | None] = field(default_factory=dict)

    async def state_of(self, subject: Subject) -> State | None:
        """Return how it stands with something; a notice is open; None if it is over or gone."""
        if subject not in self._states:
            self._states[subject] = await self._look(subject)
        return self._states[subject]

    async def _look(self, subject: Subject) -> State | None:
        if subject.kind is not SubjectKind.REPORT:
            notice = await self.upkeep.uow.notices.get(subject.id)
            is_over = notice is None or notice.is_over_by(self.upkeep.now)
            return None if is_over else State.OPEN
        report = await self.upkeep.uow.reports.get(ReportId(subject.id))
        return report.state if report is not None else None

    async def write(self) -> None:
        """Store all of it."""
        held = self.upkeep.uow.held_alerts
        await held.wait(self.waits)
        await held.drop([*self.over, *self.cards])
        await held.tell(self.digests)
        await self._show_cards()
        await self._show_digests()

    async def _show_cards(self) -> None:
        uow, now = self.upkeep.uow, self.upkeep.now
        for subject, alerts in _grouped(self.cards, lambda alert: alert.subject).items():
            has_it = await uow.copies.reached_among(subject, [alert.person for alert in alerts])
            missing = [alert for alert in alerts if alert.person not in has_it]
            counted = [one for one in missing if one.person in self.limited]
            rest = [one for one in counted if one.priority is not Priority.RED]
            await uow.held_alerts.note_given(rest, now)
            for priority, some in _grouped(missing, lambda alert: alert.priority).items():
                to = {alert.person: subject for alert in some}
                await uow.copies.show_each(
                    to, urgency=urgency_of(priority), on_doubt=OnDoubt.REPEAT_ONCE
                )

    async def _show_digests(self) -> None:
        by_priority = _grouped(self.digests, lambda one: _highest(self.digests[one]))
        for priority, digests in by_priority.items():
            to = {digest.person: digest_subject(digest.id) for digest in digests}
            await self.upkeep.uow.copies.show_each(
                to, urgency=urgency_of(priority), on_doubt=OnDoubt.GIVE_UP
            )


async def people_due(upkeep: Upkeep) -> Sequence[str]:
    """Return people of whose alerts some are to be looked at."""
    return await upkeep.uow.held_alerts.people_due(upkeep.now, limit=AT_A_TIME)


async def give(piece: str, upkeep: Upkeep) -> int:
    """Give somebody what has waited long enough; return how much that was."""
    return await give_all([piece], upkeep)


async def give_all(pieces: Sequence[str], upkeep: Upkeep) -> int:
    """Give people what has waited long enough; return how much that was."""
    people = list(map(PersonId, pieces))
    all_settings = await upkeep.uow.alert_settings.of_all(people)
    limited = {who for who, own in all_settings.items() if own.most_an_hour is not None}
    this = Round(upkeep, limited)
    given = 0
    for person, held in (await upkeep.uow.held_alerts.of_all(people)).items():
        given += await _give(held, all_settings.get(person, AT_ONCE_ALWAYS), this)
    await this.write()
    return given


async def _give(held: Sequence[HeldAlert], settings: AlertSettings, this: Round) -> int:
    now, zone = this.upkeep.now, this.upkeep.zone
    is_due = [alert for alert in held if alert.due_at <= now]
    ready = [alert for alert in is_due if await _is_ready(alert, settings, this)]
    if any(alert.because is Because.LIMIT for alert in ready):
        # What was too much later in the hour comes along: one message more is enough.
        too_much = [a for a in held if a not in is_due and a.because is Because.LIMIT]
        ready += [alert for alert in too_much if await _is_ready(alert, settings, this)]
    if is_quiet(settings.quiet, now, zone):
        await _give_in_silence(ready, this)
    elif len(ready) == 1 and await _is_active(ready[0], this):
        this.cards.append(ready[0])
    elif ready:
        _give_digest(ready, this, is_silent=False)
    return len(ready)


async def _is_ready(alert: HeldAlert, settings: AlertSettings, this: Round) -> bool:
    if await this.state_of(alert.subject) not in TOLD_AFTERWARDS:
        this.over.append(alert)
        return False
    wait = await _wait(alert, settings, this.upkeep)
    if wait is not None:
        this.waits.append((alert, wait))
    return wait is None


async def _wait(alert: HeldAlert, settings: AlertSettings, upkeep: Upkeep) -> Wait | None:
    """Return what an alert waits for, from when it came or from now; None if for nothing more."""
    if alert.because is None:
        since, given = alert.due_at, 0
        if settings.most_an_hour is not None:
            given = await upkeep.uow.held_alerts.given_since(alert.person, since - LIMIT_OVER)
        wait = wait_for(settings, alert.priority, since, upkeep.zone, in_last_hour=given)
        if wait is not None and wait.until > upkeep.now:
            return wait
    return waits_on(settings, alert.priority, upkeep.now, upkeep.zone)


async def _is_active(alert: HeldAlert, this: Round) -> bool:
    return await this.state_of(alert.subject) in ACTIVE


async def _give_in_silence(ready: Sequence[HeldAlert], this: Round) -> None:
    """At a quiet time let only what may break it sound."""
    rest: list[HeldAlert] = []
    for alert in ready:
        if alert.priority is Priority.RED and await _is_active(alert, this):
            this.cards.append(alert)
        else:
            rest.append(alert)
    if rest:
        _give_digest(rest, this, is_silent=True)


def _give_digest(ready: Sequence[HeldAlert], this: Round, *, is_silent: bool) -> None:
    digest = Digest(
        id=DigestId(secrets.token_urlsafe(9)),
        person=ready[0].person,
        is_silent=is_silent,
        made_at=this.upkeep.now,
    )
    this.digests[digest] = ready


def _highest(alerts: Sequence[HeldAlert]) -> Priority:
    return max(alert.priority for alert in alerts)


def _grouped(things: Iterable[Thing], key: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    groups: dict[Key, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def digest_subject(digest: DigestId) -> Subject:
    """Return what the copy of a digest shows."""
    return Subject(SubjectKind.DIGEST, digest)


RECENT_FOR = LIMIT_OVER + timedelta(minutes=5)
"""How long it is known what came by itself."""
