"""Times as people write them, in both languages, clumsy ones too."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digests import DigestTimes
from bot.domain.pause_answers import LONGEST_PAUSE, read_pause
from bot.domain.quiet_hours import EVERY_DAY, WEEKEND, WORKDAYS, QuietHours, Weekday
from bot.domain.time_answers import (
    MOST_SPANS,
    NIGHT,
    Off,
    evening_meant,
    read_digest_times,
    read_quiet_hours,
)
from tests.domain.times import DECADE, STOCKHOLM

ANYTHING = st.text(max_size=300) | st.text("0123456789:-., pamtilöfredagvc", max_size=60)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
FRIDAY, SATURDAY = Weekday.FRIDAY, Weekday.SATURDAY
WORKDAY_NIGHT = QuietHours(begins=time(22), ends=time(6), days=WORKDAYS)
WEEKEND_NIGHT = QuietHours(begins=time(23), ends=time(9), days=WEEKEND)


@pytest.mark.parametrize(
    "text",
    [
        "22-07", "22–7", "22:00 - 07:00", "22.00-7", "från 22 till 7", "from 22 to 7",
        "mellan 22 och 7", "between 22 and 7", "kl 22 till kl 07", "10pm-7am", "10 pm to 7",
        "varje dag 22-7", "every day 22-7", "natt", "every night", "På nätterna.", "hela natten",
        "22-07!", "22-07.", "kl. 22-07", "2200-0700", "22 t.o.m. 7", "på natten 22-7",
        "10 på kvällen till 7 på morgonen", "tyst mellan 22 och 7, tack",
    ],
)  # fmt: skip
def test_night_is_read_however_it_is_written(text: str) -> None:
    """The same hours each time."""
    assert read_quiet_hours(text) == (NIGHT,)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vardagar 22-6, helger 23-9", (WORKDAY_NIGHT, WEEKEND_NIGHT)),
        ("22-6 weekdays; 23-9 weekends", (WORKDAY_NIGHT, WEEKEND_NIGHT)),
        ("mån-fre 22-6 och lör-sön 23-9", (WORKDAY_NIGHT, WEEKEND_NIGHT)),
        (
            "fredag och lördag 23:30-10",
            (QuietHours(begins=time(23, 30), ends=time(10), days=frozenset({FRIDAY, SATURDAY})),),
        ),
        ("sön-tors 21-6", (QuietHours(begins=time(21), ends=time(6), days=EVERY_DAY - {4, 5}),)),
        ("0-24", (QuietHours(begins=time(0), ends=time(0)),)),
        ("från 22 till 7 men inte fredagar", (replace(NIGHT, days=EVERY_DAY - {FRIDAY}),)),
        ("22-7 except fri and sat", (replace(NIGHT, days=EVERY_DAY - {FRIDAY, SATURDAY}),)),
        ("alla dagar utom helger 22-7", (replace(NIGHT, days=WORKDAYS),)),
        ("vardagar utom fredag 22-7", (replace(NIGHT, days=WORKDAYS - {FRIDAY}),)),
        ("fredag natt", (replace(NIGHT, days=frozenset({FRIDAY})),)),
        ("hela helgen", (QuietHours(begins=time(0), ends=time(0), days=WEEKEND),)),
        ("hela dagen", (QuietHours(begins=time(0), ends=time(0)),)),
        ("av", Off.OFF),
        ("OFF", Off.OFF),
        ("stäng av", Off.OFF),
        ("ta bort, tack", Off.OFF),
    ],
)
def test_days_go_with_the_times_beside_them(text: str, meant: object) -> None:
    """Before them or after them."""
    assert read_quiet_hours(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", "22", "22-25", "22-07 bananer", "måndagar", "22-7-9", "när jag sover", "13pm-2",
        "22-07" * 60, "utom fredag", "22-7 inte", "helger utom helger 22-7", "helger", "2561-0700",
        "22-7, helger 23-9 men inte söndag",
    ],
)  # fmt: skip
def test_unclear_quiet_is_asked_again(text: str) -> None:
    """Never guessed: somebody would miss what they want to hear."""
    assert read_quiet_hours(text) is None


@pytest.mark.parametrize(
    ("text", "at", "days"),
    [
        ("daily 18:00", time(18), EVERY_DAY),
        ("dagligen", time(18), EVERY_DAY),
        ("varje dag kl 7.30", time(7, 30), EVERY_DAY),
        ("8", time(8), EVERY_DAY),
        ("weekly", time(18), {Weekday.SUNDAY}),
        ("varje vecka kl 17", time(17), {Weekday.SUNDAY}),
        ("weekly friday 5pm", time(17), {FRIDAY}),
        ("fredagar", time(18), {FRIDAY}),
        ("varje kväll", time(18), EVERY_DAY),
        ("på morgonen", time(7), EVERY_DAY),
        ("8 på kvällen", time(20), EVERY_DAY),
        ("en gång om dagen", time(18), EVERY_DAY),
        ("once a day at 7", time(7), EVERY_DAY),
        ("en gång i veckan", time(18), {Weekday.SUNDAY}),
        ("varje dag utom söndag 8", time(8), EVERY_DAY - {Weekday.SUNDAY}),
        ("mån, ons och fre 8", time(8), {Weekday.MONDAY, Weekday.WEDNESDAY, FRIDAY}),
    ],
)
def test_digest_is_read(text: str, at: time, days: frozenset[Weekday]) -> None:
    """In the evening where no time is named."""
    assert read_digest_times(text) == DigestTimes(at=at, days=frozenset(days))


@pytest.mark.parametrize("text", ["", "kl 25", "18 19", "ibland", "18-19"])
def test_unclear_digest_is_asked_again(text: str) -> None:
    """As for the quiet hours."""
    assert read_digest_times(text) is None
    assert read_digest_times("av") is Off.OFF


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("7d", NOW + timedelta(days=7)),
        ("7 dagar", NOW + timedelta(days=7)),
        ("en vecka", NOW + timedelta(days=7)),
        ("in two weeks", NOW + timedelta(days=14)),
        ("3 timmar", NOW + timedelta(hours=3)),
        ("till fredag", datetime(2026, 11, 26, 23, tzinfo=UTC)),
        ("until tuesday", datetime(2026, 11, 30, 23, tzinfo=UTC)),
        ("2026-12-24", datetime(2026, 12, 23, 23, tzinfo=UTC)),
        ("till 2/1", datetime(2027, 1, 1, 23, tzinfo=UTC)),
        ("30 min", NOW + timedelta(minutes=30)),
        ("1 vecka och 2 dagar", NOW + timedelta(days=9)),
        ("till i morgon", datetime(2026, 11, 25, 6, tzinfo=UTC)),
        ("imorgon kl 9", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("över natten", datetime(2026, 11, 25, 6, tzinfo=UTC)),
        ("idag", datetime(2026, 11, 24, 23, tzinfo=UTC)),
        ("över helgen", datetime(2026, 11, 29, 23, tzinfo=UTC)),
        ("till kl 18", datetime(2026, 11, 24, 17, tzinfo=UTC)),
        ("until 9:00", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("till fredag kl 18", datetime(2026, 11, 27, 17, tzinfo=UTC)),
        ("24 december", datetime(2026, 12, 23, 23, tzinfo=UTC)),
        ("until Dec 24", datetime(2026, 12, 23, 23, tzinfo=UTC)),
        ("av", Off.OFF),
        ("avsluta", Off.OFF),
        ("stop", Off.OFF),
        ("18", None),
        ("5m", None),
        ("24/11", None),
        ("20/11", None),
        ("31 februari", None),
        ("0 d", None),
        ("1000d", None),
        ("2026-11-01", None),
        ("31/2", None),
        ("tills vidare", None),
        ("", None),
    ],
)
def test_pause_is_read(text: str, until: object) -> None:
    """Until a day means until it begins; neither for ever nor yesterday is a pause."""
    assert read_pause(text, NOW, STOCKHOLM) == until


@given(
    text=st.text(max_size=300) | st.text("0123456789:-., pamtilöfredagvc", max_size=60), now=DECADE
)
def test_whatever_is_written_is_read_or_asked_again(text: str, now: datetime) -> None:
    """Nothing else happens, and what is read is within bounds."""
    quiet = read_quiet_hours(text)
    until = read_pause(text, now, STOCKHOLM)
    read_digest_times(text)

    assert not isinstance(quiet, tuple) or 1 <= len(quiet) <= MOST_SPANS
    assert not isinstance(until, datetime) or now < until <= now + LONGEST_PAUSE


@pytest.mark.parametrize("text", ["10-6", "från tio till sju", "9 to 7", "vardagar 10-6"])
def test_hours_from_the_morning_may_be_from_the_evening(text: str) -> None:
    """Few want to hear nothing all day: both are offered."""
    said = read_quiet_hours(text)
    assert isinstance(said, tuple)
    evening = evening_meant(said, text)

    assert evening is not None
    assert [one.begins.hour for one in evening] == [one.begins.hour + 12 for one in said]


@pytest.mark.parametrize("text", ["10:00-06:00", "10 am to 6 am", "22-7", "12-8", "8-16", "9-9"])
def test_hours_that_are_clear_are_taken_as_they_are(text: str) -> None:
    """Nobody is asked for nothing."""
    said = read_quiet_hours(text)

    assert isinstance(said, tuple)
    assert evening_meant(said, text) is None
