"""How somebody wants to be alerted, as it is stored and handed out."""

from datetime import datetime, time

from bot.domain.alerting import AlertSettings
from bot.domain.digests import DigestTimes
from bot.domain.quiet_hours import QuietHours, Weekday
from bot.domain.richtext_json import Json


def alert_settings_to_json(settings: AlertSettings) -> dict[str, Json]:
    """Write all of it; times are local, as the person said them."""
    digest, paused = settings.digest, settings.paused_until
    return {
        "quiet": [
            {"begins": _written(one.begins), "ends": _written(one.ends), "days": _days(one.days)}
            for one in settings.quiet
        ],
        "red_breaks_quiet": settings.red_breaks_quiet,
        "digest": {"at": _written(digest.at), "days": _days(digest.days)} if digest else None,
        "most_an_hour": settings.most_an_hour,
        "paused_until": paused.isoformat() if paused else None,
        "also_in_private": settings.also_in_private,
    }


def alert_settings_from_json(written: Json) -> AlertSettings:
    """Read what was written.

    Raises:
        ValueError: It is something else.
    """
    match written:
        case {
            "quiet": list(quiet),
            "red_breaks_quiet": bool(red_breaks_quiet),
            "digest": digest,
            "most_an_hour": int() | None as most_an_hour,
            "paused_until": str() | None as paused_until,
            "also_in_private": bool(also_in_private),
        }:
            return AlertSettings(
                quiet=tuple(map(_quiet, quiet)),
                red_breaks_quiet=red_breaks_quiet,
                digest=None if digest is None else _digest(digest),
                most_an_hour=most_an_hour,
                paused_until=datetime.fromisoformat(paused_until) if paused_until else None,
                also_in_private=also_in_private,
            )
        case _:
            raise ValueError("these are no alert settings")


def _quiet(written: Json) -> QuietHours:
    match written:
        case {"begins": str(begins), "ends": str(ends), "days": list(days)}:
            return QuietHours(
                begins=time.fromisoformat(begins),
                ends=time.fromisoformat(ends),
                days=_days_from(days),
            )
        case _:
            raise ValueError("these are no quiet hours")


def _digest(written: Json) -> DigestTimes:
    match written:
        case {"at": str(at), "days": list(days)}:
            return DigestTimes(at=time.fromisoformat(at), days=_days_from(days))
        case _:
            raise ValueError("these are no times of a digest")


def _written(at: time) -> str:
    return at.isoformat("minutes")


def _days(days: frozenset[Weekday]) -> list[Json]:
    return [int(day) for day in sorted(days)]


def _days_from(days: list[Json]) -> frozenset[Weekday]:
    return frozenset(Weekday(day) for day in days if isinstance(day, int))
