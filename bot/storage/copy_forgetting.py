"""Forgetting where messages stand, and dropping what waits for who can't be reached."""

from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, select, update

from bot.domain.copies import CopyState, Subject
from bot.domain.effects import EffectState, Verb
from bot.domain.messages import UserRef
from bot.domain.people import PersonId
from bot.storage.copy_tables import COPIES, EFFECTS
from bot.storage.round_tables import ROUNDS
from bot.storage.session import Session
from bot.storage.spread_tables import SPREADS

_OF_SUBJECT = and_(
    COPIES.c.subject_kind == bindparam("of_kind"), COPIES.c.subject_id == bindparam("of_id")
)
_OF_PERSON = COPIES.c.person_id == bindparam("of_person")
_ENDED = [CopyState.REMOVED.value, CopyState.STONE.value, CopyState.FAILED.value]


async def forget_subject(session: Session, subject: Subject) -> None:
    """Delete the rows of a subject's copies."""
    gone = select(COPIES.c.id).where(_OF_SUBJECT)
    named = {"of_kind": subject.kind.value, "of_id": subject.id}
    await session.run(delete(EFFECTS).where(EFFECTS.c.copy_id.in_(gone)), **named)
    await session.run(delete(COPIES).where(_OF_SUBJECT), **named)


async def forget_person(session: Session, person: PersonId) -> int:
    """Forget where a person's private copies are, and whom their words go to; return how many."""
    gone = select(COPIES.c.id).where(_OF_PERSON)
    await session.run(delete(EFFECTS).where(EFFECTS.c.copy_id.in_(gone)), of_person=person)
    await session.run(delete(SPREADS).where(SPREADS.c.author_id == person))
    await session.run(update(ROUNDS).where(ROUNDS.c.but_id == person).values(but_id=None))
    return await session.run(delete(COPIES).where(_OF_PERSON), of_person=person)


async def stop_private(session: Session, user: UserRef) -> int:
    """Drop what waits to be shown to an account that can't be written to; return how many.

    What shall be removed there stays: that it could not be is for the operator to know.
    """
    identity = session.vault.hash_of(user)
    waiting = select(EFFECTS.c.id).join(COPIES, COPIES.c.id == EFFECTS.c.copy_id)
    dropped = await session.run(
        delete(EFFECTS).where(
            EFFECTS.c.id.in_(
                waiting.where(
                    COPIES.c.identity == identity,
                    EFFECTS.c.verb == Verb.SHOW.value,
                    EFFECTS.c.state == EffectState.QUEUED.value,
                )
            )
        )
    )
    await session.run(
        delete(COPIES).where(
            COPIES.c.identity == identity,
            COPIES.c.state == CopyState.WAITING.value,
            ~exists().where(EFFECTS.c.copy_id == COPIES.c.id),
        )
    )
    return dropped


async def forget_removed(session: Session, before: datetime) -> int:
    """Forget copies that were removed, or never arrived, and were made before a time."""
    waiting = select(EFFECTS.c.copy_id).where(EFFECTS.c.copy_id.is_not(None))
    return await session.run(
        delete(COPIES).where(
            COPIES.c.state.in_(_ENDED),
            COPIES.c.created_at < before,
            COPIES.c.id.not_in(waiting),
        )
    )
