"""What changes under a notice between its words and its readers, and who tries what."""

import pytest

from bot.domain.areas import AreaId
from bot.domain.notices import Notice, NoticeId
from bot.domain.people import Grant, Role
from bot.domain.reports import Priority
from bot.handlers.notices.spreading import go_out, ways_of
from bot.ports.holdings import Chore, Upkeep
from tests.features.conftest import OpenTown
from tests.town import AREAS, BO, MX_ROOM, OWNER, POLICE, TG_ROOM, Town

WATER = "Vattnet stängs av kl 13"
LATER = f"/notice Alby grannar, imorgon 08:00: {WATER}"
GROUP = "slug = 'alby-grannar'"


async def plans(town: Town, line: str = LATER) -> None:
    """Let the police keep a notice for its time."""
    await town.writes(POLICE, None, line)
    await town.taps(POLICE, "Spara till sin tid")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (f"UPDATE groups SET access = 'locked' WHERE {GROUP}", "en grupp låsts"),
        (f"UPDATE groups SET kind = 'organisation_desk' WHERE {GROUP}", "en grupp låsts"),
        ("DELETE FROM grants WHERE role = 'police'", "Rollen"),
        (f"DELETE FROM groups WHERE {GROUP}", "Ingen av grupperna finns kvar."),
    ],
    ids=["locked", "desk", "revoked", "gone"],
)
async def test_scheduled_notice_is_asked_again_at_its_time(town, statement, why):
    """Where it may not be sent any more it is not, and its author is told why."""
    await plans(town)
    town.changes_rows("PRAGMA foreign_keys = OFF")
    town.changes_rows(statement)
    await town.passes(days=1)

    assert town.in_room(TG_ROOM) == town.in_room(MX_ROOM) == []
    assert town.last(POLICE).startswith("N-1 gick inte ut.")
    assert why in town.last(POLICE)
    assert town.rows("SELECT state FROM notices") == [("cancelled",)]


async def test_group_that_its_author_takes_part_in_still_gets_it_when_locked(town):
    """As it would when it is sent at once."""
    await town.writes(POLICE, MX_ROOM, "hej")
    await plans(town)
    town.changes_rows(f"UPDATE groups SET access = 'locked' WHERE {GROUP}")
    await town.passes(days=1)

    assert WATER in town.last(TG_ROOM)


async def test_nobody_speaks_in_another_name_than_was_shown(town):
    """Who is both, and loses one role between preview and press, looks at it again."""
    async with town.app.parts.database.write() as uow:
        await uow.people.grant(POLICE, Grant(role=Role.COORDINATOR), town.clock.now())
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    assert "Polisen ✔ verifierad" in town.last(POLICE)
    town.changes_rows("DELETE FROM grants WHERE role = 'police'")
    await town.taps(POLICE, "Skicka")

    assert town.in_room(TG_ROOM) == []
    assert any("din roll har ändrats" in text for text in town.texts(POLICE))
    assert "Polisen" not in town.last(POLICE)
    await town.taps(POLICE, "Skicka")
    assert WATER in town.last(TG_ROOM)


@pytest.mark.parametrize("said", ["!!!", "sv:", "sv: \nen:", "👍", "sv: … \nen: –"])
async def test_notice_is_never_corrected_to_no_words(town, said):
    """To take them back there is another command, which says so to everybody."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Skicka")
    await town.writes(POLICE, None, f"/correct N-1 {said}")

    assert town.last(POLICE).startswith("Skriv med ord hur det ska stå")
    assert WATER in town.last(TG_ROOM)


async def test_organisation_recalls_its_words_from_where_it_looks_after_nothing_any_more(town):
    """What is wrong may be taken back; but told anew it may not be."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Skicka")
    elsewhere = f'["{AREAS.chain("gamla-stan")[0]}"]'
    town.changes_rows(f"UPDATE organisations SET areas = '{elsewhere}'")
    town.changes_rows(f"UPDATE grants SET areas = '{elsewhere}' WHERE role = 'police'")
    await town.writes(POLICE, None, "/correct N-1 Vattnet stängs inte av")
    assert WATER in town.last(TG_ROOM)
    await town.writes(POLICE, None, "/recall N-1")

    assert WATER not in town.last(TG_ROOM)
    assert "Återkallat" in town.last(TG_ROOM)


async def test_preview_says_that_it_would_be_over_before_it_goes_out(town):
    """Not only once it is to be sent."""
    await town.writes(POLICE, None, f"/notice albyberget, imorgon 08:00, till idag 23:00: {WATER}")

    assert "Det skulle vara slut innan det går ut" in town.last(POLICE)
    await town.taps(POLICE, "Spara till sin tid")
    assert town.count_rows("notices") == 0


async def test_what_was_recalled_while_it_was_counted_is_counted_again(town):
    """A count that is older than the change must not be the last word."""
    await town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await town.taps(POLICE, "Skicka")
    chore = _chore(town, "count_notices")
    assert chore.look is not None
    async with town.app.parts.database.read() as uow:
        work = await chore.look("N-1", _upkeep(town, uow))
    await town.writes(POLICE, None, "/recall N-1")
    async with town.app.parts.database.write() as uow:
        assert await work(_upkeep(town, uow)) == 0
    await town.passes(seconds=5)

    assert any("N-1 är återkallat" in text for text in town.texts(POLICE))


def _chore(town: Town, name: str) -> Chore:
    return next(c for h in town.app.holdings for c in h.chores if c.name == name)


def _upkeep(town: Town, uow: object) -> Upkeep:
    upkeep: Upkeep = town.app.ticks._upkeep(uow)  # type: ignore[arg-type]  # a unit of work
    return upkeep


async def test_notice_to_two_hundred_areas_is_counted_and_sent_once(open_town: OpenTown):
    """To more places than a database takes parts of one question; each room once."""
    town = await open_town()
    await town.agrees(OWNER, BO)
    await town.writes(BO, None, "/bevaka albyberget grön")
    notice = Notice(
        id=NoticeId("N-1"),
        organisation=None,
        areas=(AREAS.chain("albyberget")[0], *(AreaId(f"a{n}") for n in range(200))),
        priority=Priority.RED,
        text=WATER,
        published_at=town.clock.now(),
    )
    async with town.app.parts.database.write() as uow:
        ways = await ways_of(notice, uow=uow, areas=AREAS)
        followers = await uow.notice_reach.followers(ways.spreads, seen_in=ways.seen_in)
        await go_out(notice, uow=uow, areas=AREAS, now=town.clock.now())
    await town.settle()

    assert followers == 1
    for reader in (TG_ROOM, MX_ROOM, BO):
        assert len([s for s in town.seen(reader) if WATER in s.text]) == 1
