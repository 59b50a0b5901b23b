"""Updates that wait until their senders have answered, in the database."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from bot.domain.consent import Purpose
from bot.domain.messages import MessageRef
from bot.domain.people import PersonId
from bot.ports.held_updates import Waiting
from bot.ports.inbox import InboxEntry
from bot.storage.inbox_content import amendment_to_sealed
from bot.storage.inbox_statements import FORGOTTEN, is_of
from bot.storage.inbox_tables import HELD, INBOX, WAITING
from bot.storage.session import Session
from bot.storage.vault import Owner


class HeldUpdateRows:
    """Updates of the inbox that are kept aside."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    async def hold(self, entry: InboxEntry, waiting: Waiting) -> bool:
        """Keep an update aside until its sender has answered; False if it waits no more."""
        held = await self._session.run(
            update(INBOX)
            .where(*is_of(entry), INBOX.c.state == WAITING)
            .values(
                state=HELD,
                person_id=waiting.person,
                purpose=waiting.purpose.value,
                about=self._digest(waiting.about),
                not_before=waiting.until,
            )
        )
        return held > 0

    async def release(self, person: PersonId, purpose: Purpose) -> int:
        """Put what waits for a consent back in its lane, unless too old; return how many."""
        return await self._session.run(
            update(INBOX)
            .where(*_held_for(person, purpose), INBOX.c.not_before > self._now)
            .values(state=WAITING, person_id=None, about=None, not_before=self._now)
        )

    async def drop(self, person: PersonId, purpose: Purpose) -> int:
        """Forget what waits for a consent; return how many."""
        return await self._forget(*_held_for(person, purpose))

    async def drop_about(self, about: MessageRef) -> int:
        """Forget what is held and tells of a message; return how many."""
        return await self._forget(INBOX.c.state == HELD, INBOX.c.about == self._digest(about))

    async def amend(self, about: MessageRef, by: PersonId, edit: bytes) -> int:
        """Keep with a person's held update what has become of its message; return how many."""
        held = await self._session.all(
            select(INBOX.c.id, INBOX.c.key_owner).where(
                INBOX.c.state == HELD,
                INBOX.c.person_id == by,
                INBOX.c.about == self._digest(about),
            )
        )
        for row in held:
            sealed = await amendment_to_sealed(edit, Owner(row.key_owner), self._session.vault)
            await self._session.run(
                update(INBOX).where(INBOX.c.id == row.id).values(amendment=sealed)
            )
        return len(held)

    async def is_held(self, about: MessageRef) -> bool:
        """Whether an update is held that tells of a message."""
        held = select(INBOX.c.id).where(
            INBOX.c.state == HELD, INBOX.c.about == self._digest(about)
        )
        return await self._session.first(held) is not None

    async def _forget(self, *which: ColumnElement[bool]) -> int:
        return await self._session.run(update(INBOX).where(*which).values(**FORGOTTEN))

    def _digest(self, message: MessageRef) -> str:
        return self._session.vault.digest(f"{message.room} {message.message_id}")


def _held_for(person: PersonId, purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    return (
        INBOX.c.state == HELD,
        INBOX.c.person_id == person,
        INBOX.c.purpose == purpose.value,
    )
