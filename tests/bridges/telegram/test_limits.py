"""Staying below what Telegram puts up with."""

import asyncio
import heapq
import itertools
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.bridges.telegram.limits import Limiter, Wish
from bot.bridges.telegram.turns import FAIR_EVERY, Turns
from bot.bridges.telegram.windows import NOTHING, Pace, Pause, Window
from bot.errors import PlatformAway
from tests.town import START, FakeClock

S = timedelta(seconds=1)
RED = Wish(urgent=True)
HANDS = 8
GROUP = "-1001"


class SharedClock(FakeClock):
    """Moves on when all who use it sleep, to whoever wakes first."""

    def __init__(self) -> None:
        super().__init__()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    async def sleep(self, seconds: float) -> None:
        """Wait; whoever is alone moves the clock."""
        wakes: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(
            self._sleepers, (self.at + timedelta(seconds=seconds), next(self._count), wakes)
        )
        for _ in range(3 * HANDS):
            await asyncio.sleep(0)
            if wakes.done():
                return
        while not wakes.done():
            self.at, _, first = heapq.heappop(self._sleepers)
            first.set_result(None)
            if first is not wakes:
                for _ in range(3 * HANDS):
                    await asyncio.sleep(0)


class Service:
    """Takes requests and notes when; refuses a chat when told to.

    Attributes:
        came: When, to which chat, with which method.
        refuses: Chats that have to wait, and how long.
    """

    def __init__(self) -> None:
        self.clock = SharedClock()
        self.limiter = Limiter(self.clock)
        self.came: list[tuple[datetime, str, str]] = []
        self.refuses: dict[str, int] = {}

    async def take(self, endpoint: str, data: dict[str, object]) -> bool:
        chat = str(data.get("chat_id", ""))
        if chat in self.refuses:
            raise RetryAfter(self.refuses.pop(chat))
        self.came.append((self.clock.now(), chat, endpoint))
        await asyncio.sleep(0)
        return True

    async def ask(
        self, chat: str, wish: Wish | None = None, *, endpoint: str = "sendMessage"
    ) -> object:
        """Make a request as the library does."""
        data: dict[str, object] = {"chat_id": chat} if chat else {}
        return await self.limiter.process_request(
            self.take, (endpoint, data), {}, endpoint, data, wish
        )

    async def ask_all(self, wishes: Iterable[tuple[str, Wish]]) -> None:
        """Let eight hands make requests; one that is sent back comes again in time."""
        waiting = iter(list(wishes))

        async def work() -> None:
            for chat, wish in waiting:
                await self._insist(chat, wish)

        async with asyncio.TaskGroup() as hands:
            for _ in range(HANDS):
                hands.create_task(work())

    async def _insist(self, chat: str, wish: Wish) -> None:
        while True:
            try:
                await self.ask(chat, wish)
            except PlatformAway as failure:
                await self.clock.sleep(failure.retry_after_s or 0)
            else:
                return

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return (self.clock.now() - START).total_seconds()


@pytest.fixture
def service() -> Service:
    """One that refuses nothing."""
    return Service()


def most_in(times: list[datetime], span: timedelta) -> int:
    """The most that came within any such span."""
    return max(sum(start <= time < start + span for time in times) for start in times)


async def test_thirty_a_second_are_used_and_no_more(service: Service) -> None:
    """While ten times as many wait, at least 98 % of what is allowed goes out."""
    await service.ask_all((str(n), Wish()) for n in range(1, 601))

    assert most_in([time for time, *_ in service.came], S) <= 30
    assert service.seconds <= 600 / (30 * 0.98)


async def test_red_goes_before_all_that_wait(service: Service) -> None:
    """Behind eight hands full of private deliveries it is the next but one."""
    others = [asyncio.create_task(service.ask(str(n))) for n in range(1, 2 * HANDS)]
    await asyncio.sleep(0)
    await service.ask(GROUP, RED)
    came = [chat for _, chat, _ in service.came]
    await asyncio.gather(*others)

    assert GROUP in came[:6]


