"""The ledger of alerts under anything: reports rise and end, wishes change, the power goes."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.alerting import AT_ONCE_ALWAYS, AlertSettings
from bot.domain.areas import AreaId, AreaMap
from bot.domain.circles import Circle
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import urgency_of
from bot.domain.groups import Reach
from bot.domain.lifecycle import with_state
from bot.domain.messages import Platform, Position, RoomRef, UserRef
from bot.domain.people import PersonId
from bot.domain.positions import cell_of
from bot.domain.quiet_hours import is_quiet, quiet_span
from bot.domain.reports import Byline, Priority, Report, ReportId, State
from bot.domain.retention import Lifetimes
from bot.domain.richtext import rich
from bot.domain.routing import Spread
from bot.domain.subscriptions import Followed, Subscription, WholeArea
from bot.handlers.digests import HOLDING
from bot.ports.holdings import Chore, Pace, Upkeep
from bot.ports.store import UnitOfWork
from bot.storage.database import Database
from bot.storage.media import SealedFiles
from tests.domain.times import STOCKHOLM, alert_settings
from tests.storage.conftest import database_in
from tests.town import AREAS, FakeClock

pytestmark = pytest.mark.slow

ALBY, FITTJA = AreaId("albyberget"), AreaId("fittja")
HERE = Position(59.2414, 17.8471)
HOME = Circle(cell=cell_of(HERE), radius_m=500, lies_in=ALBY)
FOLLOWED: tuple[tuple[Followed, ...], ...] = (
    (WholeArea(ALBY),),
    (WholeArea(AreaId("botkyrka")), WholeArea(ALBY)),
    (HOME,),
    (WholeArea(FITTJA), HOME),
)
BEFORE_THE_CLOCKS = datetime(2026, 10, 24, 16, tzinfo=UTC)
Done = TypeVar("Done")


class PowerCut(BaseException):
    """The process dies here."""


@dataclass
class Told:
    """What the machine knows of a report.

    Attributes:
        concerned: Those who have to hear of it.
        may_hear: Those who may have heard of it: they followed it, or what is the same.
        has_ended: Whether it ever did.
        planned_at: When whom it concerns was last noted.
        root: What it is the same as.
    """

    report: Report
    concerned: set[PersonId] = field(default_factory=set)
    may_hear: set[PersonId] = field(default_factory=set)
    has_ended: bool = False
    planned_at: datetime = BEFORE_THE_CLOCKS
    root: str | None = None


class Alerts(RuleBasedStateMachine):
    """Four people with wishes hear of what the others report."""

    @initialize(wishes=st.lists(alert_settings(), min_size=4, max_size=4))
    def opens(self, wishes: list[AlertSettings]) -> None:
        """Begin with people who follow something."""
        self.folder = Path(tempfile.mkdtemp(prefix="alerts"))
        shutil.copytree(_template(), self.folder, dirs_exist_ok=True)
        self.runner = asyncio.Runner()
        self.clock = FakeClock()
        self.clock.at = BEFORE_THE_CLOCKS
        self.database: Database = database_in(self.folder, self.clock, alerts_at_once=1)
        self.told: dict[str, Told] = {}
        self.wishes: dict[PersonId, AlertSettings] = {}
        self.wished_at: dict[PersonId, datetime] = {}
        self.seen: set[int] = set()
        self.followed: dict[PersonId, set[Followed]] = {}
        self.does(self.database.open())
        self.people = [self.does(self.settle(n)) for n in range(4)]
        for person, wish in zip(self.people, wishes, strict=True):
            self.wish(person, wish)

    def does(self, work: Coroutine[object, object, Done]) -> Done:
        """Let something happen."""
        return self.runner.run(work)

    async def settle(self, number: int) -> PersonId:
        """Let somebody come and follow something."""
        user = UserRef(Platform.TELEGRAM, str(number))
        async with self.database.write() as uow:
            person = (await uow.people.by_user(user, self.clock.now())).id
            await uow.people.remember_private_room(user, RoomRef(user.platform, f"dm-{number}"))
            for followed in FOLLOWED[number]:
                wanted = Subscription(person=person, followed=followed, at_least=Priority.GREEN)
                await uow.subscriptions.put(wanted, self.clock.now())
        self.followed[person] = set(FOLLOWED[number])
        return person

    @rule(
        author=st.integers(0, 3),
        area=st.sampled_from((ALBY, FITTJA)),
        priority=st.sampled_from(Priority),
        has_place=st.booleans(),
    )
    def files(self, author: int, area: AreaId, priority: Priority, *, has_place: bool) -> None:
        """Somebody reports."""
        now = self.clock.now()
        report = Report(
            id=ReportId(f"R{len(self.told) + 2}"),
            area=area,
            cell=HOME.cell if has_place else None,
            group=None,
            reach=Reach.AREA,
            kind=None,
            priority=priority,
            text=rich("glas på marken"),
            author=self.people[author],
            byline=Byline(alias=1),
            created_at=now,
            touched_at=now,
        )
        self.told[report.id] = Told(report)
        self.does(self.file(report))

    async def file(self, report: Report) -> None:
        """Store it and plan its alerts."""
        async with self.database.write() as uow:
            await uow.reports.add(report)
            await self.plan(report, uow)

    async def plan(self, report: Report, uow: UnitOfWork) -> None:
        """Alert whom it concerns."""
        spread = Spread(
            chain=AREAS.chain(report.area),
            priority=report.priority,
            reach=report.reach,
            author=report.author,
            cell=report.cell,
        )
        subject = Subject(SubjectKind.REPORT, report.id)
        await uow.copies.spread_to_followers(subject, spread, urgency=urgency_of(report.priority))
        told = self.told[report.id]
        told.concerned |= set(self.whom(report))
        told.may_hear |= told.concerned
        told.planned_at, told.root = self.clock.now(), None

    def whom(self, report: Report) -> Iterator[PersonId]:
        """Those who follow the place; of those who take all kinds none is left out."""
        for person, followed in self.followed.items():
            if person != report.author and any(self.holds(one, report) for one in followed):
                yield person

    def holds(self, followed: Followed, report: Report) -> bool:
        """Whether a report is in what somebody follows."""
        if isinstance(followed, WholeArea):
            return followed.area in AREAS.chain(report.area)
        return report.cell is not None or report.area == ALBY

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def rises(self, data: st.DataObject) -> None:
        """A report becomes more urgent, and finds those whom it concerns now."""
        told = self.one(data)
        if told.report.is_active and told.report.priority < Priority.RED:
            priority = Priority(told.report.priority + 1)
            told.report = replace(told.report, priority=priority)
            self.does(self.rise(told.report))

    async def rise(self, report: Report) -> None:
        """Store it and plan again."""
        async with self.database.write() as uow:
            await uow.reports.save(report)
            await self.plan(report, uow)

    @precondition(lambda self: self.told)
    @rule(data=st.data(), state=st.sampled_from((State.RESOLVED, State.FALSE, State.WITHDRAWN)))
    def ends(self, data: st.DataObject, state: State) -> None:
        """A report is over."""
        told = self.one(data)
        told.report, told.has_ended = with_state(told.report, state, self.clock.now()), True
        self.does(self.save(told.report))

    async def save(self, report: Report) -> None:
        """Store it."""
        async with self.database.write() as uow:
            await uow.reports.save(report)

    @rule(
        person=st.integers(0, 3), followed=st.sampled_from(sorted({*sum(FOLLOWED, ())}, key=str))
    )
    def follows_or_leaves(self, person: int, followed: Followed) -> None:
        """Somebody follows something more, or no more what they followed."""
        who = self.people[person]
        if followed in self.followed[who]:
            self.followed[who].remove(followed)
            self.does(self.leave(who, followed))
        else:
            self.followed[who].add(followed)
            self.does(self.follow(who, followed))
        for told in self.told.values():
            follows = who in self.whom(told.report)
            if follows and told.planned_at == self.clock.now():
                self.may_hear(told, {who})
            if not any(who in self.whom(one.report) for one in self.same(told)):
                told.concerned.discard(who)

    async def leave(self, person: PersonId, followed: Followed) -> None:
        """Store it."""
        async with self.database.write() as uow:
            await uow.subscriptions.remove(person, followed)

    async def follow(self, person: PersonId, followed: Followed) -> None:
        """Store it."""
        wanted = Subscription(person=person, followed=followed, at_least=Priority.GREEN)
        async with self.database.write() as uow:
            await uow.subscriptions.put(wanted, self.clock.now())

    def may_hear(self, told: Told, people: set[PersonId]) -> None:
        """Let people perhaps hear of something, or of what it is the same as."""
        told.may_hear |= people
        if told.root:
            self.told[told.root].may_hear |= people - {self.told[told.root].report.author}

    def same(self, told: Told) -> list[Told]:
        """What tells of the same: what follows the one keeps what waits in its name."""
        mine = told.report.id
        return [told, *(one for one in self.told.values() if one.root == mine)]

    @precondition(lambda self: len(self.told) > 1)
    @rule(data=st.data())
    def is_the_same(self, data: st.DataObject) -> None:
        """A report is found to be the same as another that is no less urgent."""
        twin, root = self.one(data), self.one(data)
        is_alone = root.root is None and len(self.same(twin)) == 1
        urgent = twin.report.priority <= root.report.priority
        if twin is not root and twin.root is None and is_alone and urgent:
            twin.root = root.report.id
            self.may_hear(twin, twin.may_hear)
            self.does(self.link(twin, root))

    async def link(self, twin: Told, root: Told) -> None:
        """Store it."""
        others = [one.report.id for one in self.same(root) if one not in (root, twin)]
        async with self.database.write() as uow:
            await uow.copies.count_as(_subject(twin), _subject(root), others)

    @precondition(lambda self: any(told.root for told in self.told.values()))
    @rule(data=st.data())
    def is_not_the_same(self, data: st.DataObject) -> None:
        """A report is let go again, and is news to those to whom it was none."""
        linked = sorted(name for name, told in self.told.items() if told.root)
        twin = self.told[data.draw(st.sampled_from(linked))]
        twin.root = None
        self.does(self.let_go(twin))

    async def let_go(self, twin: Told) -> None:
        """Store it."""
        async with self.database.write() as uow:
            await uow.copies.count_apart(_subject(twin))

    @rule(dies=st.booleans())
    def looks_at_the_next(self, *, dies: bool) -> None:
        """The next person is looked at, or the power goes meanwhile."""
        with suppress(PowerCut):
            self.does(self.go_on(dies=dies))

    async def go_on(self, *, dies: bool = False) -> bool:
        """Make a page, or die before it is committed."""
        async with self.database.write() as uow:
            goes_on = await uow.copies.go_on()
            if dies:
                raise PowerCut
        return goes_on

    @rule(person=st.integers(0, 3), wish=alert_settings())
    def changes_wishes(self, person: int, wish: AlertSettings) -> None:
        """Somebody wants to be alerted otherwise."""
        self.wish(self.people[person], wish)

    def wish(self, person: PersonId, wish: AlertSettings) -> None:
        """Store how somebody wants to be alerted."""
        now = self.clock.now()
        if wish.paused_until is not None:
            hours = wish.paused_until.hour + 1
            wish = replace(wish, paused_until=now + timedelta(hours=hours))
        self.wishes[person], self.wished_at[person] = wish, now
        self.does(self.put(person, wish))

    async def put(self, person: PersonId, wish: AlertSettings) -> None:
        """Store it with the quiet time that comes next."""
        async with self.database.write() as uow:
            span = quiet_span(wish.quiet, self.clock.now(), STOCKHOLM)
            await uow.alert_settings.put(person, wish, span)

    @rule(minutes=st.sampled_from((1, 10, 61, 60 * 5, 60 * 11, 60 * 24)))
    def time_passes(self, minutes: int) -> None:
        """And nobody looks what is due."""
        self.clock.at += timedelta(minutes=minutes)

    @rule()
    def is_looked_after(self) -> None:
        """What is due is done; then nothing is left that was."""
        while self.does(self.go_on()):
            pass
        for chore in self.chores():
            for piece in self.does(self.found(chore)):
                self.does(self.do(chore, piece, dies=False))
        for row in self.rows("SELECT due_at FROM held_alerts WHERE digest_id IS NULL"):
            assert datetime.fromisoformat(row[0]).replace(tzinfo=UTC) > self.clock.now()

    @rule(data=st.data())
    def dies_meanwhile(self, data: st.DataObject) -> None:
        """The power goes while what is due is done, after some pieces and within the next."""
        chore = data.draw(st.sampled_from(self.chores()))
        pieces = self.does(self.found(chore))
        for number in range(data.draw(st.integers(0, len(pieces)))):
            is_last = number == len(pieces) - 1
            with suppress(PowerCut):
                self.does(self.do(chore, pieces[number], dies=is_last))

    def chores(self) -> list[Chore]:
        """What is done soon."""
        return [chore for chore in HOLDING.chores if chore.pace is Pace.SOON]

    async def found(self, chore: Chore) -> list[str]:
        """The pieces that are due."""
        async with self.database.read() as uow:
            return [*await chore.find(self.upkeep(uow))]

    async def do(self, chore: Chore, piece: str, *, dies: bool) -> None:
        """Do one, or die before it is committed."""
        async with self.database.write() as uow:
            await chore.do(piece, self.upkeep(uow))
            if dies:
                raise PowerCut

    def upkeep(self, uow: UnitOfWork) -> Upkeep:
        """A transaction in which something is due."""
        areas: AreaMap = AREAS
        return Upkeep(
            uow=uow,
            media=SealedFiles(self.folder / "media", self.database.vault),
            areas=areas,
            lifetimes=Lifetimes(),
            zone=STOCKHOLM,
            now=self.clock.now(),
        )

    def one(self, data: st.DataObject) -> Told:
        """One of the reports."""
        return self.told[data.draw(st.sampled_from(sorted(self.told)))]

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """What the database answers."""
        return self.does(self.ask(query))

    async def ask(self, query: str) -> list[tuple[str, ...]]:
        """Ask it."""
        async with self.database.read() as uow:
            connection = uow.held_alerts._session.connection
            return [tuple(row) for row in await connection.exec_driver_sql(query)]

    @invariant()
    def everybody_has_everything_once(self) -> None:
        """As a card, as a line of a digest or as something that waits; and nobody their own."""
        if not hasattr(self, "people"):
            return
        cards = self.rows("SELECT person_id, subject_id FROM copies WHERE subject_kind='report'")
        held = self.rows("SELECT person_id, subject_id FROM held_alerts")
        has = [*cards, *held]
        assert len(has) == len(set(has))
        under_way = self.rows("SELECT subject_id FROM spreads WHERE looked_to IS NOT NULL")
        for told in self.told.values():
            having = self.having(told, has)
            assert told.report.author not in having
            assert having <= told.may_hear
            same = self.told[told.root] if told.root else told
            if told.has_ended or same.has_ended or (told.report.id,) in under_way:
                continue
            knowing = having | self.having(same, has) | {same.report.author}
            assert told.concerned <= knowing, "lost"

    def having(self, told: Told, has: list[tuple[str, ...]]) -> set[PersonId]:
        """Who has something of a report."""
        return {PersonId(person) for person, report in has if report == told.report.id}

    @invariant()
    def nothing_sounds_when_it_should_not(self) -> None:
        """Whatever has come since the last look came at a time for it."""
        if not hasattr(self, "people"):
            return
        found = self.rows("SELECT id, person_id, subject_kind, subject_id FROM copies")
        for number, person, kind, subject in found:
            if int(number) not in self.seen:
                self.seen.add(int(number))
                self.look(PersonId(person), kind, subject)

    def look(self, person: PersonId, kind: str, subject: str) -> None:
        """See that somebody wanted this now."""
        now, wish = self.clock.now(), self.wishes.get(person, AT_ONCE_ALWAYS)
        assert wish.paused_until is None or wish.paused_until <= now
        quiet = is_quiet(wish.quiet, now, STOCKHOLM)
        if kind == SubjectKind.REPORT.value:
            is_red = self.told[subject].report.priority is Priority.RED
            assert not quiet or (is_red and wish.red_breaks_quiet)
            return
        digest = f"SELECT is_silent FROM digests WHERE id = '{subject}'"
        assert not quiet or bool(self.rows(digest)[0][0])
        held = f"SELECT subject_id, held_at FROM held_alerts WHERE digest_id = '{subject}'"
        for report, at in self.rows(held):
            since = max(datetime.fromisoformat(at).replace(tzinfo=UTC), self.wished_at[person])
            if wish.digest and self.told[report].report.priority is not Priority.RED:
                assert now >= wish.digest.next_after(since, STOCKHOLM)

    def teardown(self) -> None:
        """In the end everybody who waits hears."""
        if not hasattr(self, "people"):
            return
        try:
            for _ in range(40):
                self.clock.at += timedelta(hours=6)
                self.is_looked_after()
                self.everybody_has_everything_once()
                self.nothing_sounds_when_it_should_not()
        finally:
            self.does(self.database.close())
            self.runner.close()
            shutil.rmtree(self.folder)


def _subject(told: Told) -> Subject:
    return Subject(SubjectKind.REPORT, told.report.id)


@cache
def _template() -> Path:
    """A folder with empty databases."""
    folder = Path(tempfile.mkdtemp(prefix="alerts-template"))
    database = database_in(folder, FakeClock())

    async def make() -> None:
        await database.open()
        await database.close()

    asyncio.run(make())
    return folder


TestAlerts = Alerts.TestCase
TestAlerts.settings = settings(
    max_examples=int(os.environ.get("EX", "8")),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
