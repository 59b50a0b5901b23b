"""Effects: what shall be done to copies, stored in the same transaction as the reason for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, insert, update

from bot.domain.copies import IN_DIGESTS, CopyId, Subject
from bot.domain.effects import AT_ONCE, EffectState, OnDoubt, Urgency, Verb
from bot.domain.messages import MessageRef, RoomRef
from bot.storage.copy_tables import EFFECTS, room_lane
from bot.storage.effect_statements import (
    DECIDE,
    DROP_QUEUED,
    ECHO_QUEUED,
    PIN,
    REMOVE,
    SHOW_FIRST,
    TRY_DOUBTFUL_AGAIN,
    Among,
    show_again,
)
from bot.storage.queueing import queue
from bot.storage.session import Session

_QUEUED = EffectState.QUEUED.value


class EffectRows:
    """Effects in the database, as they are stored."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    async def show_first(
        self,
        subject: Subject,
        *,
        urgency: Urgency,
        on_doubt: OnDoubt,
        after: timedelta = timedelta(0),
    ) -> int:
        """Queue the first showing of those copies that have none queued; return how many."""
        return await queue(
            self._session, SHOW_FIRST, **self._parameters(subject, urgency, on_doubt, after)
        )

    async def show_digests_again(self, subject: Subject) -> None:
        """Queue another showing of all digests that tell of something."""
        if subject.kind in IN_DIGESTS:
            await queue(
                self._session,
                show_again(self._session.dialect, Among.ALL_DIGESTS),
                **self._parameters(subject, Urgency.LATER, OnDoubt.REPEAT, timedelta(0)),
            )

    async def remove(self, subject: Subject) -> int:
        """Queue the removal of copies and drop what else was queued for them.

        A send of which nobody knows whether it arrived stays, or is tried again if it was given
        up: it finds the message to remove. So does a pin, which then takes the message down.
        """
        of = {"of_kind": subject.kind.value, "of_id": subject.id}
        await self._session.run(DROP_QUEUED, **of)
        await self._session.run(TRY_DOUBTFUL_AGAIN, **of)
        return await queue(
            self._session,
            REMOVE,
            **self._parameters(subject, Urgency.ANSWER, OnDoubt.REPEAT, timedelta(0)),
        )

    async def decide_entry(self, card: Subject, *, admits: bool) -> None:
        """Queue the answer to whoever a card is about; the card knows whom, the queue does not."""
        statement = DECIDE[Verb.ADMIT if admits else Verb.REJECT]
        await queue(
            self._session,
            statement,
            **self._parameters(card, Urgency.ANSWER, OnDoubt.REPEAT, timedelta(0)),
        )

    async def pin(self, copies: Sequence[CopyId]) -> None:
        """Queue that copies hang as what they show wants it; one that is queued is enough."""
        if not copies:
            return
        await queue(
            self._session,
            PIN,
            ids=copies,
            with_urgency=int(Urgency.YELLOW),
            if_in_doubt=OnDoubt.REPEAT.value,
            not_earlier=AT_ONCE,
            now=self._now,
        )

    async def resume(self, room: RoomRef) -> None:
        """Let what waits for a room because it was refused be tried at once."""
        refused = and_(
            EFFECTS.c.lane == room_lane(room), EFFECTS.c.state == _QUEUED, EFFECTS.c.attempts > 0
        )
        await self._session.run(update(EFFECTS).where(refused).values(not_before=AT_ONCE))
        self._session.stored.add(room.platform)

    async def redact(self, target: MessageRef) -> None:
        """Queue the removal of somebody else's line."""
        await self._to_line(Verb.REDACT, target, Urgency.ANSWER, AT_ONCE)

    async def echo(self, target: MessageRef, *, after: timedelta) -> None:
        """Queue the bot's own emoji on somebody else's line; one that is queued is enough."""
        queued = await self._session.first(
            ECHO_QUEUED,
            lane=room_lane(target.room),
            room=str(target.room),
            message=target.message_id,
        )
        if queued is None:
            await self._to_line(Verb.ECHO, target, Urgency.LATER, self._now + after)

    async def _to_line(
        self, verb: Verb, target: MessageRef, urgency: Urgency, not_before: datetime
    ) -> None:
        row = {
            "verb": verb.value,
            "platform": target.room.platform.value,
            "lane": room_lane(target.room),
            "urgency": int(urgency),
            "target_room": str(target.room),
            "target_message": target.message_id,
            "on_doubt": OnDoubt.REPEAT.value,
            "state": _QUEUED,
            "not_before": not_before,
            "stored_at": self._now,
        }
        await self._session.run(insert(EFFECTS), [row])
        self._session.stored.add(target.room.platform)

    def _parameters(
        self, subject: Subject, urgency: Urgency, on_doubt: OnDoubt, after: timedelta
    ) -> dict[str, object]:
        return {
            "of_kind": subject.kind.value,
            "of_id": subject.id,
            "with_urgency": int(urgency),
            "if_in_doubt": on_doubt.value,
            "not_earlier": self._now + after if after else AT_ONCE,
            "now": self._now,
        }
