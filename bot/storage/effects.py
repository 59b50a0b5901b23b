"""Effects: what shall be done to copies, stored in the same transaction as the reason for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.domain.copies import CopyId, CopyState, Subject, SubjectKind
from bot.domain.effects import (
    AT_ONCE,
    ON_ENTRIES,
    PRIVATE_LAG,
    EffectState,
    OnDoubt,
    Urgency,
    Verb,
)
from bot.domain.messages import MessageRef, RoomRef
from bot.storage.alert_tables import HELD_ALERTS
from bot.storage.copy_tables import COPIES, EFFECTS, PENDING_SHOW, room_lane
from bot.storage.dialect import Insert, insert_into
from bot.storage.people_tables import UNREACHABLE
from bot.storage.schema import UtcTime
from bot.storage.session import Session

_COLUMNS = [
    "verb", "platform", "lane", "urgency", "copy_id", "on_doubt", "state", "version",
    "attempts", "doubts", "not_before", "stored_at", "reason",
]  # fmt: skip
_OF_SUBJECT = and_(
    COPIES.c.subject_kind == bindparam("of_kind"), COPIES.c.subject_id == bindparam("of_id")
)
_QUEUED = EffectState.QUEUED.value
_IN_DOUBT = and_(EFFECTS.c.verb.in_([Verb.SHOW.value, Verb.PIN.value]), EFFECTS.c.doubts > 0)


def _rows(verb: Verb, copies: FromClause) -> Select[Any]:
    """Select an effect for each copy of a subject; all else are parameters."""
    return select(
        literal(verb.value),
        copies.c.platform,
        copies.c.lane,
        bindparam("with_urgency", type_=Integer)
        - case((copies.c.person_id.is_not(None), PRIVATE_LAG), else_=0),
        copies.c.id,
        bindparam("if_in_doubt"),
        literal(_QUEUED),
        literal(0),
        literal(0),
        literal(0),
        bindparam("not_earlier", type_=UtcTime),
        bindparam("now", type_=UtcTime),
        literal(""),
    ).order_by(copies.c.id)


_SHOW_FIRST = insert(EFFECTS).from_select(
    _COLUMNS,
    _rows(Verb.SHOW, COPIES).where(
        _OF_SUBJECT,
        COPIES.c.state == CopyState.WAITING.value,
        ~exists().where(EFFECTS.c.copy_id == COPIES.c.id),
    ),
)


_DIGESTS_WITH_IT = and_(
    COPIES.c.subject_kind == SubjectKind.DIGEST.value,
    COPIES.c.subject_id.in_(
        select(HELD_ALERTS.c.digest_id).where(
            HELD_ALERTS.c.subject_kind == bindparam("of_kind"),
            HELD_ALERTS.c.subject_id == bindparam("of_id"),
            HELD_ALERTS.c.digest_id.is_not(None),
        )
    ),
)


@cache
def _show_again(dialect: str, *, in_digests: bool = False) -> Insert:
    # SQLite can't tell SELECT ... ON CONFLICT from a join's ON without a WHERE between them.
    changed = _rows(Verb.SHOW, COPIES).where(
        _DIGESTS_WITH_IT if in_digests else _OF_SUBJECT,
        COPIES.c.state.in_([CopyState.SHOWN.value, CopyState.WAITING.value]),
        or_(COPIES.c.identity.is_(None), COPIES.c.identity.not_in(UNREACHABLE)),
    )
    queue = insert_into(EFFECTS, dialect).from_select(_COLUMNS, changed)
    new = queue.excluded
    return queue.on_conflict_do_update(
        index_elements=["copy_id"],
        index_where=PENDING_SHOW,
        set_={
            "urgency": _larger(EFFECTS.c.urgency, new.urgency),
            "not_before": _smaller(EFFECTS.c.not_before, new.not_before),
            "version": EFFECTS.c.version + 1,
        },
    )


def _larger(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one >= other, one), else_=other)


def _smaller(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one <= other, one), else_=other)


_IS_STANDING = COPIES.c.state.not_in([CopyState.REMOVED.value, CopyState.STONE.value])
_STANDING = select(COPIES.c.id).where(_OF_SUBJECT, _IS_STANDING)
_DROP_QUEUED: Delete = delete(EFFECTS).where(
    EFFECTS.c.copy_id.in_(_STANDING), EFFECTS.c.state == _QUEUED, ~_IN_DOUBT
)
_TRY_DOUBTFUL_AGAIN = (
    update(EFFECTS)
    .where(
        EFFECTS.c.copy_id.in_(
            select(COPIES.c.id).where(_OF_SUBJECT, COPIES.c.state == CopyState.FAILED.value)
        ),
        EFFECTS.c.state == EffectState.GIVEN_UP.value,
        _IN_DOUBT,
    )
    .values(state=_QUEUED, attempts=0, not_before=AT_ONCE)
)
_REMOVE = insert(EFFECTS).from_select(
    _COLUMNS,
    _rows(Verb.REMOVE, COPIES).where(_OF_SUBJECT, _IS_STANDING),
)
_DECIDE = {
    verb: insert(EFFECTS).from_select(
        _COLUMNS,
        _rows(verb, COPIES).where(_OF_SUBJECT, COPIES.c.state == CopyState.SHOWN.value),
    )
    for verb in ON_ENTRIES
}
_PIN = insert(EFFECTS).from_select(
    _COLUMNS,
    _rows(Verb.PIN, COPIES).where(
        COPIES.c.id.in_(bindparam("ids", expanding=True)),
        ~exists().where(
            EFFECTS.c.copy_id == COPIES.c.id,
            EFFECTS.c.verb == Verb.PIN.value,
            EFFECTS.c.state == _QUEUED,
        ),
    ),
)
_ECHO_QUEUED = select(EFFECTS.c.id).where(
    EFFECTS.c.lane == bindparam("lane"),
    EFFECTS.c.state == _QUEUED,
    EFFECTS.c.verb == Verb.ECHO.value,
    EFFECTS.c.target_room == bindparam("room"),
    EFFECTS.c.target_message == bindparam("message"),
)


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
        return await self._session.run(
            _SHOW_FIRST, **self._parameters(subject, urgency, on_doubt, after)
        )

    async def show_again(self, subject: Subject, *, urgency: Urgency, after: timedelta) -> None:
        """Queue another showing; one that is queued already becomes as urgent as this one."""
        await self._session.run(
            _show_again(self._session.dialect),
            **self._parameters(subject, urgency, OnDoubt.REPEAT, after),
        )

    async def show_digests_again(self, subject: Subject, *, after: timedelta) -> None:
        """Queue another showing of the digests that tell of something."""
        if subject.kind in {SubjectKind.REPORT, SubjectKind.NOTICE}:
            await self._session.run(
                _show_again(self._session.dialect, in_digests=True),
                **self._parameters(subject, Urgency.LATER, OnDoubt.REPEAT, after),
            )

    async def remove(self, subject: Subject) -> int:
        """Queue the removal of copies and drop what else was queued for them.

        A send of which nobody knows whether it arrived stays, or is tried again if it was given
        up: it finds the message to remove. So does a pin, which then takes the message down.
        """
        of = {"of_kind": subject.kind.value, "of_id": subject.id}
        await self._session.run(_DROP_QUEUED, **of)
        await self._session.run(_TRY_DOUBTFUL_AGAIN, **of)
        return await self._session.run(
            _REMOVE, **self._parameters(subject, Urgency.ANSWER, OnDoubt.REPEAT, timedelta(0))
        )

    async def decide_entry(self, card: Subject, *, admits: bool) -> None:
        """Queue the answer to whoever a card is about; the card knows whom, the queue does not."""
        statement = _DECIDE[Verb.ADMIT if admits else Verb.REJECT]
        await self._session.run(
            statement, **self._parameters(card, Urgency.ANSWER, OnDoubt.REPEAT, timedelta(0))
        )

    async def pin(self, copies: Sequence[CopyId]) -> None:
        """Queue that copies hang as what they show wants it; one that is queued is enough."""
        if not copies:
            return
        await self._session.run(
            _PIN,
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

    async def redact(self, target: MessageRef) -> None:
        """Queue the removal of somebody else's line."""
        await self._to_line(Verb.REDACT, target, Urgency.ANSWER, AT_ONCE)

    async def echo(self, target: MessageRef, *, after: timedelta) -> None:
        """Queue the bot's own emoji on somebody else's line; one that is queued is enough."""
        queued = await self._session.first(
            _ECHO_QUEUED,
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
