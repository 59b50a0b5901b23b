"""Invitations: taken where that is allowed, else declined."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import structlog

from bot.bridges.matrix.answers import Told, as_object
from bot.bridges.matrix.api import CLIENT, Api, of_room
from bot.bridges.matrix.errors import MatrixError, Refusal
from bot.bridges.matrix.limits import Bucket, Limits
from bot.bridges.matrix.privates import Privates
from bot.errors import TemporaryFailure

MOST_TRIES = 100
"""A few seconds apart; a restart begins anew."""

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


@dataclass(kw_only=True)
class Invitations:
    """Answers invitations; one that can't be answered now is kept and tried again."""

    api: Api
    limits: Limits
    privates: Privates
    welcome: Welcome
    _waiting: dict[str, _Invitation] = field(default_factory=dict)
    _tries: Counter[str] = field(default_factory=Counter)

    def note(self, room: Told) -> None:
        """Take note of an invitation."""
        for event in room.state:
            content = as_object(event.get("content"))
            is_own = event.get("state_key") == self.api.user_id
            if is_own and content.get("membership") == "invite":
                self._waiting[room.room_id] = _Invitation(
                    room_id=room.room_id,
                    inviter=str(event.get("sender", "")),
                    is_direct=content.get("is_direct") is True,
                )

    def want(self, room_id: str, *, via: str) -> None:
        """Come into a room as soon as that succeeds: it is where another goes on."""
        wanted = _Invitation(room_id=room_id, inviter=via, is_direct=False, is_wanted=True)
        self._waiting[room_id] = wanted

    async def answer(self) -> None:
        """Answer what waits, as far as that succeeds now."""
        for invitation in list(self._waiting.values()):
            try:
                await self._answer(invitation)
            except (MatrixError, TemporaryFailure) as error:
                if self._may_be_tried_again(invitation, error):
                    continue
                log.warning("matrix.invitation_failed", room=invitation.room_id, reason=str(error))
            del self._waiting[invitation.room_id]

    @property
    def are_waiting(self) -> bool:
        """Whether some could not be answered yet."""
        return bool(self._waiting)

    def _may_be_tried_again(self, invitation: _Invitation, error: Exception) -> bool:
        if isinstance(error, Refusal) and error.is_for_good:
            return False
        self._tries[invitation.room_id] += 1
        return self._tries[invitation.room_id] < MOST_TRIES

    async def _answer(self, invitation: _Invitation) -> None:
        is_let = invitation.is_wanted or self.welcome.lets(invitation.inviter, invitation.room_id)
        if not is_let:
            log.warning("matrix.invitation_declined", room=invitation.room_id)
            await self.api.post(of_room(invitation.room_id, "leave"), {})
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
