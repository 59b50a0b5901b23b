"""A million people who follow areas and circles, put straight into a database."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.alert_settings_json import alert_settings_to_json
from bot.domain.alerting import AlertSettings
from bot.domain.areas import AreaId
from bot.domain.circles import Circle
from bot.domain.messages import Position
from bot.domain.positions import cell_of
from bot.domain.route_places import places_of

AREA = AreaId("albyberget")
HERE = Position(59.2414, 17.8471)
AREAS = 3_363
"""As many as RegSO has."""
ONE_IN_FOUR, ONE_IN_TEN = 4, 10
_LONG_AGO, _SOME_DAY = "2026-01-01 00:00:00.000000", "2099-01-01 00:00:00.000000"
_ALL_KINDS = (1 << 30) - 1
_SETTINGS = json.dumps(alert_settings_to_json(AlertSettings(most_an_hour=6)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """So many follow something; so many of them hear of a report at `HERE`.

    One in four follows a circle, one in ten has said how to be alerted.
    """

    stored: int
    reached: int

    def settle(self, folder: Path) -> None:
        """Put them into the database of a folder."""
        with sqlite3.connect(folder / "grannbro.db") as store:
            store.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
            people = range(self.stored)
            store.executemany(
                "INSERT INTO people (id, language, language_source, created_at)"
                " VALUES (?, 'sv', 0, ?)",
                ((f"p{n:07}", _LONG_AGO) for n in people),
            )
            store.executemany(
                "INSERT INTO identities (hash, platform, person_id, user_id)"
                " VALUES (?, 'telegram', ?, x'00')",
                ((f"h{n * 7919 % 10_000_019:08}", f"p{n:07}") for n in people),
            )
            store.executemany(
                "INSERT INTO subscriptions (id, person_id, followed, at_least, kinds, created_at)"
                " VALUES (?, ?, ?, 2, ?, ?)",
                ((n, f"p{n:07}", f"f{n}", _ALL_KINDS, _LONG_AGO) for n in people),
            )
            store.executemany(
                "INSERT INTO routes (place, at_least, person_id, subscription_id, kinds)"
                " VALUES (?, 2, ?, ?, ?)",
                sorted((place, f"p{n:07}", n, _ALL_KINDS) for place, n in self._routes()),
            )
            store.executemany(
                "INSERT INTO alert_settings (person_id, settings, red_breaks_quiet, has_digest,"
                " most_an_hour, also_in_private, paused_until, quiet_from, quiet_until)"
                " VALUES (?, ?, 1, ?, ?, 0, NULL, ?, ?)",
                (
                    (f"p{n:07}", _SETTINGS, *_wish(n // self.every // ONE_IN_TEN))
                    for n in people
                    if n // self.every % ONE_IN_TEN == 0
                ),
            )
            store.execute("ANALYZE")

    @property
    def every(self) -> int:
        """One in so many hears of it."""
        return self.stored // self.reached

    def _routes(self) -> Iterator[tuple[str, int]]:
        near = list(places_of(Circle(cell=cell_of(HERE), radius_m=500, lies_in=AREA)))
        away = [_places_away(number) for number in range(500)]
        for n in range(self.stored):
            is_reached = n % self.every == 0
            if n // self.every % ONE_IN_FOUR == 0:
                places = near if is_reached else away[n % len(away)]
                yield from ((place, n) for place in places)
            else:
                yield AREA if is_reached else f"area-{n % AREAS}", n


def _places_away(number: int) -> list[str]:
    """Return the places of a circle in another part of the country."""
    middle = Position(60 + number % 25 / 5, 13 + number // 25 / 5)
    return list(places_of(Circle(cell=cell_of(middle), radius_m=500)))


def _wish(nth: int) -> tuple[bool, int | None, str | None, str | None]:
    """Return a digest, a limit, quiet now, quiet later: each as often as the others."""
    return (
        (True, None, None, None),
        (False, 6, None, None),
        (False, None, _LONG_AGO, _SOME_DAY),
        (False, None, _SOME_DAY, _SOME_DAY),
    )[nth % 4]