async def test_a_tenth_is_left_to_the_others_while_red_waits() -> None:
    """Nobody waits for ever behind the urgent."""
    turns, order = Turns(), []

    async def want(name: str, *, urgent: bool) -> None:
        async with turns.turn(urgent=urgent):
            order.append(name)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(5):
            tasks.create_task(want("talk", urgent=False))
        for _ in range(5 * FAIR_EVERY):
            tasks.create_task(want("red", urgent=True))

    assert [order[: FAIR_EVERY * n].count("talk") for n in (2, 3, 4)] == [2, 3, 4]


async def test_whoever_gives_up_waiting_keeps_nobody_waiting() -> None:
    """A cancelled hand passes its turn on, called or not."""
    turns, done = Turns(), []

    async def want(name: str) -> None:
        async with turns.turn(urgent=False):
            await asyncio.sleep(0)
            done.append(name)

    first, second, third = (asyncio.create_task(want(name)) for name in "abc")
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(first, second, third, return_exceptions=True)
    fourth = asyncio.create_task(want("d"))
    await fourth

    assert done == ["a", "c", "d"]


async def test_all_that_give_up_at_once_just_give_up() -> None:
    """A turn ends and who waits for it is cancelled in the same moment, as when the bot stops."""
    turns = Turns()

    async def want() -> None:
        async with turns.turn(urgent=False):
            await asyncio.Event().wait()

    hands = [asyncio.create_task(want()) for _ in range(4)]
    await asyncio.sleep(0)
    for hand in hands:
        hand.cancel()
    ended = await asyncio.gather(*hands, return_exceptions=True)

    assert [type(end) for end in ended] == [asyncio.CancelledError] * 4


async def test_group_hears_no_more_than_telegram_allows(service: Service) -> None:
    """Twenty a minute, with one to spare; what is urgent has two of its own."""
    for _ in range(17):
        await service.ask(GROUP)
    with pytest.raises(PlatformAway) as sent_back:
        await service.ask(GROUP)
    for _ in range(2):
        await service.ask(GROUP, RED)
    with pytest.raises(PlatformAway):
        await service.ask(GROUP, RED)

    assert 55 < (sent_back.value.retry_after_s or 0) <= 61
    assert service.seconds < 1


async def test_private_chat_hears_a_few_at_once_and_then_one_a_second(service: Service) -> None:
    """A receipt, a card and an answer need not wait for one another."""
    await service.ask_all([("7", Wish())] * 30)
    times = [time for time, *_ in service.came]

    assert most_in(times, S) <= 3
    assert most_in(times, 10 * S) <= 12
    assert service.seconds < 33


async def test_busy_chat_holds_up_nobody_else(service: Service) -> None:
    """Whoever would wait long is sent back, so that hands stay free."""
    for _ in range(17):
        await service.ask(GROUP)
    before = service.seconds
    with pytest.raises(PlatformAway):
        await service.ask(GROUP)
    await service.ask("7")

    assert service.seconds - before < 0.1


@pytest.mark.parametrize("endpoint", ["editMessageText", "deleteMessage", "sendMediaGroup"])
async def test_edits_and_deletions_count_for_the_chat(service: Service, endpoint: str) -> None:
    """As Telegram counts them."""
    for _ in range(17):
        await service.ask(GROUP, endpoint=endpoint)
    with pytest.raises(PlatformAway):
        await service.ask(GROUP)


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "getMe", "sendChatAction", "getChat"])
async def test_what_posts_nothing_goes_at_once(service: Service, endpoint: str) -> None:
    """Whoever presses a button sees at once that it was pressed."""
    for _ in range(100):
        await service.ask(GROUP, endpoint=endpoint)

    assert service.seconds == 0


async def test_album_counts_as_many_messages_as_it_has(service: Service) -> None:
    """Ten pictures are ten messages."""
    await service.ask(GROUP, Wish(weight=10))
    with pytest.raises(PlatformAway):
        await service.ask(GROUP, Wish(weight=8))
    await service.ask(GROUP, Wish(weight=7))


async def test_parts_of_one_message_begin_only_if_all_may_follow(service: Service) -> None:
    """Half a message is worse than a later one."""
    for _ in range(15):
        await service.ask(GROUP)
    with pytest.raises(PlatformAway):
        await service.ask(GROUP, Wish(to_come=2))
    await service.ask(GROUP, Wish(to_come=1))


