"""Commands in what the bot says, written as they are typed here.

Most clients take a line that begins with `/` for a command of their own. What people have written
is left as it is, but for how to ask whether something is genuine: that stands on cards.
"""

import re
from dataclasses import replace

from bot.domain.commands import ALIASES
from bot.domain.introductions import FOR_ADMINISTRATORS, IN_PRIVATE, SHOWN_AS
from bot.domain.official_posts import CODE_CHARS
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reports import ID_ALPHABET

_SHOWN = {shown for of_language in SHOWN_AS.values() for shown in of_language.values()}
_NAMES = {*ALIASES, *ALIASES.values(), *IN_PRIVATE, *FOR_ADMINISTRATORS, *_SHOWN, "start"}
_CODE = f"[{ID_ALPHABET}]{{{CODE_CHARS.start},{CODE_CHARS.stop - 1}}}"
_CHECKS = re.compile(rf"(?<![\w/.:])/(?=(?:kolla|check) {_CODE}\b)")
_COMMAND = re.compile(rf"(?<![\w/.:])/(?=(?:{'|'.join(sorted(_NAMES))})\b)")


def worded(message: OutgoingMessage) -> OutgoingMessage:
    """Return a message of the bot's own with its commands as they are typed here."""
    command = _COMMAND if message.is_remark else _CHECKS
    return replace(message, text=message.text.map_text(lambda text: command.sub("!", text)))
