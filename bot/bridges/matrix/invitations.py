"""Invitations: taken where that is allowed, else declined, while the rooms go on being heard."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import structlog

from bot.bridges.matrix.answers import Told, as_object
from bot.bridges.matrix.api import CLIENT, Api, Object, of_room
from bot.bridges.matrix.errors import MatrixError, Refusal
from bot.bridges.matrix.limits import Bucket, Limits
from bot.bridges.matrix.privates import Privates
from bot.bridges.matrix.questions import CREATE
from bot.errors import TemporaryFailure
from bot.ports.clock import Clock

MOST_TRIES = 20
"""Over two hours; a restart begins anew."""
MOST_WAITING_OF_ONE = 200
"""Invitations through one server that may wait; the next start tells of those beyond again."""
ANSWERED_WITHIN_S = 15.0
"""A homeserver goes on joining when nobody waits for it: the next try finds that it is done."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 2.0, 600.0
_SPACE = "m.space"
_AT_ONCE = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger("matrix")


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """Whose invitations are taken.

    Attributes:
        rooms: Into these the bot comes, whoever invites it.
        people: Accounts, or servers as `example.org`; everybody if there are none.
    """

    rooms: Collection[str] = ()
    people: Collection[str] = ()

    def lets(self, inviter: str, room_id: str) -> bool:
        """Whether an invitation is taken."""
        server = inviter.partition(":")[2]
        return (
            room_id in self.rooms
            or not self.people
            or not {inviter, server}.isdisjoint(self.people)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Invitation:
    room_id: str
    inviter: str
    is_direct: bool
    is_wanted: bool = False
    is_space: bool = False
    tries: int = 0

    @property
    def server(self) -> str:
        """Through which server the room is found."""
        return self.inviter.partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pause:
    """Until when a server is left alone that has failed, and how often it has."""

    until: datetime = _AT_ONCE
    failures: int = 0


@dataclass(kw_only=True)
class Invitations:
    """Answers invitations; one that can't be answered now is kept and tried again.

    A server that does not answer keeps nobody else's invitation waiting for long.
    """

    api: Api
    clock: Clock
    limits: Limits
    privates: Privates
    welcome: Welcome
    _waiting: dict[str, _Invitation] = field(default_factory=dict)
    _pauses: dict[str, _Pause] = field(default_factory=dict)
    _come: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Answer invitations as they come, until cancelled."""
        while True:
            self._come.clear()
            await self.answer()
            await self.clock.wait(self._come, at_most_s=self._rest_s())

    def note(self, room: Told) -> None:
        """Take note of an invitation."""
        for event in room.state:
            content = as_object(event.get("content"))
            is_own = event.get("state_key") == self.api.user_id
            if is_own and content.get("membership") == "invite":
                invitation = _Invitation(
                    room_id=room.room_id,
                    inviter=str(event.get("sender", "")),
                    is_direct=content.get("is_direct") is True,
                    is_space=any(is_space(event) for event in room.state),
                )
                self._wait(invitation)

    def want(self, room_id: str, *, via: str) -> None:
        """Come into a room as soon as that succeeds: it is where another goes on."""
        wanted = _Invitation(room_id=room_id, inviter=via, is_direct=False, is_wanted=True)
        self._wait(wanted)

    async def answer(self) -> None:
        """Answer all that is due, those first whose server has not failed."""
        while invitation := self._next_due():
            try:
                async with asyncio.timeout(ANSWERED_WITHIN_S):
                    await self._answer(invitation)
            except (MatrixError, TemporaryFailure, TimeoutError) as error:
                self._failed(invitation, error)
            else:
                self._pauses.pop(invitation.server, None)
                self._waiting.pop(invitation.room_id, None)

    @property
    def are_waiting(self) -> bool:
        """Whether some could not be answered yet."""
        return bool(self._waiting)

    def _wait(self, invitation: _Invitation) -> None:
        same = sum(waiting.server == invitation.server for waiting in self._waiting.values())
        if invitation.room_id in self._waiting or same < MOST_WAITING_OF_ONE:
            self._waiting[invitation.room_id] = invitation
            self._come.set()

    def _next_due(self) -> _Invitation | None:
        now = self.clock.now()
        due = [one for one in self._waiting.values() if self._pause_of(one).until <= now]
        return min(due, key=lambda one: self._pause_of(one).failures, default=None)

    def _rest_s(self) -> float:
        """Return until when nothing is due, unless something comes."""
        dues = [self._pause_of(one).until for one in self._waiting.values()]
        wait_s = (min(dues) - self.clock.now()).total_seconds() if dues else _LONGEST_PAUSE_S
        return max(0.0, wait_s)

    def _pause_of(self, invitation: _Invitation) -> _Pause:
        return self._pauses.get(invitation.server, _Pause())

    def _failed(self, invitation: _Invitation, error: Exception) -> None:
        tries = invitation.tries + 1
        is_for_good = isinstance(error, Refusal) and error.is_for_good
        self._waiting.pop(invitation.room_id, None)
        if is_for_good or tries >= MOST_TRIES:
            reason = str(error) or type(error).__name__
            log.warning("matrix.invitation_failed", room=invitation.room_id, reason=reason)
        else:
            # Behind the others of its server: perhaps it is this room alone.
            self._waiting[invitation.room_id] = replace(invitation, tries=tries)
        if not is_for_good:
            self._leave_alone(invitation)

    def _leave_alone(self, invitation: _Invitation) -> None:
        failures = self._pause_of(invitation).failures
        pause_s = min(_FIRST_PAUSE_S * 2.0 ** min(failures, 10), _LONGEST_PAUSE_S)
        until = self.clock.now() + timedelta(seconds=pause_s)
        self._pauses[invitation.server] = _Pause(until=until, failures=failures + 1)

    async def _answer(self, invitation: _Invitation) -> None:
        is_let = invitation.is_wanted or self.welcome.lets(invitation.inviter, invitation.room_id)
        if not is_let or invitation.is_space:
            log.warning("matrix.invitation_declined", room=invitation.room_id)
            await self.leave(invitation.room_id)
            return
        # Before it comes in: what is said there first is said in private.
        if invitation.is_direct:
            await self.privates.add(invitation.inviter, invitation.room_id)
        await self.join(invitation.room_id, via=invitation.inviter)

    async def join(self, room_id: str, *, via: str) -> None:
        """Come into a room.

        Args:
            room_id: Which; its id need not tell where it is.
            via: Somebody who is in it: through that server the way is found.
        """
        server = via.partition(":")[2]
        ways = urlencode({"via": server, "server_name": server}) if server else ""
        async with self.limits.asking(Bucket.JOINS):
            await self.api.post(f"{CLIENT}/join/{quote(room_id, safe='')}?{ways}", {})

    async def leave(self, room_id: str) -> None:
        """Decline an invitation, or go out of a room; raises MatrixError."""
        await self.api.post(of_room(room_id, "leave"), {})


def is_space(event: Object) -> bool:
    """Whether it made a space: rooms hang in it, and nobody talks there."""
    made = as_object(event.get("content")).get("type")
    return event.get("type") == CREATE and made == _SPACE
