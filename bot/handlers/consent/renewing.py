"""Asking again, gently, where the text of what somebody agreed to says more by now."""

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation import as_rows
from bot.domain.consent import VERSIONS, Purpose
from bot.domain.copies import PersonRef
from bot.domain.effects import Urgency
from bot.domain.notes import Note, NoteId
from bot.domain.people import PersonId
from bot.domain.words import words
from bot.handlers.consent.questions import ANEW, NAME, QUESTION, about, asked_for
from bot.ports.holdings import Chore, Holding, Pace, Upkeep

ANSWERED_WITHIN = timedelta(days=30)
"""Then it is asked once more; meanwhile what somebody has goes on."""
_AT_A_TIME = 500


async def _to_be_asked(upkeep: Upkeep) -> Sequence[str]:
    found: list[str] = []
    for purpose in Purpose:
        people = await upkeep.uow.consents.agreed_to_older(
            purpose, but_noted=_prefix(purpose), limit=_AT_A_TIME
        )
        found += [f"{purpose.value} {person}" for person in people]
    return found


async def _ask(piece: str, upkeep: Upkeep) -> int:
    """Ask one person for one purpose, without a sound."""
    name, _, person = piece.partition(" ")
    purpose = Purpose(name)
    note = Note(
        id=NoteId(f"{_prefix(purpose)}{person}"),
        feature=NAME,
        person=PersonId(person),
        words=words("consent-ask-anew", question=asked_for(purpose, upkeep.lifetimes)),
        choices=as_rows(QUESTION),
        state={**about(purpose, is_urgent=False), ANEW: True},
        expires_at=upkeep.now + ANSWERED_WITHIN,
        is_silent=True,
    )
    await upkeep.uow.notes.say(note, PersonRef(PersonId(person)), urgency=Urgency.LATER)
    return 1


def _prefix(purpose: Purpose) -> str:
    return f"anew-{purpose.value}-{VERSIONS[purpose]}-"


HOLDING = Holding(
    name=NAME,
    chores=(Chore(name="ask_consent_anew", pace=Pace.SELDOM, find=_to_be_asked, do=_ask),),
)
