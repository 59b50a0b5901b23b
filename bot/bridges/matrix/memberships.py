"""Who comes into a room, leaves it or asks to be let in; and rooms that go on as another."""

from collections.abc import Mapping

from bot.bridges.matrix import updates
from bot.bridges.matrix.happening import Happening
from bot.bridges.matrix.powers import Powers, powers_of
from bot.bridges.matrix.rooms import room_ref, user_ref
from bot.domain.commands import parse_command
from bot.domain.incoming import IncomingMessage
from bot.domain.richtext import rich
from bot.domain.room_news import (
    Coming,
    Foothold,
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
)
from bot.domain.senders import Sender

_COMINGS: Mapping[str, Coming] = {
    "join": Coming.JOINED,
    "leave": Coming.LEFT,
    "ban": Coming.LEFT,
    "knock": Coming.ASKS,
}


def read_membership(
    happened: Happening,
) -> IncomingMembership | IncomingFoothold | IncomingMessage | None:
    """Read what has become of somebody's place; None for invitations, and for new names."""
    who = happened.event.text("state_key")
    before, now = _before(happened), happened.content.text("membership")
    if who == happened.me:
        return _own(happened, before, now)
    if _is_in(before) == _is_in(now) and now != "knock":
        return None
    if happened.is_direct:
        # In another's chat anybody could be put out, and would be cut off from everything.
        return _in_private(happened, who, now) if happened.told.flag(updates.THEIRS) else None
    coming = _COMINGS.get(now)
    if coming is None:
        return None
    person = happened.person(who, happened.content.text_or("displayname"))
    return IncomingMembership(
        ref=happened.no_ref, sender=happened.sender, people=(person,), coming=coming
    )


def read_levels(happened: Happening) -> IncomingFoothold | None:
    """Read what the bot may do in a room, now that somebody has changed who may do what."""
    powers = powers_in(happened)
    if powers is None or happened.is_direct:
        return None
    return IncomingFoothold(
        ref=happened.no_ref,
        sender=happened.sender,
        foothold=powers.foothold(happened.me),
        is_direct=False,
        rights=powers.rights(happened.me),
        is_sealed=happened.is_sealed,
    )


def read_move(happened: Happening) -> IncomingRoomMoved | None:
    """Read that a room goes on as another; None unless the bridge has found that it does."""
    successor = happened.told.text_or(updates.SUCCESSOR)
    if not successor:
        return None
    return IncomingRoomMoved(ref=happened.ref, sender=happened.sender, to=room_ref(successor))


def powers_in(happened: Happening) -> Powers | None:
    """Return who may do what in a room, None if that is not known."""
    create = happened.told.inner_or_none(updates.CREATE)
    if create is None:
        return None
    return powers_of(create, happened.told.inner_or_none(updates.LEVELS))


def _own(happened: Happening, before: str, now: str) -> IncomingFoothold | IncomingMessage | None:
    """Read what has become of the bot; that it has left by itself is no news."""
    if _is_in(before) == _is_in(now):
        return None
    if _is_in(now) and happened.is_direct:
        return _start(happened)
    if _is_in(now):
        powers = powers_in(happened) or Powers(frozenset(), None)
        return IncomingFoothold(
            ref=happened.no_ref,
            sender=_inviter(happened),
            foothold=powers.foothold(happened.me),
            is_direct=False,
            rights=powers.rights(happened.me),
            is_sealed=happened.is_sealed,
        )
    is_another_s = happened.is_direct and not happened.told.flag(updates.THEIRS)
    if happened.event.text("sender") == happened.me or is_another_s:
        return None
    return IncomingFoothold(
        ref=happened.no_ref,
        sender=happened.sender,
        foothold=Foothold.GONE,
        is_direct=happened.is_direct,
    )


def _start(happened: Happening) -> IncomingMessage | None:
    """Take it for a first word that somebody has invited the bot to a private chat."""
    inviter = _inviter(happened)
    if inviter.is_chat or inviter.user == user_ref(happened.me):
        return None
    text = rich("/start")
    return IncomingMessage(
        ref=happened.ref,
        sender=inviter,
        sent_at=happened.event.moment("origin_server_ts"),
        text=text,
        is_direct=True,
        command=parse_command(text, prefixes=("/",)),
    )


def _in_private(happened: Happening, who: str, now: str) -> IncomingFoothold:
    """Return that somebody has closed the private chat, or is back in it."""
    return IncomingFoothold(
        ref=happened.no_ref,
        sender=happened.person(who, happened.content.text_or("displayname")),
        foothold=Foothold.MEMBER if _is_in(now) else Foothold.GONE,
        is_direct=True,
    )


def _inviter(happened: Happening) -> Sender:
    unsigned = happened.event.inner_or_empty("unsigned")
    inviter = unsigned.text_or("prev_sender")
    return happened.person(inviter) if inviter else happened.nobody()


def _before(happened: Happening) -> str:
    unsigned = happened.event.inner_or_empty("unsigned")
    before = unsigned.inner_or_none("prev_content") or happened.event.inner_or_empty(
        "prev_content"
    )
    return before.text_or("membership", "leave")


def _is_in(membership: str) -> bool:
    return membership == "join"
