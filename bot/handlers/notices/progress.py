"""Telling the author how far a notice has come, in one message that counts up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.conversation import Rows, as_rows, choice
from bot.domain.copies import PersonRef, Subject, SubjectKind
from bot.domain.effects import Urgency, urgency_of
from bot.domain.messages import RoomRef
from bot.domain.notes import Note, NoteId
from bot.domain.notice_reach import NoticeReach, Refusal
from bot.domain.notices import Notice, NoticeId, NoticeState
from bot.domain.reports import Priority
from bot.domain.words import Words, under_each_other, words
from bot.handlers.notices.held import NAME, count_anew, held_rows
from bot.ports.holdings import Upkeep, Work
from bot.ports.store import UnitOfWork

EVERY = timedelta(seconds=3)
"""A platform takes no more changes of one message, and nobody reads faster."""
BUTTONS_FOR = timedelta(days=7)


async def begin_counting(notice: Notice, *, uow: UnitOfWork, now: datetime) -> None:
    """Tell the author how far a notice has come, and go on as long as anything is on its way."""
    if notice.author is None:
        return
    # One that is there may have been changed a moment ago: the next round does it.
    if await uow.notes.get(progress_id(notice.id)) is None:
        said = await progress_words(notice, await uow.notice_reach.of(notice.id), uow)
        note = Note(
            id=progress_id(notice.id),
            feature=NAME,
            person=notice.author,
            words=said,
            choices=as_rows(offers(notice)),
            state={"notice": notice.id},
            expires_at=now + BUTTONS_FOR,
        )
        urgency = max(Urgency.ANSWER, urgency_of(notice.priority))
        await uow.notes.say(note, PersonRef(notice.author), urgency=urgency)
    await uow.notices.count_at(notice.id, now + EVERY)


async def to_count(upkeep: Upkeep) -> Sequence[str]:
    """Return the notices of which it is time to say how far they have come."""
    return await upkeep.uow.notices.to_count(upkeep.now)


async def count(piece: str, upkeep: Upkeep) -> int:
    """Count and tell in one transaction."""
    return await (await look(piece, upkeep))(upkeep)


async def look(piece: str, upkeep: Upkeep) -> Work:
    """Count how far a notice has come, and return what says so: many copies take a while."""
    notice = await upkeep.uow.notices.get(piece)
    if notice is None:
        return _nothing
    return partial(_tell, notice, await upkeep.uow.notice_reach.of(notice.id))


async def _nothing(_upkeep: Upkeep) -> int:
    return 0


async def _tell(notice: Notice, reach: NoticeReach, upkeep: Upkeep) -> int:
    """Say how far a notice has come, if that has changed; the last time when all has settled."""
    uow = upkeep.uow
    note = await uow.notes.get(progress_id(notice.id))
    is_late = note is not None and await uow.notice_reach.is_on_its_way(
        progress_subject(notice.id)
    )
    # What was corrected or taken back since it was counted is counted again, and two changes that
    # come late come close together.
    if is_late or await uow.notices.get(notice.id) != notice:
        await uow.notices.count_at(notice.id, upkeep.now + EVERY)
        return 0
    said = await progress_words(notice, reach, uow)
    is_held = notice.state is NoticeState.HELD
    if is_held:
        await count_anew(notice, reach, uow)
    if note is not None and note.words != said:
        # Whoever wrote what was stopped has no say in it any more.
        rows = () if is_held else offers(notice)
        await uow.notes.change(replace(note, words=said, choices=as_rows(rows)))
        if notice.priority is Priority.RED:
            # Else it would come after the last of all that it counts.
            shown = progress_subject(notice.id)
            await uow.copies.refresh(shown, urgency=Urgency.RED, after=timedelta(0))
    goes_on = note is not None and not reach.is_settled
    await uow.notices.count_at(notice.id, upkeep.now + EVERY if goes_on else None)
    return 1


def progress_id(notice: NoticeId) -> NoteId:
    """Return the id of the message that counts up."""
    return NoteId(f"progress-{notice}")


def progress_subject(notice: NoticeId) -> Subject:
    """Return what the copy of that message shows."""
    return Subject(SubjectKind.NOTE, progress_id(notice))


def offers(notice: Notice) -> Rows:
    """Return the buttons for what can be done with a notice."""
    match notice.state:
        case NoticeState.SCHEDULED:
            verb = choice("notice-cancel", f"recall {notice.id}", id=notice.id)
        case NoticeState.HELD:
            return held_rows(notice)
        case NoticeState.SENT | NoticeState.EXPIRED:
            verb = choice("notice-recall", f"recall {notice.id}", id=notice.id)
        case _:
            return ()
    return ((choice("notice-correct", f"correct {notice.id}", id=notice.id), verb),)


async def progress_words(notice: Notice, reach: NoticeReach, uow: UnitOfWork) -> Words:
    """Say how far a notice has come: who has it, who gets it later, and who does not and why."""
    lines = [_head(notice, reach)]
    if reach.changing or reach.unchanged:
        lines.append(words("notice-progress-changes", left=reach.changing, failed=reach.unchanged))
    if reach.people.later:
        lines.append(words("notice-progress-later", number=reach.people.later))
    is_held = notice.state is NoticeState.HELD
    if reach.people.lost and not is_held:
        # Of what was taken back, those whose turn had not come are spared it.
        is_spared = notice.state is NoticeState.RECALLED
        text_id = "notice-progress-spared" if is_spared else "notice-progress-lost"
        lines.append(words(text_id, number=reach.people.lost))
    if reach.people.failed:
        lines.append(words("notice-progress-refused", number=reach.people.failed))
    missed = reach.rooms.failed + (0 if is_held else reach.rooms.lost)
    if missed:
        lines.append(words("notice-progress-rooms", number=missed))
    lines.extend([await _refusal(one, uow) for one in reach.refusals])
    return under_each_other(lines)


def _head(notice: Notice, reach: NoticeReach) -> Words:
    return words(
        "notice-progress",
        id=notice.id,
        state=_stage(notice, reach),
        rooms=reach.rooms.reached,
        all_rooms=reach.rooms.planned,
        people=reach.people.reached,
        all_people=reach.people.planned,
    )


def _stage(notice: Notice, reach: NoticeReach) -> str:
    """Return what is going on: the words of the head follow it."""
    if notice.state is NoticeState.RECALLED:
        return "recalled" if reach.is_settled else "recalling"
    if notice.state is NoticeState.HELD:
        return "held"
    if reach.rooms.waiting or reach.people.waiting:
        return "sending"
    return "changing" if reach.changing else "done"


async def _refusal(refusal: Refusal, uow: UnitOfWork) -> Words:
    return words(
        "notice-progress-refusal",
        room=await _called(refusal.room, uow),
        platform=refusal.room.platform.value,
        reason=refusal.reason,
    )


async def _called(room: RoomRef, uow: UnitOfWork) -> str:
    """Name a room by its group."""
    group = await uow.groups.of_room(room)
    return group.name if group else await uow.rooms.title_of(room) or "?"
