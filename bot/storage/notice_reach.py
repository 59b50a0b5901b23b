"""How far notices have come, and their ways to those whose copy can't be changed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Select,
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
)

from bot.domain.copies import CopyState, Subject, SubjectKind
from bot.domain.effects import EffectState, Verb
from bot.domain.groups import GroupId
from bot.domain.messages import RoomRef
from bot.domain.notice_reach import Count, NoticeReach, Refusal
from bot.domain.notices import NoticeId
from bot.domain.people import PersonId
from bot.domain.route_places import places_of_all
from bot.domain.routing import Spread
from bot.storage.alert_tables import HELD_ALERTS
from bot.storage.alerts import Alerts
from bot.storage.copy_tables import COPIES, EFFECTS
from bot.storage.followers import COUNT, reached_by
from bot.storage.moved_rooms import MOVED_ROOMS
from bot.storage.notice_tables import NOTICES
from bot.storage.people_tables import IDENTITIES, is_unreachable
from bot.storage.round_tables import ROUNDS
from bot.storage.session import Session
from bot.storage.spread_tables import IS_UNDER_WAY, SPREADS

MOST_REFUSALS = 5
_KIND, _ID = bindparam("of_kind", type_=String), bindparam("of_id", type_=String)
_C, _E, _H = COPIES.c, EFFECTS.c, HELD_ALERTS.c
_OF_SUBJECT = and_(_C.subject_kind == _KIND, _C.subject_id == _ID)
_OF_HELD = and_(_H.subject_kind == _KIND, _H.subject_id == _ID)
_IN_ROOM = _C.room.is_not(None)
_STANDS = and_(_C.state == CopyState.SHOWN.value, _C.message_ids != "[]")
_ON_ITS_WAY = exists().where(
    _E.copy_id == _C.id, _E.state != EffectState.GIVEN_UP.value, _E.verb == Verb.SHOW.value
)
_WAITS_FOR_A_ROUND = and_(
    _C.person_id.is_not(None),
    exists().where(
        ROUNDS.c.subject_kind == _C.subject_kind,
        ROUNDS.c.subject_id == _C.subject_id,
        ROUNDS.c.among == "cards",
        ROUNDS.c.news_id == "",
        ROUNDS.c.looked_to < _C.lane,
        ROUNDS.c.last_copy >= _C.id,
    ),
)
_GIVEN_UP = exists().where(
    _E.copy_id == _C.id, _E.state == EffectState.GIVEN_UP.value, _E.verb == Verb.SHOW.value
)
_LEFT = COPIES.alias("left_behind")
_TAKEN_ALONG = and_(
    # Most copies are people's, and nothing has to be looked up for them.
    _IN_ROOM,
    exists().where(
        _LEFT.c.subject_kind == _C.subject_kind,
        _LEFT.c.subject_id == _C.subject_id,
        _LEFT.c.state == CopyState.LEFT_BEHIND.value,
        # By its lane, so that it is found in the index and not among all copies of the subject.
        _LEFT.c.lane == literal("room:") + MOVED_ROOMS.c.room,
        MOVED_ROOMS.c.moved_to == _C.room,
    ),
)
"""It stands for one that was left behind in a room that goes on under another id."""
_FATE = case(
    (_TAKEN_ALONG, "taken_along"),
    (or_(_STANDS, _C.state == CopyState.LEFT_BEHIND.value), "reached"),
    (_C.state == CopyState.FAILED.value, "failed"),
    (and_(_C.state == CopyState.WAITING.value, _ON_ITS_WAY), "waiting"),
    else_="lost",
)
_FATES = select(
    _IN_ROOM.label("in_room"), _FATE.label("fate"), func.count().label("number")
).where(_OF_SUBJECT)
_DIGEST = COPIES.alias("digest")
_TOLD = exists().where(
    _DIGEST.c.subject_kind == SubjectKind.DIGEST.value,
    _DIGEST.c.subject_id == _H.digest_id,
    _DIGEST.c.state == CopyState.SHOWN.value,
)
_HELD = select(
    case((_H.digest_id.is_(None), "later"), (_TOLD, "reached"), else_="waiting").label("fate"),
    func.count().label("number"),
).where(
    _OF_HELD,
    # Who has asked to see it has a copy, too, and is one all the same.
    ~exists().where(_OF_SUBJECT, _C.person_id == _H.person_id),
)
_TO_CHANGE = and_(_OF_SUBJECT, or_(_STANDS, _TAKEN_ALONG))
_CHANGING = select(func.count().label("number")).where(
    _TO_CHANGE, or_(_ON_ITS_WAY, _WAITS_FOR_A_ROUND)
)
_UNCHANGED = select(func.count().label("number")).where(_TO_CHANGE, _GIVEN_UP)
_REFUSALS = (
    select(_C.room, _E.reason)
    .join(EFFECTS, _E.copy_id == _C.id)
    .where(_OF_SUBJECT, _IN_ROOM, _E.state == EffectState.GIVEN_UP.value)
    .order_by(_C.id)
    .limit(MOST_REFUSALS)
)
_PLANNED = select(NOTICES.c.planned_rooms, NOTICES.c.planned_people).where(NOTICES.c.id == _ID)
_TO_BE_LOOKED_AT = select(SPREADS.c.planned_at).where(
    SPREADS.c.subject_kind == _KIND, SPREADS.c.subject_id == _ID, IS_UNDER_WAY
)
# Begun, or perhaps delivered: the message may stand there, so whoever changes it needs the copy.
_MAY_STAND = exists().where(
    _E.copy_id == _C.id, or_(_E.state == EffectState.STARTED.value, _E.doubts > 0)
)
_UNSENT = (
    select(_C.id)
    .where(_OF_SUBJECT, _C.state == CopyState.WAITING.value, ~_MAY_STAND, ~_TAKEN_ALONG)
    .correlate(None)
    .scalar_subquery()
)
_SOME_UNSENT = (
    select(_C.id)
    .where(_OF_SUBJECT, _C.state == CopyState.WAITING.value, _ON_ITS_WAY, ~_TAKEN_ALONG)
    .limit(1)
)
_SOME_HELD = select(_H.person_id).where(_OF_HELD, _H.digest_id.is_(None)).limit(1)
_ON_WAY = select(_C.id).where(_OF_SUBJECT, _ON_ITS_WAY).limit(1)
_GOT = COPIES.alias("got")
_OTHER = IDENTITIES.alias("other")
_IN_DIGEST = and_(
    _GOT.c.subject_kind == SubjectKind.DIGEST.value,
    _GOT.c.subject_id.in_(select(_H.digest_id).where(_OF_HELD, _H.digest_id.is_not(None))),
)
_ITSELF = and_(_GOT.c.subject_kind == _KIND, _GOT.c.subject_id == _ID)
_MOVED_AWAY = (
    select(_GOT.c.person_id)
    .where(
        or_(_ITSELF, _IN_DIGEST),
        _GOT.c.state == CopyState.SHOWN.value,
        _GOT.c.message_ids != "[]",
        is_unreachable(_GOT.c.identity),
        exists().where(_OTHER.c.person_id == _GOT.c.person_id, _OTHER.c.is_reachable.is_(True)),
        # Who was shown it elsewhere as well sees the change there.
        ~exists().where(
            _OF_SUBJECT, _C.person_id == _GOT.c.person_id, _STANDS, ~is_unreachable(_C.identity)
        ),
    )
    .order_by(_GOT.c.person_id)
    .distinct()
)


class NoticeReachRows:
    """Where notices stand, in the database."""

    def __init__(self, session: Session, alerts: Alerts) -> None:
        self._session = session
        self._alerts = alerts

    async def of(self, notice: NoticeId) -> NoticeReach:
        """Count how far a notice has come."""
        named = _named(Subject(SubjectKind.NOTICE, notice))
        fates = await self._session.all(_FATES.group_by("in_room", "fate"), **named)
        rooms = {row.fate: int(row.number) for row in fates if row.in_room}
        people = {row.fate: int(row.number) for row in fates if not row.in_room}
        for row in await self._session.all(_HELD.group_by("fate"), **named):
            people[row.fate] = people.get(row.fate, 0) + int(row.number)
        planned = await self._session.first(_PLANNED, of_id=notice)
        all_people = planned.planned_people if planned else 0
        if await self._session.first(_TO_BE_LOOKED_AT, **named) is not None:
            people["waiting"] = people.get("waiting", 0) + _unknown(people, all_people)
        refusals = await self._session.all(_REFUSALS, **named)
        return NoticeReach(
            rooms=_count(rooms, planned.planned_rooms if planned else 0),
            people=_count(people, all_people),
            changing=await self._number(_CHANGING, named),
            unchanged=await self._number(_UNCHANGED, named),
            refusals=[Refusal(RoomRef.parse(row.room), row.reason) for row in refusals],
        )

    async def followers(
        self, spreads: Sequence[Spread], *, seen_in: Collection[GroupId] = ()
    ) -> int:
        """Count those whom any of these concerns, each once, but for who sees it in a room."""
        if not spreads:
            return 0
        parameters = {**reached_by(spreads[0]), "places": places_of_all(spreads)}
        row = await self._session.first(COUNT, **parameters, groups=list(seen_in))
        return int(row.people) if row else 0

    async def drop_unsent(self, subject: Subject) -> None:
        """Let those never hear of something who have not got it yet."""
        named = _named(subject)
        await self._alerts.end(subject)
        await self._session.run(delete(EFFECTS).where(_E.copy_id.in_(_UNSENT)), **named)
        await self._session.run(delete(COPIES).where(_C.id.in_(_UNSENT)), **named)
        await self._session.run(
            delete(HELD_ALERTS).where(_OF_HELD, _H.digest_id.is_(None)), **named
        )

    async def is_unsent(self, subject: Subject) -> bool:
        """Whether somebody whom something concerns has not got it yet, and will."""
        named = _named(subject)
        for query in (_TO_BE_LOOKED_AT, _SOME_UNSENT, _SOME_HELD):
            if await self._session.first(query, **named) is not None:
                return True
        return False

    async def is_on_its_way(self, subject: Subject) -> bool:
        """Whether a copy of something is still to be shown as it is now."""
        return await self._session.first(_ON_WAY, **_named(subject)) is not None

    async def moved_away(self, subject: Subject) -> Sequence[PersonId]:
        """Return who got something in an account that can't be written to, and has another."""
        rows = await self._session.all(_MOVED_AWAY, **_named(subject))
        return [PersonId(row.person_id) for row in rows]

    async def _number(self, query: Select[Any], named: dict[str, object]) -> int:
        row = await self._session.first(query, **named)
        return int(row.number) if row else 0


def _unknown(fates: Mapping[str, int], planned: int) -> int:
    """Return of how many it is not decided yet when they hear of it, at least one."""
    return max(1, planned - _known(fates))


def _known(fates: Mapping[str, int]) -> int:
    return sum(fates.get(fate, 0) for fate in ("reached", "waiting", "later", "failed", "lost"))


def _count(fates: Mapping[str, int], planned: int) -> Count:
    known = _known(fates)
    return Count(
        planned=max(planned, known),
        reached=fates.get("reached", 0),
        waiting=fates.get("waiting", 0),
        later=fates.get("later", 0),
        failed=fates.get("failed", 0),
    )


def _named(subject: Subject) -> dict[str, object]:
    return {"of_kind": subject.kind.value, "of_id": subject.id}
