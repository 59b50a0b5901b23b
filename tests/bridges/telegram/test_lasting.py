"""Which troubles the core is told of, and when."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.telegram.inbound import read
from bot.bridges.telegram.intake import Intake
from bot.bridges.telegram.lasting import LASTS, QUIET, Lasting
from bot.bridges.telegram.polling import Polling
from bot.bridges.troubles import troubles_update
from bot.domain.messages import Platform
from bot.domain.platform_troubles import PlatformTrouble
from bot.domain.room_news import IncomingTroubles
from tests.bridges.telegram.captured import ME
from tests.bridges.telegram.service import Answer, Keeper, Scripted, refusal, said
from tests.bridges.telegram.way import Way
from tests.town import EVA, MX_ROOM, START, FakeClock

CONFLICT = refusal(409, "Conflict: terminated by other getUpdates request")
REFUSED = refusal(401, "Unauthorized")
WEBHOOK = refusal(409, "Conflict: can't use getUpdates method while webhook is active")


async def told(*answers: Answer | Exception, step_s: int = 20) -> list[set[str]]:
    """What the core is told while Telegram answers so, each answer some seconds after the last."""
    clock, keeper = FakeClock(), Keeper()

    def after(answer: Answer | Exception) -> Any:
        def give() -> Answer:
            clock.at += timedelta(seconds=step_s)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return give

    request = Scripted(*[after(answer) for answer in answers])
    polling = Polling(request=request, base_url="http://t/botT", intake=Intake(clock=clock))
    with pytest.raises(asyncio.CancelledError):
        await polling.run(keeper.accept)
    return [_troubles(update.payload) for update in keeper.kept]


def _troubles(payload: bytes) -> set[str]:
    found = read(payload, ME)
    assert isinstance(found, IncomingTroubles)
    return {trouble.value for trouble in found.troubles}


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [(CONFLICT, "heard_elsewhere"), (REFUSED, "token_refused"), (WEBHOOK, "sent_elsewhere")],
    ids=["conflict", "refused", "webhook"],
)
async def test_trouble_that_lasts_is_told_once_and_once_that_it_is_over(
    answer: Answer, trouble: str
) -> None:
    """Not at each attempt."""
    assert await told(*[answer] * 20, *[said([])] * 40) == [{trouble}, set()]


async def test_moment_s_trouble_is_not_told() -> None:
    """A restart collides with the process before it."""
    assert await told(CONFLICT, *[said([])] * 10) == []


async def test_programs_that_ask_in_turn_are_one_trouble() -> None:
    """Each answer in between is no end of it."""
    assert await told(*[CONFLICT, said([])] * 20) == [{"heard_elsewhere"}]


async def test_network_that_is_away_is_told_to_nobody() -> None:
    """It passes; whoever runs the bot sees it in the log and by its health."""
    assert await told(*[OSError("no route")] * 40) == []


async def test_network_that_is_away_is_no_end_of_another_trouble() -> None:
    """Nobody knows."""
    assert await told(*[REFUSED] * 20, *[OSError("no route")] * 40) == [{"token_refused"}]


async def test_process_that_runs_well_says_so_once_after_its_start() -> None:
    """The one before it may have told of a trouble that a restart has ended."""
    assert await told(*[said([])] * 40) == [set()]


async def test_what_can_t_be_kept_is_told_later() -> None:
    """A full disk loses no trouble."""
    clock, keeper = FakeClock(), Keeper(refusals=3)
    request = Scripted(*[REFUSED] * 30)
    polling = Polling(request=request, base_url="http://t/botT", intake=Intake(clock=clock))
    with pytest.raises(asyncio.CancelledError):
        await polling.run(keeper.accept)

    assert [_troubles(update.payload) for update in keeper.kept] == [{"token_refused"}]


@given(st.frozensets(st.sampled_from(PlatformTrouble)))
def test_what_is_told_is_read_as_it_was_told(troubles: frozenset[PlatformTrouble]) -> None:
    """And each telling is another update."""
    first = troubles_update(Platform.TELEGRAM, troubles)
    second = troubles_update(Platform.TELEGRAM, troubles)

    assert _troubles(first.payload) == {trouble.value for trouble in troubles}
    assert first.update_id != second.update_id


@given(
    st.lists(
        st.tuples(
            st.integers(min_value=1, max_value=200),
            st.none() | st.sampled_from(PlatformTrouble),
        )
    )
)
def test_core_knows_what_lasts_and_forgets_what_is_over(
    steps: Sequence[tuple[int, PlatformTrouble | None]],
) -> None:
    """Whatever comes in whatever order; no step tells what was told."""
    lasting, now = Lasting(), START
    for seconds, trouble in steps:
        now += timedelta(seconds=seconds)
        if trouble is None:
            lasting.answered(now)
        else:
            lasting.meet(trouble, now)
        news = lasting.news(now)
        assert news is None or news != lasting.told
        lasting.told = lasting.told if news is None else news
        assert lasting.news(now) is None
    for later in (now + QUIET, now + 2 * QUIET + LASTS):
        lasting.answered(later)
        news = lasting.news(later)
        lasting.told = lasting.told if news is None else news

    assert lasting.told == frozenset()


async def test_coordinator_elsewhere_is_told_of_a_revoked_token(way: Way) -> None:
    """And that a new one is taken; all that was written meanwhile is carried."""
    way.account.is_revoked = True
    for _ in range(10):
        await way.asks()
    await way.people.settle()
    (wrong,) = way.people.texts(EVA)
    assert "token" in wrong
    way.account.is_revoked = False
    for _ in range(2):
        way.people.clock.at += QUIET
        await way.asks()
    await way.people.settle()

    assert way.people.texts(EVA)[1:] == ["Telegram fungerar igen: jag är insläppt."]


async def test_coordinator_elsewhere_is_told_that_a_chat_put_the_bot_out(way: Way) -> None:
    """Once, and when it is let in again."""
    way.anna.manages(way.chat).removes(way.account)
    await way.settles()
    (wrong,) = way.people.texts(EVA)
    assert "Alby grannar" in wrong
    way.anna.manages(way.chat).adds(way.account, "can_manage_chat", "can_delete_messages")
    await way.settles()

    assert way.people.texts(EVA)[1:] == ["Jag är med i Alby grannar igen (Telegram: Alby)."]


async def test_coordinator_elsewhere_is_told_that_a_chat_silenced_the_bot(way: Way) -> None:
    """And that it may write again."""
    way.anna.manages(way.chat).restricts(way.account, "can_pin_messages")
    await way.settles()
    (wrong,) = way.people.texts(EVA)
    assert wrong.startswith("Jag får inte längre skriva i Alby grannar")
    way.anna.manages(way.chat).promotes(way.account)
    await way.settles()

    assert way.people.texts(EVA)[1:] == ["Jag är med i Alby grannar igen (Telegram: Alby)."]


async def test_chat_that_is_locked_for_all_is_found_out_by_its_refusal(way: Way) -> None:
    """No update tells a plain member so; told once, however much is refused."""
    way.anna.manages(way.chat).locks()
    for _ in range(2):
        await way.people.writes(EVA, MX_ROOM, "är ni där?")
    await way.settles()

    (wrong,) = way.people.texts(EVA)
    assert wrong.startswith("Jag får inte längre skriva i Alby grannar")
