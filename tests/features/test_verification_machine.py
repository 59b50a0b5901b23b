"""The life of a role under anything that people do, as time passes and the bot is restarted."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.messages import UserRef
from bot.domain.people import Grant, Person, Role, is_lasting, speaks_for
from tests.town import ANNA, BO, CILLA, DAVID, EVA, MX, OWNER, POLICE, Town, make_town

pytestmark = pytest.mark.slow

ANNA_TOO = UserRef(MX, "@anna:hem.se")
HUMANS = {
    ANNA: "anna.ek", ANNA_TOO: "anna.ek", BO: "bo.berg", CILLA: "cilla.dahl", EVA: "eva.fors",
    POLICE: "pia.polis", OWNER: "olle", DAVID: "david",
}  # fmt: skip
"""Who owns which mailbox; Anna has two accounts."""
APPLICANTS = (ANNA, ANNA_TOO, BO, CILLA, EVA)
COORDINATORS = (OWNER, DAVID)
LIFE = timedelta(days=180)
Done = TypeVar("Done")


@dataclass
class Model:
    """What has truly happened.

    Attributes:
        applied: With which mailbox an account has an open application.
        proved: Which of those has answered its code.
        votes: Which coordinators have vouched for it.
        granted: Until when an account may speak, with which mailbox it proved that.
    """

    applied: dict[UserRef, str] = field(default_factory=dict)
    proved: dict[UserRef, datetime] = field(default_factory=dict)
    votes: dict[UserRef, set[str]] = field(default_factory=dict)
    granted: dict[UserRef, tuple[datetime, str]] = field(default_factory=dict)
    has_pia: bool = True

    def speaks(self, user: UserRef, now: datetime) -> bool:
        """Whether an account may speak for the police."""
        if user == POLICE:
            return self.has_pia
        return user in self.granted and now < self.granted[user][0]

    def forget(self, user: UserRef) -> None:
        """Nothing of it is left."""
        for kept in (self.applied, self.proved, self.votes, self.granted):
            kept.pop(user, None)


class RoleLife(RuleBasedStateMachine):
    """People of the police apply, prove, approve, revoke, forget; the phone is lost and found."""

    @initialize()
    def opens(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="roles"))
        self.runner = asyncio.Runner()
        self.town: Town = make_town(_copied(self.folder))
        self.model = Model()
        self.does(self.town.app.open())
        self.does(self.town.agrees(*APPLICANTS, POLICE, *COORDINATORS))
        self.does(self.coordinates(DAVID))

    def does(self, work: Coroutine[object, object, Done]) -> Done:
        """Let something happen."""
        return self.runner.run(work)

    async def coordinates(self, user: UserRef) -> None:
        """Let somebody be a coordinator, for a year."""
        now = self.town.clock.now()
        role = Grant(role=Role.COORDINATOR, expires_at=now + timedelta(days=9999))
        async with self.town.app.parts.database.write() as uow:
            await uow.people.grant(user, role, now)

    @rule(who=st.sampled_from(APPLICANTS), mailbox=st.sampled_from(sorted(set(HUMANS.values()))))
    def applies(self, who: UserRef, mailbox: str) -> None:
        """With the own mailbox, or with another's."""
        sent = len(self.town.mailbox.mails)
        self.does(self.town.writes(who, None, f"/verify polisen {mailbox}@polisen.se"))
        if len(self.town.mailbox.mails) > sent:
            self.model.applied[who] = mailbox
            self.model.proved.pop(who, None)
            self.model.votes.pop(who, None)

    @rule(who=st.sampled_from(APPLICANTS), is_late=st.booleans())
    def answers_the_code(self, who: UserRef, *, is_late: bool) -> None:
        """Only who owns the mailbox can read it; the others guess."""
        mailbox = self.model.applied.get(who)
        if mailbox is None:
            return
        if is_late:
            self.does(self.town.passes(minutes=16))
        open_code = self.does(self.latest_code(who))
        mine = HUMANS[who] == mailbox
        code = self.town.mailbox.code_to(f"{mailbox}@polisen.se") if mine else "000 000"
        self.does(self.town.writes(who, None, f"/verify {code}"))
        if mine and open_code and who not in self.model.proved:
            self.model.proved[who] = self.town.clock.now()

    async def latest_code(self, who: UserRef) -> bool:
        """Whether a code of an account still works, and is the last to its mailbox."""
        now = self.town.clock.now()
        async with self.town.app.parts.database.read() as uow:
            person = await uow.people.known(who, now)
            code = await uow.mail_codes.latest(person.id, now) if person else None
            letter = await uow.mail_codes.letter(code.id) if code else None
        if letter is None:
            return False
        last = self.town.mailbox.to(str(letter.to))[-1]
        return last.key == f"code-{letter.id}" and letter.to.local == self.model.applied.get(who)

    @rule(by=st.sampled_from((*HUMANS,)), who=st.sampled_from(APPLICANTS))
    def approves(self, by: UserRef, who: UserRef) -> None:
        """Anybody tries; whoever is asked for their mailbox shows it."""
        application = self.does(self.application_of(who))
        if application is None:
            return
        self.does(self.says_yes(by, application))
        now = self.town.clock.now()
        if self.may_approve(by, who, now):
            self.model.granted[who] = (now + LIFE, self.model.applied[who])
            for kept in (self.model.applied, self.model.proved, self.model.votes):
                kept.pop(who, None)

    async def says_yes(self, by: UserRef, application: str) -> None:
        """Approve, with a code by mail in between if the bot wants one."""
        sent = len(self.town.mailbox.mails)
        await self.town.writes(by, None, f"/approve {application}")
        if "Skriv din mejladress hos" in self.town.last(by):
            await self.town.writes(by, None, f"{HUMANS[by]}@polisen.se")
        if len(self.town.mailbox.mails) > sent:
            await self.town.writes(by, None, self.town.mailbox.code_to(f"{HUMANS[by]}@polisen.se"))
            await self.town.writes(by, None, f"/approve {application}")

    def may_approve(self, by: UserRef, who: UserRef, now: datetime) -> bool:
        """Whether that was enough, by the rules as people are told them."""
        if who not in self.model.proved or HUMANS[by] == self.model.applied[who]:
            return False
        speakers = [u for u in HUMANS if self.model.speaks(u, now) and u != who]
        others = [u for u in speakers if HUMANS[u] != self.model.applied[who]]
        if others:
            return by in others and self.was_asked_and_answered(by)
        if by in COORDINATORS:
            votes = self.model.votes.setdefault(who, set())
            votes.add(HUMANS[by])
            return len(votes) == 2
        return False

    def was_asked_and_answered(self, by: UserRef) -> bool:
        """Whether no limit of mails has kept the proof from being given."""
        return "flera koder" not in self.town.last(by) and "kod" not in self.town.last(by).split()

    async def application_of(self, who: UserRef) -> str | None:
        """The id of somebody's open application."""
        now = self.town.clock.now()
        async with self.town.app.parts.database.read() as uow:
            person = await uow.people.known(who, now)
            found = await uow.verifications.of_person(person.id) if person else []
        return next((v.id for v in found if v.stage.value != "granted"), None)

    @rule(who=st.sampled_from(APPLICANTS), by=st.sampled_from((POLICE, ANNA, BO, OWNER)))
    def comes_all_the_way(self, who: UserRef, by: UserRef) -> None:
        """The steps in their order, which chance alone seldom finds."""
        self.applies(who, HUMANS[who])
        self.answers_the_code(who, is_late=False)
        self.approves(by, who)
        self.approves(DAVID, who)

    @rule(by=st.sampled_from((*HUMANS,)), who=st.sampled_from((*APPLICANTS, POLICE)))
    def revokes(self, by: UserRef, who: UserRef) -> None:
        """By account; neighbours in vain."""
        may = by in COORDINATORS or self.model.speaks(by, self.town.clock.now()) or by == who
        self.does(self.town.writes(by, None, f"/revoke {who}"))
        if may:
            self.model.forget(who)
            if who == POLICE:
                self.model.has_pia = False

    @rule(who=st.sampled_from(APPLICANTS))
    def forgets(self, who: UserRef) -> None:
        """All of it, and then they are somebody new."""
        self.does(self.town.taps_after(who, "/forget", "Ja, radera allt"))
        self.does(self.town.passes(minutes=11))
        self.does(self.town.agrees(who))
        self.model.forget(who)

    @rule(who=st.sampled_from(APPLICANTS), by=st.sampled_from(APPLICANTS))
    def raises_the_alarm(self, who: UserRef, by: UserRef) -> None:
        """Whoever owns the mailbox ends what was asked for with it, from any account."""
        mailbox = f"{HUMANS[by]}@polisen.se"
        if not self.town.mailbox.to(mailbox):
            return
        owner = self.does(self.asker_of(mailbox))
        self.does(self.town.writes(by, None, f"/revoke {self.town.mailbox.alarm_to(mailbox)}"))
        if owner is not None:
            self.model.forget(owner)
            if owner == POLICE:
                self.model.has_pia = False

    async def asker_of(self, mailbox: str) -> UserRef | None:
        """The account for which the last mail to a mailbox was sent, if that is still known."""
        async with self.town.app.parts.database.read() as uow:
            code = await uow.mail_codes.raised_by(self.town.mailbox.alarm_to(mailbox))
            accounts = await uow.people.accounts(code.person) if code else []
        return accounts[0] if accounts else None

    @rule(hours=st.sampled_from((1, 13, 24 * 8, 24 * 100)))
    def time_passes(self, hours: int) -> None:
        """Codes, applications and roles run out."""
        self.does(self.town.passes(hours=hours))
        now = self.town.clock.now()
        lapsed = [w for w, at in self.model.proved.items() if now >= at + timedelta(days=7)]
        if hours >= 24 * 8:
            lapsed = list(self.model.applied)
        for who in lapsed:
            for kept in (self.model.applied, self.model.proved, self.model.votes):
                kept.pop(who, None)

    @rule()
    def restarts(self) -> None:
        """The process is killed and started again."""
        before = self.town
        self.does(before.app.close())
        self.town = make_town(self.folder / "town", clock=before.clock)
        for old, new in ((before.telegram, self.town.telegram), (before.matrix, self.town.matrix)):
            vars(new).update(vars(old))
        self.town.written = before.written
        self.town.mailbox.mails = before.mailbox.mails
        self.does(self.town.app.open())

    @invariant()
    def only_proved_and_approved_accounts_speak(self) -> None:
        """Nobody without a mail and a second pair of eyes; and whoever has both does."""
        if not hasattr(self, "town"):
            return
        now = self.town.clock.now()
        speaking = {u for u in HUMANS if self.does(self.speaks(u))}
        model = {u for u in HUMANS if self.model.speaks(u, now)}

        assert speaking == model

    async def speaks(self, user: UserRef) -> bool:
        """Whether the bot lets an account speak for the police."""
        now = self.town.clock.now()
        async with self.town.app.parts.database.read() as uow:
            person: Person | None = await uow.people.known(user, now)
        if person is None:
            return False
        assert user == POLICE or not is_lasting(person, "polisen")
        return speaks_for(person, "polisen", now)

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.does(self.town.app.close())
            self.runner.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def _copied(folder: Path) -> Path:
    shutil.copytree(_migrated(), folder / "town")
    return folder / "town"


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="migrated-roles"))

    async def make() -> None:
        town = make_town(folder)
        await town.app.parts.database.open()
        await town.app.parts.database.close()

    asyncio.run(make())
    return folder


TestRoleLife = RoleLife.TestCase
TestRoleLife.settings = settings(
    max_examples=int(os.environ.get("EX", "3")),
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
