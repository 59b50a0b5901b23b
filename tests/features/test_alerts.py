"""Alerts that come when people want them: nights, mornings, pauses, limits and digests."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.alerting import AlertSettings
from bot.domain.circles import Circle
from bot.domain.digests import DigestTimes
from bot.domain.messages import Position, UserRef
from bot.domain.positions import cell_of
from bot.domain.quiet_hours import QuietHours, quiet_span
from bot.domain.subscriptions import Subscription
from tests.town import (
    ANNA,
    AREAS,
    BO,
    CILLA,
    IN_ALBYBERGET,
    TG_ROOM,
    Town,
    id_on,
    labels_of,
    news_on,
)  # fmt: skip

ZONE = ZoneInfo("Europe/Stockholm")
NIGHTS = AlertSettings(quiet=(QuietHours(begins=time(22), ends=time(7)),))
EVENINGS = AlertSettings(digest=DigestTimes(at=time(18)))


async def wishes(town: Town, user: UserRef, settings: AlertSettings) -> None:
    """Let somebody choose how they are alerted."""
    now = town.clock.now()
    async with town.app.parts.database.write() as uow:
        person = await uow.people.known(user, now)
        assert person is not None
        await uow.alert_settings.put(person.id, settings, quiet_span(settings.quiet, now, ZONE))


async def surrounds(town: Town, user: UserRef, position: Position) -> None:
    """Let somebody follow what is around a position."""
    async with town.app.parts.database.write() as uow:
        person = await uow.people.known(user, town.clock.now())
        assert person is not None
        circle = Circle(cell=cell_of(position), radius_m=500, lies_in=AREAS.chain("albyberget")[0])
        wanted = Subscription(person=person.id, followed=circle)
        await uow.subscriptions.put(wanted, town.clock.now())


def at_local(town: Town, hour: int, minute: int = 0, *, days: int = 0) -> None:
    """Put the clock to a local time."""
    today = town.clock.now().astimezone(ZONE).date() + timedelta(days=days)
    there = datetime.combine(today, time(hour, minute), ZONE)
    town.clock.at = there.astimezone(UTC)


def digests(town: Town, user: UserRef) -> list[str]:
    """What tells somebody of several reports."""
    return [text for text in town.texts(user) if text.startswith("Det här har hänt")]


@pytest.fixture
async def night(town: Town) -> Town:
    """Bo follows Albyberget, sleeps from 22 to 7, and it is 23."""
    await town.writes(BO, None, "/bevaka albyberget alla")
    await wishes(town, BO, NIGHTS)
    at_local(town, 23)
    return town


async def test_yellow_waits_for_the_morning(night: Town) -> None:
    """One that is left comes as its own card, with its buttons."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.passes(minutes=1)
    at_night = night.cards(BO)
    at_local(night, 6, 59, days=1)
    await night.passes()
    before = night.cards(BO)
    await night.passes(minutes=1)

    assert at_night == before == []
    assert [card.text.splitlines()[1] for card in night.cards(BO)] == ["glas på marken"]
    assert night.count_rows("held_alerts") == 0


async def test_red_comes_at_night(night: Town) -> None:
    """Unless somebody said otherwise."""
    await night.writes(ANNA, TG_ROOM, "/rod rök ur fönster")

    assert "rök ur fönster" in night.card(BO).text


async def test_red_waits_where_somebody_said_so(night: Town) -> None:
    """It is held as all else."""
    await wishes(night, BO, AlertSettings(quiet=NIGHTS.quiet, red_breaks_quiet=False))
    await night.writes(ANNA, TG_ROOM, "/rod rök ur fönster")
    assert night.cards(BO) == []
    at_local(night, 4, days=1)
    await night.passes(minutes=1)
    assert night.cards(BO) == []


async def test_what_becomes_red_at_night_comes_at_once(night: Town) -> None:
    """Once: it is held no more."""
    await night.writes(ANNA, TG_ROOM, "/gul rök ur fönster")
    name = night.report_id(TG_ROOM)
    await night.passes(minutes=1)
    await night.writes(ANNA, TG_ROOM, f"/rod #{name}")
    at_local(night, 8, days=1)
    await night.passes()

    assert len(night.cards(BO)) == 1
    assert digests(night, BO) == []


