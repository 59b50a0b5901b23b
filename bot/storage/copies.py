"""Copies: the messages that the bot has placed, or will place, with people."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.domain.copies import Copy, CopyId, CopyState, PersonRef, Place, Subject, SubjectKind
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.messages import MessageRef, Platform, Recipient, RoomRef, UserRef
from bot.domain.people import PersonId
from bot.domain.routing import Audience, RoomRoute
from bot.storage.dialect import insert, random_token
from bot.storage.effects import EFFECTS, EffectRows
from bot.storage.people import IDENTITIES, ROOM_FIELD, USER_FIELD
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session
from bot.storage.subscriptions import SUBSCRIPTIONS
from bot.storage.vault import person_key

COPIES = Table(
    "copies",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject_kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("room", String),
    Column("identity", String),
    Column("person_id", String, index=True),
    Column("audience", String, nullable=False),
    Column("state", String, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("message_ids", String, nullable=False, default="[]"),
    Column("fingerprint", String),
    Column("answers_message", String),
    Column("answers_copy", ForeignKey("copies.id", ondelete="SET NULL"), index=True),
    Column("created_at", UtcTime, nullable=False),
    Index("uq_copies_subject_lane", "subject_kind", "subject_id", "lane", unique=True),
    sqlite_autoincrement=True,
)
COPY_PARTS = Table(
    "copy_parts",
    METADATA,
    Column("place", String, primary_key=True),
    Column("message_id", String, primary_key=True),
    Column("copy_id", ForeignKey("copies.id", ondelete="CASCADE"), nullable=False, index=True),
)


def room_lane(room: RoomRef) -> str:
    """Return the lane of a room."""
    return f"room:{room}"


def person_lane(identity: str) -> str:
    """Return the lane of an account's private chat; it tells nothing of the account."""
    return f"person:{identity}"


