"""Bots that hear each other: nothing goes round for ever."""

import shutil
from pathlib import Path

import pytest

from bot.bridges.memory import Shown
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import MediaKind, Position, RoomRef, UserRef
from bot.domain.senders import Sender
from bot.domain.trails import MAX_REPEATS
from tests.pictures import jpeg, png
from tests.town import (
    ANNA,
    BO,
    EVA,
    MX,
    MX_ROOM,
    OWNER,
    POLICE,
    TG_ROOM,
    Town,
    alby,
    make_town,
)

FAR_ROOM = RoomRef(MX, "!fjarran:hem.se")
ROUNDS = 40


class Two:
    """Two whole bots that share rooms; each hears what the other says in them.

    Attributes:
        marks: Whether the platforms take along what the bots put into their messages unseen.
    """

    def __init__(self, one: Town, other: Town, *shared: RoomRef, marks: bool = True) -> None:
        self.towns = (one, other)
        self.shared = shared
        self.marks = marks
        self.heard = [0, 0]

    async def hear_each_other(self) -> None:
        """Let each tell the other what it said, until nobody says anything more."""
        for _ in range(ROUNDS):
            news = [self._news(index) for index in (0, 1)]
            if not any(news):
                return
            for index, said in enumerate(news):
                for shown in said:
                    await self._tell(1 - index, shown)

    def _news(self, index: int) -> list[Shown]:
        town = self.towns[index]
        said = [s for room in self.shared for s in town.in_room(room)]
        news, self.heard[index] = said[self.heard[index] :], len(said)
        return news

    async def _tell(self, index: int, shown: Shown) -> None:
        assert isinstance(shown.to, RoomRef)
        user = UserRef(shown.to.platform, f"bot-{1 - index}")
        town = self.towns[index]
        said = IncomingMessage(
            ref=town.new_ref(user, shown.to),
            sender=Sender(user=user, name="Grannbro"),
            sent_at=town.clock.now(),
            text=shown.message.text,
            is_direct=False,
            trail=shown.message.trail if self.marks else None,
        )
        await town.happens(said)


@pytest.fixture
async def far(migrated: Path, tmp_path: Path):
    """Another bot, whose group shares the room on Telegram and has one of its own."""
    shutil.copytree(migrated, tmp_path / "far")
    town = make_town(tmp_path / "far", groups=(alby(rooms=(TG_ROOM, FAR_ROOM)),))
    await town.app.open()
    yield town
    await town.app.close()


@pytest.fixture
async def double(migrated: Path, tmp_path: Path):
    """Another bot that was put into the very same rooms by mistake."""
    shutil.copytree(migrated, tmp_path / "double")
    town = make_town(tmp_path / "double")
    await town.app.open()
    yield town
    await town.app.close()


async def test_line_goes_on_from_bot_to_bot_and_ends_there(town, far):
    """Two installations may share a room: all of the three hear it once."""
    two = Two(town, far, TG_ROOM)
    await town.writes(EVA, MX_ROOM, "Någon hemma?")
    await two.hear_each_other()

    assert town.texts(TG_ROOM) == ["Granne 1: Någon hemma?"]
    assert far.texts(FAR_ROOM) == ["Granne 1: Granne 1: Någon hemma?"]
    assert far.texts(TG_ROOM) == []
    assert town.texts(MX_ROOM) == []


async def test_line_never_comes_back_to_a_room_where_it_was(town, double):
    """Even if both carry between the very same rooms."""
    two = Two(town, double, TG_ROOM, MX_ROOM)
    await town.writes(EVA, MX_ROOM, "Någon hemma?")
    await two.hear_each_other()

    assert town.texts(TG_ROOM) == ["Granne 1: Någon hemma?"]
    assert [*town.texts(MX_ROOM), *double.texts(MX_ROOM), *double.texts(TG_ROOM)] == []


async def test_cards_and_words_of_another_bot_are_its_own(town, far):
    """A card is no report of who prints it; nobody answers it or carries it."""
    two = Two(town, far, TG_ROOM)
    await town.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")
    await two.hear_each_other()

    assert far.footprint()["reports"] == 0
    assert far.everything_shown() == []


async def test_what_another_bot_brings_is_talk_whatever_it_says(town, far):
    """Who wrote it said it to the other bot."""
    await far.sends(
        UserRef(ANNA.platform, "bot-0"), TG_ROOM, "/rod det brinner", trail=("ab",), command=None
    )
    await far.sends(UserRef(ANNA.platform, "bot-0"), TG_ROOM, "🔴 det brinner", trail=("ab",))

    assert far.footprint()["reports"] == 0
    assert len(far.texts(FAR_ROOM)) == 2
    assert far.telegram.redacted == []


