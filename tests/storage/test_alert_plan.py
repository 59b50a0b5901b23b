"""What is decided in SQL for all together is what is decided for one."""

import asyncio
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.alerting import AlertSettings, wait_for
from bot.domain.areas import AreaId
from bot.domain.effects import Urgency
from bot.domain.groups import GroupId, Reach
from bot.domain.people import PersonId
from bot.domain.quiet_hours import quiet_span
from bot.domain.reports import Priority
from bot.domain.routing import Spread
from bot.domain.subscriptions import Subscription, WholeArea
from bot.storage.database import Database
from tests.domain.times import DECADE, STOCKHOLM, alert_settings
from tests.outbox.stage import subject
from tests.storage.conftest import database_in
from tests.storage.test_copies import person
from tests.town import FakeClock

ALBY = AreaId("albyberget")


async def holders(
    folder: Path, wishes: list[AlertSettings], spread: Spread, at: datetime
) -> list[bool]:
    """For whom of those who wish something is held."""
    clock = FakeClock()
    clock.at = at
    database = database_in(folder, clock)
    await database.open()
    people = [await settle(database, str(n), wish) for n, wish in enumerate(wishes)]
    async with database.write() as uow:
        await uow.copies.spread_to_followers(subject("a"), spread, urgency=Urgency.YELLOW)
        held = [bool(await uow.held_alerts.of(one)) for one in people]
        given_now = [await uow.copies.reached(subject("a"), one) for one in people]
    await database.close()
    assert [not one for one in given_now] == held
    return held


async def settle(database: Database, name: str, wish: AlertSettings) -> PersonId:
    """Let somebody with a wish follow Albyberget."""
    who, now = await person(database, name), database._clock.now()
    async with database.write() as uow:
        await uow.subscriptions.put(Subscription(person=who, followed=WholeArea(ALBY)), now)
        await uow.alert_settings.put(who, wish, quiet_span(wish.quiet, now, STOCKHOLM))
    return who


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    wishes=st.lists(alert_settings(), min_size=8, max_size=16),
    priority=st.sampled_from((Priority.YELLOW, Priority.RED)),
    at=DECADE,
)
def test_plan_holds_what_waits_and_nothing_else(
    migrated: Path, wishes: list[AlertSettings], priority: Priority, at: datetime
) -> None:
    """Whoever it is held for has no copy, and the other way round."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(migrated, folder, dirs_exist_ok=True)
        spread = Spread(chain=(ALBY,), priority=priority, reach=Reach.AREA)
        held = asyncio.run(holders(Path(folder), wishes, spread, at))

    assert held == [wait_for(wish, priority, at, STOCKHOLM) is not None for wish in wishes]


async def test_stale_quiet_time_holds(database: Database, clock: FakeClock) -> None:
    """Nobody has looked when the next begins: it may have begun."""
    wish = AlertSettings()
    who = await settle(database, "1", wish)
    async with database.write() as uow:
        await uow.alert_settings.put(who, wish, None)
        now = clock.now()
        connection = uow.copies._session.connection
        await connection.exec_driver_sql(
            "UPDATE alert_settings SET quiet_from = ?, quiet_until = ?",
            tuple(f"{now - timedelta(hours=n):%F %T}.000000" for n in (9, 1)),
        )
    spread = Spread(chain=(ALBY,), priority=Priority.YELLOW, reach=Reach.AREA)
    async with database.write() as uow:
        await uow.copies.spread_to_followers(subject("a"), spread, urgency=Urgency.YELLOW)

        assert len(await uow.held_alerts.of(who)) == 1


async def test_who_writes_where_it_stands_gets_no_second_word(database: Database) -> None:
    """Neither now nor later; who asked for both gets both."""
    night = AlertSettings(paused_until=database._clock.now() + timedelta(days=1))
    wishes = (AlertSettings(), night, AlertSettings(also_in_private=True))
    people = [await settle(database, str(n), wish) for n, wish in enumerate(wishes)]
    group = GroupId("alby-grannar")
    spread = Spread(chain=(ALBY,), priority=Priority.YELLOW, reach=Reach.AREA, group=group)
    async with database.write() as uow:
        for who in people:
            await uow.groups.note_written_in(group, who)
        made = await uow.copies.spread_to_followers(
            subject("a"), spread, urgency=Urgency.YELLOW, seen_in=[group]
        )

        assert made == 1
        assert await uow.copies.reached(subject("a"), people[2])
        assert await uow.subscriptions.count(spread, seen_in=[group]) == 1
        assert not await uow.held_alerts.of(people[1])
