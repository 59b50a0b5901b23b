"""Reports and the links between them under anything that people do, as time passes."""

import asyncio
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.lifecycle import REOPEN_WITHIN
from bot.domain.messages import UserRef
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    EVA,
    MX_ROOM,
    OWNER,
    POLICE,
    TG_ROOM,
    Town,
    id_on,
    labels_of,
    make_town,
)

pytestmark = pytest.mark.slow

AUTHORS = (ANNA, CILLA, DAVID)
LINKERS = (*AUTHORS, OWNER, POLICE, EVA)
OF_EVA = """
    SELECT m.report_id FROM report_marks m JOIN identities i ON i.person_id = m.person_id
    WHERE i.platform = 'matrix' AND m.mark = 'here'
"""
READERS = (TG_ROOM, MX_ROOM, BO)
ACTIVE = {"open", "confirmed"}
MOST_REPORTS = 5
NEWS = {
    "resolved": "Uppdatering av #{id}: det är löst.",
    "false": "#{id} stämde inte.",
    "withdrawn": "#{id} är tillbakadragen",
    "duplicate": "#{id} är samma sak som",
}
Done = TypeVar("Done")


@dataclass(frozen=True)
class Row:
    """What is stored of a report."""

    state: str
    same_as: str | None
    author: str
    ended_at: datetime | None


