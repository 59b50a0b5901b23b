"""How many mails go in an hour, and when the next one may."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mail_caps import Cap, FullCap, MailCaps


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_told_minute_is_never_too_early_and_less_than_a_minute_late(until):
    """Whoever tries again when they were told to is let through."""
    told = FullCap(cap=Cap.INSTALLATION, most=5, until=until).until_minute

    assert timedelta(0) <= told - until < timedelta(minutes=1)
    assert (told.second, told.microsecond) == (0, 0)


def test_officials_count_for_nothing_that_strangers_fill():
    """And strangers for nothing of theirs."""
    caps = MailCaps(each=3, all=5, officials=20)

    assert caps.over(is_official=True) == [(Cap.OFFICIALS, 20)]
    assert caps.over(is_official=False) == [(Cap.ORGANISATION, 3), (Cap.INSTALLATION, 5)]
