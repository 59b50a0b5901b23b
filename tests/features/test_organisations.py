"""`/organisations` for everybody, `/organisation` for coordinators."""

import pytest

from bot.domain.messages import RoomRef
from bot.domain.people import Role
from tests.features.test_verification import code_in, coordinate, proves, role_of
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DESK,
    IN_ALBYBERGET,
    OWNER,
    POLICE,
    TG,
    TG_ROOM,
    labels_of,
)

OFFICE = RoomRef(TG, "-1077")


async def add(town, name="Botkyrka kommun", *, area="Botkyrka", domain="botkyrka.se"):
    """Let the coordinator add a municipality by chat."""
    await town.writes(OWNER, None, f"/organisation new {name}")
    await town.taps(OWNER, "Kommun")
    await town.writes(OWNER, None, area)
    await town.writes(OWNER, None, domain)
    await town.taps(OWNER, "Lägg till")


async def test_organisations_here_say_who_is_in_charge_and_how_to_reach_them(town):
    """With a button to write to them."""
    await town.writes(ANNA, TG_ROOM, "/organisations")
    listed = town.told(ANNA)[-1]

    assert listed.text.startswith("De här har hand om Albyberget. Pågår det nu? Ring 112 först.")
    assert "• Polisen (polis)" in listed.text
    assert labels_of(listed) == ["Skriv till Polisen"]


async def test_here_is_asked_for_in_private(town):
    """A shared place, or a name."""
    await town.writes(ANNA, None, "/organisationer här")
    asked = town.last(ANNA)
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.taps(ANNA, "Ja, det är okej")

    assert asked.startswith("Var gäller det?")
    assert town.last(ANNA).startswith("De här har hand om Albyberget.")


async def test_area_is_named_and_a_place_without_anybody_says_so(town):
    """The police of this town look after Botkyrka alone."""
    await town.writes(ANNA, None, "/organisations gamla stan")
    nobody = town.last(ANNA)
    await town.writes(ANNA, None, "/organisations xyzzyby")

    assert nobody.startswith("Jag känner ingen organisation som har hand om Gamla stan.")
    assert town.last(ANNA).startswith("Jag hittar inget område")


async def test_organisation_is_added_by_chat_and_outlives_a_restart(open_town):
    """The configuration drops only what it has brought."""
    town = await open_town()
    await add(town)
    await town.app.close()
    again = await open_town()
    again.written = town.written
    again.telegram._updates = list(town.telegram._updates)
    await again.writes(OWNER, None, "/organisations botkyrka")

    assert "• Botkyrka kommun (kommun)" in again.last(OWNER)


async def test_phone_is_told_in_working_hours_and_else_when_they_are(town):
    """It is Saturday in this town."""
    await add(town)
    await town.writes(OWNER, None, "/organisation telefon botkyrka-kommun 08-530 610 00")
    await town.writes(OWNER, None, "/organisation tider botkyrka-kommun vardagar 8-16:30")
    await town.writes(OWNER, None, "/organisation ask botkyrka-kommun Trasiga lampor och klotter.")
    await town.writes(ANNA, None, "/organisations botkyrka")
    closed = town.last(ANNA)
    await town.passes(days=2)
    await town.writes(ANNA, None, "/organisations botkyrka")

    assert "Trasiga lampor och klotter. Telefon 08-530 610 00, öppen" in closed
    assert "Ring 08-530 610 00." in town.last(ANNA)


async def test_buttons_change_one_thing_at_a_time(town):
    """What was written badly keeps the question open."""
    await add(town)
    await town.taps_after(OWNER, "/organisation change botkyrka-kommun", "Tider")
    await town.writes(OWNER, None, "ibland")
    unclear = town.last(OWNER)
    await town.writes(OWNER, None, "mån-fre 9-15")

    assert unclear.startswith("De tiderna förstår jag inte.")
    assert "Telefon: –, 09–15" in town.last(OWNER)


async def test_first_of_a_new_organisation_comes_in_by_two_coordinators(town):
    """From nothing to a verified municipality, by chat alone."""
    await add(town)
    await town.writes(OWNER, OFFICE, "/organisation desk botkyrka-kommun")
    await coordinate(town, BO)
    await proves(town, CILLA, "cilla.dahl@botkyrka.se", organisation="botkyrka-kommun")
    for coordinator in (OWNER, BO):
        await town.writes(coordinator, None, f"/approve {code_in_any(town, BO)}")

    role = await role_of(town, CILLA)
    assert role is not None
    assert role.role is Role.MUNICIPALITY
    assert town.texts(OFFICE)[0].startswith("Det här rummet är nu desk för Botkyrka kommun.")
    assert town.last(OFFICE).endswith("godkänd och verifierad.")


