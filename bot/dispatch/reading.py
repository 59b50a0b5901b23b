"""What an update in safe keeping says, with the other parts of its message."""

from bot.domain.authorship import as_talk
from bot.domain.incoming import Incoming, IncomingEdit, IncomingMessage
from bot.domain.parts import as_edited, as_one
from bot.ports.bridge import Bridge
from bot.ports.inbox import InboxEntry


def read_whole(entry: InboxEntry, bridge: Bridge) -> Incoming | None:
    """Read an update with the other parts of its message, as its author has left it.

    Raises:
        MalformedUpdate: It makes no sense.
    """
    read = [_read_one(one, bridge) for one in (entry, *entry.parts)]
    parts = [part for part in read if isinstance(part, IncomingMessage)]
    return as_talk(as_one(parts)) if parts else read[0]


def _read_one(entry: InboxEntry, bridge: Bridge) -> Incoming | None:
    incoming = bridge.parse(entry.update.payload)
    edit = bridge.parse(entry.amendment) if entry.amendment is not None else None
    if isinstance(incoming, IncomingMessage) and isinstance(edit, IncomingEdit):
        return as_edited(incoming, edit, prefixes=bridge.capabilities.command_prefixes)
    return incoming
