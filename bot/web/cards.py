"""How the bot's cards stand out from talk, as long as they matter."""

from bot.bridges.web.markup import to_html
from bot.domain.reports import Priority
from bot.domain.richtext import Node, RichText, Style, Styled, Text
from bot.domain.web_chat import WebMessage

_TONES = {priority.emoji: priority.name.lower() for priority in Priority}
_PARTS = {"↳": "update", "—": "byline"} | dict.fromkeys("✔✅✖↩", "state")


def is_card(message: WebMessage) -> bool:
    """Whether a message is a card of a report or a notice: its sign, then its name in bold."""
    first = _lines(message.text)[0]
    has_name = any(isinstance(n, Styled) and n.style is Style.BOLD for n in first.nodes)
    return message.author is None and has_name and first.plain[:1] in _TONES


def tone(message: WebMessage) -> str:
    """Return the colour of a card; one with nothing left to press is over, and calm."""
    is_active = is_card(message) and bool(message.rows)
    return _TONES[message.text.plain[:1]] if is_active else ""


def card_html(text: RichText) -> str:
    """Write a card's lines under each other, each as what it is."""
    lines = _lines(text)
    parts = ["head", *(_PARTS.get(line.plain[:1], "text") for line in lines[1:])]
    return "".join(
        f'<div class="gb-card-{part}">{to_html(line) or "<br>"}</div>'
        for part, line in zip(parts, lines, strict=True)
    )


def _lines(text: RichText) -> list[RichText]:
    """Cut a text at the line ends that stand in no style and in no block."""
    lines: list[list[Node]] = [[]]
    for node in text.nodes:
        if not isinstance(node, Text):
            lines[-1].append(node)
            continue
        first, *rest = node.text.split("\n")
        lines[-1].append(Text(first))
        lines.extend([Text(line)] for line in rest)
    return [RichText(tuple(line)) for line in lines]
