"""Making one message of several: of its parts, or of it and what its author made of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain

from bot.domain.commands import parse_command
from bot.domain.incoming import IncomingEdit, IncomingMessage
from bot.domain.richtext import rich


def as_edited(
    message: IncomingMessage, edit: IncomingEdit, *, prefixes: Sequence[str]
) -> IncomingMessage:
    """Return a message as its author has changed it before it was handled."""
    attachments = message.attachments if edit.attachments is None else edit.attachments
    if message.forwarded_from is not None:
        return replace(message, text=edit.text, attachments=attachments)
    return replace(
        message,
        attachments=attachments,
        text=edit.text,
        command=parse_command(edit.text, prefixes=prefixes),
        position=edit.position or message.position,
    )


def as_one(parts: Sequence[IncomingMessage]) -> IncomingMessage:
    """Return the message whose parts came one by one; it is the first that has words, if any.

    What is written below other parts follows on lines of its own, but not after a command.
    """
    spoken = next((part for part in parts if part.text), parts[0])
    said = [part.text for part in parts if part.text] if spoken.command is None else []
    return replace(
        spoken,
        text=reduce(lambda above, below: above + rich("\n") + below, said)
        if said
        else spoken.text,
        attachments=tuple(chain.from_iterable(part.attachments for part in parts)),
        others=tuple(part.ref for part in parts if part is not spoken),
    )
