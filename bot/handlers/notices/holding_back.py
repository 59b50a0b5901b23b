"""A notice whose author's role ends while it is on its way: what is not out waits.

Whoever was put out may have been an impostor, and may as well have lost a phone. So nothing more
goes out in the organisation's name, what stands says "formerly", and the organisation decides.
"""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import answer
from bot.domain.announcing import Speaker
from bot.domain.effects import urgency_of
from bot.domain.notes import Note, press_on
from bot.domain.notices import Notice, NoticeState
from bot.domain.permissions import Action
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.notices.changing import require_may, show_change
from bot.handlers.notices.held import NAME, ask_what_becomes, close_question
from bot.handlers.notices.progress import begin_counting
from bot.handlers.notices.proof import must_prove
from bot.handlers.notices.spreading import notice_subject, spread_on
from bot.ports.features import Context
from bot.ports.holdings import Upkeep


async def hold_back(notice: Notice, upkeep: Upkeep) -> None:
    """Let nobody else hear of a notice until its organisation has decided; ask there."""
    uow, now = upkeep.uow, upkeep.now
    if not await uow.notice_reach.is_unsent(notice_subject(notice.id)):
        return  # What is out is the organisation's word, and stays.
    held = replace(notice, state=NoticeState.HELD, is_former=True)
    await uow.notices.put(held, now)
    await uow.audit.note("notice.held", notice.id, by=None, now=now)
    await uow.notice_reach.drop_unsent(notice_subject(notice.id))
    await show_change(held, uow=uow, now=now)
    await ask_what_becomes(held, await uow.notice_reach.of(notice.id), uow=uow, now=now)


async def go_on(notice: Notice, note: Note, ctx: Context) -> None:
    """Send a notice that was stopped to all others, without a badge.

    Raises:
        NotPermitted: The sender may not.
        Unacceptable: It was decided before.
    """
    await require_may(notice, Action.CORRECT_NOTICE, ctx)
    if notice.state is not NoticeState.HELD:
        raise Unacceptable("notice-not-held", id=notice.id)
    again = press_on(note, f"go-on {notice.id}")
    if await must_prove(notice, Speaker(notice.organisation), ctx, again=again):
        return
    after = replace(notice, state=NoticeState.SENT)
    await ctx.uow.notices.put(after, ctx.now)
    await ctx.uow.audit.note("notice.sent_on", notice.id, by=ctx.sender.id, now=ctx.now)
    await spread_on(after, uow=ctx.uow, areas=ctx.areas)
    await ctx.uow.copies.refresh(
        notice_subject(notice.id), urgency=urgency_of(notice.priority), after=timedelta(0)
    )
    await begin_counting(after, uow=ctx.uow, now=ctx.now)
    said = words("notice-sent-on", id=notice.id)
    await close_question(after, said, ctx.uow)
    await answer(ctx, NAME, said)
