"""When a person hears of a report, over ten years of clocks put forward and back."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alerting import LIMIT_OVER, AlertSettings, Because, Wait, wait_for, waits_on
from bot.domain.digests import DigestTimes
from bot.domain.quiet_hours import EVERY_DAY, QuietHours, Weekday, is_quiet
from bot.domain.reports import Priority
from bot.domain.wall_clock import instant
from tests.domain.times import DECADE, STOCKHOLM, TIMES, alert_settings

NIGHT = QuietHours(begins=time(22), ends=time(7))
MIDNIGHT = datetime(2026, 11, 24, 23, tzinfo=UTC)
SEVEN = datetime(2026, 11, 25, 6, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
PRIORITIES = st.sampled_from(Priority)


@given(settings=alert_settings(), priority=PRIORITIES, now=DECADE, recent=st.integers(0, 9))
def test_nothing_comes_while_it_is_quiet_unless_red_may(
    settings: AlertSettings, priority: Priority, now: datetime, recent: int
) -> None:
    """Neither now nor when the waiting is over; a digest alone comes when it was asked for."""
    wait = wait_for(settings, priority, now, STOCKHOLM, in_last_hour=recent)
    comes = now if wait is None else wait.until
    may_break = priority is Priority.RED and settings.red_breaks_quiet
    is_digest = settings.digest is not None and priority is not Priority.RED

    if not may_break and not is_digest and not _is_long(settings, comes):
        assert not is_quiet(settings.quiet, comes, STOCKHOLM)
    if settings.paused_until is not None:
        assert comes >= min(settings.paused_until, max(now, settings.paused_until))


@given(settings=alert_settings(), priority=PRIORITIES, now=DECADE, recent=st.integers(0, 9))
def test_what_waits_comes_later_and_within_a_fortnight_after_a_pause(
    settings: AlertSettings, priority: Priority, now: datetime, recent: int
) -> None:
    """So nothing waits for ever."""
    wait = wait_for(settings, priority, now, STOCKHOLM, in_last_hour=recent)
    over = max(now, settings.paused_until or now)

    assert wait is None or now < wait.until <= over + timedelta(days=14)


@given(settings=alert_settings(), now=DECADE)
def test_digest_comes_at_the_time_that_was_said(settings: AlertSettings, now: datetime) -> None:
    """By the clock on the wall, on one of the days; where it is put over that time, then."""
    wait = wait_for(settings, Priority.GREEN, now, STOCKHOLM)
    if settings.digest is None:
        return
    assert wait is not None
    day = wait.until.astimezone(STOCKHOLM).date()
    assert wait.until == instant(day, settings.digest.at, STOCKHOLM)
    assert Weekday(day.weekday()) in settings.digest.days


@given(times=st.builds(DigestTimes, at=TIMES, days=st.just(EVERY_DAY)), now=DECADE)
def test_every_day_has_one_digest(times: DigestTimes, now: datetime) -> None:
    """Also the day on which the clock shows its time twice, or not at all."""
    first = times.next_after(now, STOCKHOLM)
    second = times.next_after(first, STOCKHOLM)
    days = [at.astimezone(STOCKHOLM).date() for at in (first, second)]

    assert days[1] - days[0] == timedelta(days=1)


def test_night_holds_yellow_till_morning_and_lets_red_through() -> None:
    """As people expect without a further word."""
    settings = AlertSettings(quiet=(NIGHT,))

    assert wait_for(settings, Priority.YELLOW, MIDNIGHT, STOCKHOLM) == Wait(Because.QUIET, SEVEN)
    assert wait_for(settings, Priority.RED, MIDNIGHT, STOCKHOLM) is None
    assert wait_for(settings, Priority.YELLOW, NOON, STOCKHOLM) is None


def test_red_waits_where_somebody_wants_that() -> None:
    """And then comes by itself, not with the digest of an evening later."""
    settings = AlertSettings(
        quiet=(NIGHT,), red_breaks_quiet=False, digest=DigestTimes(at=time(18))
    )

    assert wait_for(settings, Priority.RED, MIDNIGHT, STOCKHOLM) == Wait(Because.QUIET, SEVEN)
    assert wait_for(settings, Priority.RED, NOON, STOCKHOLM) is None


def test_pause_holds_all() -> None:
    """Red as well: somebody is away; what is still true is told when it ends."""
    over = NOON + timedelta(days=7)
    settings = AlertSettings(paused_until=over)

    assert {wait_for(settings, one, NOON, STOCKHOLM) for one in Priority} == {
        Wait(Because.PAUSED, over)
    }
    assert wait_for(settings, Priority.GREEN, over, STOCKHOLM) is None


def test_limit_holds_what_is_over_it_and_never_red() -> None:
    """The rest of an hour that has told enough comes an hour later, together."""
    settings = AlertSettings(most_an_hour=3)

    def wait(priority: Priority, recent: int) -> Wait | None:
        return wait_for(settings, priority, NOON, STOCKHOLM, in_last_hour=recent)

    assert wait(Priority.YELLOW, 2) is None
    assert wait(Priority.YELLOW, 3) == Wait(Because.LIMIT, NOON + LIMIT_OVER)
    assert wait(Priority.RED, 30) is None


@given(settings=alert_settings(), priority=PRIORITIES, now=DECADE)
def test_what_is_due_comes_or_waits_for_the_end_of_what_hinders_it(
    settings: AlertSettings, priority: Priority, now: datetime
) -> None:
    """Also when the bot was away at the time: it makes up for it at no quiet time."""
    wait = waits_on(settings, priority, now, STOCKHOLM)
    is_red = priority is Priority.RED
    is_digest = settings.digest is not None and not is_red
    may_break = is_red and settings.red_breaks_quiet
    paused = settings.paused_until is not None and now < settings.paused_until

    if wait is not None:
        assert wait.until > now
    elif not is_digest and not may_break:
        assert not is_quiet(settings.quiet, now, STOCKHOLM)
    assert not paused or wait is not None


@given(settings=alert_settings(), priority=PRIORITIES, now=DECADE)
def test_what_has_waited_under_the_same_wishes_comes(
    settings: AlertSettings, priority: Priority, now: datetime
) -> None:
    """A digest at its time does not wait for the next."""
    wait = wait_for(settings, priority, now, STOCKHOLM)
    if wait is not None and not _is_long(settings, wait.until):
        assert waits_on(settings, priority, wait.until, STOCKHOLM) is None


def _is_long(settings: AlertSettings, at: datetime) -> bool:
    """Whether it is quiet for longer than is looked ahead."""
    return all(
        is_quiet(settings.quiet, at + timedelta(hours=hours), STOCKHOLM)
        for hours in range(0, 24 * 7, 3)
    )
