"""What an organisation tells an area."""

from dataclasses import replace

import pytest

from bot.domain.areas import AreaId
from bot.domain.notices import Notice, NoticeId
from bot.domain.organisations import OrganisationId
from bot.domain.reports import Priority
from tests.town import ANNA, BO, CILLA, DESK, MX_ROOM, SHOPS, START, TG_ROOM, code_on

BURGLARY = Notice(
    id=NoticeId("polisen-1"),
    organisation=OrganisationId("polisen"),
    areas=(AreaId("albyberget"),),
    priority=Priority.YELLOW,
    title="Inbrott",
    text="Flera källarinbrott i natt. Tipsa på 114 14.",
    link="https://polisen.se/aktuellt/1",
    happened_at=START,
    published_at=START,
)


async def test_notice_reaches_open_groups_and_followers(town):
    """Each once and in silence, with who says it, and where to read more."""
    await town.writes(BO, None, "/bevaka botkyrka")
    await town.writes(CILLA, None, "/bevaka albyberget röd")
    reached = await town.publishes(BURGLARY)

    for reader in (TG_ROOM, MX_ROOM, BO):
        assert town.last(reader) == (
            "🟡 Inbrott · Albyberget · 21 nov. 13:00\n"
            "Flera källarinbrott i natt. Tipsa på 114 14.\n"
            "— Polisen ✔ verifierad · polisen.se\n"
            f"Äkta? Skriv /kolla {code_on(town.last(reader))}"
        )
        assert town.seen(reader)[-1].message.silent
    assert "Inbrott" not in town.last(CILLA)
    assert town.in_room(SHOPS) == town.in_room(DESK) == []
    assert reached == 3


async def test_same_notice_again_changes_nothing(town):
    """A feed may be read any number of times."""
    await town.publishes(BURGLARY)
    reached = await town.publishes(BURGLARY)

    assert reached == 0
    assert len(town.in_room(TG_ROOM)) == 1
    assert town.in_room(TG_ROOM)[0].edits == 0


async def test_corrected_notice_changes_where_it_stands(town):
    """In place; nobody is rung."""
    await town.publishes(BURGLARY)
    reached = await town.publishes(replace(BURGLARY, text="Två inbrott i natt."))

    assert reached == 0
    assert len(town.in_room(MX_ROOM)) == 1
    assert "Två inbrott i natt." in town.last(MX_ROOM)


async def test_notice_without_link_or_time_of_the_event_is_whole(town):
    """It then bears the time it was published."""
    await town.publishes(replace(BURGLARY, link=None, happened_at=None))

    assert "21 nov. 13:00" in town.last(TG_ROOM)
    assert town.last(TG_ROOM).splitlines()[-2] == "— Polisen ✔ verifierad"


async def test_notice_of_an_organisation_that_left_still_names_it(town):
    """By its slug, so that it can be looked up."""
    await town.publishes(replace(BURGLARY, organisation=OrganisationId("vakten")))

    assert "— vakten ✔ verifierad" in town.last(TG_ROOM)


async def test_notice_that_waited_until_it_was_gone_is_not_shown(town):
    """Nothing stands that nobody can look up."""
    with town.platforms_down():
        await town.publishes(BURGLARY)
        async with town.app.parts.database.write() as uow:
            await uow.notices.erase(BURGLARY.id)
    await town.settle()

    assert town.in_room(TG_ROOM) == []


@pytest.mark.parametrize("area", ["botkyrka", "gamla-stan"])
async def test_notice_stays_in_its_area(town, area):
    """A group hears of what lies around it, and not of another town; locked ones hear nothing."""
    await town.writes(ANNA, None, "/bevaka fittja")
    await town.publishes(replace(BURGLARY, areas=(AreaId(area),)))

    assert bool(town.in_room(TG_ROOM)) is False
    assert town.in_room(SHOPS) == []
    assert "Inbrott" not in town.last(ANNA)