async def test_without_marks_it_stops_by_itself_and_is_told_once(town, double):
    """A bot that nobody knows carries back all it hears."""
    two = Two(town, double, TG_ROOM, MX_ROOM, marks=False)
    for each in two.towns:
        await each.writes(OWNER, None, "/start")
    await town.writes(EVA, MX_ROOM, "Någon hemma?")
    await two.hear_each_other()

    everywhere = [t.texts(room) for t in (town, double) for room in (TG_ROOM, MX_ROOM)]
    assert sum(map(len, everywhere)) <= 4 * (MAX_REPEATS + 1)
    assert two._news(0) == two._news(1) == []
    told = [text for each in two.towns for text in each.texts(OWNER)]
    assert sum("kommer samma rad om och om igen" in text for text in told) == 1


async def test_the_same_words_of_one_account_stop_for_a_while(town):
    """Others may say them, and so may they once it is quiet again."""
    for _ in range(MAX_REPEATS + 3):
        await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(EVA, MX_ROOM, "hej")
    assert len(town.texts(MX_ROOM)) == MAX_REPEATS
    assert len(town.texts(TG_ROOM)) == 1
    assert sum("samma sak många gånger" in text for text in town.texts(ANNA)) == 1
    await town.passes(minutes=2)
    await town.writes(ANNA, TG_ROOM, "hej")

    assert len(town.texts(MX_ROOM)) == MAX_REPEATS + 1


async def test_the_same_sticker_of_one_account_stops_too(town):
    """A bridge that nobody knows carries pictures as well, and they have no words."""
    for _ in range(MAX_REPEATS + 3):
        await town.sends(ANNA, TG_ROOM, files={"hej.png": (MediaKind.STICKER, png())})

    assert len(town.texts(MX_ROOM)) == MAX_REPEATS


async def test_the_same_place_of_one_account_stops_too(town):
    """Somebody who walks is somewhere else each time."""
    for number in range(MAX_REPEATS + 3):
        await town.sends(ANNA, TG_ROOM, position=Position(59.2, 17.8))
        await town.sends(BO, TG_ROOM, position=Position(59.2, 17.8 + number / 100))

    assert len(town.texts(MX_ROOM)) == MAX_REPEATS + (MAX_REPEATS + 3)


async def test_many_pictures_without_words_are_no_loop(town):
    """Each shows something else."""
    for width in range(8, 8 + MAX_REPEATS + 3):
        sent = {"hej.png": (MediaKind.PHOTO, png(width=width))}
        await town.sends(ANNA, TG_ROOM, files=sent)

    assert len(town.texts(MX_ROOM)) == MAX_REPEATS + 3


async def test_many_may_say_the_same(town):
    """Thirty who answer yes are no loop."""
    for number in range(MAX_REPEATS + 5):
        await town.writes(town.newcomer(f"Gäst {number}"), TG_ROOM, "Ja!")

    assert len(town.texts(MX_ROOM)) == MAX_REPEATS + 5


async def test_nothing_remembers_what_was_said_for_longer_than_needed(town):
    """A digest is enough, and a minute too."""
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.passes(minutes=2)

    assert town.rows("SELECT digest FROM relays") == [(None,)]


async def test_picture_of_a_line_that_goes_round_is_not_kept(town):
    """It is held back with its words."""
    for _ in range(MAX_REPEATS + 1):
        await town.writes(ANNA, TG_ROOM, "titta", photos=(jpeg(),))
    await town.passes(minutes=1)

    assert town.kept_files() == []


async def test_the_bot_s_own_doings_are_no_news(town):
    """Some platforms tell it all that it has done itself."""
    me = UserRef(MX, "@grannbro:hem.se")
    town.matrix.account = me
    await town.writes(ANNA, TG_ROOM, "hej")
    copy = town.in_room(MX_ROOM)[-1].ref
    await town.sends(me, MX_ROOM, "Granne 1: hej")
    await town.edits(me, copy, "Granne 1: hej då")
    await town.reacts(me, copy, "👍")
    await town.deletes(me, copy)
    await town.passes(seconds=10)

    assert town.texts(TG_ROOM) == []
    assert town.texts(MX_ROOM) == ["Granne 1: hej"]
    assert town.footprint()["relay_reactions"] == 0
    assert town.rows("SELECT count(*) FROM inbox WHERE state = 'waiting'") == [(0,)]


async def test_chain_that_is_too_long_ends(town):
    """Each bot on it would add a name."""
    await town.sends(EVA, MX_ROOM, "långväga", trail=("a", "b"))
    await town.sends(POLICE, MX_ROOM, "för långt", trail=("a", "b", "c"))

    assert [text[-8:] for text in town.texts(TG_ROOM)] == ["långväga"]
