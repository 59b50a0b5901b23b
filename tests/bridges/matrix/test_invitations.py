"""Invitations that can't be taken, and what becomes of the others meanwhile."""

from dataclasses import dataclass, field
from typing import cast

from bot.bridges.matrix.answers import Told
from bot.bridges.matrix.api import Api
from bot.bridges.matrix.errors import Broken, MatrixError, Refusal
from bot.bridges.matrix.invitations import MOST_TRIES, MOST_WAITING_OF_ONE, Invitations, Welcome
from bot.bridges.matrix.limits import Limits
from bot.bridges.matrix.privates import Privates
from tests.bridges.matrix.events import ME, event
from tests.town import FakeClock

FAILS_AFTER_S = 15.0


@dataclass
class Homeserver:
    """Answers at once for its own rooms, and takes its time for those of a dead server."""

    clock: FakeClock
    user_id: str = ME
    refusal: MatrixError = field(default_factory=lambda: Broken("TimeoutError"))
    asked: list[str] = field(default_factory=list)

    async def post(self, path: str, _body: object) -> object:
        self.asked.append(path)
        if "dead.se" in path:
            await self.clock.sleep(FAILS_AFTER_S)
            raise self.refusal
        return {}


def _invitations(server: Homeserver) -> Invitations:
    api, limits = cast("Api", server), Limits(clock=server.clock)
    privates = Privates(api=api, limits=limits)
    return Invitations(
        api=api, clock=server.clock, limits=limits, privates=privates, welcome=Welcome()
    )


def _invited(number: int, by: str) -> Told:
    member = event("m.room.member", {"membership": "invite"}, sender=by, state_key=ME)
    return Told(room_id=f"!{number}", state=(member,), events=())


async def test_dead_server_keeps_nobody_else_waiting() -> None:
    """However many invitations hang there: one is tried, and then those of others."""
    clock = FakeClock()
    server = Homeserver(clock)
    invitations = _invitations(server)
    for number in range(20):
        invitations.note(_invited(number, "@eva:dead.se"))
    invitations.note(_invited(99, "@anna:hem.se"))
    begun = clock.now()
    await invitations.answer()

    assert len(server.asked) == 2
    assert "!99" in server.asked[1].replace("%21", "!")
    assert (clock.now() - begun).total_seconds() == FAILS_AFTER_S


async def test_dead_server_is_asked_ever_more_seldom_and_not_for_ever() -> None:
    """Each invitation a number of times, and no more than one server may have wait."""
    clock = FakeClock()
    server = Homeserver(clock)
    invitations = _invitations(server)
    for number in range(2 * MOST_WAITING_OF_ONE):
        invitations.note(_invited(number, "@eva:dead.se"))
    for _ in range(120):
        await invitations.answer()
        await clock.sleep(30)
    in_an_hour = len(server.asked)
    while invitations.are_waiting:
        await invitations.answer()
        await clock.sleep(600)

    assert in_an_hour < 20
    assert len(server.asked) == MOST_TRIES * MOST_WAITING_OF_ONE


async def test_refused_invitation_is_not_tried_again() -> None:
    """And its server may be asked about others at once."""
    clock = FakeClock()
    server = Homeserver(clock, refusal=Refusal(403, "M_FORBIDDEN"))
    invitations = _invitations(server)
    for number in range(3):
        invitations.note(_invited(number, "@eva:dead.se"))
    await invitations.answer()
    await invitations.answer()

    assert len(server.asked) == 3
