"""Performing one effect, and judging how it ended."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

import structlog

from bot.domain.copies import Copy, Pin
from bot.domain.effects import MAX_BUGS, Effect, OnDoubt, Urgency, Verb
from bot.domain.messages import MessageRef, Recipient
from bot.domain.outgoing import OutgoingMessage
from bot.errors import (
    BridgeError,
    PermanentFailure,
    PlatformAway,
    RoomClosed,
    RoomMoved,
    StorageUnavailable,
    TemporaryFailure,
)
from bot.outbox.echoing import Echoing
from bot.outbox.learning import is_quiet
from bot.outbox.pinning import Pinning
from bot.outbox.setbacks import Setback
from bot.outbox.writing import Task, Writer
from bot.ports.bridge import Bridge
from bot.ports.outbox import Outcome, Result

log = structlog.get_logger("outbox")


@dataclass(frozen=True, kw_only=True)
class Performer:
    """Performs effects on one platform.

    Attributes:
        patience_s: How long a platform may take for one effect before its outcome is unknown.
        heard_within: A platform that was not heard for longer is away.
    """

    bridge: Bridge
    writer: Writer
    patience_s: float = 120.0
    heard_within: timedelta = timedelta(minutes=2)

    async def perform(self, task: Task) -> Outcome:
        """Try an effect once.

        Raises:
            StorageUnavailable: The bot's own platform can't store it; nothing was sent.
        """
        effect = task.effect
        if self._may_not_repeat(effect):
            return _given_up(effect, "its outcome was never known and it must not come twice")
        if task.bug is not None:
            return self._stumbled(effect, task.bug, in_doubt=False)
        try:
            async with asyncio.timeout(self.patience_s):
                return await self._attempt(task)
        except BridgeError as failure:
            return self._failed(effect, failure)
        except TimeoutError:
            reason = f"no answer in {self.patience_s:.0f} s"
            return self._postponed(effect, self._in_doubt(reason))
        except StorageUnavailable:
            raise
        except Exception as bug:  # noqa: BLE001 - one bad effect must not stop all the others
            return self._stumbled(effect, bug, in_doubt=True)

    @property
    def _pinning(self) -> Pinning:
        return Pinning(self.bridge)

    @property
    def _echoing(self) -> Echoing:
        return Echoing(self.bridge)

    async def _attempt(self, task: Task) -> Outcome:
        effect = task.effect
        match effect.verb:
            case Verb.SHOW:
                return await self._show(effect, _copy_of(effect), self._ready(task))
            case Verb.PIN:
                copy, in_doubt = _copy_of(effect), effect.doubts > 0
                pin = await self._pinning.settle(copy, task.message, in_doubt=in_doubt)
                return Outcome(effect=effect, result=Result.DONE, pin=pin)
            case Verb.REMOVE:
                stone = await self._remove(_copy_of(effect))
                return Outcome(effect=effect, result=Result.DONE, parts=tuple(stone))
            case Verb.REDACT:
                if effect.target is not None:
                    await self.bridge.redact(effect.target)
                return Outcome(effect=effect, result=Result.DONE)
            case Verb.ADMIT | Verb.REJECT:
                await self._answer(task)
                return Outcome(effect=effect, result=Result.DONE)
            case Verb.ECHO:
                await self._echoing.settle(effect.target, task.felt)
                return Outcome(effect=effect, result=Result.DONE)
            case _ as never:
                assert_never(never)

    async def _answer(self, task: Task) -> None:
        """Let somebody in or not; whoever is forgotten by now asks no more."""
        if task.entry is None:
            return
        if task.effect.verb is Verb.ADMIT:
            await self.bridge.admit(task.entry.user, task.entry.room)
        else:
            await self.bridge.reject(task.entry.user, task.entry.room)

    def _ready(self, task: Task) -> OutgoingMessage | None:
        """Tell the bridge what is urgent: it knows the platform's limits, the outbox does not."""
        if task.message is None:
            return None
        message = task.message.leading(self.bridge.private_link)
        return replace(message, urgent=task.effect.urgency is Urgency.RED)

    async def _show(self, effect: Effect, copy: Copy, message: OutgoingMessage | None) -> Outcome:
        if message is None or (message.keeps_text and not copy.parts):
            return await self._show_nothing(effect, copy)
        fingerprint = message.fingerprint_over(copy.fingerprint)
        if fingerprint == copy.fingerprint:
            parts: Sequence[MessageRef] = copy.parts
        elif message.keeps_text and not self.bridge.capabilities.can_keep_text:
            parts = await self._echoing.stand_in(copy.parts, message)
        elif copy.parts:
            parts = await self.bridge.edit(copy.parts, message)
        else:
            parts = await self._send(effect, copy, message)
        return Outcome(
            effect=effect,
            result=Result.DONE,
            parts=tuple(parts),
            fingerprint=fingerprint,
            needs_pin=self._pinning.is_due(copy, parts, message),
            is_spoken=not copy.parts and not message.media,
        )

    async def _remove(self, copy: Copy) -> Sequence[MessageRef]:
        """Remove a message; where the platform refuses, a stone takes its place.

        Returns:
            Where the stone stands; nothing if there is none.
        """
        await self._pinning.take_down(copy)
        try:
            for part in copy.parts:
                await self.bridge.redact(part)
        except PermanentFailure:
            return await self.bridge.edit(copy.parts, self.writer.tombstone(copy))
        return ()

    async def _show_nothing(self, effect: Effect, copy: Copy) -> Outcome:
        """Leave alone what has nothing to show any more.

        If a send was begun before a crash, its message may stand there, and whoever wants it
        removed must know where: the same key finds it, or puts a stone in its place.
        """
        unknown = effect.doubts and not copy.parts and copy.to is not None
        if not (unknown and self.bridge.capabilities.repeats_safely) or copy.to is None:
            return Outcome(effect=effect, result=Result.DONE)
        stone = self.writer.tombstone(copy)
        parts = await self._post(effect, copy.to, stone)
        return Outcome(effect=effect, result=Result.DONE, parts=tuple(parts))

    async def _send(
        self, effect: Effect, copy: Copy, message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        if copy.to is None:
            raise PermanentFailure("whoever should read it is gone")
        repeats_safely = self.bridge.capabilities.repeats_safely
        if effect.doubts and effect.urgency is Urgency.RED and not repeats_safely:
            # A red report told twice is better than one not told at all; it says that it may be.
            message = self.writer.marked_as_repeat(copy, message)
        return await self._post(effect, copy.to, message)

    async def _post(
        self, effect: Effect, to: Recipient, message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        parts = await self.bridge.send(to, message, key=effect.key)
        if effect.doubts and self.bridge.capabilities.repeats_safely:
            # What stands there may be an earlier attempt, with what was true then.
            parts = await self.bridge.edit(parts, message)
        return parts

    def _may_not_repeat(self, effect: Effect) -> bool:
        if not effect.doubts or not effect.is_send or self.bridge.capabilities.repeats_safely:
            return False
        match effect.on_doubt:
            case OnDoubt.REPEAT:
                return False
            case OnDoubt.REPEAT_ONCE:
                return effect.doubts > 1
            case OnDoubt.GIVE_UP:
                return True
            case _ as never:
                assert_never(never)

    def _failed(self, effect: Effect, failure: BridgeError) -> Outcome:
        """Judge what the platform's refusal means for an effect."""
        reason = str(failure)
        match failure:
            case RoomMoved():
                # Known with this outcome, so there is nothing to wait for.
                moved = self._postponed(effect, Setback(reason=reason, retry_after_s=0))
                return replace(moved, failure=failure)
            case RoomClosed(retry_after_s=wait):
                setback = Setback(reason=reason, retry_after_s=wait, is_away=True)
                return replace(self._postponed(effect, setback), failure=failure)
            case TemporaryFailure(retry_after_s=wait):
                is_away = isinstance(failure, PlatformAway)
                setback = Setback(reason=reason, retry_after_s=wait, is_away=is_away)
                return self._postponed(effect, setback)
            case PermanentFailure():
                return _refused(effect, failure)
            case _:
                return self._postponed(effect, self._in_doubt(reason))

    def _in_doubt(self, reason: str) -> Setback:
        """Tell what ends without an answer: a platform that says nothing at all is away."""
        heard_at = self.bridge.last_round_trip
        is_away = heard_at is None or self.writer.clock.now() - heard_at > self.heard_within
        return Setback(reason=reason, in_doubt=True, is_away=is_away)

    def _stumbled(self, effect: Effect, bug: Exception, *, in_doubt: bool) -> Outcome:
        """Try again after a bug, but not for long: its lane waits."""
        log.error("outbox.bug", effect=effect.id, bug=bug)
        return self._postponed(
            effect, Setback(reason=type(bug).__name__, in_doubt=in_doubt, at_most=MAX_BUGS)
        )

    def _postponed(self, effect: Effect, setback: Setback) -> Outcome:
        tries = effect.attempts + 1
        if tries >= setback.at_most and not setback.is_away:
            return _given_up(effect, f"failed {tries} times, last: {setback.reason}")
        wait = setback.pause(effect)
        log.info(
            "outbox.postponed",
            effect=effect.id,
            reason=setback.reason,
            wait_s=round(wait.total_seconds(), 1),
        )
        return Outcome(
            effect=effect,
            result=Result.POSTPONED,
            retry_at=self.writer.clock.now() + wait,
            reason=setback.reason,
            in_doubt=setback.in_doubt,
            is_counted=not setback.is_away,
        )


def _given_up(effect: Effect, reason: str) -> Outcome:
    log.warning(
        "outbox.given_up",
        effect=effect.id,
        verb=effect.verb,
        reason=reason,
        fix=f"grannbro deadletters replay out-{effect.id}",
    )
    return Outcome(effect=effect, result=Result.GIVEN_UP, reason=reason)


def _refused(effect: Effect, failure: PermanentFailure) -> Outcome:
    if is_quiet(effect, failure):
        pin = Pin.REFUSED if effect.verb is Verb.PIN else None
        return Outcome(effect=effect, result=Result.DONE, failure=failure, pin=pin)
    return replace(_given_up(effect, str(failure)), failure=failure)


def _copy_of(effect: Effect) -> Copy:
    if effect.copy is None:
        raise LookupError(f"effect {effect.id} is about no copy")
    return effect.copy
