"""Badges that the configuration has given, and takes back at a start: cards say so, too."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.groups import GroupId
from bot.domain.messages import RoomRef
from bot.domain.people import Role
from tests.features.conftest import OpenTown
from tests.features.test_organisations import add, code_in_any
from tests.features.test_verification import (
    ANNA_AT_WORK,
    BADGE,
    coordinate,
    is_verified,
    proves,
)
from tests.town import (
    ANNA,
    AREAS,
    BO,
    CILLA,
    MX_ROOM,
    OWNER,
    POLICE,
    TG,
    TG_ROOM,
    Town,
    alby,
    police,
    shops,
)

FITTJA_ROOM = RoomRef(TG, "-1003")
FITTJA = alby(
    id=GroupId("fittja-grannar"),
    name="Fittja grannar",
    area=AREAS.chain("fittja")[0],
    rooms=(FITTJA_ROOM,),
)
Restart = Callable[..., Awaitable[Town]]


@pytest.fixture
def restart(open_town: OpenTown) -> Restart:
    """Starts the bot again with another configuration; the platforms remember what stands."""

    async def restarted(town: Town, **changes: object) -> Town:
        await town.app.close()
        again = await open_town(groups=(alby(), shops(), FITTJA), clock=town.clock, **changes)
        again.written = town.written
        for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
            vars(new).update(vars(old))
        again.mailbox.mails.extend(town.mailbox.mails)
        await again.passes(minutes=1)
        return again

    return restarted


@pytest.fixture
async def town(open_town: OpenTown) -> Town:
    """The police have told something in two groups, and added to a neighbour's report."""
    town = await open_town(groups=(alby(), shops(), FITTJA))
    await town.agrees(ANNA, BO, CILLA, POLICE)
    await town.writes(ANNA, TG_ROOM, "/gul Glas på gatan")
    await town.writes(POLICE, MX_ROOM, f"!update {town.report_id()} Vi kommer dit")
    await town.writes(POLICE, MX_ROOM, "!gul Vi är på plats i Alby")
    await town.writes(POLICE, None, "!gul Vi är på plats i Fittja")
    await town.writes(POLICE, None, "fittja")
    await town.taps(POLICE, "Skicka")
    assert all(BADGE in card.text for card in town.cards(TG_ROOM))
    assert BADGE in town.card(FITTJA_ROOM).text
    return town


def in_areas(*areas: str) -> object:
    """The police, in charge of other places than before."""
    configured = police()
    chains = frozenset(AREAS.chain(area)[0] for area in areas)
    return replace(configured, organisation=replace(configured.organisation, areas=chains))


async def test_person_who_left_the_configuration_is_a_former_officer_on_cards(town, restart):
    """On their own and on what they have added to others', as after `/revoke`."""
    town = await restart(town, organisations=(replace(police(), people=()),))

    for room in (TG_ROOM, MX_ROOM, FITTJA_ROOM):
        assert all("tidigare Polisen" in card.text for card in town.cards(room))
        assert not any(BADGE in card.text for card in town.cards(room))
    assert town.count_rows("lost_badges") == 0


async def test_organisation_that_left_the_configuration_is_a_former_one(town, restart):
    """What it was called is gone; its slug still tells."""
    town = await restart(town, organisations=())

    assert all("tidigare polisen" in card.text for card in town.cards(TG_ROOM))
    assert not any(BADGE in card.text for card in town.cards(FITTJA_ROOM))


async def test_organisation_of_fewer_areas_keeps_its_badge_where_it_stays(town, restart):
    """It has left Alby, and looks after Fittja as before."""
    town = await restart(town, organisations=(in_areas("fittja"),))

    assert all("tidigare Polisen" in card.text for card in town.cards(TG_ROOM))
    assert BADGE in town.card(FITTJA_ROOM).text


async def test_organisation_that_becomes_another_is_no_police_on_cards(town, restart):
    """The badge says as what somebody has spoken."""
    guards = replace(police().organisation, role=Role.GUARD)
    town = await restart(town, organisations=(replace(police(), organisation=guards),))

    assert all("tidigare Polisen" in card.text for card in town.cards(TG_ROOM))


async def test_start_with_the_same_configuration_changes_no_card(town, restart):
    """Nor one in which it looks after more."""
    town = await restart(town)
    shown = [card.edits for card in town.cards(TG_ROOM)]
    town = await restart(town, organisations=(in_areas("stockholm", "botkyrka"),))

    assert all(BADGE in card.text for card in town.cards(TG_ROOM))
    assert [card.edits for card in town.cards(TG_ROOM)] == shown


async def test_role_that_a_mail_domain_gave_is_a_former_one_when_that_leaves(town, restart):
    """Whom the configuration names keeps the badge all the same."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(ANNA, TG_ROOM, "/gul Vi är vid torget")
    before = town.card(MX_ROOM).text
    elsewhere = replace(police().organisation, mail_domains=("polisen.example",))
    town = await restart(town, organisations=(replace(police(), organisation=elsewhere),))

    own = next(card.text for card in town.cards(MX_ROOM) if "vid torget" in card.text)
    assert BADGE in before
    assert "tidigare Polisen" in own
    assert any(BADGE in card.text for card in town.cards(MX_ROOM))


async def test_crash_before_the_cards_are_changed_leaves_none_with_a_badge(town, open_town):
    """What is to be done is stored with the change."""
    await town.app.close()
    left = await open_town(groups=(alby(), shops(), FITTJA), organisations=())
    waiting = left.count_rows("lost_badges")
    await left.app.close()
    again = await open_town(groups=(alby(), shops(), FITTJA), organisations=())
    for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
        vars(new).update(vars(old))
    await again.passes(minutes=1)

    assert waiting == 1
    assert again.cards(TG_ROOM)
    assert not any(BADGE in card.text for card in again.cards(TG_ROOM))


async def test_area_that_is_taken_out_by_chat_takes_the_badge_along(town):
    """As one that leaves the configuration."""
    await add(town)
    await coordinate(town, BO)
    await proves(town, CILLA, "cilla.dahl@botkyrka.se", organisation="botkyrka-kommun")
    for coordinator in (OWNER, BO):
        await town.writes(coordinator, None, f"/approve {code_in_any(town, BO)}")
    await town.writes(CILLA, TG_ROOM, "/gul Lampan är trasig")
    before = town.card(MX_ROOM).text
    for area in ("fittja", "botkyrka"):
        await town.writes(OWNER, None, f"/organisation area botkyrka-kommun {area}")
    await town.passes(minutes=1)

    assert "Botkyrka kommun ✔ verifierad kommun" in before
    assert "tidigare Botkyrka kommun" in town.card(MX_ROOM).text
