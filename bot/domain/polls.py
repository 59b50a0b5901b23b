"""Questions with choices, put to all rooms of a group at once and counted as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.groups import GroupId
from bot.domain.messages import MessageRef
from bot.domain.people import PersonId
from bot.domain.reports import Byline
from bot.domain.richtext import Bullets, RichText

PollId = NewType("PollId", str)

OPEN_FOR = timedelta(days=7)
MAX_CHOICES = 12
MAX_CHOICE_CHARS = 100
MAX_QUESTION_CHARS = 300
_SIGN = "📊"
_KEYCAP = "\u20e3"
_NUMBERS = tuple(f"{n}{_KEYCAP}" for n in range(1, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a poll asks, in plain characters."""

    question: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One question.

    Attributes:
        asked: None once its words are forgotten; where it stands is not.
        origin: The platform's own poll, which its author has made.
        closed_at: None while it is open.
        is_changed: Its author has changed the platform's own, and so it was closed.
    """

    id: PollId
    group: GroupId
    author: PersonId
    byline: Byline
    origin: MessageRef
    asked: Asked | None
    asked_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    is_changed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether votes still count."""
        return self.closed_at is None and self.asked is not None


def read_poll(text: RichText) -> Asked | None:
    """Read a poll that a bridge has put into words: the question, then its choices as a list.

    Returns:
        None if it is not of that form, or has more choices than can be shown.
    """
    lists = [node for node in text.nodes if isinstance(node, Bullets)]
    if len(lists) != 1:
        return None
    before = text.nodes[: text.nodes.index(lists[0])]
    question = _in_one_line(RichText(before).plain.strip().removeprefix(_SIGN))
    choices = tuple(
        _in_one_line(RichText(item).plain)[:MAX_CHOICE_CHARS] for item in lists[0].items
    )
    if not question or not all(choices) or not 2 <= len(choices) <= MAX_CHOICES:
        return None
    return Asked(question=question[:MAX_QUESTION_CHARS], choices=choices)


def count_votes(asked: Asked, votes: Mapping[PersonId, int]) -> Sequence[int]:
    """Return how many people have chosen each; one that is no choice of it counts nowhere."""
    chosen = list(votes.values())
    return [chosen.count(index) for index in range(len(asked.choices))]


def number_sign(choice: int) -> str | None:
    """Return the emoji that stands for a choice where there are no buttons, None if none does."""
    return _NUMBERS[choice] if choice < len(_NUMBERS) else None


def choice_of_sign(emoji: str) -> int | None:
    """Return the choice that an emoji stands for, as `read_emoji` writes it."""
    return _NUMBERS.index(emoji) if emoji in _NUMBERS else None


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