class Links(RuleBasedStateMachine):
    """A group that all write in; Bo follows its area, the police and a coordinator decide."""

    @initialize()
    def opens(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="links"))
        self.runner = asyncio.Runner()
        self.town: Town = make_town(_copied(self.folder))
        self.does(self.town.app.open())
        self.does(self.people_agree())
        self.by: dict[str, UserRef] = {}
        self.news: Counter[str] = Counter()
        self.rows: dict[str, Row] = {}

    def does(self, work: Coroutine[object, object, Done]) -> Done:
        """Let something happen."""
        return self.runner.run(work)

    async def people_agree(self) -> None:
        """Everybody says yes, and Bo follows the area."""
        await self.town.agrees(*AUTHORS, BO, EVA, POLICE)
        await self.town.writes(BO, None, "/bevaka albyberget")

    @precondition(lambda self: len(self.by) < MOST_REPORTS)
    @rule(who=st.sampled_from(AUTHORS))
    def writes(self, who: UserRef) -> None:
        """Somebody reports; each a moment after the one before."""
        self.town.clock.at += timedelta(seconds=1)
        self.does(self.town.writes(who, TG_ROOM, f"/gul rad {len(self.by)}"))
        self.by[self.town.report_id()] = who
        self.look()

    @precondition(lambda self: len(self.by) > 1)
    @rule(data=st.data(), who=st.sampled_from(LINKERS))
    def links(self, data: st.DataObject, who: UserRef) -> None:
        """Somebody says that two are the same; it is done exactly if it may be."""
        report, other = self.draws(data), self.draws(data)
        root = self.root_of(other)
        may = who in {OWNER, POLICE} or self.by[report] == who
        can = self.rows[report].state in ACTIVE and root != report and self.can_be_linked_to(root)
        self.does(self.commands(who, f"duplicate {report} {other}"))
        if may and can:
            self.news[f"duplicate {report}"] += 1
        self.look()
        assert (self.rows[report].same_as == root) is (may and can) or not can

    @precondition(lambda self: len(self.by) > 1)
    @rule(data=st.data())
    def links_and_lets_go(self, data: st.DataObject) -> None:
        """Undone at once, all cards are as they were."""
        report, other = self.draws(data), self.draws(data)
        root = self.root_of(other)
        if self.rows[report].state not in ACTIVE or root == report:
            return
        if not self.can_be_linked_to(root):
            return
        before = self.shown()
        self.does(self.commands(OWNER, f"duplicate {report} {other}"))
        self.news[f"duplicate {report}"] += 1
        assert self.shown() != before
        self.does(self.town.taps(OWNER, "Inte samma sak"))
        self.look()
        assert self.shown() == before

    @precondition(lambda self: any(row.same_as for row in self.rows.values()))
    @rule(data=st.data(), who=st.sampled_from([OWNER, POLICE]))
    def lets_go(self, data: st.DataObject, who: UserRef) -> None:
        """A link is undone, if it is young enough."""
        linked = sorted(report for report, row in self.rows.items() if row.same_as)
        report = data.draw(st.sampled_from(linked))
        young = self.is_young(report)
        said = len(self.town.told(who))
        self.does(self.commands(who, f"duplicate {report}"))
        offers = "Inte samma sak" in labels_of(self.town.told(who)[-1])
        assert len(self.town.told(who)) > said
        assert offers is young
        if young:
            self.does(self.town.taps(who, "Inte samma sak"))
        self.look()
        assert (self.rows[report].state in ACTIVE) is young

    @precondition(lambda self: self.by)
    @rule(data=st.data(), who=st.sampled_from([*AUTHORS, BO]))
    def sees_it_too(self, data: st.DataObject, who: UserRef) -> None:
        """Somebody presses a button on a card, whatever the report is the same as."""
        report = self.draws(data)
        card = next(c for c in self.town.cards(TG_ROOM) if id_on(c) == report)
        if any("Ser det också" in label for label in labels_of(card)):
            self.does(self.town.presses(who, card, "Ser det också"))
            self.does(self.town.passes(seconds=2))
        self.look()

    @precondition(lambda self: self.by)
    @rule(data=st.data())
    def eva_sees_it_and_then_not(self, data: st.DataObject) -> None:
        """Taken back on any of the cards, it is taken back: she is counted nowhere there."""
        report, other = self.draws(data), self.draws(data)
        cards = {id_on(card): card for card in self.town.cards(MX_ROOM)}
        root = self.root_of(report)
        if self.rows[root].state not in ACTIVE or report not in cards or other not in cards:
            return
        same = self.root_of(other) == root
        before = self.town.rows(OF_EVA)
        self.does(self.town.reacts(EVA, cards[report].ref, "➕"))
        self.does(self.town.passes(seconds=2))
        self.look()
        assert len(self.town.rows(OF_EVA)) == len(before) + 1
        taken_back = cards[other if same else report].ref
        self.does(self.town.reacts(EVA, taken_back, "➕", added=False))
        self.does(self.town.passes(seconds=2))
        assert self.town.rows(OF_EVA) == before

    @precondition(lambda self: self.by)
    @rule(who=st.sampled_from(AUTHORS))
    def opens_again(self, who: UserRef) -> None:
        """An author opens what ended, if the receipt still offers it."""
        having = [s for s in self.town.told(who) if "Öppna igen" in labels_of(s)]
        if having:
            self.does(self.town.presses(who, having[-1], "Öppna igen"))
            self.look()

    @precondition(lambda self: self.by)
    @rule(who=st.sampled_from(AUTHORS))
    def forgets(self, who: UserRef) -> None:
        """An author leaves with all they wrote, and comes back as somebody else."""
        self.does(self.town.taps_after(who, "/forget", "Ja"))
        gone = {report for report, author in self.by.items() if author == who}
        self.by = {report: author for report, author in self.by.items() if report not in gone}
        self.news = Counter({k: n for k, n in self.news.items() if k.split()[1] not in gone})
        self.does(self.town.agrees(who))
        self.look()
        assert not gone & {row.same_as for row in self.rows.values()}

    @precondition(lambda self: self.by)
    @rule(data=st.data(), how=st.sampled_from(["resolve", "withdraw", "false"]))
    def ends(self, data: st.DataObject, how: str) -> None:
        """An author or the police end a report."""
        report = self.draws(data)
        was = self.rows[report]
        who = POLICE if how == "false" else self.by[report]
        self.does(self.commands(who, f"{how} {report}"))
        self.look()
        now = self.rows[report].state
        if was.state in ACTIVE:
            assert now in {"resolved", "withdrawn", "false"}
            self.news[f"{now} {report}"] += 1

    @rule(hours=st.sampled_from([1, 20, 47, 60]))
    def time_passes(self, hours: int) -> None:
        """Some run out; nothing opens by itself."""
        before = self.rows
        self.does(self.town.passes(hours=hours))
        self.look()
        for report, row in self.rows.items():
            assert row.state == before[report].state or row.state == "expired"

    def look(self) -> None:
        """Read what is stored, and check what has changed since it was read last."""
        before, self.rows = self.rows, self.read()
        for report, row in self.rows.items():
            was = before.get(report)
            if was is not None and was.state not in ACTIVE and row.state in ACTIVE:
                assert was.ended_at is not None
                assert self.town.clock.at - was.ended_at <= REOPEN_WITHIN

    def read(self) -> dict[str, Row]:
        """What the database holds."""
        found = self.town.rows("SELECT id, state, duplicate_of, author_id, ended_at FROM reports")
        return {
            name: Row(state, same_as, author, _utc(ended) if ended else None)
            for name, state, same_as, author, ended in found
        }

    @invariant()
    def nothing_is_lost(self) -> None:
        """Linked or not, what somebody reported stays, with a card in every room."""
        if not hasattr(self, "by"):
            return
        assert set(self.rows) == set(self.by)
        for reader in (TG_ROOM, MX_ROOM):
            assert {id_on(s) for s in self.heads(reader)} == set(self.by)

    @invariant()
    def links_lead_to_a_root(self) -> None:
        """No rings; what is linked is a duplicate, and never of what its author took back."""
        for report, row in getattr(self, "rows", {}).items():
            assert row.same_as is None or row.state == "duplicate"
            root = self.root_of(report)
            assert self.rows[root].same_as is None
            assert root == report or self.rows[root].state != "withdrawn"

    @invariant()
    def people_are_counted_once(self) -> None:
        """On every card that is under way: who pressed, and who wrote of the same."""
        if not getattr(self, "rows", None):
            return
        pressed = self.town.rows("SELECT report_id, person_id FROM report_marks WHERE mark='here'")
        for card in self.town.cards(TG_ROOM):
            root = self.root_of(id_on(card))
            if self.rows[root].state not in ACTIVE:
                continue
            family = {one for one in self.rows if self.root_of(one) == root}
            people = {person for report, person in pressed if report in family}
            people |= {self.rows[one].author for one in family}
            assert _said(card.text) == len(people - {self.rows[root].author}), card.text

    @invariant()
    def everybody_hears_it_once(self) -> None:
        """Each end of what called for attention, in every place where its card is."""
        for (state, report), times in [
            (key.split(), n) for key, n in getattr(self, "news", {}).items()
        ]:
            news = NEWS[state].format(id=report)
            for reader in READERS:
                told = [text for text in self.town.texts(reader) if text.startswith(news)]
                assert len(told) == times, (reader, news)

    def draws(self, data: st.DataObject) -> str:
        """Any report."""
        return data.draw(st.sampled_from(sorted(self.by, key=list(self.by).index)))

    def root_of(self, report: str) -> str:
        """Where the links lead; a ring would be found."""
        passed = [report]
        while (following := self.rows[passed[-1]].same_as) is not None:
            assert following not in passed
            passed.append(following)
        return passed[-1]

    def can_be_linked_to(self, root: str) -> bool:
        """Whether it is under way, or over for less than two days and not taken back."""
        state = self.rows[root].state
        return state in ACTIVE or (state != "withdrawn" and self.is_young(root))

    def is_young(self, report: str) -> bool:
        """Whether it ended less than two days ago."""
        ended = self.rows[report].ended_at
        return ended is not None and self.town.clock.at - ended <= REOPEN_WITHIN

    def shown(self) -> list[tuple[str, list[str]]]:
        """All cards in a room, with their buttons."""
        return [(card.text, labels_of(card)) for card in self.heads(TG_ROOM)]

    def heads(self, where: object) -> list:  # type: ignore[type-arg]
        """All cards, those that only say what became of them too."""
        room = self.town.in_room(where)  # type: ignore[arg-type]
        return [s for s in room if s.text.startswith("🟡 #")]

    async def commands(self, who: UserRef, said: str) -> None:
        """Write a command in private."""
        await self.town.writes(who, None, f"{'!' if who in {EVA, POLICE} else '/'}{said}")

    def teardown(self) -> None:
        """Let go of everything."""
        if hasattr(self, "town"):
            self.does(self.town.app.close())
            self.runner.close()
            shutil.rmtree(self.folder)


def _said(card: str) -> int:
    found = re.search(r"(\d+) ser det också", card.splitlines()[-1])
    return int(found[1]) if found else 0


def _utc(stored: str) -> datetime:
    return datetime.fromisoformat(f"{stored}+00:00")


def _copied(folder: Path) -> Path:
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return folder


@cache
def _template() -> Path:
    """A folder with fresh databases, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="links-template"))

    async def make() -> None:
        town = make_town(folder)
        await town.app.open()
        await town.app.close()

    asyncio.run(make())
    return folder


TestLinks = Links.TestCase
TestLinks.settings = settings(
    max_examples=int(os.environ.get("EX", "4")),
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
