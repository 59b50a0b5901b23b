"""Encrypted rooms: not a word leaves them until somebody who may say so has agreed.

To carry it to a room that is not encrypted, or to people elsewhere, ends the encryption.
"""

from collections.abc import Set

from bot.conversation import answer
from bot.domain.copies import SubjectKind
from bot.domain.groups import Group
from bot.domain.incoming import (
    Incoming,
    IncomingEdit,
    IncomingMessage,
    IncomingPollEnd,
    IncomingPress,
    IncomingReaction,
    IncomingVote,
)
from bot.domain.messages import RoomRef
from bot.domain.people import Role
from bot.domain.words import words
from bot.errors import NotPermitted
from bot.ports.features import Context, Feature, is_command
from bot.sealed_rooms import NAME, ask_again, ask_to_open, close_question, close_room

STAYS = frozenset(
    {
        "group", "link", "unlink", "help", "start", "language", "areas", "status", "subscribe",
        "subscriptions", "unsubscribe", "quiet", "digest", "pause", "consent", "privacy",
        "export", "forget", "mute_relay",
    }
)  # fmt: skip
"""Commands of which nobody in another room reads anything."""
_COUNTED = frozenset({SubjectKind.RELAY, SubjectKind.POLL})
"""Under these a press is an emoji or a vote that all rooms see."""
_AGREE = frozenset({"agree", "godkänn", "godkann"})
_CLOSE = frozenset({"close", "stäng", "stang"})
_MAY_AGREE = frozenset({Role.MODERATOR, Role.COORDINATOR})


async def _handle(incoming: Incoming, ctx: Context) -> None:
    group = ctx.group
    if group is None:
        return
    if ctx.has_pressed(NAME) and ctx.pressed is not None:
        await _decide(incoming, ctx.pressed.action, group, ctx)
    elif _asks_to_close(incoming):
        _require_power(group, ctx)
        await close_room(incoming.room, ctx)
        await answer(ctx, NAME, words("sealed-kept", group=group.name))
    elif _asks_again(incoming):
        await _ask_again(incoming, group, ctx)
    elif await ctx.uow.rooms.is_opened(incoming.room):
        # It was said before the yes and could be read only after it.
        return
    elif _is_command_of_others(incoming):
        await ask_to_open(group, incoming.room, ctx)
        await answer(ctx, NAME, words("sealed-stays", group=group.name))
    elif group.others(incoming.room):
        await ask_to_open(group, incoming.room, ctx)


async def _decide(incoming: Incoming, action: str, group: Group, ctx: Context) -> None:
    _require_power(group, ctx)
    room = incoming.room
    if action == "open":
        await ctx.uow.rooms.note_opened(room, ctx.now)
        await ctx.uow.audit.note("room.opened", str(room), by=ctx.sender.id, now=ctx.now)
        await close_question("sealed-opened", group, room, ctx)
    else:
        await close_question("sealed-kept", group, room, ctx)


async def _ask_again(incoming: Incoming, group: Group, ctx: Context) -> None:
    _require_power(group, ctx)
    if await ctx.uow.rooms.is_opened(incoming.room):
        await answer(ctx, NAME, words("sealed-opened", group=group.name))
        return
    await ask_again(group, incoming.room, ctx)


def _require_power(group: Group, ctx: Context) -> None:
    """Refuse whoever neither administers the room nor moderates the group.

    Raises:
        NotPermitted: The platform says that the sender does not administer the room.
    """
    administers = ctx.membership is not None and ctx.membership.administers
    held = ctx.sender.roles_at(ctx.chain(group.area), ctx.now)
    if not administers and _MAY_AGREE.isdisjoint(held):
        raise NotPermitted("sealed-needs-administrator")


def _asks_again(incoming: Incoming) -> bool:
    return _group_and(_AGREE, incoming)


def _asks_to_close(incoming: Incoming) -> bool:
    return _group_and(_CLOSE, incoming) and not incoming.is_direct


def _group_and(wanted: Set[str], incoming: Incoming) -> bool:
    """Whether it is `/group` with one of these words after it."""
    return (
        is_command(incoming, "group")
        and isinstance(incoming, IncomingMessage)
        and incoming.command is not None
        and any(word.casefold() in wanted for word in incoming.command.words[:1])
    )


def _asks(incoming: Incoming) -> bool:
    return _asks_again(incoming) or _asks_to_close(incoming)


def _is_command_of_others(incoming: Incoming) -> bool:
    return isinstance(incoming, IncomingMessage) and incoming.command is not None


def _would_leave(incoming: Incoming, ctx: Context) -> bool:
    """Whether others would read or count it; what is taken back leaves nothing."""
    match incoming:
        case IncomingMessage():
            return incoming.command is None or incoming.command.name not in STAYS
        case IncomingEdit() | IncomingPollEnd():
            return True
        case IncomingVote():
            return bool(incoming.choices)
        case IncomingReaction():
            # A mark on a card is for whoever reads the report: that 112 was called, above all.
            return incoming.added and ctx.pressed is None
        case IncomingPress():
            return ctx.pressed is not None and ctx.pressed.copy.subject.kind in _COUNTED
        case _:
            return False


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if ctx.has_pressed(NAME) or (_asks_again(incoming) and ctx.group is not None):
        return True
    if _asks_to_close(incoming) and ctx.group is not None:
        # Where nothing was opened there is nothing to close: `/group` says what the group is.
        return isinstance(incoming, IncomingMessage) and incoming.is_sealed
    return ctx.is_closed and _would_leave(incoming, ctx)


FEATURE = Feature(
    name=NAME,
    accepts=_accepts,
    handle=_handle,
    asks_membership=_asks,
    asks_membership_in=lambda note: RoomRef.parse(str(note.state["room"])),
    # What another bot of this kind has brought there is no less the room's.
    hears_bots=True,
)
