"""What /readyz tells: whether somebody is at work, not only whether the process answers."""

from datetime import timedelta

import pytest

from bot.errors import StorageUnavailable, TemporaryFailure
from bot.web.health import LATE_AFTER_S, STALE_AFTER_S, Health, Readiness
from tests.town import ANNA, BO, SHOPS, TG_ROOM, Town


async def readiness(town: Town, *, heard_s_ago: float = 0.0) -> Readiness:
    """How the town is, whose bridges have heard from their platforms a while ago."""
    for bridge in (town.telegram, town.matrix):
        bridge.last_round_trip = town.clock.now() - timedelta(seconds=heard_s_ago)
    return await health(town).readiness()


def health(town: Town) -> Health:
    """What looks at a town."""
    return Health(
        store=town.app.parts.database,
        clock=town.clock,
        bridges=town.app.bridges,
        inbox=town.app.inbox,
        outboxes=town.app.outboxes,
    )


async def test_bot_that_has_done_everything_is_ready(town):
    """However long nothing happens: a quiet night is no fault."""
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.passes(days=3)
    found = await readiness(town)

    assert found.is_ready
    assert found.queues == {"inbox": 0.0, "outbox.telegram": 0.0, "outbox.matrix": 0.0}
    assert found.late == []


@pytest.mark.parametrize(
    ("ago_s", "late"), [(STALE_AFTER_S, []), (STALE_AFTER_S + 1, ["telegram", "matrix"])]
)
async def test_bridge_that_hears_nothing_is_not_ready(town, ago_s, late):
    """A polling task that is dead looks alive."""
    found = await readiness(town, heard_s_ago=ago_s)

    assert (found.late, found.is_ready) == (late, not late)


async def test_bridge_that_has_never_heard_anything_is_not_ready(town):
    """It is still starting."""
    found = await health(town).readiness()

    assert found.late == ["telegram", "matrix"]


async def test_dead_outbox_is_not_ready_and_named(town):
    """What is due and stays is what nobody performs; the other platform goes on."""
    with town.platforms_down():
        await town.writes(ANNA, SHOPS, "/gul glas")
        town.clock.at += timedelta(seconds=LATE_AFTER_S)
        on_time = await readiness(town)
        town.clock.at += timedelta(seconds=1)
        late = await readiness(town)
    await town.settle()

    assert on_time.is_ready
    assert late.late == ["outbox.telegram"]
    assert not late.is_ready
    assert late.queues["outbox.telegram"] == LATE_AFTER_S + 1
    assert (await readiness(town)).is_ready


async def test_dead_inbox_is_not_ready_and_named(town):
    """Updates are taken into safe keeping and nobody handles them."""
    with town.bot_busy():
        await town.writes(ANNA, TG_ROOM, "hej")
        town.clock.at += timedelta(seconds=LATE_AFTER_S + 1)
        late = await readiness(town)
    await town.settle()

    assert (late.late, late.is_ready) == (["inbox"], False)
    assert (await readiness(town)).is_ready


async def test_what_waits_for_its_time_is_not_late(town):
    """A platform said when to come back: nobody is to be blamed."""
    town.telegram.fail_next = TemporaryFailure("flood", retry_after_s=3600.0)
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.writes(ANNA, SHOPS, "/gul grus")
    town.clock.at += timedelta(minutes=30)
    waiting = await town.app.waiting()

    assert waiting > 1
    assert (await readiness(town)).late == []


async def test_line_that_waited_for_consent_is_not_late_when_it_goes_on(town):
    """Its time begins with the yes."""
    fia = town.newcomer("Fia")
    await town.writes(fia, SHOPS, "/gul glas")
    await town.passes(hours=20)
    assert (await readiness(town)).is_ready
    with town.bot_busy():
        await town.taps(fia, "Ja, det är okej")
    await town.app.inbox._handle((await town.app.inbox._claim()).jobs[0])

    async with town.app.parts.database.read() as uow:
        assert await uow.inbox.due_since() == town.clock.now()


async def test_database_that_does_not_answer_is_not_ready(town, monkeypatch):
    """And nothing can be said of the queues."""

    def gone() -> object:
        raise StorageUnavailable("gone")

    monkeypatch.setattr(town.app.parts.database, "read", gone)
    found = await readiness(town)

    assert (found.database, found.is_ready, found.queues) == (False, False, {})


async def test_age_of_the_oldest_effect_stands_in_the_metrics(town):
    """For who watches it before it is too late."""
    with town.platforms_down():
        await town.writes(BO, SHOPS, "/rod rök")
        town.clock.at += timedelta(seconds=42)
        told = (await health(town).metrics()).decode()

    assert 'grannbro_outbox_oldest_seconds{platform="telegram"} 42.0' in told
