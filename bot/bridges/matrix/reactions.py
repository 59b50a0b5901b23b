"""Emoji that are set on a message or taken back, presses of numbers, and removed messages."""

from dataclasses import replace

from bot.bridges.matrix import updates
from bot.bridges.matrix.buttons import data_of
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.happening import Happening
from bot.bridges.matrix.memberships import powers_in
from bot.bridges.matrix.threads import RELATES
from bot.domain.incoming import (
    IncomingDeletion,
    IncomingPress,
    IncomingReaction,
    IncomingVote,
)
from bot.domain.richtext_json import Json

NO_CHARACTER = "❔"
"""Stands for an emoji that is a picture or a text."""
MAX_EMOJI_CHARS = 16
TARGET, KEY = "event_id", "key"
SETTER = "setter"
"""Beside the reaction that is taken back: moderators take back those of others."""


def read_reaction(happened: Happening) -> IncomingPress | IncomingReaction | None:
    """Read a reaction; on a number that stands for a button it is a press."""
    relation = happened.content.inner_or_empty(RELATES)
    target, key = relation.text_or(TARGET), relation.text_or(KEY)
    if not target or not key:
        return None
    told = happened.told.raw(updates.PRESSES)
    data = data_of(key, told) if isinstance(told, dict) else None
    if data is not None:
        return IncomingPress(
            ref=happened.message(target),
            sender=happened.sender,
            data=data,
            is_direct=happened.is_direct,
            is_sealed=happened.is_sealed,
        )
    return _reaction(happened, target, key, added=True)


def read_redaction(
    happened: Happening,
) -> IncomingReaction | IncomingVote | IncomingDeletion | None:
    """Read that something was removed: a reaction or vote if known as one, else a message."""
    target = updates.redacted_by(happened.event)
    if not target:
        return None
    taken_back = happened.told.inner_or_none(updates.REACTION)
    if taken_back is not None:
        is_vote = KEY not in taken_back
        undone = _no_vote(happened, taken_back) if is_vote else _no_reaction(happened, taken_back)
        setter = taken_back.text_or(SETTER)
        if not setter or setter == happened.event.text("sender"):
            return undone
        return replace(undone, sender=happened.person(setter))
    powers = powers_in(happened)
    return IncomingDeletion(
        ref=happened.message(target),
        sender=happened.sender,
        is_direct=happened.is_direct,
        may_remove_others=powers is not None
        and powers.may_redact_others(happened.event.text("sender")),
    )


def reaction_in(event: Fields) -> dict[str, Json] | None:
    """Return what a reaction is on and with which emoji, None if the event is none."""
    if event.text_or("type") != "m.reaction":
        return None
    relation = event.inner_or_empty("content").inner_or_empty(RELATES)
    target, key = relation.text_or(TARGET), relation.text_or(KEY)
    return {TARGET: target, KEY: key} if target and key else None


def _no_reaction(happened: Happening, taken_back: Fields) -> IncomingReaction:
    return _reaction(happened, taken_back.text(TARGET), taken_back.text(KEY), added=False)


def _no_vote(happened: Happening, taken_back: Fields) -> IncomingVote:
    return IncomingVote(
        ref=happened.message(taken_back.text(TARGET)),
        sender=happened.sender,
        choices=(),
        is_direct=happened.is_direct,
        is_sealed=happened.is_sealed,
    )


def _reaction(happened: Happening, target: str, key: str, *, added: bool) -> IncomingReaction:
    shown = key if len(key) <= MAX_EMOJI_CHARS and not key.startswith("mxc:") else NO_CHARACTER
    return IncomingReaction(
        ref=happened.message(target),
        sender=happened.sender,
        emoji=shown,
        added=added,
        is_direct=happened.is_direct,
        is_sealed=happened.is_sealed,
    )
