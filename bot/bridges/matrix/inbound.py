"""Events of Matrix, read into what the core knows. No I/O.

Read straight from JSON and not through the library's types: those leave out what they don't know,
and would have to be guarded all the same.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeAlias

from bot.bridges.matrix import polls, updates
from bot.bridges.matrix.account import Account
from bot.bridges.matrix.api import Object
from bot.bridges.matrix.fields import Fields, parse_object
from bot.bridges.matrix.happening import Happening
from bot.bridges.matrix.memberships import read_levels, read_membership, read_move
from bot.bridges.matrix.messages import (
    read_beacon,
    read_beacon_info,
    read_forged,
    read_message,
)
from bot.bridges.matrix.opening import NotItsSenders, Opened
from bot.bridges.matrix.reactions import read_reaction, read_redaction
from bot.bridges.troubles import TROUBLES, read_troubles
from bot.domain.incoming import Incoming
from bot.domain.messages import Platform
from bot.domain.proofs import Proof
from bot.errors import TemporaryFailure

MARK = "se.grannbro.mark"
"""Field of all that the bot sends: from another account it is a copy, made by whoever sends it."""


Opener: TypeAlias = Callable[[str, Object], Opened | None]
"""Opens an encrypted event of a room; None if it can't be, NotItsSenders if it is forged."""


def read(payload: bytes, me: Account, opener: Opener | None = None) -> Incoming | None:
    """Read one update; None if it is nothing that concerns the bot.

    Args:
        payload: As it was kept.
        me: Who the bot is.
        opener: Opens what is encrypted.

    Raises:
        MalformedUpdate: It is not what Matrix sends.
    """
    update = parse_object(payload)
    if TROUBLES in update:
        return read_troubles(Platform.MATRIX, update.inner(TROUBLES))
    try:
        opened = _opened(update, opener)
    except NotItsSenders:
        return read_forged(_happening(update, update.inner(updates.EVENT), me))
    event = Fields(opened.event, updates.EVENT)
    event.text("event_id")
    event_type = event.text("type")
    happening = _happening(update, event, me, _answered(update, opener), opened.proof)
    if _is_own(happening, event_type, me) or "redacted_because" in _unsigned(event):
        return None
    return _read(event_type, happening)


def _happening(
    update: Fields,
    event: Fields,
    me: Account,
    answered: Fields | None = None,
    proof: Proof | None = None,
) -> Happening:
    content = event.inner_or_empty("content")
    return Happening(
        room_id=update.text(updates.ROOM),
        event=event,
        content=content,
        told=update,
        me=me.user_id,
        answered=answered,
        is_copied=bool(me.mark) and content.text_or(MARK) == me.mark,
        proof=proof,
    )


def _read(event_type: str, happening: Happening) -> Incoming | None:
    if event_type in _WORDS:
        return read_message(event_type, happening)
    reader = _READERS.get(event_type)
    return reader(happening) if reader else None


def _answered(update: Fields, opener: Opener | None) -> Fields | None:
    """Return the event that is answered as its author has left it, None if it can't be told."""
    answered = _at_once(update, update.inner_or_none(updates.ANSWERED), opener)
    if answered is None or "redacted_because" in _unsigned(answered):
        return None
    changed = _unsigned(answered).inner_or_empty("m.relations").inner_or_none("m.replace")
    edit = _at_once(update, changed, opener)
    new = edit.inner_or_empty("content").raw("m.new_content") if edit else None
    if not isinstance(new, dict):
        return answered
    return Fields({"type": answered.text_or("type"), "content": new}, updates.ANSWERED)


def _at_once(update: Fields, event: Fields | None, opener: Opener | None) -> Fields | None:
    """Return an event that may have to be opened; nobody waits for what opens it."""
    if event is None or event.text_or("type") != "m.room.encrypted":
        return event
    with suppress(TemporaryFailure, NotItsSenders):
        opened = opener(update.text(updates.ROOM), event.whole()) if opener else None
        return Fields(opened.event, updates.ANSWERED) if opened else None
    return None


def _opened(update: Fields, opener: Opener | None) -> Opened:
    """Return an event as it was written, or as it came if that can't be told."""
    event = update.inner(updates.EVENT)
    as_it_came = Opened(event=event.whole())
    is_removed = "redacted_because" in _unsigned(event)
    if opener is None or event.text_or("type") != "m.room.encrypted" or is_removed:
        return as_it_came
    return opener(update.text(updates.ROOM), event.whole()) or as_it_came


def _is_own(happening: Happening, event_type: str, me: Account) -> bool:
    """Whether the bot hears itself; that it has come into a room it does want to hear."""
    if event_type == "m.room.member" and happening.event.text_or("state_key") == me.user_id:
        return False
    return happening.event.text("sender") == me.user_id


def _unsigned(event: Fields) -> Fields:
    return event.inner_or_empty("unsigned")


_WORDS = frozenset({"m.room.message", "m.sticker", "m.room.encrypted", *updates.POLL_STARTS})
_READERS: Mapping[str, Callable[[Happening], Incoming | None]] = {
    "m.reaction": read_reaction,
    "m.room.redaction": read_redaction,
    "m.room.member": read_membership,
    "m.room.power_levels": read_levels,
    "m.room.tombstone": read_move,
    "m.beacon_info": read_beacon_info,
    "org.matrix.msc3672.beacon_info": read_beacon_info,
    "m.beacon": read_beacon,
    "org.matrix.msc3672.beacon": read_beacon,
    **dict.fromkeys(updates.VOTES, polls.read_vote),
    **dict.fromkeys(updates.POLL_ENDS, polls.read_end),
}
