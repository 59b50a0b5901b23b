"""Saying something to one person, and writing it when it is shown."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from bot.domain.copies import PersonRef, Subject, SubjectKind
from bot.domain.effects import Urgency
from bot.domain.media_json import media_from_json
from bot.domain.messages import Media, Position, RoomRef
from bot.domain.notes import AWAITED_PLACES, Choice, Note, NoteId
from bot.domain.outgoing import Button, OutgoingMessage, PlaceRequest
from bot.domain.people import Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.set_apart import set_apart
from bot.domain.words import Words, words
from bot.domain.words_json import words_to_json
from bot.errors import UserError
from bot.ports.features import Context
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep
from bot.ports.showing import Renderer, Showing
from bot.ports.store import UnitOfWork

BUTTONS_WORK_FOR = timedelta(hours=24)
Rows = Sequence[Sequence[Choice]]


def choice(text_id: str, action: str, **values: str) -> Choice:
    """Make a button; an action that begins with `/` is that command."""
    return Choice(words(text_id, **values), action)


def note_to_sender(ctx: Context, feature: str, said: Words, *, rows: Rows = ()) -> Note:
    """Make a note to the sender; `replace` adds what it waits for or holds."""
    return Note(
        id=new_note_id(),
        feature=feature,
        person=ctx.sender.id,
        words=said,
        choices=as_rows(rows),
        expires_at=ctx.now + BUTTONS_WORK_FOR,
    )


def as_rows(rows: Rows) -> tuple[tuple[Choice, ...], ...]:
    """Make buttons row by row."""
    return tuple(tuple(row) for row in rows)


async def answer(ctx: Context, feature: str, said: Words, *, rows: Rows = ()) -> None:
    """Say something to the sender alone."""
    await ctx.uow.notes.say(note_to_sender(ctx, feature, said, rows=rows), ctx.private)


async def say_once_a_day(
    ctx: Context, feature: str, said: Words, *, about: str, rows: Rows = ()
) -> None:
    """Say something to the sender alone, without a sound, unless it was said today."""
    named = f"{said.text_id} {about} {ctx.sender.id} {ctx.now:%F}"
    note_id = NoteId(f"daily-{hashlib.blake2b(named.encode(), digest_size=12).hexdigest()}")
    if await ctx.uow.notes.get(note_id) is None:
        note = note_to_sender(ctx, feature, said, rows=rows)
        note = replace(note, id=note_id, is_silent=True)
        await ctx.uow.notes.say(note, ctx.private, urgency=Urgency.LATER)


async def say_outside(ctx: Context, feature: str, position: Position, *, offers: bool) -> None:
    """Say that a position lies in no area, and which are nearest.

    Args:
        ctx: Whom.
        feature: Who says it.
        position: The place.
        offers: Whether the nearest can be followed with a button.
    """
    near = ctx.areas.near(position)
    rows = [[choice("area-button", f"/subscribe {area.id}", name=area.name)] for area in near]
    said = words(
        "place-outside",
        near=", ".join(area.name for area in near),
        any_near="yes" if near else "no",
    )
    await answer(ctx, feature, said, rows=rows if offers else ())


async def tell(
    error: UserError,
    person: PersonId,
    *,
    uow: UnitOfWork,
    now: datetime,
    where: RoomRef | None = None,
) -> None:
    """Say to somebody why something can't be done and what to do instead.

    Args:
        error: Why.
        person: To whom.
        uow: The transaction.
        now: Present time.
        where: The room to say it in, if it can't be said in private.
    """
    note = Note(
        id=new_note_id(),
        feature="errors",
        person=person,
        words=Words(error.text_id, error.values),
        expires_at=now + BUTTONS_WORK_FOR,
    )
    await uow.notes.say(note, where or PersonRef(person))


def new_note_id() -> NoteId:
    """Return an id that no note has."""
    return NoteId(secrets.token_urlsafe(12))


async def show_note(showing: Showing) -> OutgoingMessage | None:
    """Write a note in its reader's language."""
    note = await showing.uow.notes.get(NoteId(showing.subject.id))
    said = await _said(note, showing.uow) if note else None
    if note is None or said is None:
        return None
    if note.language is not None:
        showing = replace(showing, reader=replace(showing.reader, language=note.language))
    return OutgoingMessage(
        text=showing.say(said),
        rows=_buttons(note, showing) if note.expires_at > showing.now else (),
        media=note.media,
        silent=note.is_silent,
        asks_place=_place_request(note, showing),
        is_remark=True,
        rings=note.rings,
    )


