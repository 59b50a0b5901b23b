"""The bot's own cards where somebody has copied them: what they tell has been told."""

import re

from bot.domain.reports import Priority

PRIORITY_SIGN = rf"^\s*(?P<sign>{'|'.join(p.emoji for p in Priority)})[\ufe0e\ufe0f]?"
NAMED_CODE = re.compile(r"[/!](?:kolla|check)\s+#?(\w{4,6})\b", re.IGNORECASE)
"""A code as cards show it: `/kolla K7F3`."""
_REPORT_HEAD = re.compile(rf"{PRIORITY_SIGN}\s*#\w{{3,6}}\s[^·\n]*·[^·\n]+·")
"""`🔴 #7K3 Theft · Gamla stan · 14:32`, as only a card begins."""
_NOTICE_HEAD = re.compile(rf"{PRIORITY_SIGN}[^·\n]+·[^\n]+·[^·\n]*?\d\d:\d\d\b")
"""`🔴 Notice · Gamla stan · 21 Nov 14:32`, as somebody might write as well."""
_BADGE = re.compile(r"(?:\[x\]|[✔✓✅☑])\ufe0f?\s*(?:verifi|formerly|tidigare)", re.IGNORECASE)
_FORMER = re.compile(r"—\s*(?:formerly|tidigare)\b", re.IGNORECASE)


def is_copied_card(text: str) -> bool:
    """Whether somebody has copied a card: what it tells has been told, if it is true at all."""
    if _REPORT_HEAD.match(text) is not None:
        return True
    return _NOTICE_HEAD.match(text) is not None and _names_its_sender(text)


def bears_badge(text: str) -> bool:
    """Whether a badge stands in a text, or what is left of one whose sign was taken out."""
    return _BADGE.search(text) is not None


def _names_its_sender(text: str) -> bool:
    """Whether a text ends as notices do: with a badge, one that was, or a code."""
    return bears_badge(text) or any(p.search(text) for p in (_FORMER, NAMED_CODE))