class CopyRows:
    """Copies in the database."""

    def __init__(self, session: Session, effects: EffectRows, now: datetime) -> None:
        self._session = session
        self._effects = effects
        self._now = now

    async def spread(
        self,
        subject: Subject,
        routes: Sequence[RoomRoute],
        *,
        urgency: Urgency,
        on_doubt: OnDoubt,
        answers: MessageRef | None = None,
    ) -> int:
        """Show a subject in rooms that do not have it; return in how many."""
        rows = [
            {
                **self._common(subject, route.audience),
                "platform": route.room.platform.value,
                "lane": room_lane(route.room),
                "room": str(route.room),
                "answers_message": _answered_in(route.room, answers),
            }
            for route in routes
        ]
        await self._session.run(
            insert(self._session.connection, COPIES).on_conflict_do_nothing(), rows
        )
        return await self._effects.show_waiting(
            self._of(subject), urgency=urgency, on_doubt=on_doubt
        )

    async def spread_to_followers(
        self,
        subject: Subject,
        chain: Sequence[str],
        *,
        priority: int,
        but: PersonId | None,
        urgency: Urgency,
    ) -> int:
        """Show a subject in private to all who follow its place; nobody gets it twice."""
        columns = [
            *self._subject_columns(subject),
            IDENTITIES.c.platform,
            literal("person:") + IDENTITIES.c.hash,
            IDENTITIES.c.hash,
            IDENTITIES.c.person_id,
            literal(Audience.SUBSCRIBER.value),
            literal(CopyState.WAITING.value),
            random_token(self._session.connection),
            literal("[]"),
            literal(self._now, UtcTime),
        ]
        followers = select(*columns).where(
            IDENTITIES.c.hash.in_(_one_account_each(chain, priority, but)),
            ~exists().where(*self._same(subject), COPIES.c.person_id == IDENTITIES.c.person_id),
        )
        names = [
            "subject_kind", "subject_id", "platform", "lane", "identity", "person_id",
            "audience", "state", "token", "message_ids", "created_at",
        ]  # fmt: skip
        await self._session.run(
            insert(self._session.connection, COPIES)
            .from_select(names, followers)
            .on_conflict_do_nothing()
        )
        return await self._effects.show_waiting(
            self._of(subject), urgency=urgency, on_doubt=OnDoubt.REPEAT_ONCE
        )

    async def follow_up(
        self, news: Subject, on: Subject, *, urgency: Urgency, but: PersonId | None = None
    ) -> int:
        """Show news to all who got something, as an answer to their copy of it."""
        got_it = await self._session.all(
            self._of(on).where(
                COPIES.c.state == CopyState.SHOWN.value,
                or_(COPIES.c.person_id.is_(None), COPIES.c.person_id != (but or "")),
            )
        )
        rows = [
            {
                **self._common(news, Audience(row.audience)),
                "platform": row.platform,
                "lane": row.lane,
                "room": row.room,
                "identity": row.identity,
                "person_id": row.person_id,
                "answers_copy": row.id,
            }
            for row in got_it
        ]
        await self._session.run(
            insert(self._session.connection, COPIES).on_conflict_do_nothing(), rows
        )
        return await self._effects.show_waiting(
            self._of(news), urgency=urgency, on_doubt=OnDoubt.REPEAT_ONCE
        )

    async def place(
        self,
        subject: Subject,
        to: Place,
        *,
        urgency: Urgency,
        answers: MessageRef | None,
        after: timedelta,
    ) -> None:
        """Show a subject in one place."""
        row = {**self._common(subject, Audience.ROOM), **await self._place_columns(to)}
        if not row.get("lane"):
            return
        if isinstance(to, RoomRef):
            row["answers_message"] = _answered_in(to, answers)
        await self._session.run(insert(self._session.connection, COPIES), [row])
        await self._effects.show_waiting(
            self._of(subject), urgency=urgency, on_doubt=OnDoubt.REPEAT_ONCE, after=after
        )

    async def refresh(self, subject: Subject, *, urgency: Urgency, after: timedelta) -> None:
        """Bring all copies of a subject up to date; changes that come together are one edit."""
        shown = self._of(subject).where(
            COPIES.c.state.in_([CopyState.SHOWN.value, CopyState.WAITING.value])
        )
        await self._effects.show_again(shown, urgency=urgency, after=after)

    async def withdraw(self, subject: Subject) -> int:
        """Remove all copies of a subject; return how many."""
        return await self._effects.remove(
            self._of(subject).where(COPIES.c.state != CopyState.REMOVED.value)
        )

    async def redact(self, target: MessageRef) -> None:
        """Remove a line that somebody else has written in a room."""
        await self._effects.redact(target, lane=room_lane(target.room))

    async def by_message(self, ref: MessageRef) -> Copy | None:
        """Return the copy that a message of the bot's is part of."""
        place = self._session.vault.hash_of(ref.room)
        row = await self._session.first(
            select(COPIES)
            .join(COPY_PARTS, COPY_PARTS.c.copy_id == COPIES.c.id)
            .where(COPY_PARTS.c.place == place, COPY_PARTS.c.message_id == ref.message_id)
        )
        return await self.load(row) if row else None

    async def by_token(self, token: str) -> Copy | None:
        """Return the copy whose buttons carry a token."""
        row = await self._session.first(select(COPIES).where(COPIES.c.token == token))
        return await self.load(row) if row else None

    async def of(self, subject: Subject) -> Sequence[Copy]:
        """Return all copies of a subject."""
        rows = await self._session.all(self._of(subject).order_by(COPIES.c.id))
        return [await self.load(row) for row in rows]

    async def reached(self, subject: Subject, person: PersonId) -> bool:
        """Whether a person has a private copy."""
        found = await self._session.first(self._of(subject).where(COPIES.c.person_id == person))
        return found is not None

    async def forget(self, subject: Subject) -> None:
        """Delete the rows of a subject's copies."""
        gone = select(COPIES.c.id).where(*self._same(subject))
        await self._session.run(delete(EFFECTS).where(EFFECTS.c.copy_id.in_(gone)))
        await self._session.run(delete(COPIES).where(*self._same(subject)))

    async def forget_person(self, person: PersonId) -> int:
        """Forget where a person's private copies are; return how many."""
        gone = select(COPIES.c.id).where(COPIES.c.person_id == person)
        await self._session.run(delete(EFFECTS).where(EFFECTS.c.copy_id.in_(gone)))
        return await self._session.run(delete(COPIES).where(COPIES.c.person_id == person))

    async def forget_removed(self, before: datetime) -> int:
        """Forget copies that were removed, or never arrived, and were made before a time."""
        ended = [CopyState.REMOVED.value, CopyState.FAILED.value]
        waiting = select(EFFECTS.c.copy_id).where(EFFECTS.c.copy_id.is_not(None))
        return await self._session.run(
            delete(COPIES).where(
                COPIES.c.state.in_(ended),
                COPIES.c.created_at < before,
                COPIES.c.id.not_in(waiting),
            )
        )

    async def note_outcome(
        self, copy: Copy, state: CopyState, parts: Sequence[MessageRef], fingerprint: str | None
    ) -> None:
        """Remember where a copy stands and what it shows."""
        await self._session.run(
            COPIES.update()
            .where(COPIES.c.id == copy.id)
            .values(
                state=state.value,
                message_ids=json.dumps([part.message_id for part in parts]),
                fingerprint=fingerprint,
            )
        )
        if tuple(parts) == copy.parts:
            return
        if copy.person is not None and parts:
            await self._remember_room(copy.person, parts[0].room)
        await self._session.run(delete(COPY_PARTS).where(COPY_PARTS.c.copy_id == copy.id))
        await self._session.run(
            insert(self._session.connection, COPY_PARTS).on_conflict_do_nothing(),
            [
                {
                    "place": self._session.vault.hash_of(part.room),
                    "message_id": part.message_id,
                    "copy_id": copy.id,
                }
                for part in parts
            ],
        )

    async def _remember_room(self, person: PersonId, room: RoomRef) -> None:
        """Note where an account's private chat is that the bot has opened itself."""
        vault = self._session.vault
        unknown = and_(
            IDENTITIES.c.person_id == person,
            IDENTITIES.c.platform == room.platform.value,
            IDENTITIES.c.private_room.is_(None),
        )
        if await self._session.first(select(IDENTITIES.c.hash).where(unknown)) is None:
            return
        sealed = await vault.seal(person_key(person), room.room_id, field=ROOM_FIELD)
        await self._session.run(update(IDENTITIES).where(unknown).values(private_room=sealed))

    async def load(self, row: Row[Any]) -> Copy:
        """Read a row of COPIES."""
        to, room = await self._whereabouts(row)
        ids = json.loads(row.message_ids) if room else []
        return Copy(
            id=CopyId(row.id),
            subject=Subject(SubjectKind(row.subject_kind), row.subject_id),
            platform=Platform(row.platform),
            audience=Audience(row.audience),
            state=CopyState(row.state),
            token=row.token,
            to=to,
            person=PersonId(row.person_id) if row.person_id else None,
            parts=tuple(MessageRef(room, message_id) for message_id in ids) if room else (),
            fingerprint=row.fingerprint,
            answers=await self._answers(row, room),
        )

    async def _whereabouts(self, row: Row[Any]) -> tuple[Recipient | None, RoomRef | None]:
        """Return whom to send to, and the room in which the copy's messages stand."""
        if row.room is not None:
            room = RoomRef.parse(row.room)
            return room, room
        found = await self._session.first(
            select(IDENTITIES).where(IDENTITIES.c.hash == row.identity)
        )
        if found is None:
            return None, None
        vault, owner = self._session.vault, person_key(found.person_id)
        platform = Platform(found.platform)
        user_id = await vault.unseal(owner, found.user_id, field=USER_FIELD)
        room_id = await vault.unseal(owner, found.private_room, field=ROOM_FIELD)
        user = UserRef(platform, user_id) if isinstance(user_id, str) else None
        return user, RoomRef(platform, room_id) if isinstance(room_id, str) else None

    async def _answers(self, row: Row[Any], room: RoomRef | None) -> MessageRef | None:
        if room is None:
            return None
        if row.answers_message is not None:
            return MessageRef(room, row.answers_message)
        if row.answers_copy is None:
            return None
        answered = await self._session.first(
            select(COPIES.c.message_ids).where(COPIES.c.id == row.answers_copy)
        )
        ids = json.loads(answered.message_ids) if answered else []
        return MessageRef(room, ids[0]) if ids else None

    async def _place_columns(self, to: Place) -> dict[str, object]:
        match to:
            case RoomRef():
                return {
                    "platform": to.platform.value,
                    "lane": room_lane(to),
                    "room": str(to),
                }
            case PersonRef(person):
                found = await self._session.first(
                    select(IDENTITIES.c.hash, IDENTITIES.c.platform)
                    .where(IDENTITIES.c.person_id == person)
                    .order_by(IDENTITIES.c.hash)
                )
                if found is None:
                    return {}
                return {
                    "platform": found.platform,
                    "lane": person_lane(found.hash),
                    "identity": found.hash,
                    "person_id": person,
                    "audience": Audience.SUBSCRIBER.value,
                }

    def _common(self, subject: Subject, audience: Audience) -> dict[str, object]:
        return {
            "subject_kind": subject.kind.value,
            "subject_id": subject.id,
            "audience": audience.value,
            "state": CopyState.WAITING.value,
            "token": secrets.token_urlsafe(12),
            "message_ids": "[]",
            "created_at": self._now,
        }

    def _subject_columns(self, subject: Subject) -> Sequence[Any]:
        return (literal(subject.kind.value), literal(subject.id))

    def _same(self, subject: Subject) -> tuple[Any, Any]:
        return (
            COPIES.c.subject_kind == subject.kind.value,
            COPIES.c.subject_id == subject.id,
        )

    def _of(self, subject: Subject) -> Select[Any]:
        return select(COPIES).where(*self._same(subject))


def _answered_in(room: RoomRef, answers: MessageRef | None) -> str | None:
    return answers.message_id if answers and answers.room == room else None


def _one_account_each(chain: Sequence[str], priority: int, but: PersonId | None) -> Select[Any]:
    """Select one account of everybody who follows one of the areas from this priority."""
    return (
        select(func.min(IDENTITIES.c.hash))
        .join(SUBSCRIPTIONS, SUBSCRIPTIONS.c.person_id == IDENTITIES.c.person_id)
        .where(
            and_(
                SUBSCRIPTIONS.c.area.in_(chain),
                SUBSCRIPTIONS.c.at_least <= priority,
                IDENTITIES.c.person_id != (but or ""),
            )
        )
        .group_by(IDENTITIES.c.person_id)
    )
