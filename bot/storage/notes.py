"""Notes: what the bot has said in its own words, and what it waits for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Row,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from bot.domain.copies import PersonRef, Place, Subject, SubjectKind
from bot.domain.effects import Urgency
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import MediaId, MessageRef
from bot.domain.notes import Choice, Note, NoteId
from bot.domain.people import PersonId
from bot.domain.reports import ReportId
from bot.domain.richtext_json import Json
from bot.domain.words_json import words_from_json, words_to_json
from bot.storage.copies import CopyRows
from bot.storage.copy_tables import COPIES
from bot.storage.files import hold, hold_only, let_go
from bot.storage.note_tables import NOTES
from bot.storage.schema import UtcTime
from bot.storage.session import Session
from bot.storage.vault import Owner, person_key

_FIELD = "notes.content"
_ROOM_NOTES = Owner("notes")
_BY_ID = select(NOTES).where(NOTES.c.id == bindparam("note"))
_LIVING = (
    select(NOTES)
    .where(
        NOTES.c.person_id == bindparam("person"),
        NOTES.c.expires_at > bindparam("now", type_=UtcTime),
    )
    .order_by(NOTES.c.created_at.desc())
    .limit(1)
)
_LATEST = _LIVING.where(NOTES.c.feature == bindparam("feature"))
_AWAITING = _LIVING.where(NOTES.c.awaits.is_not(None))


class NoteRows:
    """Notes in the database."""

    def __init__(self, session: Session, copies: CopyRows, now: datetime) -> None:
        self._session = session
        self._copies = copies
        self._now = now

    async def keep(self, note: Note) -> None:
        """Store a note without showing it yet."""
        await self._session.run(
            insert(NOTES),
            [{"id": note.id, "created_at": self._now, **await self._columns(note)}],
        )
        await hold(self._session, f"note:{note.id}", note.files)

    async def say(
        self,
        note: Note,
        to: Place,
        *,
        urgency: Urgency = Urgency.ANSWER,
        answers: MessageRef | None = None,
        after: timedelta = timedelta(0),
    ) -> None:
        """Store a note and show it."""
        await self.keep(note)
        await self._copies.place(
            Subject(SubjectKind.NOTE, note.id), to, urgency=urgency, answers=answers, after=after
        )

    async def change(self, note: Note) -> None:
        """Store another content of a note and show it in the same message."""
        await self._session.run(
            update(NOTES).where(NOTES.c.id == note.id).values(await self._columns(note))
        )
        await hold_only(self._session, f"note:{note.id}", note.files)
        await self._copies.refresh(
            Subject(SubjectKind.NOTE, note.id), urgency=Urgency.ANSWER, after=timedelta(0)
        )

    async def get(self, note: NoteId) -> Note | None:
        """Return a note, None if there is none such."""
        row = await self._session.first(_BY_ID, note=note)
        return await self._note(row) if row else None

    async def latest(self, person: PersonId, feature: str, now: datetime) -> Note | None:
        """Return a feature's latest note to a person whose buttons still work."""
        row = await self._session.first(_LATEST, person=person, now=now, feature=feature)
        return await self._note(row) if row else None

    async def awaiting(self, person: PersonId, now: datetime) -> Note | None:
        """Return the latest note that waits for a free answer from a person."""
        row = await self._session.first(_AWAITING, person=person, now=now)
        return await self._note(row) if row else None

    async def show_unshown(
        self, person: PersonId, now: datetime, *, but: Collection[str] = ()
    ) -> None:
        """Show what was said to a person while they could not be written to and still holds."""
        shown = exists().where(
            COPIES.c.subject_kind == SubjectKind.NOTE.value, COPIES.c.subject_id == NOTES.c.id
        )
        rows = await self._session.all(
            select(NOTES.c.id)
            .where(NOTES.c.person_id == person, NOTES.c.expires_at > now, ~shown)
            .where(NOTES.c.feature.not_in(but))
            .order_by(NOTES.c.created_at)
        )
        for row in rows:
            await self._copies.place(
                Subject(SubjectKind.NOTE, row.id),
                PersonRef(person),
                urgency=Urgency.ANSWER,
                answers=None,
                after=timedelta(0),
            )

    async def unanswered(self, now: datetime, *, awaits: Collection[str]) -> Sequence[NoteId]:
        """Return the notes that have waited for one of these until they expired."""
        rows = await self._session.all(
            select(NOTES.c.id).where(NOTES.c.expires_at <= now, NOTES.c.awaits.in_(awaits))
        )
        return [NoteId(row.id) for row in rows]

    async def past_lifetime(self, before: datetime) -> Sequence[NoteId]:
        """Return the notes that expired before a time."""
        rows = await self._session.all(select(NOTES.c.id).where(NOTES.c.expires_at <= before))
        return [NoteId(row.id) for row in rows]

    async def of_feature(self, feature: str) -> Sequence[NoteId]:
        """Return all that a feature has said and that is not forgotten."""
        rows = await self._session.all(select(NOTES.c.id).where(NOTES.c.feature == feature))
        return [NoteId(row.id) for row in rows]

    async def of_person(self, person: PersonId) -> Sequence[NoteId]:
        """Return what was said to a person."""
        rows = await self._session.all(select(NOTES.c.id).where(NOTES.c.person_id == person))
        return [NoteId(row.id) for row in rows]

    async def about(self, report: ReportId) -> Sequence[NoteId]:
        """Return what was said with a report's words."""
        rows = await self._session.all(select(NOTES.c.id).where(NOTES.c.about == report))
        return [NoteId(row.id) for row in rows]

    async def erase(self, note: NoteId) -> Sequence[MediaId]:
        """Delete a note; return the files it held."""
        found = await self.get(note)
        await self._session.run(delete(NOTES).where(NOTES.c.id == note))
        await let_go(self._session, f"note:{note}")
        return [media.id for media in found.files] if found else []

    async def _columns(self, note: Note) -> Mapping[str, object]:
        content: Json = {
            "words": words_to_json(note.words),
            "choices": [[_choice_to_json(choice) for choice in row] for row in note.choices],
            "media": media_to_json(note.media),
            "state": dict(note.state),
            "language": note.language,
            "asks_place": note.asks_place,
            "is_silent": note.is_silent,
            "rings": note.rings,
        }
        return {
            "feature": note.feature,
            "person_id": note.person,
            "awaits": note.awaits,
            "about": note.about,
            "expires_at": note.expires_at,
            "content": await self._session.vault.seal(_key(note.person), content, field=_FIELD),
        }

    async def _note(self, row: Row[Any]) -> Note | None:
        owner = _key(PersonId(row.person_id) if row.person_id else None)
        content = await self._session.vault.unseal(owner, row.content, field=_FIELD)
        match content:
            case {
                "words": words,
                "choices": list(rows),
                "media": media,
                "state": dict(state),
                **more,
            }:
                return Note(
                    id=NoteId(row.id),
                    feature=row.feature,
                    person=PersonId(row.person_id) if row.person_id else None,
                    words=words_from_json(words),
                    choices=tuple(_row_from_json(choices) for choices in rows),
                    media=media_from_json(media),
                    awaits=row.awaits,
                    asks_place=bool(more.get("asks_place")),
                    is_silent=bool(more.get("is_silent")),
                    rings=bool(more.get("rings")),
                    about=ReportId(row.about) if row.about else None,
                    state=state,
                    expires_at=row.expires_at,
                    language=_language_in(content),
                )
            case _:
                return None


def _language_in(content: Json) -> str | None:
    """Return the language of a note; those of an earlier version have none."""
    match content:
        case {"language": str(language)}:
            return language
        case _:
            return None


def _key(person: PersonId | None) -> Owner:
    return person_key(person) if person else _ROOM_NOTES


def _choice_to_json(choice: Choice) -> Json:
    return {
        "label": words_to_json(choice.label),
        "action": choice.action,
        "url": choice.url,
        "start": choice.start,
    }


def _row_from_json(value: Json) -> tuple[Choice, ...]:
    choices = value if isinstance(value, list) else []
    return tuple(
        Choice(
            words_from_json(choice["label"]),
            str(choice["action"]),
            url=str(choice["url"]) if choice.get("url") else None,
            start=str(choice["start"]) if choice.get("start") else None,
        )
        for choice in choices
        if isinstance(choice, dict)
    )