def _place_request(note: Note, showing: Showing) -> PlaceRequest | None:
    """Ask for the place as long as it is waited for; a room is no place to tell it in."""
    waits = note.asks_place and note.awaits is not None and note.expires_at > showing.now
    if not waits or not showing.reader.is_private:
        return None
    return PlaceRequest(
        says=showing.label(words("place-or-share")), label=showing.label(words("place-share"))
    )


async def _said(note: Note, uow: UnitOfWork) -> Words | None:
    """Return a note's words; None if those of the report that it quotes are gone."""
    if note.about is None:
        return note.words
    report = await uow.reports.get(note.about)
    if report is None:
        return None
    return Words(
        note.words.text_id, {**note.words.values, "text": set_apart(report.text, begins_line=True)}
    )


def _buttons(note: Note, showing: Showing) -> tuple[tuple[Button, ...], ...]:
    numbers = count()
    return tuple(
        tuple(
            _button(showing.label(choice.label), choice, choice.data(next(numbers), note.stamp))
            for choice in row
        )
        for row in note.choices
    )


def _button(label: str, choice: Choice, data: str) -> Button:
    if choice.url is not None:
        return Button(label=label, url=choice.url)
    if choice.start is not None:
        return Button(label=label, start=choice.start)
    return Button(label=label, data=data)


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    said = await upkeep.uow.notes.of_person(person.id)
    days = upkeep.lifetimes.note.days
    return [words("privacy-notes", number=len(said), days=days)] if said else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    uow = upkeep.uow
    said = [await uow.notes.get(note) for note in await uow.notes.of_person(person.id)]
    known = [note for note in said if note is not None]
    return Exported(
        fields={"messages_from_the_bot": [_note_said(note) for note in known]},
        files=tuple(file for note in known for file in _sent_by_the_reader(note)),
    )


def _sent_by_the_reader(note: Note) -> Sequence[Media]:
    """Return what a draft waits with, and the pictures that somebody has added to a report."""
    added = note.media if note.about is not None else ()
    return (*added, *media_from_json(note.state.get("media")))


def _note_said(note: Note) -> Json:
    """Write a note with what it waits with: the draft of a report, for one."""
    return {
        "feature": note.feature,
        "words": words_to_json(note.words),
        "draft": dict(note.state),
        "expires_at": note.expires_at.isoformat(),
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    for note in await upkeep.uow.notes.of_person(person):
        await upkeep.uow.copies.withdraw(Subject(SubjectKind.NOTE, note))
        await upkeep.discard(await upkeep.uow.notes.erase(note))
    return {}


async def _leave(person: PersonId, upkeep: Upkeep) -> None:
    for note in await upkeep.uow.notes.of_person(person):
        await _forget(note, upkeep)


async def _unanswered(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notes.unanswered(upkeep.now, awaits=AWAITED_PLACES)


async def _end(note: str, upkeep: Upkeep) -> int:
    """Wait no longer, and let the message show that."""
    asked = await upkeep.uow.notes.get(NoteId(note))
    if asked is None:
        return 0
    await upkeep.uow.notes.change(replace(asked, awaits=None))
    return 1


async def _old(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notes.past_lifetime(upkeep.now - upkeep.lifetimes.note)


async def _forget(note: str, upkeep: Upkeep) -> int:
    """Forget what was said; the message stays where it stands."""
    await upkeep.uow.copies.forget(Subject(SubjectKind.NOTE, note))
    await upkeep.discard(await upkeep.uow.notes.erase(NoteId(note)))
    return 1


SHOWS = {SubjectKind.NOTE: Renderer(show_note)}
HOLDING = Holding(
    name="notes",
    told=_told,
    export=_export,
    erase=_erase,
    leave=_leave,
    chores=(
        Chore(name="end_questions_for_a_place", pace=Pace.SOON, find=_unanswered, do=_end),
        Chore(name="forget_old_notes", pace=Pace.SELDOM, find=_old, do=_forget),
    ),
)
