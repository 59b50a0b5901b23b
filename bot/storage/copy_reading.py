"""Reading copies with all that is needed to send them, in one statement for any number."""

import hmac
import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, select

from bot.domain.copies import Copy, CopyId, CopyState, Pin, Rest, Subject, SubjectKind
from bot.domain.groups import GroupId
from bot.domain.messages import MessageRef, Platform, Recipient, RoomRef, UserRef
from bot.domain.people import PersonId
from bot.storage.alert_tables import ALERT_SETTINGS
from bot.storage.copy_tables import COPIES, COPY_PARTS, STUCK
from bot.storage.groups_tables import GROUPS, ROOMS
from bot.storage.people_reading import ROOM_FIELD, USER_FIELD
from bot.storage.people_tables import IDENTITIES, PEOPLE
from bot.storage.session import Session
from bot.storage.vault import person_key

# The id finds the row and the secret proves the right: an index of secrets would cost more.
_TOKEN = re.compile(r"(?P<id>[0-9a-f]{1,12})-[\w-]{16,32}", re.ASCII)
_ANSWERED = COPIES.alias("answered")
_EVERYTHING = (
    select(
        COPIES,
        IDENTITIES.c.person_id.label("owner"),
        IDENTITIES.c.user_id,
        IDENTITIES.c.private_room,
        PEOPLE.c.language,
        GROUPS.c.languages,
        GROUPS.c.slug.label("of_group"),
        _ANSWERED.c.message_ids.label("answered_ids"),
        ALERT_SETTINGS.c.quiet_from,
        ALERT_SETTINGS.c.quiet_until,
        ALERT_SETTINGS.c.paused_until,
        ALERT_SETTINGS.c.red_breaks_quiet,
    )
    .outerjoin(IDENTITIES, IDENTITIES.c.hash == COPIES.c.identity)
    .outerjoin(PEOPLE, PEOPLE.c.id == IDENTITIES.c.person_id)
    .outerjoin(ROOMS, ROOMS.c.room == COPIES.c.room)
    .outerjoin(GROUPS, GROUPS.c.slug == ROOMS.c.group_slug)
    .outerjoin(_ANSWERED, _ANSWERED.c.id == COPIES.c.answers_copy)
    .outerjoin(ALERT_SETTINGS, ALERT_SETTINGS.c.person_id == COPIES.c.person_id)
)


def _where(*conditions: ColumnElement[bool]) -> Select[Any]:
    return _EVERYTHING.where(*conditions).order_by(COPIES.c.id)


_BY_ID = _where(COPIES.c.id.in_(bindparam("ids", expanding=True)))
_BY_SUBJECT = _where(
    COPIES.c.subject_kind == bindparam("kind"), COPIES.c.subject_id == bindparam("id")
)
_BY_MESSAGE = _where(
    COPIES.c.id
    == select(COPY_PARTS.c.copy_id)
    .where(
        COPY_PARTS.c.place == bindparam("place"), COPY_PARTS.c.message_id == bindparam("message")
    )
    .scalar_subquery()
)


class CopyReader:
    """Copies as values."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def by_ids(self, ids: Sequence[int]) -> dict[int, Copy]:
        """Return copies by their ids."""
        if not ids:
            return {}
        rows = await self._session.all(_BY_ID, ids=ids)
        await self._session.vault.fetch(person_key(row.owner) for row in rows if row.owner)
        return {row.id: await self._copy(row) for row in rows}

    async def by_token(self, token: str) -> Copy | None:
        """Return the copy whose buttons carry a token."""
        shape = _TOKEN.fullmatch(token)
        if shape is None:
            return None
        number = int(shape["id"], 16)
        copy = (await self.by_ids([number])).get(number)
        return copy if copy and hmac.compare_digest(copy.token, token) else None

    async def by_message(self, ref: MessageRef) -> Copy | None:
        """Return the copy that a message of the bot's is part of."""
        place = self._session.vault.hash_of(ref.room)
        return await self._one(_BY_MESSAGE, place=place, message=ref.message_id)

    async def of(self, subject: Subject) -> Sequence[Copy]:
        """Return all copies of a subject."""
        rows = await self._session.all(_BY_SUBJECT, kind=subject.kind.value, id=subject.id)
        await self._session.vault.fetch(person_key(row.owner) for row in rows if row.owner)
        return [await self._copy(row) for row in rows]

    async def _one(self, query: Select[Any], **parameters: object) -> Copy | None:
        row = await self._session.first(query, **parameters)
        return await self._copy(row) if row else None

    async def _copy(self, row: Row[Any]) -> Copy:
        to, room = await self._whereabouts(row)
        ids = json.loads(row.message_ids) if room else []
        return Copy(
            id=CopyId(row.id),
            subject=Subject(SubjectKind(row.subject_kind), row.subject_id),
            platform=Platform(row.platform),
            state=CopyState(row.state),
            token=f"{row.id:x}-{row.secret}",
            to=to,
            person=PersonId(row.person_id) if row.person_id else None,
            room=room,
            group=GroupId(row.of_group) if row.of_group else None,
            language=json.loads(row.languages)[0] if row.languages else row.language,
            parts=tuple(MessageRef(room, message_id) for message_id in ids) if room else (),
            fingerprint=row.fingerprint,
            answers=_answers(row, room),
            pin=Pin.REFUSED if row.pin == STUCK else Pin(row.pin),
            rest=_rest(row),
        )

    async def _whereabouts(self, row: Row[Any]) -> tuple[Recipient | None, RoomRef | None]:
        """Return whom to send to, and the room in which the copy's messages stand."""
        if row.room is not None:
            room = RoomRef.parse(row.room)
            return room, room
        if row.owner is None:
            return None, None
        vault, owner = self._session.vault, person_key(row.owner)
        platform = Platform(row.platform)
        user_id = await vault.unseal(owner, row.user_id, field=USER_FIELD)
        room_id = await vault.unseal(owner, row.private_room, field=ROOM_FIELD)
        user = UserRef(platform, user_id) if isinstance(user_id, str) else None
        return user, RoomRef(platform, room_id) if isinstance(room_id, str) else None


def _rest(row: Row[Any]) -> Rest | None:
    if row.quiet_from is None and row.paused_until is None:
        return None
    return Rest(
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        paused_until=row.paused_until,
        red_breaks_quiet=row.red_breaks_quiet,
    )


def _answers(row: Row[Any], room: RoomRef | None) -> MessageRef | None:
    if room is None:
        return None
    ids = json.loads(row.answered_ids) if row.answered_ids else []
    answered = row.answers_message or (ids[0] if ids else None)
    return MessageRef(room, answered) if answered else None
