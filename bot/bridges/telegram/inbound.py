"""Updates of the Bot API, read into what the core knows. No I/O.

Read straight from JSON and not through the library's types: those raise whatever a wrong type
happens to break, leave out what they don't know, and would have to be guarded all the same.
"""

from bot.bridges.telegram.fields import Fields, parse_object
from bot.bridges.telegram.footholds import read_foothold
from bot.bridges.telegram.memberships import (
    COMINGS,
    MOVES,
    OPENINGS,
    read_change,
    read_comings,
    read_move,
    read_opening,
    read_request,
)
from bot.bridges.telegram.messages import read_edit, read_message
from bot.bridges.telegram.reactions import read_press, read_reaction
from bot.bridges.telegram.rooms import Account
from bot.bridges.telegram.updates import ALLOWED_UPDATES
from bot.bridges.troubles import TROUBLES, read_troubles
from bot.domain.incoming import Incoming
from bot.domain.messages import Platform


def read(payload: bytes, me: Account) -> Incoming | None:
    """Read one update; None if it is nothing that concerns the bot.

    Raises:
        MalformedUpdate: It is not what Telegram sends.
    """
    update = parse_object(payload)
    if TROUBLES in update:
        return read_troubles(Platform.TELEGRAM, update.inner(TROUBLES))
    update.number("update_id")
    what = update.first_of(ALLOWED_UPDATES)
    return _read(what, update.inner(what), me) if what else None


def _read(what: str, about: Fields, me: Account) -> Incoming | None:
    match what:
        case "message" | "channel_post":
            return _message(about, me)
        case "edited_message" | "edited_channel_post":
            return read_edit(about, me)
        case "callback_query":
            return read_press(about)
        case "message_reaction":
            return read_reaction(about)
        case "my_chat_member":
            return read_foothold(about, me)
        case "chat_member":
            return read_change(about, me)
        case _:
            return read_request(about)


def _message(message: Fields, me: Account) -> Incoming | None:
    if message.first_of(MOVES):
        return read_move(message)
    if message.first_of(COMINGS):
        return read_comings(message, me)
    if message.first_of(OPENINGS):
        return read_opening(message)
    return read_message(message, me)
