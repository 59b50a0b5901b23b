"""`/correct` and `/recall`: every copy of a notice changes where it stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import BUTTONS_WORK_FOR, answer, choice, new_note_id, note_to_sender
from bot.domain.announcing import Speaker, actor_before, actor_to_recall
from bot.domain.copies import PersonRef, Subject, SubjectKind
from bot.domain.effects import urgency_of
from bot.domain.incoming import IncomingMessage
from bot.domain.notes import Note
from bot.domain.notices import (
    Notice,
    NoticeId,
    NoticeState,
    corrected,
    phase_of_notice,
    read_notice_id,
)
from bot.domain.permissions import Action, Phase, may
from bot.domain.reports import Priority
from bot.domain.words import words
from bot.errors import NotPermitted, Unacceptable
from bot.handlers.notices.card import AGAIN
from bot.handlers.notices.held import NAME, close_question
from bot.handlers.notices.progress import begin_counting
from bot.handlers.notices.proof import must_prove
from bot.handlers.notices.reading import require_words, texts_of
from bot.handlers.notices.spreading import notice_subject
from bot.official_posts import correct_notice_post, recall_notice_post
from bot.ports.features import Context
from bot.ports.store import UnitOfWork

CORRECTION = "correction"
"""What a note waits for that has asked for the right words."""


async def find(incoming: IncomingMessage, ctx: Context) -> tuple[Notice, str]:
    """Return the notice that a command is about, and the words after its number.

    It is named by its number or by replying to its card.

    Raises:
        Unacceptable: None is named, or there is none such.
    """
    said = incoming.command.rest.plain.strip() if incoming.command else ""
    first, _, after = said.partition(" ")
    head, _, below = first.partition("\n")
    named = read_notice_id(head)
    if named is not None:
        rest = f"{below} {after}" if below else after
        return await require_notice(named, ctx), rest.strip()
    if ctx.answered is not None and ctx.answered.subject.kind is SubjectKind.NOTICE:
        shown = ctx.answered.subject.id.removesuffix(AGAIN)
        return await require_notice(NoticeId(shown), ctx), said
    raise Unacceptable("notice-which")


async def require_notice(named: NoticeId, ctx: Context) -> Notice:
    """Return a notice that somebody wrote.

    Raises:
        Unacceptable: There is none such.
    """
    notice = await ctx.uow.notices.get(named)
    if notice is None or not notice.is_written:
        raise Unacceptable("notice-unknown", id=named)
    return notice


async def require_may(notice: Notice, action: Action, ctx: Context) -> None:
    """Let pass who may do something to a notice now.

    Raises:
        NotPermitted: The sender may not, or it was recalled.
    """
    groups = [await ctx.uow.groups.get(group) for group in notice.groups]
    places = [*notice.areas, *(group.area for group in groups if group)]
    before = actor_to_recall if action is Action.RECALL_NOTICE else actor_before
    actor = before(notice, ctx.sender, [ctx.chain(place) for place in places], ctx.now)
    if may(actor, action, phase_of_notice(notice)):
        return
    if may(actor, action, Phase.ACTIVE):
        raise NotPermitted("notice-is-over", id=notice.id)
    raise NotPermitted(f"report-may-not-{action.value.replace('_', '-')}", id=notice.id)


async def ask_for_words(notice: Notice, ctx: Context) -> None:
    """Ask how it should read, with what it says now."""
    asked = note_to_sender(
        ctx,
        NAME,
        words("notice-ask-correction", id=notice.id, text=notice.text),
        rows=((choice("notice-form-cancel", "nothing"),),),
    )
    asked = replace(asked, awaits=CORRECTION, state={"notice": notice.id})
    await ctx.uow.notes.say(asked, ctx.private)


async def correct(notice: Notice, said: str, ctx: Context) -> None:
    """Give a notice other words, wherever it stands.

    Raises:
        NotPermitted: The sender may not.
        Unacceptable: A language is left without words: to take them back is `/recall`.
    """
    await require_may(notice, Action.CORRECT_NOTICE, ctx)
    require_words(said, ctx)
    language = notice.language if not notice.others else None
    after = corrected(
        notice, _in_its_languages(notice, texts_of(said, ctx, language=language)), ctx.now
    )
    again = f"/correct {notice.id} {said}"
    if await must_prove(after, Speaker(notice.organisation), ctx, again=again):
        return
    await ctx.uow.notices.put(after, ctx.now)
    await correct_notice_post(after, uow=ctx.uow, now=ctx.now)
    await ctx.uow.audit.note("notice.corrected", notice.id, by=ctx.sender.id, now=ctx.now)
    await show_change(after, uow=ctx.uow, now=ctx.now)
    gone = [one for one in notice.texts if one not in after.texts]
    said_back = words(
        "notice-corrected-receipt",
        id=notice.id,
        state=notice.state.value,
        lacks=gone[0] if gone else "none",
    )
    await answer(ctx, NAME, said_back)


def _in_its_languages(notice: Notice, texts: Mapping[str, str]) -> Mapping[str, str]:
    """Let the first language stay on top if it is among those that are given."""
    if notice.language not in texts:
        return texts
    first = {notice.language: texts[notice.language]} if notice.language else {}
    return {**first, **texts}


async def ask_to_recall(notice: Notice, ctx: Context) -> None:
    """Let a press be thought over: what was recalled can't be sent on."""
    await require_may(notice, Action.RECALL_NOTICE, ctx)
    yes = choice("notice-recall-yes", f"recall! {notice.id}")
    no = choice("notice-recall-no", "nothing")
    said = words("notice-ask-recall", id=notice.id, state=notice.state.value)
    await answer(ctx, NAME, said, rows=((yes, no),))


