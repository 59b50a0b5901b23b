"""What will be placed, part by part, and how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardMarkup, ReplyParameters

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.layout import Layout, lay_out
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.markup import Formatted
from bot.bridges.telegram.media import Upload, groups_of
from bot.domain.messages import MessageRef
from bot.domain.outgoing import OutgoingMessage
from bot.errors import PermanentFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How one of Telegram's messages is placed.

    Attributes:
        wish: What its limiter is told.
        protected: It can't be forwarded or saved; None leaves it as the chat has it.
    """

    where: Address
    wish: Wish
    silent: bool
    answers: ReplyParameters | None = None
    keyboard: InlineKeyboardMarkup | None = None
    protected: bool | None = None

    def taking(self, weight: int) -> "How":
        """Take the next messages from those to come."""
        to_come = self.wish.to_come - weight
        return replace(self, wish=replace(self.wish, weight=weight, to_come=to_come))

    def as_later_part(self) -> "How":
        """Go on without a further sound, and without going back."""
        wish = replace(self.wish, is_next_part=True)
        return replace(self, wish=wish, silent=True, answers=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be placed.

    Attributes:
        skip: How many of the texts stand there already.
        goes_on_from: The last part of the message that stands there, None if none does. What is
            placed later may stand far below it, so it answers it.
        then: How many more requests will follow.
    """

    message: OutgoingMessage
    layout: Layout
    groups: Sequence[Sequence[Upload]] = ()
    skip: int = 0
    goes_on_from: int | None = None
    then: int = 0

    @property
    def texts(self) -> Sequence[Formatted]:
        """The texts to be placed."""
        return self.layout.texts[self.skip :]

    def begin(self, where: Address) -> How:
        """Return how the first part is placed, all of them being to come.

        Raises:
            PermanentFailure: It has no parts.
        """
        parts = sum(map(len, self.groups)) + len(self.texts)
        if not parts:
            raise PermanentFailure("there is nothing to show")
        urgent, to_come = self.message.urgent, parts + self.then
        goes_on = self.goes_on_from is not None
        wish = Wish(urgent=urgent, to_come=to_come, is_next_part=goes_on)
        return How(
            where=where,
            wish=wish,
            silent=self.message.silent,
            answers=self._answers,
            protected=self.message.stays_here or None,
        )

    @property
    def _answers(self) -> ReplyParameters | None:
        """Return what it answers; what is gone meanwhile is answered all the same."""
        answered = self.goes_on_from or _number_of(self.message.reply_to)
        return ReplyParameters(answered, allow_sending_without_reply=True) if answered else None


def plan_of(
    message: OutgoingMessage, uploads: Sequence[Upload], *, then: int = 0, shrink: int = 1
) -> Plan:
    """Plan a whole message with its files; see `lay_out`."""
    groups = groups_of(uploads)
    alone = len(groups) == 1
    layout = lay_out(message, files=len(uploads), is_one_group=alone, shrink=shrink)
    return Plan(message=message, layout=layout, groups=groups, then=then)


def _number_of(answered: MessageRef | None) -> int | None:
    is_telegram_s = answered is not None and answered.message_id.isdecimal()
    return int(answered.message_id) if answered and is_telegram_s else None