async def test_what_is_over_by_the_morning_is_not_told(night: Town) -> None:
    """Held alerts are checked again before they are sent."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.writes(ANNA, None, f"/resolve {night.report_id(TG_ROOM)}")
    at_local(night, 7, days=1)
    await night.passes()

    assert night.cards(BO) == []
    assert digests(night, BO) == []
    assert night.count_rows("held_alerts") == 0


async def test_several_come_as_one_in_the_morning(night: Town) -> None:
    """By area and priority; each can be shown whole, once."""
    await night.writes(ANNA, TG_ROOM, "/gron katten är hittad")
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    yellow = night.report_id(TG_ROOM)
    at_local(night, 7, days=1)
    await night.passes()
    told = night.told(BO)[-1]
    lines = told.text.splitlines()
    await night.taps(BO, f"Visa #{yellow}")
    await night.taps(BO, f"Visa #{yellow}")

    assert lines[0] == "Det här har hänt sedan sist, 2 saker:"
    assert lines[1] == "Albyberget"
    assert "🟡" in lines[2]
    assert "glas på marken" in lines[2]
    assert "🟢" in lines[3]
    assert labels_of(told)[-3:] == ["Ändra", "Pausa 7 dagar", "Sluta bevaka"]
    assert not told.message.silent
    assert id_on(night.card(BO)) == yellow
    assert len(night.cards(BO)) == 1


async def test_digest_goes_on_telling_what_becomes_of_it(night: Town) -> None:
    """It is edited, and news of what it told of are an answer to it, heard once."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.writes(ANNA, TG_ROOM, "/gul bråk på torget")
    name = night.report_id(TG_ROOM)
    at_local(night, 7, days=1)
    await night.passes()
    digest = night.told(BO)[-1]
    await night.writes(ANNA, None, f"/resolve {name}")

    assert "löst" in digest.text
    assert len(news_on(digest, night.told(BO))) == 1


async def test_erased_report_leaves_digests(night: Town) -> None:
    """And the last one takes the digest along."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.writes(ANNA, TG_ROOM, "/gul bråk på torget")
    at_local(night, 7, days=1)
    await night.passes()
    digest = night.told(BO)[-1]
    await night.taps_after(ANNA, "/forget", "Ja, radera")
    await night.settle()
    after = digest.text
    await night.passes(minutes=1)

    assert after == "Allt som stod här är borta nu."
    assert digests(night, BO) == []
    assert night.count_rows("digests") == night.count_rows("held_alerts") == 0


async def test_news_in_the_night_make_no_sound(town: Town) -> None:
    """Nor does what was queued before and comes when it is quiet."""
    await town.writes(BO, None, "/bevaka albyberget")
    await wishes(town, BO, NIGHTS)
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    card = town.card(BO)
    by_day = card.message.silent
    at_local(town, 23)
    await town.writes(ANNA, None, f"/resolve {id_on(card)}")
    news = town.told(BO)[-1]

    assert not by_day
    assert news.message.reply_to == card.ref
    assert news.message.silent


async def test_digest_comes_at_its_time(town: Town) -> None:
    """All but red, whatever the day brought; with nothing to tell nothing comes."""
    await town.writes(BO, None, "/bevaka albyberget")
    await wishes(town, BO, EVENINGS)
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await town.writes(ANNA, TG_ROOM, "/gul bråk på torget")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur fönster")
    reds = [card.text.splitlines()[2] for card in town.cards(BO)]
    at_local(town, 17, 59)
    await town.passes()
    early = digests(town, BO)
    await town.passes(minutes=1)
    evening = digests(town, BO)
    at_local(town, 18, days=1)
    await town.passes()

    assert reds == ["rök ur fönster"]
    assert early == []
    assert len(evening) == 1
    assert len(digests(town, BO)) == 1


async def test_digest_at_a_quiet_time_makes_no_sound(night: Town) -> None:
    """It is what was asked for, and a card would sound."""
    await wishes(night, BO, AlertSettings(quiet=NIGHTS.quiet, digest=DigestTimes(at=time(23, 30))))
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.passes(minutes=1)
    at_local(night, 23, 30)
    await night.passes()

    assert len(digests(night, BO)) == 1
    assert night.told(BO)[-1].message.silent


async def test_pause_holds_red_too(town: Town) -> None:
    """And when it is over, what still holds is told."""
    await town.writes(BO, None, "/bevaka albyberget")
    until = town.clock.now() + timedelta(hours=3)
    await wishes(town, BO, AlertSettings(paused_until=until))
    await town.writes(ANNA, TG_ROOM, "/rod rök ur fönster")
    await town.passes(hours=2)
    meanwhile = town.cards(BO)
    await town.passes(hours=1)

    assert meanwhile == []
    assert "rök ur fönster" in town.card(BO).text


async def test_settings_that_change_change_what_waits(night: Town) -> None:
    """Whoever wants to be woken after all hears at once what was held."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.passes(minutes=1)
    await wishes(night, BO, AlertSettings())
    await night.passes(minutes=1)

    assert [card.text.splitlines()[1] for card in night.cards(BO)] == ["glas på marken"]


