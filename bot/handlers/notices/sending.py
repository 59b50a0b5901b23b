"""Sending a notice, now or at its time: checked again, once, whoever finds it due."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import new_note_id
from bot.domain.announcing import Speaker, may_name, speakers_for
from bot.domain.copies import PersonRef
from bot.domain.groups import Group
from bot.domain.notes import Note
from bot.domain.notice_drafts import NoticeDraft
from bot.domain.notices import Notice, NoticeState
from bot.domain.words import Moment, Words, words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.notices.held import NAME
from bot.handlers.notices.places import chosen, speakers_of, still_there
from bot.handlers.notices.progress import BUTTONS_FOR, offers
from bot.handlers.notices.proof import must_prove
from bot.handlers.notices.questions import SHOWN_AS, closed, is_past, question, unsent_notice
from bot.handlers.notices.spreading import go_out
from bot.ports.features import Context
from bot.ports.holdings import Upkeep


async def send(draft: NoticeDraft, note: Note, ctx: Context) -> None:
    """Send what the preview has shown, or keep it for its time.

    Raises:
        NotPermitted: The sender may not.
        Unacceptable: It would be over before it goes out.
    """
    if not draft.has_place or not draft.texts:
        raise UnknownButton
    speaker = chosen(draft, await speakers_of(draft, ctx))
    if await still_there(draft, ctx) != draft or speaker.key != note.state.get(SHOWN_AS):
        # Nobody sends what was not shown.
        await ctx.uow.notes.change(closed(note, words("notice-form-changed")))
        await ctx.uow.notes.say(await question(await still_there(draft, ctx), ctx), ctx.private)
        return
    if is_past(draft.due_at, ctx.now):
        draft = replace(draft, due_at=None)
    if is_past(draft.expires_at, draft.due_at or ctx.now):
        raise Unacceptable("notice-over-before")
    notice = unsent_notice(draft, speaker, ctx)
    if await must_prove(notice, speaker, ctx, again=f"/notice {note.id}"):
        return
    notice = replace(notice, id=await ctx.uow.notices.free_id(ctx.now), published_at=ctx.now)
    if notice.state is NoticeState.SCHEDULED:
        await _schedule(notice, note, ctx)
    else:
        await go_out(notice, uow=ctx.uow, areas=ctx.areas, now=ctx.now)
        await ctx.uow.notes.change(closed(note, words("notice-sent", id=notice.id)))


async def _schedule(notice: Notice, note: Note, ctx: Context) -> None:
    await ctx.uow.notices.put(notice, ctx.now)
    await ctx.uow.audit.note("notice.scheduled", notice.id, by=ctx.sender.id, now=ctx.now)
    await ctx.uow.notes.change(closed(note, words("notice-kept")))
    kept = Note(
        id=new_note_id(),
        feature=NAME,
        person=ctx.sender.id,
        words=_scheduled(notice),
        choices=tuple(tuple(row) for row in offers(notice)),
        state={"notice": notice.id},
        expires_at=max(notice.due_at or ctx.now, ctx.now) + BUTTONS_FOR,
    )
    await ctx.uow.notes.say(kept, ctx.private)


def _scheduled(notice: Notice) -> Words:
    at = Moment(notice.due_at or notice.published_at, with_day=True)
    return words("notice-scheduled", id=notice.id, time=at)


async def due(upkeep: Upkeep) -> Sequence[str]:
    """Return the notices whose time has come."""
    return await upkeep.uow.notices.due(upkeep.now)


async def send_due(piece: str, upkeep: Upkeep) -> int:
    """Send a notice whose time has come, once; after downtime too, unless it is over by then."""
    uow = upkeep.uow
    notice = await uow.notices.get(piece)
    if notice is None or notice.state is not NoticeState.SCHEDULED or notice.due_at is None:
        return 0
    if not await uow.occurrences.take(f"notice:{notice.id}", notice.due_at, upkeep.now):
        return 0
    missed = await _why_not(notice, upkeep)
    if missed is not None:
        await let_go(notice, missed, upkeep)
    else:
        await go_out(notice, uow=uow, areas=upkeep.areas, now=upkeep.now)
    return 1


async def _why_not(notice: Notice, upkeep: Upkeep) -> str | None:
    """Return why a notice can't go out any more; None if it can."""
    if notice.is_over_by(upkeep.now):
        return "over"
    found = [await upkeep.uow.groups.get(group) for group in notice.groups]
    groups = [group for group in found if group is not None]
    if not notice.areas and not groups:
        return "gone"
    return None if await _still_may(notice, groups, upkeep) else "role"


async def _still_may(notice: Notice, groups: Sequence[Group], upkeep: Upkeep) -> bool:
    """Whether its author may still speak so to all of them: a role ends, a group is locked."""
    if notice.author is None or not await still_speaks(notice, upkeep):
        return False
    speaker = Speaker(notice.organisation)
    own = {group.id for group in await upkeep.uow.groups.written_in_by(notice.author)}
    return all(may_name(group, speaker, takes_part=group.id in own) for group in groups)


async def still_speaks(notice: Notice, upkeep: Upkeep) -> bool:
    """Whether its author holds the role in which it was written, in all of its places."""
    author = await upkeep.uow.people.get(notice.author, upkeep.now) if notice.author else None
    if author is None:
        return False
    groups = [await upkeep.uow.groups.get(group) for group in notice.groups]
    places = [*notice.areas, *(group.area for group in groups if group)]
    chains = [upkeep.areas.chain(place) for place in places]
    return Speaker(notice.organisation) in speakers_for(author, chains, upkeep.now)


async def let_go(notice: Notice, why: str, upkeep: Upkeep) -> None:
    """Cancel what can't go out any more, and say so to whoever wrote it."""
    after = replace(notice, state=NoticeState.CANCELLED, changed_at=upkeep.now)
    await upkeep.uow.notices.put(after, upkeep.now)
    await upkeep.uow.audit.note("notice.missed", notice.id, by=None, now=upkeep.now)
    if notice.author is not None:
        missed = Note(
            id=new_note_id(),
            feature=NAME,
            person=notice.author,
            words=words("notice-missed", id=notice.id, why=why),
            expires_at=upkeep.now + BUTTONS_FOR,
        )
        await upkeep.uow.notes.say(missed, PersonRef(notice.author))