def code_in_any(town, user):
    """The code of the application that somebody was asked to approve, or that is listed."""
    asked = [text for text in town.texts(user) if "Kod: " in text]
    return code_in(asked[-1])


async def test_domain_that_is_taken_out_ends_what_it_proved(town):
    """A domain may have been a mistake."""
    await add(town)
    await coordinate(town, BO)
    await proves(town, CILLA, "cilla.dahl@botkyrka.se", organisation="botkyrka-kommun")
    for coordinator in (OWNER, BO):
        await town.writes(coordinator, None, f"/approve {code_in_any(town, BO)}")
    before = await role_of(town, CILLA)
    await town.writes(OWNER, None, "/organisation domän botkyrka-kommun botkyrka.se")

    assert before is not None
    assert await role_of(town, CILLA) is None
    assert town.last(CILLA).startswith("Din roll för Botkyrka kommun har återkallats.")


@pytest.mark.parametrize("domain", ["gmail.com", "@hotmail.com", "ingen domän", "localhost"])
async def test_domain_where_anybody_gets_an_address_is_refused(town, domain):
    """It would prove nothing."""
    await add(town)
    await town.writes(OWNER, None, f"/organisation domain botkyrka-kommun {domain}")

    assert town.last(OWNER).startswith("Den domänen går inte.")


@pytest.mark.parametrize(
    "line",
    [
        "/organisation new Kommunen",
        "/organisation change polisen",
        "/organisation domain polisen evil.se",
        "/organisation remove polisen",
    ],
)
@pytest.mark.parametrize("user", [ANNA, POLICE])
async def test_only_coordinators_add_and_change(town, user, line):
    """Neither neighbours nor the police themselves."""
    await town.writes(user, None, line)

    assert town.last(user).startswith("Organisationer ändras av samordnare.")


async def test_configured_organisation_is_changed_in_the_configuration(town):
    """A restart would undo the change, and nobody would know."""
    await town.writes(OWNER, None, "/organisation domain polisen evil.se")

    assert town.last(OWNER).startswith("Polisen är inlagd av den som sköter mig")


async def test_group_s_room_and_another_s_desk_become_no_desk(town):
    """Neighbours would read what was meant for few."""
    await add(town)
    await town.writes(OWNER, TG_ROOM, "/organisation desk botkyrka-kommun")
    taken = town.last(OWNER)
    await town.writes(OWNER, DESK, "/organisation desk botkyrka-kommun")

    assert taken.startswith("Rummet hör redan till Alby grannar.")
    assert town.last(OWNER).startswith("Det här rummet är en organisations eget.")


async def test_removed_organisation_takes_its_roles_along(town):
    """After a question."""
    await add(town)
    await town.taps_after(OWNER, "/organisation remove botkyrka-kommun", "Ja, ta bort")
    await town.writes(ANNA, None, "/organisations botkyrka")

    assert "Botkyrka kommun" not in town.last(ANNA)


async def test_room_that_becomes_a_desk_is_told_to_whoever_speaks_there(town):
    """What is sent to an organisation in confidence would else be read elsewhere, unseen."""
    await add(town)
    await coordinate(town, BO)
    await proves(town, CILLA, "cilla.dahl@botkyrka.se", organisation="botkyrka-kommun")
    for coordinator in (OWNER, BO):
        await town.writes(coordinator, None, f"/approve {code_in_any(town, BO)}")
    await town.writes(OWNER, OFFICE, "/organisation desk botkyrka-kommun")

    for reader in (CILLA, BO):
        assert town.last(reader).startswith("Botkyrka kommun har ändrats: vilka rum som läser")


async def test_removal_is_told_at_the_desk(town):
    """They would wait for what comes no more."""
    await add(town)
    await town.writes(OWNER, OFFICE, "/organisation desk botkyrka-kommun")
    await town.taps_after(OWNER, "/organisation remove botkyrka-kommun", "Ja, ta bort")

    assert town.last(OFFICE) == "Botkyrka kommun finns inte längre bland organisationerna."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("name botkyrka-kommun Polisen", "namnet, som nu är Polisen"),
        ("phone botkyrka-kommun 0900 123 456", "telefonnumret, som nu är 0900 123 456"),
    ],
)
async def test_other_coordinators_hear_what_could_mislead(town, line, told):
    """Nobody alone lets a body pass for another, or lets people call another number."""
    await add(town)
    await coordinate(town, BO)
    await town.writes(OWNER, None, f"/organisation {line}")

    assert town.last(BO).startswith(f"Botkyrka kommun har ändrats: {told}.")
