"""Presses on buttons, and what the bot answered to them."""

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json

if TYPE_CHECKING:
    from tests.emulators.telegram.town import Town

_ids = itertools.count(4_382_000_000_000_000_001)


@dataclass(eq=False)
class Press:
    """Somebody has pressed a button and waits for the answer.

    Attributes:
        answer: What the person was shown; an empty text only stops the waiting.
    """

    id: str
    who: User
    message: Message
    data: str
    at_s: float
    answer: str | None = None
    is_alert: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the wheel on the button has stopped turning."""
        return self.answer is not None


def find_button(message: Message, label: str) -> Json | None:
    """Find a button that can be pressed, by its label, a part of it, or its place (`"#2"`)."""
    buttons = [b for row in message.rows for b in row if "callback_data" in b]
    if label.startswith("#") and label[1:].isdigit():
        return next(iter(buttons[int(label[1:]) - 1 :]), None)
    whole = next((b for b in buttons if b["text"] == label), None)
    return whole or next((b for b in buttons if label in str(b["text"])), None)


def press(
    town: "Town", message: Message, who: User, data: str, *, is_forgotten: bool = False
) -> Press:
    """Tell the bot below whose message the button is, and wait for what it says."""
    bot = next(b for b in town.bots.values() if b.id == message.author.id)
    made = Press(str(next(_ids)), who, message, data, town.clock.monotonic_s())
    bot.presses[made.id] = made
    bot.met.add(who.id)
    told: Json = {
        "id": made.id,
        "from": who.to_json(),
        "message": _inaccessible(message) if is_forgotten else message.to_json(),
        "chat_instance": str(message.chat.id * 7919),
        "data": data,
    }
    town.tell(bot, "callback_query", told)
    return made


def _inaccessible(message: Message) -> Json:
    return {"chat": message.chat.to_json(), "message_id": message.message_id, "date": 0}
