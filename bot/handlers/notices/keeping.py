"""What is kept of notices, what falls due with them, and when they end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.effects import Urgency
from bot.domain.notices import Notice, NoticeState
from bot.domain.people import Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.handlers.notices.card import AGAIN
from bot.handlers.notices.held import NAME, close_question
from bot.handlers.notices.holding_back import hold_back
from bot.handlers.notices.progress import count, look, to_count
from bot.handlers.notices.sending import due, let_go, send_due, still_speaks
from bot.handlers.notices.spreading import notice_subject
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    number = len(await upkeep.uow.notices.of_author(person.id))
    days = upkeep.lifetimes.notice.days
    return [words("privacy-notices", number=number, days=days)] if number else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    written = await upkeep.uow.notices.of_author(person.id)
    return Exported(
        fields={"notices": [_notice(notice) for notice in written]},
        files=tuple(file for notice in written for file in notice.media),
    )


def _notice(notice: Notice) -> Json:
    return {
        "id": notice.id,
        "organisation": notice.organisation,
        "areas": list(notice.areas),
        "groups": list(notice.groups),
        "priority": notice.priority.word,
        "state": notice.state.value,
        "texts": dict(notice.texts),
        "pictures": [file.name for file in notice.media],
        "published_at": notice.published_at.isoformat(),
        "due_at": notice.due_at.isoformat() if notice.due_at else None,
        "expires_at": notice.expires_at.isoformat() if notice.expires_at else None,
    }


async def _parting(person: PersonId, upkeep: Upkeep) -> Sequence[Words]:
    return [words("forget-notices")] if await upkeep.uow.notices.of_author(person) else []


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    """Let go of who wrote it: the words are an office's, and what waits goes with its author."""
    for notice in await upkeep.uow.notices.of_author(person):
        if notice.state is NoticeState.SCHEDULED:
            await _forget_notice(notice.id, upkeep)
    await upkeep.uow.notices.unlink(person)
    return {}


async def _unbadge(person: PersonId, organisation: str, upkeep: Upkeep) -> None:
    """Cancel what waits for its time, and stop what is on its way; what is out stays."""
    for notice in await upkeep.uow.notices.of_author(person):
        if notice.organisation != organisation or notice.is_over_by(upkeep.now):
            continue
        if notice.is_former or await still_speaks(notice, upkeep):
            continue
        if notice.state is NoticeState.SCHEDULED:
            await let_go(notice, "role", upkeep)
        else:
            await hold_back(notice, upkeep)


async def _run_out(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notices.run_out(upkeep.now)


async def _end(piece: str, upkeep: Upkeep) -> int:
    """Show that a notice no longer holds; who has not got it by then never does."""
    notice = await upkeep.uow.notices.get(piece)
    if notice is None or notice.state not in {NoticeState.SENT, NoticeState.HELD}:
        return 0
    await close_question(notice, words("notice-held-over", id=notice.id), upkeep.uow)
    after = replace(notice, state=NoticeState.EXPIRED, changed_at=notice.expires_at)
    await upkeep.uow.notices.put(after, upkeep.now)
    await upkeep.uow.notice_reach.drop_unsent(notice_subject(notice.id))
    for subject in (notice_subject(notice.id), notice_subject(notice.id + AGAIN)):
        await upkeep.uow.copies.refresh(subject, urgency=Urgency.LATER, after=timedelta(0))
    return 1


async def _old(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notices.past_lifetime(upkeep.now - upkeep.lifetimes.notice)


async def _forget_old(piece: str, upkeep: Upkeep) -> int:
    await _forget_notice(piece, upkeep)
    return 1


async def _forget_notice(notice: str, upkeep: Upkeep) -> None:
    """Forget a notice; where it stands it stays."""
    for subject in (notice_subject(notice), notice_subject(notice + AGAIN)):
        await upkeep.uow.copies.forget(subject)
    await upkeep.discard(await upkeep.uow.notices.erase(notice))


async def _forget_occurrences(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.occurrences.forget_old(upkeep.now - upkeep.lifetimes.notice)


HOLDING = Holding(
    name=NAME,
    told=_told,
    export=_export,
    parting=_parting,
    erase=_erase,
    unbadge=_unbadge,
    chores=(
        Chore(name="send_due_notices", pace=Pace.SOON, find=due, do=send_due),
        Chore(name="end_notices", pace=Pace.SOON, find=_run_out, do=_end),
        Chore(name="count_notices", pace=Pace.SOON, find=to_count, do=count, look=look),
        Chore(name="forget_old_notices", pace=Pace.SELDOM, find=_old, do=_forget_old),
        Chore(name="forget_occurrences", pace=Pace.SELDOM, do=_forget_occurrences),
    ),
)
