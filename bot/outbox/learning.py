"""What refusals tell about rooms and readers, noted so that nothing is tried in vain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from bot.domain.effects import ON_ENTRIES, Effect, Verb
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.notes import NoteId
from bot.domain.room_news import Foothold
from bot.errors import BridgeError, PermanentFailure, RoomClosed, RoomMoved, Why
from bot.handlers.entries import ask_again
from bot.handlers.rooms import move_room, note_foothold
from bot.handlers.tips.grouped import say_that_it_stays
from bot.ports.outbox import Outcome
from bot.ports.store import UnitOfWork

_NOT_REACHED = frozenset({Why.BLOCKED, Why.NOT_STARTED, Why.ACCOUNT_GONE})


def is_quiet(effect: Effect, failure: PermanentFailure) -> bool:
    """Whether a refusal needs nobody's attention: who blocks the bot wants to hear nothing.

    What can't be removed is another matter: somebody has asked for that. That a card hangs at the
    top, or that the bot repeats an emoji, is a comfort, as that a command leaves the room, and
    whoever administers the room has decided against it. Whoever has deleted a card by hand wants
    it to stand there no more. That nobody can be let in stands on the card that asked.
    """
    match effect.verb:
        case Verb.PIN | Verb.ECHO | Verb.ADMIT | Verb.REJECT:
            return True
        case Verb.REDACT:
            return failure.why is Why.NO_RIGHTS
        case Verb.SHOW:
            is_deleted = failure.why is Why.MESSAGE_GONE and not effect.is_send
            return is_deleted or failure.why in _NOT_REACHED
        case Verb.REMOVE:
            return False
        case _ as never:
            assert_never(never)


@dataclass
class Voice:
    """Knows in which rooms the bot has been able to write since the start, as far as it tried."""

    _heard_in: set[RoomRef] = field(default_factory=set)

    def news(self, outcome: Outcome) -> RoomRef | None:
        """Return the room in which words of the bot's stand for the first time; None if none."""
        room = _room_of(outcome)
        return room if outcome.is_spoken and room not in self._heard_in else None

    def note(self, outcomes: Iterable[Outcome]) -> None:
        """Remember what the outcomes tell, once it is written down."""
        for outcome in outcomes:
            room = _room_of(outcome)
            if room is not None and outcome.is_spoken:
                self._heard_in.add(room)
            elif room is not None and outcome.failure is not None:
                self._heard_in.discard(room)


async def learn(
    outcomes: Iterable[Outcome], voice: Voice, *, uow: UnitOfWork, now: datetime
) -> None:
    """Note which rooms have moved, put the bot out or let it write again, and who is not reached.

    Args:
        outcomes: How attempts have ended.
        voice: Where the bot was heard before.
        uow: The transaction.
        now: Present time.
    """
    for outcome in outcomes:
        effect = outcome.effect
        spoken_in = voice.news(outcome)
        if spoken_in is not None:
            await note_foothold(spoken_in, Foothold.MEMBER, uow=uow, now=now)
        if effect.verb is Verb.REDACT and effect.target is not None and _is_forbidden(outcome):
            await uow.rooms.note_keeping(effect.target.room, keeps_lines=True)
            await say_that_it_stays(effect.target, uow, now)
        if outcome.failure is not None:
            to = effect.copy.to if effect.copy else None
            await _learn(outcome.failure, to, uow)
            if isinstance(to, RoomRef) and isinstance(outcome.failure, PermanentFailure):
                await _lose(to, effect, outcome.failure, uow=uow, now=now)
                await _ask_again(effect, uow, now)
            if isinstance(to, RoomRef) and isinstance(outcome.failure, RoomClosed):
                await note_foothold(to, Foothold.CLOSED, uow=uow, now=now)
            if isinstance(outcome.failure, RoomMoved):
                await _move(outcome.failure, effect.platform, uow, now)


def _is_forbidden(outcome: Outcome) -> bool:
    failure = outcome.failure
    return isinstance(failure, PermanentFailure) and failure.why is Why.NO_RIGHTS


def _room_of(outcome: Outcome) -> RoomRef | None:
    to = outcome.effect.copy.to if outcome.effect.copy else None
    return to if isinstance(to, RoomRef) else None


async def _lose(
    room: RoomRef, effect: Effect, failure: PermanentFailure, *, uow: UnitOfWork, now: datetime
) -> None:
    match failure.why:
        case Why.NOT_IN_ROOM:
            await note_foothold(room, Foothold.GONE, uow=uow, now=now)
        case Why.NO_SUCH_ROOM if effect.verb is Verb.SHOW:
            await note_foothold(room, Foothold.GONE, is_found=False, uow=uow, now=now)
        case Why.NO_RIGHTS if effect.is_send:
            await note_foothold(room, Foothold.MUTED, uow=uow, now=now)
        case _:
            pass


async def _ask_again(effect: Effect, uow: UnitOfWork, now: datetime) -> None:
    """Say on a card that whoever it is about could not be let in, or left outside."""
    if effect.verb in ON_ENTRIES and effect.copy is not None:
        await ask_again(NoteId(effect.copy.subject.id), uow=uow, now=now)


async def _move(failure: RoomMoved, platform: Platform, uow: UnitOfWork, now: datetime) -> None:
    old, new = RoomRef(platform, failure.old), RoomRef(platform, failure.new)
    await move_room(old, new, uow=uow, now=now)


async def _learn(failure: BridgeError, to: RoomRef | UserRef | None, uow: UnitOfWork) -> None:
    match failure, to:
        case PermanentFailure(why=why), UserRef() if why in _NOT_REACHED:
            await uow.people.set_reachable(to, is_reachable=False)
            await uow.copies.stop_private(to)
        case _:
            pass
