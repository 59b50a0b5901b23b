"""What the configuration says is so after the next start, and what left it is gone."""

import pytest
from structlog.testing import capture_logs

from bot.domain.messages import Platform, RoomRef
from tests.town import (
    ANNA,
    BO,
    DESK,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG_ROOM,
    alby,
    installation,
    police,
    shops,
)


async def test_group_that_left_the_configuration_is_silent(open_town):
    """Its rooms belong to nobody any more."""
    town = await open_town()
    await town.app.close()
    town = await open_town(groups=(shops(),))
    await town.agrees(ANNA)
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(ANNA, TG_ROOM, "/gul glas")

    assert town.in_room(MX_ROOM) == []
    assert town.last(ANNA).startswith("Det här rummet hör inte till någon grupp än")


async def test_room_that_left_its_group_is_silent(open_town):
    """The others go on."""
    town = await open_town()
    await town.app.close()
    town = await open_town(groups=(alby(rooms=(TG_ROOM,)), shops()))
    await town.agrees(ANNA)
    await town.writes(ANNA, TG_ROOM, "/gul glas")

    assert town.in_room(MX_ROOM) == []
    assert len(town.cards(TG_ROOM)) == 1


async def test_person_taken_off_the_list_of_an_organisation_is_a_neighbour(open_town):
    """A role given by the configuration ends with it, at the next start."""
    town = await open_town()
    await town.app.close()
    town.clock.at = town.clock.at.replace(hour=5)  # the clock was wrong before
    town = await open_town(organisations=(replace_people(()),), clock=town.clock)
    await town.agrees(POLICE)
    await town.writes(POLICE, MX_ROOM, "!gul Vi är på plats")

    assert town.card(TG_ROOM).text.endswith("— Granne 1")


async def test_organisation_that_left_gets_nothing(open_town):
    """Its desk is a room like any other."""
    town = await open_town()
    await town.app.close()
    town = await open_town(organisations=())
    await town.agrees(ANNA)
    await town.writes(ANNA, TG_ROOM, "/rod rök")

    assert town.in_room(DESK) == []
    assert "Polisen" not in town.last(ANNA)


async def test_owner_starts_as_coordinator(open_town):
    """So that somebody may decide from the first day."""
    town = await open_town()
    await town.agrees(ANNA, BO)
    await town.writes(ANNA, SHOPS, "/gul glas")
    await town.presses(BO, town.card(SHOPS), "Flagga")

    assert "Någon har flaggat" in town.last(OWNER)


async def test_rooms_on_the_web_are_opened_with_their_titles(open_town, folder):
    """Of groups and of desks; the group's name where no title is given."""
    torget, backen = (RoomRef(Platform.WEB, name) for name in ("torget", "backen"))
    desk = RoomRef(Platform.WEB, "desk")
    options = installation(folder).options
    options = options.model_copy(
        update={"web": options.web.model_copy(update={"rooms": {"torget": "Alby torg"}})}
    )
    town = await open_town(
        options=options,
        groups=(alby(rooms=(torget, backen)), shops()),
        organisations=(replace_people((POLICE,), desk=desk),),
    )

    async with town.app.parts.database.read() as uow:
        rooms = [await uow.web_chat.room(name) for name in ("torget", "backen", "desk")]
    assert [room.title for room in rooms if room] == ["Alby torg", "Alby grannar", "Polisen"]


@pytest.mark.parametrize("has_mail", [True, False])
async def test_missing_mail_server_is_told_at_the_start(open_town, has_mail):
    """People of organisations would write /verify in vain."""
    town = await open_town(has_mail=has_mail)
    with capture_logs() as logs, pytest.raises(ExceptionGroup):
        await town.app.run(_ends())

    told = [line for line in logs if line["event"] == "mail.none"]
    assert [line["key"] for line in told] == ([] if has_mail else ["mail.smtp_url"])


async def _ends() -> None:
    raise InterruptedError


def replace_people(people, *, desk=DESK):
    """The police with other people and another desk."""
    from dataclasses import replace

    configured = police()
    organisation = replace(configured.organisation, desk_rooms=(desk,))
    return replace(configured, people=people, organisation=organisation)
