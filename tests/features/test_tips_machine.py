"""Tips under anything that tipsters, desks and time do."""

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
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.bridges.memory import Shown
from bot.domain.messages import RoomRef, UserRef
from tests.features.tips import CLERK, COUNCIL_DESK, council, tip_cards
from tests.town import ANNA, BO, DESK, EVA, POLICE, Town, make_town, police

pytestmark = pytest.mark.slow

TIPSTERS = (ANNA, EVA)
DESKS = {"Polisen": DESK, "Botkyrka kommun": COUNCIL_DESK}
PEOPLE = {"Polisen": POLICE, "Botkyrka kommun": CLERK}
MOST_TIPS = 4
Done = TypeVar("Done")


@dataclass(kw_only=True)
class Known:
    """What must be true of a tip."""

    tipster: UserRef
    organisation: str
    said: list[str] = field(default_factory=list)
    touched_at: datetime
    closed_at: datetime | None = None
    offered_to: str | None = None


class Tips(RuleBasedStateMachine):
    """Two who tip, two desks on two platforms, and Bo, whom it does not concern."""

    @initialize()
    def opens(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tips"))
        self.runner = asyncio.Runner()
        folder = _copied(self.folder)
        self.town: Town = make_town(folder, has_mail=False, organisations=(police(), council()))
        self.does(self.town.app.open())
        self.does(self.town.agrees(*TIPSTERS, BO, POLICE, CLERK))
        self.tips: dict[int, Known] = {}
        self.sent = 0
        self.words = 0

    def does(self, work: Coroutine[object, object, Done]) -> Done:
        """Let something happen."""
        return self.runner.run(work)

    @precondition(lambda self: len(self.tips) < MOST_TIPS)
    @rule(who=st.sampled_from(TIPSTERS), to=st.sampled_from(sorted(DESKS)))
    def sends(self, who: UserRef, to: str) -> None:
        """In one line; half an hour after the one before."""
        self.waits(timedelta(minutes=30))
        said = self.new_words()
        self.does(self.town.writes(who, None, f"/tip {to} {said}"))
        self.does(self.town.taps(who, f"Skicka till {to}"))
        self.sent += 1
        self.tips[self.sent] = Known(
            tipster=who, organisation=to, said=[said], touched_at=self.town.clock.at
        )

    @precondition(lambda self: self.tips)
    @rule(data=st.data(), who=st.sampled_from([*PEOPLE.values(), BO]))
    def replies(self, data: st.DataObject, who: UserRef) -> None:
        """Somebody in the desk's room replies; it goes on exactly if they are its people."""
        number, tip = self.draws(data)
        said = self.new_words()
        desk = DESKS[tip.organisation]
        self.does(self.town.writes(who, desk, said, reply_to=self.card(number).ref))
        if who == PEOPLE[tip.organisation]:
            self.touches(tip, said)
        else:
            assert self.readers_of(said) == set()

    @precondition(lambda self: self.tips)
    @rule(data=st.data())
    def answers(self, data: st.DataObject) -> None:
        """The tipster adds something."""
        self.waits(timedelta(minutes=10))
        number, tip = self.draws(data)
        said = self.new_words()
        note = self.note(number, tip)
        self.does(self.town.writes(tip.tipster, None, said, reply_to=note.ref))
        self.touches(tip, said)

    @precondition(lambda self: self.tips)
    @rule(data=st.data(), who=st.sampled_from([*PEOPLE.values(), BO]))
    def closes(self, data: st.DataObject, who: UserRef) -> None:
        """Its own people alone, and once."""
        number, tip = self.draws(data)
        if tip.closed_at is not None:
            return
        self.does(self.town.presses(who, self.card(number), "Avsluta"))
        if who == PEOPLE[tip.organisation]:
            tip.closed_at, tip.offered_to = self.town.clock.at, None

    @precondition(lambda self: self.tips)
    @rule(data=st.data(), is_yes=st.booleans())
    def hands_over(self, data: st.DataObject, is_yes: bool) -> None:  # noqa: FBT001
        """With the tipster's yes alone."""
        number, tip = self.draws(data)
        if tip.closed_at is not None:
            return
        desk, who = DESKS[tip.organisation], PEOPLE[tip.organisation]
        (other,) = set(DESKS) - {tip.organisation}
        self.does(self.town.presses(who, self.card(number), "Lämna över"))
        self.does(self.town.presses(who, self.town.in_room(desk)[-1], other))
        label = f"Ja, lämna till {other}" if is_yes else "Nej, låt det vara"
        self.does(self.town.taps(tip.tipster, label))
        if is_yes:
            tip.organisation, tip.touched_at = other, self.town.clock.at

    @precondition(lambda self: self.tips)
    @rule(data=st.data())
    def takes_back(self, data: st.DataObject) -> None:
        """All of it is gone at once."""
        number, tip = self.draws(data)
        asked = self.does(self.asks_back(number, tip))
        self.does(self.town.presses(tip.tipster, asked, "Ja, ta tillbaka"))
        self.ends(number)

    async def asks_back(self, number: int, tip: Known) -> Shown:
        """Press on the receipt."""
        receipt = next(
            s
            for s in self.town.told(tip.tipster)
            if f"T-{number}" in s.text
            and s.message.rows
            and "Ta tillbaka" in s.message.rows[0][-1].label
        )
        await self.town.presses(tip.tipster, receipt, "Ta tillbaka")
        return self.town.told(tip.tipster)[-1]

    @precondition(lambda self: self.tips)
    @rule(data=st.data())
    def is_forgotten(self, data: st.DataObject) -> None:
        """Whoever goes takes all their tips with them, and comes back as somebody new."""
        _, tip = self.draws(data)
        who = tip.tipster
        self.does(self.town.writes(who, None, "/forget"))
        self.does(self.town.taps(who, "Ja, radera allt"))
        self.waits(timedelta(hours=2))
        for number in [n for n, known in self.tips.items() if known.tipster == who]:
            self.ends(number)
        self.does(self.town.agrees(who))

    @rule(days=st.sampled_from([1, 29, 31, 91]))
    def time_passes(self, days: int) -> None:
        """What was closed ends after 30 days; what nobody touches closes after 90."""
        self.waits(timedelta(days=days))
        for number, tip in list(self.tips.items()):
            now = self.town.clock.at
            if tip.closed_at is None and now - tip.touched_at >= timedelta(days=90):
                tip.closed_at = now
            elif tip.closed_at is not None and now - tip.closed_at >= timedelta(days=30):
                self.ends(number)
        self.does(self.town.passes(seconds=5))

    @invariant()
    def each_stands_at_its_desk_alone(self) -> None:
        """And its words are read by that desk and its tipster, and by nobody else."""
        if not hasattr(self, "tips"):
            return
        self.does(self.town.passes(seconds=5))
        for name, room in DESKS.items():
            there = {number_on(card) for card in tip_cards(self.town, room)}
            assert there == {n for n, tip in self.tips.items() if tip.organisation == name}
        for tip in self.tips.values():
            for said in tip.said:
                desk = DESKS[tip.organisation]
                assert self.readers_of(said) <= {desk, tip.tipster}
            assert DESKS[tip.organisation] in self.readers_of(tip.said[0])

    @invariant()
    def nothing_is_left_of_what_is_over(self) -> None:
        """Rows and keys are those of the tips that there are."""
        if not hasattr(self, "tips"):
            return
        assert self.town.count_rows("tips") == len(self.tips)
        vault = self.town.app.parts.database.vault
        assert len(self.does(vault.owners("tip:"))) == len(self.tips)
        for number, tip in self.tips.items():
            (row,) = self.town.rows(f"SELECT state FROM tips WHERE number = {number}")
            assert row[0] == ("closed" if tip.closed_at else "open")

    def ends(self, number: int) -> None:
        """It is gone: nobody reads a word of it any more."""
        for said in self.tips.pop(number).said:
            assert self.readers_of(said) == set()

    def touches(self, tip: Known, said: str) -> None:
        """Somebody has added to it; what was closed goes on."""
        tip.said.append(said)
        tip.touched_at, tip.closed_at = self.town.clock.at, None
        assert self.readers_of(said) == {DESKS[tip.organisation], tip.tipster} or (
            self.readers_of(said) == {DESKS[tip.organisation]}
        )

    def readers_of(self, said: str) -> set[object]:
        """Who sees a message of the bot's with these words."""
        return {s.to for s in self.town.everything_shown() if said in s.text}

    def draws(self, data: st.DataObject) -> tuple[int, Known]:
        """One of the tips."""
        number = data.draw(st.sampled_from(sorted(self.tips)))
        return number, self.tips[number]

    def card(self, number: int) -> Shown:
        """A tip's card."""
        room: RoomRef = DESKS[self.tips[number].organisation]
        return next(c for c in tip_cards(self.town, room) if number_on(c) == number)

    def note(self, number: int, tip: Known) -> Shown:
        """The receipt: it stands as long as the tip."""
        return next(s for s in self.town.told(tip.tipster) if f"(T-{number})" in s.text)

    def new_words(self) -> str:
        """Words that were never said."""
        self.words += 1
        return f"ord{self.words}ord"

    def waits(self, time: timedelta) -> None:
        """Let time pass."""
        self.does(self.town.passes(seconds=time.total_seconds()))

    def teardown(self) -> None:
        """Let go of everything."""
        if hasattr(self, "town"):
            self.does(self.town.app.close())
            self.runner.close()
            shutil.rmtree(self.folder)


def number_on(card: Shown) -> int:
    """Which tip a card is about."""
    return int(card.text.split("T-")[1].split(" ")[0])


def _copied(folder: Path) -> Path:
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return folder


@cache
def _template() -> Path:
    """A folder with fresh databases, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="tips-template"))

    async def make() -> None:
        town = make_town(folder, has_mail=False)
        await town.app.open()
        await town.app.close()

    asyncio.run(make())
    return folder


TestTips = Tips.TestCase
TestTips.settings = settings(
    max_examples=int(os.environ.get("EX", "2")),
    stateful_step_count=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
