"""Noting how attempts ended, and what that says of readers and rooms."""

from collections.abc import Sequence
from datetime import datetime

from bot.handlers.rooms import move_room
from bot.ports.copies import Outcome, Result
from bot.ports.store import UnitOfWork


async def settle(outcomes: Sequence[Outcome], uow: UnitOfWork, now: datetime) -> None:
    """Note outcomes in one transaction."""
    await uow.outbox.settle(outcomes, now)
    for outcome in outcomes:
        copy = outcome.effect.copy
        if outcome.result is Result.UNREACHABLE and copy is not None:
            await uow.copies.lose_reader(copy.id)
        if outcome.moved is not None:
            old, new = outcome.moved
            await move_room(old, new, uow=uow, now=now)
