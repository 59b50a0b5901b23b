"""What goes wrong on demand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.wire import Json


class Trouble(StrEnum):
    """How a call goes wrong.

    `CUT_BEFORE` breaks the connection with nothing done, `CUT_AFTER` when all is done but the
    answer; `STATUS` answers with an error, `HTML` with one that is no JSON, `FLOOD` with a 429.
    """

    STATUS = "status"
    HTML = "html"
    FLOOD = "flood"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"


@dataclass
class Fault:
    """What happens to the next calls.

    Attributes:
        methods: Which methods it strikes; all when empty.
        times: How often it strikes still.
        skip: How many calls get through before it strikes.
        is_done: What is asked is done all the same, and only the answer is the error.
    """

    trouble: Trouble
    methods: frozenset[str] = frozenset()
    times: int = 1
    code: int = 502
    skip: int = 0
    retry_after_s: int = 1
    is_done: bool = False


@dataclass
class Faults:
    """All that is to go wrong.

    Attributes:
        latency_s: How long each call but getUpdates is held up before it is done.
        is_shuffled: The newest update goes to a webhook first, as many connections may do it.
    """

    latency_s: float = 0.0
    is_shuffled: bool = False
    planned: list[Fault] = field(default_factory=list)

    def fail(
        self,
        *,
        times: int = 1,
        code: int = 502,
        methods: Iterable[str] = (),
        html: bool = False,
        skip: int = 0,
        is_done: bool = False,
    ) -> None:
        """Answer the next calls with a server's error, with or without having done them."""
        trouble = Trouble.HTML if html else Trouble.STATUS
        fault = Fault(trouble, frozenset(methods), times, code, skip, is_done=is_done)
        self.planned.append(fault)

    def flood(
        self, retry_after_s: int, *, times: int = 1, methods: Iterable[str] = (), skip: int = 0
    ) -> None:
        """Refuse the next calls as too many, whatever the limits say."""
        fault = Fault(Trouble.FLOOD, frozenset(methods), times, skip=skip)
        fault.retry_after_s = retry_after_s
        self.planned.append(fault)

    def cut_before(self, *, times: int = 1, methods: Iterable[str] = (), skip: int = 0) -> None:
        """Break the connection of the next calls before anything is done."""
        self.planned.append(Fault(Trouble.CUT_BEFORE, frozenset(methods), times, skip=skip))

    def cut_after(self, *, times: int = 1, methods: Iterable[str] = (), skip: int = 0) -> None:
        """Do what the next calls ask for, and lose the answer."""
        self.planned.append(Fault(Trouble.CUT_AFTER, frozenset(methods), times, skip=skip))

    def clear(self) -> None:
        """Let all go well from now on."""
        self.planned.clear()
        self.latency_s, self.is_shuffled = 0.0, False

    def strike(self, method: str) -> Fault | None:
        """Take what is to happen to this call, if anything."""
        for fault in self.planned:
            if fault.methods and method not in fault.methods:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.planned.remove(fault)
            return fault
        return None


def repeat_update(bot: Bot, *, with_new_id: bool = False) -> None:
    """Let the newest waiting update come twice, under the same id or a new one."""
    body = dict(bot.queue.waiting[-1].body)
    if with_new_id:
        body["update_id"] = bot.queue.next_id
        bot.queue.next_id += 1
    bot.queue.put_raw(body)


def send_unknown_update(bot: Bot) -> None:
    """Send an update of a kind that is not invented yet."""
    _send(bot, {"telepathy": {"from": {"id": 1, "is_bot": False, "first_name": "X"}}})


def send_malformed_update(bot: Bot) -> None:
    """Send a message that lacks all that a message must have."""
    _send(bot, {"message": {"text": 17}})


def _send(bot: Bot, body: Json) -> None:
    body = {"update_id": bot.queue.next_id} | body
    bot.queue.next_id += 1
    bot.queue.put_raw(body)
