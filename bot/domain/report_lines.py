"""Reading a report from one line: `/red text`, `🔴 text`, `RÖD: text`."""

import re
from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.copied_cards import PRIORITY_SIGN, is_copied_card
from bot.domain.reports import MAX_TEXT_CHARS, Priority
from bot.domain.richtext import RichText
from bot.domain.told_texts import require_text

_WORDS = {
    "röd": Priority.RED, "red": Priority.RED,
    "gul": Priority.YELLOW, "yellow": Priority.YELLOW,
    "grön": Priority.GREEN, "green": Priority.GREEN,
}  # fmt: skip
_COMMANDS = {priority.word: priority for priority in Priority}
_SIGN = re.compile(PRIORITY_SIGN)
_TAG = re.compile(rf"^\s*(?P<word>{'|'.join(_WORDS)})\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A priority and what follows it; the text may still be empty."""

    priority: Priority
    text: RichText


def read_report_line(text: RichText, command: Command | None) -> ReportLine | None:
    """Split a tagged line into priority and text; None if it is no report."""
    if command is not None:
        priority = _COMMANDS.get(command.name)
        return ReportLine(priority, command.rest) if priority else None
    if is_copied_card(text.plain):
        return None
    if sign := _SIGN.match(text.plain):
        tagged = next(p for p in Priority if p.emoji == sign["sign"])
        return ReportLine(tagged, text.without_start(sign.end()))
    if tag := _TAG.match(text.plain):
        return ReportLine(_WORDS[tag["word"].lower()], text.without_start(tag.end()))
    return None


def require_report_text(text: RichText) -> RichText:
    """Let pass a text that tells something and fits on a card.

    Raises:
        Unacceptable: It is too long, or holds no word.
    """
    return require_text(
        text,
        most_chars=MAX_TEXT_CHARS,
        too_long="report-too-long",
        needs_words="report-needs-words",
    )
