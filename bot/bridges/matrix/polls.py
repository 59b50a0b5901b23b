"""Votes in Matrix's own polls, and the end of one.

Source: MSC3381, "Polls", by its stable names and those that apps still write.
"""

from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.happening import Happening
from bot.bridges.matrix.powers import powers_of
from bot.bridges.matrix.reactions import TARGET
from bot.bridges.matrix.threads import RELATES
from bot.bridges.matrix.updates import CREATE, LEVELS, POLL_STARTS, VOTES
from bot.domain.incoming import IncomingPollEnd, IncomingVote
from bot.domain.richtext_json import Json

_ASKED = ("m.poll", *POLL_STARTS)


def poll_in(content: Fields) -> Fields | None:
    """Return the question with its choices, None if there is none."""
    return content.first_inner(*_ASKED)


def voted_on(content: Fields) -> str:
    """Return to which poll a vote or an end belongs, empty if to none; never sealed."""
    relation = content.inner_or_empty(RELATES)
    is_about = relation.text_or("rel_type") == "m.reference"
    return relation.text_or("event_id") if is_about else ""


def vote_in(event: Fields) -> dict[str, Json] | None:
    """Return which poll an event is a vote in, None if in none; a sealed one may be another's.

    What is sealed is a vote, an end, or of no concern to a poll; more can't be told from outside.
    """
    if event.text_or("type") not in (*VOTES, "m.room.encrypted"):
        return None
    poll = voted_on(event.inner_or_empty("content"))
    return {TARGET: poll} if poll else None


def read_vote(happened: Happening) -> IncomingVote | None:
    """Read what somebody has chosen by now; nothing if the poll is not there any more.

    One choice that the poll does not have spoils the vote, as apps count it.
    """
    poll = poll_in(happened.answered.inner_or_empty("content")) if happened.answered else None
    target = voted_on(happened.content)
    if poll is None or not target:
        return None
    known = [_id(answer) for answer in poll.each("answers")]
    chosen = _chosen(happened.content)[: poll.number_or("max_selections", 1) or 1]
    is_spoilt = any(one not in known for one in chosen)
    return IncomingVote(
        ref=happened.message(target),
        sender=happened.sender,
        choices=() if is_spoilt else tuple(known.index(one) for one in chosen),
        is_direct=happened.is_direct,
        is_sealed=happened.is_sealed,
    )


def read_end(happened: Happening) -> IncomingPollEnd | None:
    """Read that somebody ends a poll; whose it is, is not known here."""
    target = voted_on(happened.content)
    if not target:
        return None
    told = happened.told
    powers = powers_of(told.inner_or_none(CREATE), told.inner_or_none(LEVELS))
    return IncomingPollEnd(
        ref=happened.message(target),
        sender=happened.sender,
        may_end_others=powers.may_redact_others(happened.sender.user.user_id),
        is_direct=happened.is_direct,
        is_sealed=happened.is_sealed,
    )


def _chosen(content: Fields) -> list[str]:
    vote = content.first_inner(*reversed(VOTES))
    told = vote.raw("answers") if vote else content.raw("m.selections")
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []


def _id(answer: Fields) -> str:
    return answer.text_or("m.id") or answer.text_or("id")
