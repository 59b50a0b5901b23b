"""What stands beneath a carried line: who feels what, as buttons that count."""

from collections.abc import Sequence

from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.reactions import (
    SHOWN_AT_MOST,
    Counted,
    Reaction,
    set_elsewhere,
    tally_of,
    written,
)
from bot.domain.richtext import NOTHING
from bot.ports.showing import Showing

REACT = "react."
"""What a button's action begins with that counts an emoji; the emoji follows."""
IN_A_ROW = 5


def show_tally_alone(reactions: Sequence[Reaction], showing: Showing) -> OutgoingMessage:
    """Write the tally beneath words that are forgotten."""
    elsewhere = _elsewhere(reactions, showing)
    return OutgoingMessage(
        text=NOTHING,
        rows=tally_rows(reactions, showing),
        keeps_text=True,
        echoes=tuple(one.emoji for one in tally_of(elsewhere)),
    )


def tally_rows(reactions: Sequence[Reaction], showing: Showing) -> tuple[tuple[Button, ...], ...]:
    """Count people of all rooms, where others than the room's own feel something.

    What only they feel they see already, where the platform counts it.
    """
    tally = tally_of(reactions)[:SHOWN_AT_MOST] if _elsewhere(reactions, showing) else ()
    starts = range(0, len(tally), IN_A_ROW)
    return tuple(tuple(map(_button, tally[start : start + IN_A_ROW])) for start in starts)


def _elsewhere(reactions: Sequence[Reaction], showing: Showing) -> Sequence[Reaction]:
    room = showing.reader.room
    return reactions if room is None else set_elsewhere(reactions, room)


def _button(counted: Counted) -> Button:
    label = f"{written(counted.emoji)} {counted.people}"
    return Button(label=label, data=REACT + counted.emoji, emoji=counted.emoji)
