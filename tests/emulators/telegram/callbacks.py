"""Presses on buttons, and what the bot answered to them."""

from dataclasses import dataclass

from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.users import User


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
