"""Keeping bursts true when a line in them changes or goes."""

from datetime import datetime, timedelta

from bot.domain.bursts import burst_subject
from bot.domain.effects import Urgency
from bot.ports.store import UnitOfWork


async def take_out_of_bursts(relay: str, uow: UnitOfWork) -> None:
    """Let a line stand in no burst any more; an empty one goes."""
    bursts = await uow.bursts.holding(relay)
    await uow.bursts.leave(relay)
    for burst in bursts:
        subject = burst_subject(burst.id)
        if len(burst.lines) > 1:
            await uow.copies.refresh(subject, urgency=Urgency.ANSWER, after=timedelta(0))
        else:
            await uow.copies.withdraw(subject)
            await uow.bursts.erase(burst.id)


async def show_in_bursts(relay: str, uow: UnitOfWork, now: datetime) -> None:
    """Show how a line is by now where it stands among others, as long as theirs are known."""
    for burst in await uow.bursts.holding(relay):
        if burst.kept_until > now:
            subject = burst_subject(burst.id)
            await uow.copies.refresh(subject, urgency=Urgency.TALK, after=timedelta(0))
