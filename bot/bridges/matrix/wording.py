"""Commands in what the bot says, written as they are typed here.

Most clients take a line that begins with `/` for a command of their own. What people have written
is left as it is.
"""

import re
from dataclasses import replace

from bot.domain.commands import ALIASES
from bot.domain.introductions import FOR_ADMINISTRATORS, IN_PRIVATE, SHOWN_AS
from bot.domain.outgoing import OutgoingMessage

_SHOWN = {shown for of_language in SHOWN_AS.values() for shown in of_language.values()}
_NAMES = {*ALIASES, *ALIASES.values(), *IN_PRIVATE, *FOR_ADMINISTRATORS, *_SHOWN, "start"}
_COMMAND = re.compile(rf"(?<![\w/.:])/(?=(?:{'|'.join(sorted(_NAMES))})\b)")


def worded(message: OutgoingMessage) -> OutgoingMessage:
    """Return a message of the bot's own with its commands as they are typed here."""
    if not message.is_remark:
        return message
    return replace(message, text=message.text.map_text(lambda text: _COMMAND.sub("!", text)))
