"""How people want to be alerted, in the database."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, select, update

from bot.domain.alert_settings_json import alert_settings_from_json, alert_settings_to_json
from bot.domain.alerting import AT_ONCE_ALWAYS, AlertSettings
from bot.domain.people import PersonId
from bot.domain.quiet_hours import Span
from bot.storage.alert_tables import ALERT_SETTINGS, HELD_ALERTS
from bot.storage.dialect import insert
from bot.storage.letting_go import hold_back
from bot.storage.session import Session

_OF_ALL = select(ALERT_SETTINGS.c.person_id, ALERT_SETTINGS.c.settings).where(
    ALERT_SETTINGS.c.person_id.in_(bindparam("people", expanding=True))
)
_NOTE_QUIET = (
    update(ALERT_SETTINGS)
    .where(ALERT_SETTINGS.c.person_id == bindparam("person"))
    .values(quiet_from=bindparam("begins"), quiet_until=bindparam("ends"))
)


class AlertSettingsRows:
    """Settings in the database: whole as they were said, and in columns what decides."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    async def put(self, person: PersonId, settings: AlertSettings, quiet: Span | None) -> None:
        """Keep somebody's settings."""
        columns = {
            "settings": json.dumps(alert_settings_to_json(settings)),
            "red_breaks_quiet": settings.red_breaks_quiet,
            "has_digest": settings.digest is not None,
            "most_an_hour": settings.most_an_hour,
            "also_in_private": settings.also_in_private,
            "paused_until": settings.paused_until,
            **_quiet(quiet),
        }
        await self._session.run(
            insert(self._session.connection, ALERT_SETTINGS)
            .values(person_id=person, **columns)
            .on_conflict_do_update(index_elements=["person_id"], set_=columns)
        )
        await self._look_anew(person)
        if settings.paused_until is not None and settings.paused_until > self._now:
            await hold_back(self._session, person, self._now)

    async def note_quiet(self, spans: Mapping[PersonId, Span | None]) -> None:
        """Note the quiet times that come next for people."""
        rows = [{"person": person, **_next(quiet)} for person, quiet in spans.items()]
        await self._session.run(_NOTE_QUIET, rows)

    async def of(self, person: PersonId) -> AlertSettings:
        """Return somebody's settings."""
        return (await self.of_all([person])).get(person, AT_ONCE_ALWAYS)

    async def of_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, AlertSettings]:
        """Return the settings of those among some people who have any."""
        rows = await self._session.all(_OF_ALL, people=people)
        return {
            PersonId(row.person_id): alert_settings_from_json(json.loads(row.settings))
            for row in rows
        }

    async def quiet_ended(self, now: datetime, *, limit: int) -> Sequence[PersonId]:
        """Return people whose quiet time is over."""
        rows = await self._session.all(
            select(ALERT_SETTINGS.c.person_id)
            .where(ALERT_SETTINGS.c.quiet_until <= now)
            .order_by(ALERT_SETTINGS.c.quiet_until)
            .limit(limit)
        )
        return [PersonId(row.person_id) for row in rows]

    async def erase(self, person: PersonId) -> bool:
        """Forget somebody's settings; False if there were none."""
        mine = ALERT_SETTINGS.c.person_id == person
        await self._look_anew(person)
        return await self._session.run(delete(ALERT_SETTINGS).where(mine)) > 0

    async def _look_anew(self, person: PersonId) -> None:
        """Let it be decided again how long what is held waits."""
        waiting = and_(HELD_ALERTS.c.person_id == person, HELD_ALERTS.c.digest_id.is_(None))
        await self._session.run(
            update(HELD_ALERTS).where(waiting).values(because=None, due_at=self._now)
        )


def _quiet(quiet: Span | None) -> dict[str, object]:
    return {
        "quiet_from": quiet.begins if quiet else None,
        "quiet_until": quiet.ends if quiet else None,
    }


def _next(quiet: Span | None) -> dict[str, object]:
    return {
        "begins": quiet.begins if quiet else None,
        "ends": quiet.ends if quiet else None,
    }
