"""Answers of organisations to reports, and how many they have reached."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select, union, update

from bot.domain.copies import CopyState, SubjectKind
from bot.domain.official_answers import OfficialAnswer, Verdict
from bot.domain.official_posts import PostCode
from bot.domain.people import PersonId, Role
from bot.domain.reports import ReportId
from bot.storage.alert_tables import HELD_ALERTS
from bot.storage.copy_tables import COPIES
from bot.storage.dialect import insert
from bot.storage.groups_tables import MEMBER_COUNTS
from bot.storage.official_tables import OFFICIAL_ANSWERS
from bot.storage.sealing import text_from_json, text_to_json
from bot.storage.session import Session
from bot.storage.vault import Owner

_FIELD = "official_answers.content"
_OF_REPORT = (
    select(OFFICIAL_ANSWERS)
    .where(OFFICIAL_ANSWERS.c.report_id == bindparam("of_report"))
    .order_by(OFFICIAL_ANSWERS.c.answered_at, OFFICIAL_ANSWERS.c.organisation)
)
_WAS_SHOWN = COPIES.c.state.in_([CopyState.SHOWN.value, CopyState.LEFT_BEHIND.value])
_NOT_WHO_ASKS = or_(COPIES.c.person_id.is_(None), COPIES.c.person_id != bindparam("but"))
_DIGESTS = select(HELD_ALERTS.c.digest_id).where(
    HELD_ALERTS.c.subject_kind == SubjectKind.REPORT.value,
    HELD_ALERTS.c.subject_id.in_(bindparam("reports", expanding=True)),
    HELD_ALERTS.c.digest_id.is_not(None),
)
_SAW = union(  # of two cards in one place it counts once
    select(COPIES.c.lane, COPIES.c.room).where(
        COPIES.c.subject_kind == SubjectKind.REPORT.value,
        COPIES.c.subject_id.in_(bindparam("reports", expanding=True)),
        _WAS_SHOWN,
        _NOT_WHO_ASKS,
    ),
    select(COPIES.c.lane, COPIES.c.room).where(
        COPIES.c.subject_kind == SubjectKind.DIGEST.value,
        COPIES.c.subject_id.in_(_DIGESTS),
        _WAS_SHOWN,
        _NOT_WHO_ASKS,
    ),
)
_TOLD = select(COPIES.c.lane, COPIES.c.room).where(
    COPIES.c.subject_kind == SubjectKind.OFFICIAL_ANSWER.value,
    COPIES.c.subject_id == bindparam("news"),
    _WAS_SHOWN,
)
_COUNTS = select(MEMBER_COUNTS).where(MEMBER_COUNTS.c.room.in_(bindparam("rooms", expanding=True)))


class OfficialAnswerRows:
    """Answers in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, answer: OfficialAnswer) -> None:
        """Store an answer; an organisation has one for each report."""
        columns = {
            "verdict": answer.verdict.value,
            "content": await self._session.vault.seal(
                _key(answer.organisation), text_to_json(answer.text), field=_FIELD
            ),
            "role": answer.role.value,
            "author_id": answer.author,
            "told_at": answer.told_at,
            "version": answer.version,
            "saw": answer.saw,
            "told": answer.told,
        }
        await self._session.run(
            insert(self._session.connection, OFFICIAL_ANSWERS)
            .values(
                report_id=answer.report,
                organisation=answer.organisation,
                code=answer.code,
                answered_at=answer.answered_at,
                **columns,
            )
            .on_conflict_do_update(index_elements=["report_id", "organisation"], set_=columns)
        )

    async def get(self, code: PostCode) -> OfficialAnswer | None:
        """Return an answer, None if there is none such."""
        row = await self._session.first(
            select(OFFICIAL_ANSWERS).where(OFFICIAL_ANSWERS.c.code == code)
        )
        return await self._answer(row) if row else None

    async def of_report(self, report: ReportId) -> Sequence[OfficialAnswer]:
        """Return the answers to a report, the first one first."""
        rows = await self._session.all(_OF_REPORT, of_report=report)
        return [await self._answer(row) for row in rows]

    async def of_author(self, person: PersonId) -> Sequence[OfficialAnswer]:
        """Return the answers that somebody has written last, oldest first."""
        rows = await self._session.all(
            select(OFFICIAL_ANSWERS)
            .where(OFFICIAL_ANSWERS.c.author_id == person)
            .order_by(OFFICIAL_ANSWERS.c.answered_at, OFFICIAL_ANSWERS.c.code)
        )
        return [await self._answer(row) for row in rows]

    async def counting_since(self, since: datetime) -> Sequence[PostCode]:
        """Return the answers told since a time that have not reached all who saw the claim."""
        rows = await self._session.all(
            select(OFFICIAL_ANSWERS.c.code)
            .where(
                OFFICIAL_ANSWERS.c.told_at >= since,
                OFFICIAL_ANSWERS.c.told < OFFICIAL_ANSWERS.c.saw,
            )
            .order_by(OFFICIAL_ANSWERS.c.code)
        )
        return [PostCode(row.code) for row in rows]

    async def saw(self, reports: Sequence[ReportId], *, but: PersonId | None) -> int:
        """Count who has seen some reports, in private, in a digest or in a room."""
        return await self._people_in(
            await self._session.all(_SAW, reports=list(reports), but=but or "")
        )

    async def told(self, answer: OfficialAnswer) -> int:
        """Count whom an answer's last version has reached, as `saw` counts."""
        reached = await self._people_in(await self._session.all(_TOLD, news=answer.news))
        return min(reached, answer.saw)

    async def unlink(self, person: PersonId) -> int:
        """Keep the answers of an erased person: they are the organisation's; return how many."""
        own = OFFICIAL_ANSWERS.c.author_id == person
        return await self._session.run(update(OFFICIAL_ANSWERS).where(own).values(author_id=None))

    async def erase(self, report: ReportId) -> None:
        """Delete the answers to a report."""
        of_it = OFFICIAL_ANSWERS.c.report_id == report
        await self._session.run(delete(OFFICIAL_ANSWERS).where(of_it))

    async def _people_in(self, lanes: Iterable[Row[Any]]) -> int:
        """Count one for each private chat, and in rooms all who are there; at least one."""
        places = list(lanes)
        rooms = sorted({row.room for row in places if row.room})
        counted = await self._session.all(_COUNTS, rooms=rooms) if rooms else ()
        people = {row.room: row.people for row in counted}
        return sum(max(1, people.get(row.room, 1)) for row in places)

    async def _answer(self, row: Row[Any]) -> OfficialAnswer:
        said = await self._session.vault.unseal(_key(row.organisation), row.content, field=_FIELD)
        return OfficialAnswer(
            code=PostCode(row.code),
            report=ReportId(row.report_id),
            organisation=row.organisation,
            role=Role(row.role),
            verdict=Verdict(row.verdict),
            text=text_from_json(said),
            author=PersonId(row.author_id) if row.author_id else None,
            answered_at=row.answered_at,
            told_at=row.told_at,
            version=row.version,
            saw=row.saw,
            told=row.told,
        )


def _key(organisation: str) -> Owner:
    """Name the key of an organisation's words, as of its notices."""
    return Owner(f"organisation:{organisation}")