async def test_next_part_waits_where_another_message_is_sent_back(service: Service) -> None:
    """Its first part stands there already."""
    for _ in range(3):
        await service.ask("7")
    with pytest.raises(PlatformAway):
        await service.ask("7")
    service.refuses["7"] = 5
    await service.ask("7", Wish(is_next_part=True))

    assert 8 < service.seconds < 9


async def test_refusal_pauses_its_own_chat_alone(service: Service) -> None:
    """And for as long as Telegram says."""
    service.refuses[GROUP] = 8
    with pytest.raises(RetryAfter):
        await service.ask(GROUP)
    with pytest.raises(PlatformAway) as sent_back:
        await service.ask(GROUP, RED)
    await service.ask("7")
    await service.clock.sleep(8)
    await service.ask(GROUP)

    assert sent_back.value.retry_after_s == pytest.approx(8, abs=0.1)


@pytest.mark.parametrize("chats", [["1", "2", "3"], [""]], ids=["several chats", "no chat"])
async def test_refusal_that_is_about_no_chat_pauses_all(
    service: Service, chats: list[str]
) -> None:
    """Then it is the bot that talks too much."""
    service.refuses |= dict.fromkeys(chats, 8)
    for chat in chats:
        with pytest.raises(RetryAfter):
            await service.ask(chat)
    with pytest.raises(PlatformAway):
        await service.ask("7")
    await service.clock.sleep(8)
    await service.ask("7")


async def test_two_refusals_with_a_success_between_pause_nobody_else(service: Service) -> None:
    """Several in a row are needed."""
    for chat in ("1", "2", "3"):
        service.refuses[chat] = 8
        with pytest.raises(RetryAfter):
            await service.ask(chat)
        await service.ask("7", endpoint="sendMessage")


async def test_many_chats_are_forgotten_when_they_rest(service: Service) -> None:
    """The bot's memory does not grow with the town."""
    service.limiter.clock = FakeClock()
    for number in range(1, 6_000):
        await service.ask(str(number))

    assert len(service.limiter._chats) < 2_000


async def test_clock_that_is_set_back_stalls_nothing(service: Service) -> None:
    """An hour that comes twice is no hour of silence."""
    for _ in range(17):
        await service.ask(GROUP)
    service.refuses["1"] = 2
    with pytest.raises(RetryAfter):
        await service.ask("1")
    service.clock.at -= 60 * 60 * S
    set_back_at = service.clock.at
    await service.ask_all([(GROUP, Wish())] + [(str(n), Wish()) for n in range(1, 20)])

    assert Counter(chat for _, chat, _ in service.came)[GROUP] == 18
    assert service.clock.at - set_back_at < 4 * S


@given(
    st.lists(st.floats(0, 5), max_size=60),
    st.integers(1, 10),
    st.integers(0, 3),
    st.floats(0.1, 9),
)
def test_window_is_never_overfull(rests: list[float], most: int, kept: int, span_s: float) -> None:
    """Whenever one asks."""
    window, now, taken = Window(most=most, span=span_s * S), START, []
    for rest in rests:
        now += rest * S
        kept = min(kept, most - 1)
        now += window.ready_in(now, kept=kept)
        assert window.ready_in(now, kept=kept) == NOTHING
        window.take(now)
        taken.append(now)

    assert not taken or most_in(taken, span_s * S) <= most - kept


@given(st.lists(st.floats(0, 1), max_size=60), st.integers(1, 5))
def test_pace_gives_its_burst_and_then_one_each_interval(rests: list[float], burst: int) -> None:
    """Whatever one rests between."""
    pace, now, taken = Pace(interval=S / 4, burst=burst), START, []
    for rest in rests:
        now += rest * S
        now += pace.ready_in(now)
        pace.take(now)
        taken.append(now)

    assert not taken or most_in(taken, 2 * S) <= burst + 8


def test_longer_of_two_pauses_counts() -> None:
    """A short refusal does not end a long one."""
    pause = Pause()
    pause.begin(START, 8 * S)
    pause.begin(START + S, S)

    assert pause.ready_in(START + 2 * S) == 6 * S
    assert pause.ready_in(START + 9 * S) == NOTHING