async def test_overflow_comes_later_with_a_count(town: Town) -> None:
    """Three an hour by themselves, the other seventeen in one message; red is not counted."""
    await town.writes(BO, None, "/bevaka albyberget")
    await wishes(town, BO, AlertSettings(most_an_hour=3))
    for number in range(20):
        await town.writes(ANNA, TG_ROOM, f"/gul glas på marken {number}")
    await town.writes(ANNA, TG_ROOM, "/rod rök ur fönster")
    by_themselves = len(town.cards(BO))
    await town.passes(minutes=1)
    still = len(digests(town, BO))
    await town.passes(minutes=61)

    assert by_themselves == 4
    assert still == 0
    assert len(digests(town, BO)) == 1
    assert digests(town, BO)[0].endswith("och 7 till")


async def test_who_sees_it_in_the_room_is_not_alerted_too(town: Town) -> None:
    """Unless they ask for both."""
    for user in (BO, CILLA):
        await town.writes(user, TG_ROOM, "hej")
        await town.writes(user, None, "/bevaka albyberget")
    await wishes(town, CILLA, AlertSettings(also_in_private=True))
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")

    assert town.cards(BO) == []
    assert len(town.cards(CILLA)) == 1


async def test_report_from_a_shared_place_finds_circles_around_it(town: Town) -> None:
    """Who follows the area hears of it too; who follows a circle elsewhere in it does not."""
    elsewhere = Position(IN_ALBYBERGET.lat + 0.02, IN_ALBYBERGET.lon)
    await surrounds(town, BO, IN_ALBYBERGET)
    await surrounds(town, CILLA, elsewhere)
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.taps(ANNA, "Ja")
    await town.writes(ANNA, None, "/rod rök i en trappa")

    assert "rök i en trappa" in town.card(BO).text
    assert town.cards(CILLA) == []


async def test_report_from_nowhere_in_particular_finds_circles_in_its_area(town: Town) -> None:
    """It may be near; who follows a circle in another area does not hear of it."""
    await surrounds(town, BO, IN_ALBYBERGET)
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken")

    assert len(town.cards(BO)) == 1


async def test_who_follows_nothing_any_more_waits_for_nothing(night: Town) -> None:
    """What was held ends with it."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.writes(BO, None, "/avsluta albyberget")
    at_local(night, 8, days=1)
    await night.passes()

    assert night.cards(BO) == []
    assert night.count_rows("held_alerts") == 0


async def test_one_bad_row_keeps_nobody_else_from_hearing(night: Town) -> None:
    """Many are given together; where that fails, each by themselves."""
    await night.writes(CILLA, None, "/bevaka albyberget alla")
    await wishes(night, CILLA, NIGHTS)
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    bad = night.rows("SELECT min(person_id) FROM alert_settings")[0][0]
    night.changes_rows(f"UPDATE alert_settings SET settings = '?' WHERE person_id = '{bad}'")
    at_local(night, 8, days=1)
    await night.passes()

    assert len(night.cards(BO)) + len(night.cards(CILLA)) == 1


async def test_what_is_followed_less_waits_no_more(night: Town) -> None:
    """A higher least priority lets go of what it leaves out."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.writes(BO, None, "/bevaka albyberget röd")

    assert night.count_rows("held_alerts") == 0


async def test_what_something_else_brings_waits_on(night: Town) -> None:
    """Who follows the municipality, too, still hears of it in the morning."""
    await night.writes(BO, None, "/bevaka botkyrka")
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.writes(BO, None, "/avsluta albyberget")
    at_local(night, 8, days=1)
    await night.passes()

    assert len(night.cards(BO)) == 1


async def test_pause_reaches_the_card_that_has_not_left(town: Town) -> None:
    """It was in the lane; it comes when the pause is over."""
    await town.writes(BO, None, "/bevaka albyberget")
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "/gul glas på marken")
        await town.writes(BO, None, "/paus 2h")
    await town.settle()
    assert town.cards(BO) == []
    await town.passes(hours=3)

    assert len(town.cards(BO)) == 1


async def test_export_and_erasure_find_what_waits(night: Town) -> None:
    """Settings, what is held, and what digests told."""
    await night.writes(ANNA, TG_ROOM, "/gul glas på marken")
    await night.writes(BO, None, "/privacy")
    assert "1 rapport som väntar" in night.last(BO)
    await night.taps_after(BO, "/forget", "Ja, radera")

    for table in ("alert_settings", "held_alerts", "digests", "recent_alerts"):
        assert night.count_rows(table) == 0


async def test_what_is_over_alerts_nobody_else(fire):
    """Of many some have not been looked at yet; opened again it goes on where it was."""
    fire.changes_rows("UPDATE spreads SET looked_to = 'p'")
    await fire.writes(ANNA, None, "/resolve")
    over = fire.rows("SELECT looked_to, stopped_at FROM spreads")
    await fire.taps(ANNA, "Öppna igen")

    assert over == [(None, "p")]
    assert fire.rows("SELECT looked_to, stopped_at FROM spreads") == [(None, None)]
