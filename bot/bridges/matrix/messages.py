"""Messages, their edits, and places that are shared as somebody goes about."""

from dataclasses import replace

from bot.bridges.matrix.contents import content_of, position_of
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.happening import Happening
from bot.bridges.matrix.markup import to_matrix
from bot.bridges.matrix.profiles import name_in
from bot.bridges.matrix.threads import RELATES, begun_by
from bot.domain.cleaning import clean_text
from bot.domain.commands import parse_command
from bot.domain.incoming import Extra, IncomingEdit, IncomingMessage, Quoted
from bot.domain.quoting import quote_of
from bot.domain.richtext import NOTHING, rich

PREFIXES = ("!", "/")
"""Most clients take a line that begins with `/` for a command of their own."""
TRAIL = "se.grannbro.trail"
"""Field of what a bot of this kind has sent: by which rooms it came; empty for its own words."""
_TAG_CHARS, _TAGS = 64, 16
VERIFICATION = "m.key.verification.request"


def read_message(event_type: str, happened: Happening) -> IncomingMessage | IncomingEdit | None:
    """Read a message or its edit; None if a bot speaks for itself or devices among themselves.

    Two bots that carry each other's notices would never end.
    """
    kind = happened.content.text_or("msgtype")
    if kind == VERIFICATION and happened.content.text_or("to") == happened.me:
        return _verification(happened)
    if (kind == "m.notice" and not _is_carried(happened)) or kind.startswith(
        "m.key.verification."
    ):
        return None
    relation = happened.content.inner_or_empty(RELATES)
    if relation.text_or("rel_type") == "m.replace":
        # Who seals lines seals edits too; the server alone could change another's line so.
        return None if happened.is_unproven else _edit(event_type, happened, relation)
    answered = answered_in(happened.content)
    content = content_of(event_type, happened.content, is_answer=bool(answered))
    message = IncomingMessage(
        ref=happened.ref,
        sender=happened.sender,
        sent_at=happened.event.moment("origin_server_ts"),
        text=content.text,
        is_direct=happened.is_direct,
        command=parse_command(content.text, prefixes=PREFIXES),
        attachments=content.attachments,
        position=content.position,
        reply_to=happened.message(answered) if answered else None,
        quoted=_quoted(happened.answered),
        extra=content.extra,
        thread=happened.message(begun) if (begun := begun_by(happened.content)) else None,
        spoken_as=name_in(happened.content),
        trail=_trail(happened),
        is_sealed=happened.is_sealed,
        is_unreadable=event_type == "m.room.encrypted",
        is_late=happened.is_late,
        is_unproven=happened.is_unproven,
        was_private=happened.was_private,
    )
    return _forwarded(message) if happened.is_copied else message


def _is_carried(happened: Happening) -> bool:
    """Whether somebody hands on what the bot has brought; its own remarks are nobody's words."""
    return happened.is_copied and name_in(happened.content) is not None


def _forwarded(copy: IncomingMessage) -> IncomingMessage:
    """Return what apps copy whole, as handed on: the bot has not brought it here."""
    said_by = copy.spoken_as or ""
    return replace(copy, forwarded_from=said_by, spoken_as=None, trail=None, command=None)


def read_beacon_info(happened: Happening) -> IncomingMessage | None:
    """Read that somebody begins to share the way; None when it ends."""
    if not happened.content.flag("live"):
        return None
    said = clean_text(rich(f"📍 {happened.content.text_or('description')}"))
    return replace(_wordless(happened), text=said)


def read_forged(happened: Happening) -> IncomingMessage:
    """Read that somebody has spoken in another's name; nothing of what was said."""
    return replace(_wordless(happened), is_forged=True)


def _verification(happened: Happening) -> IncomingMessage:
    return replace(_wordless(happened), extra=Extra.VERIFICATION)


def _wordless(happened: Happening) -> IncomingMessage:
    return IncomingMessage(
        ref=happened.ref,
        sender=happened.sender,
        sent_at=happened.event.moment("origin_server_ts"),
        text=NOTHING,
        is_direct=happened.is_direct,
        is_sealed=happened.is_sealed,
    )


def read_beacon(happened: Happening) -> IncomingEdit | None:
    """Read where somebody is by now who shares the way."""
    position = position_of(happened.content)
    begun = happened.content.inner_or_empty(RELATES).text_or("event_id")
    if position is None or not begun:
        return None
    return IncomingEdit(
        ref=happened.message(begun),
        sender=happened.sender,
        text=rich("📍"),
        is_direct=happened.is_direct,
        position=position,
        is_sealed=happened.is_sealed,
    )


def _edit(event_type: str, happened: Happening, relation: Fields) -> IncomingEdit | None:
    """Read what a message says now: `m.new_content`, and never what stands beside it."""
    changed, target = happened.content.inner_or_none("m.new_content"), relation.text_or("event_id")
    if changed is None or not target:
        return None
    content = content_of(event_type, changed)
    return IncomingEdit(
        ref=happened.message(target),
        sender=happened.sender,
        text=content.text,
        is_direct=happened.is_direct,
        attachments=content.attachments,
        spoken_as=name_in(changed),
        is_sealed=happened.is_sealed,
    )


def _trail(happened: Happening) -> tuple[str, ...] | None:
    """Return by which rooms a bot has brought it, None if a person wrote it."""
    told = happened.content.raw(TRAIL)
    if not isinstance(told, list):
        return None
    return tuple(str(tag)[:_TAG_CHARS] for tag in told[:_TAGS])


def answered_in(content: Fields) -> str:
    """Return what is replied to, empty if nothing is; else in a thread the thread's beginning."""
    relation = content.inner_or_empty(RELATES)
    answered = relation.inner_or_empty("m.in_reply_to").text_or("event_id")
    begun = begun_by(content)
    is_for_old_clients = relation.flag("is_falling_back")
    return (begun if begun and is_for_old_clients else answered) or begun


def _quoted(answered: Fields | None) -> Quoted | None:
    """Return how the answered message begins; what is hidden in it stays so."""
    if answered is None:
        return None
    said = answered.inner_or_empty("content")
    is_answer = bool(answered_in(said))
    content = content_of(answered.text_or("type"), said, is_answer=is_answer)
    return quote_of(to_matrix(content.text).body, is_chosen=False)
