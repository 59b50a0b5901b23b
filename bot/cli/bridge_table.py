"""What becomes of what is carried, platform by platform: writes docs/bridge.md.

`python -m bot.cli.bridge_table > docs/bridge.md`
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from string import Template

from bot.bridges.matrix.client import MatrixBridge
from bot.bridges.telegram.client import TelegramBridge
from bot.bridges.web.client import WebBridge
from bot.domain.bursts import KEPT_FOR, WHOLE_LINES
from bot.domain.polls import OPEN_FOR
from bot.domain.trails import MAX_HOPS, MAX_REPEATS
from bot.ports.bridge import Capabilities

Says = Callable[[Capabilities], str]


def _echo(able: Capabilities) -> str:
    if not able.reactions:
        return "not shown; the copies show it"
    known = " that bots may set there" if able.reaction_emoji else ""
    if able.reactions == 1:
        return f"the bot sets the one that most people feel, of those{known}"
    return f"the bot sets up to {able.reactions}{known}"


_DIFFERS: Mapping[str, Says] = {
    "emoji on a line, seen on its copies there": lambda able: (
        "buttons that count people over all rooms; a press adds one's own"
        if able.can_keep_text
        else "the bot sets the same emoji; how many people they stand for is not shown"
    ),
    "emoji set elsewhere, seen on the line itself": _echo,
    "a mention of somebody who is there and agreed to show their name": lambda able: (
        "they are told" if able.can_mention else "they are named, and hear nothing"
    ),
    "a vote in a poll of the platform's own": lambda able: (
        "counts in the one tally, and its end ends that"
        if able.hears_votes
        else "the bot is not told; votes count beneath its own message"
    ),
    "a line in a thread": lambda able: (
        "stands in the thread that the carried line began; so do answers to it, from anywhere"
        if able.has_threads
        else "answers the line that it answers, else the thread's beginning"
    ),
    "a command typed in a room": lambda able: (
        "taken away" if able.can_redact_others else "stays where it was typed"
    ),
    "a line that became a report": lambda able: (
        "the card takes its place" if able.can_redact_others else "the card answers it"
    ),
    "a red report as long as it is active": lambda able: (
        "hangs at the top of the room" if able.can_pin else "stands among the rest"
    ),
    "a send of which nobody knows whether it arrived": lambda able: (
        "tried again under the same key, and comes once"
        if able.repeats_safely
        else "tried once more and may come twice; a red one says so"
    ),
    "how a command begins": lambda able: " or ".join(f"`{p}`" for p in able.command_prefixes),
}
_EVERYWHERE = Template("""\
| said in one room | in the other rooms | what is lost, and how it is said |
|---|---|---|
| words with formatting | the same, under the name by consent or the number | nothing |
| a reply | answers the same line; to what is unknown it begins with the words that are quoted | \
the line itself |
| a forum's topic | a room of its own, linked as any other | |
| an edit | in place, “(edited)” | how it was before |
| another picture or file in place of one | \
the old line goes, the new one comes, “(edited)” | \
what was felt about the old one; of an album the other pictures |
| a deletion | deleted; where the platform refuses, “[erased]” | |
| a forwarded line | “(forwarded from …, not verified)” with a cleaned name | a name that could \
be taken for an authority |
| a line that another program shows under a name of its own | that name and who brought it: “Olle \
(via Granne 7)” | a name that could be taken for an authority, and its account's badge |
| a photo, film, voice or file | the same, pictures freed of EXIF and GPS | what is too large, \
and its sender is told |
| an album | one message with all its files | |
| a sticker | its emoji and its picture | movement |
| a place | the area it lies in | the exact spot, always |
| a poll | one poll in every room, its own too, with one tally; closes by its author or after \
$poll_days days, or when its question is changed | further choices of who chooses several |
| a forwarded poll, or one of somebody who agreed to nothing | its words | the buttons: “(Vote in \
the room where it was asked.)” |
| a mention | the name by consent, else the number | @room and @all call nobody |
| what the bot can't read | “Something Grannbro can’t show.” | all of it |
| more lines than a room can take | one message with who, when and the last $whole; all of it in \
private by a button, for $hours hours | after that the words; they stand where they were written |
| a line of who keeps theirs (`/mute_relay`) | nothing, not as a quote either; reports do come | \
its author is reminded once a day |
| a line that another Grannbro brought | the same, never back, and no further than $hops rooms | |
| the same words, picture or place of one account, more than $repeats in a minute | nothing \
from then on | coordinators and the author are told, once a day |
""")
_HEAD = """\
# What becomes of what is said

Made by `python -m bot.cli.bridge_table` from what the bridges say they can do; a test compares.

## On every platform

"""
_BETWEEN = """
## Where platforms differ

"""


def bridge_table(able: Mapping[str, Capabilities]) -> str:
    """Write the page."""
    everywhere = _EVERYWHERE.substitute(
        poll_days=OPEN_FOR.days,
        whole=WHOLE_LINES,
        hours=int(KEPT_FOR.total_seconds() // 3600),
        hops=MAX_HOPS,
        repeats=MAX_REPEATS,
    )
    rows = [["what", *able], ["---"] * (len(able) + 1)]
    rows += [[what, *map(says, able.values())] for what, says in _DIFFERS.items()]
    differs = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"{_HEAD}{everywhere}{_BETWEEN}{differs}"


def known_capabilities() -> Mapping[str, Capabilities]:
    """Return what the bridges of this version can do."""
    return {
        "Telegram": _capabilities_of(TelegramBridge),
        "Matrix": _capabilities_of(MatrixBridge),
        "web chat": _capabilities_of(WebBridge),
    }


def _capabilities_of(bridge: type[TelegramBridge | MatrixBridge | WebBridge]) -> Capabilities:
    (made,) = [each.default_factory for each in fields(bridge) if each.name == "capabilities"]
    able = made() if made is not MISSING else None
    if not isinstance(able, Capabilities):
        raise TypeError(f"{bridge.__name__} does not say what it can do")
    return able


if __name__ == "__main__":
    sys.stdout.write(bridge_table(known_capabilities()))