async def recall(notice: Notice, ctx: Context) -> None:
    """Take a notice back: who got it reads so, and who has not never gets it.

    Raises:
        NotPermitted: The sender may not, or it was recalled before.
    """
    await require_may(notice, Action.RECALL_NOTICE, ctx)
    waits = notice.state is NoticeState.SCHEDULED
    after = replace(
        notice,
        state=NoticeState.CANCELLED if waits else NoticeState.RECALLED,
        # What should not have been said is not kept either.
        text="",
        others={},
        media=(),
        changed_at=ctx.now,
    )
    await ctx.uow.notices.put(after, ctx.now)
    await recall_notice_post(after, uow=ctx.uow, now=ctx.now)
    await ctx.upkeep.discard([file.id for file in notice.media])
    await ctx.uow.audit.note(
        f"notice.{after.state.value}", notice.id, by=ctx.sender.id, now=ctx.now
    )
    await ctx.uow.notice_reach.drop_unsent(notice_subject(notice.id))
    await show_change(after, uow=ctx.uow, now=ctx.now)
    await close_question(after, words("notice-held-recalled", id=notice.id), ctx.uow)
    said = words("notice-recalled-receipt", id=notice.id, state=after.state.value)
    await answer(ctx, NAME, said)


async def show_change(notice: Notice, *, uow: UnitOfWork, now: datetime) -> None:
    """Bring every copy up to date, those in digests as well, and ring about what was red.

    Who got it in an account that can't be written to any more is told in another, and a room that
    goes on under another id is told there.
    """
    if notice.state in {NoticeState.SCHEDULED, NoticeState.CANCELLED}:
        return
    subject, again = notice_subject(notice.id), notice_subject(notice.id + AGAIN)
    urgency = urgency_of(notice.priority)
    for shown in (subject, again):
        await uow.copies.refresh(shown, urgency=urgency, after=timedelta(0))
    for person in await uow.notice_reach.moved_away(subject):
        if not await uow.copies.reached(again, person):
            await uow.copies.show_to(again, PersonRef(person), urgency=urgency)
    if notice.priority is Priority.RED:
        await _ring(notice, uow, now)
    await begin_counting(notice, uow=uow, now=now)


async def _ring(notice: Notice, uow: UnitOfWork, now: datetime) -> None:
    note = Note(
        id=new_note_id(),
        feature=NAME,
        person=None,
        words=words("notice-news", id=notice.id, state=notice.state.value),
        expires_at=now + BUTTONS_WORK_FOR,
    )
    await uow.notes.keep(note)
    news = Subject(SubjectKind.NOTE, note.id)
    await uow.copies.follow_up(
        news, notice_subject(notice.id), urgency=urgency_of(notice.priority)
    )
