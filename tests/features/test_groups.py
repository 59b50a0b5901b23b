"""Groups by chat: `/group new`, `/link`, `/unlink`."""

import re

import pytest

from bot.domain.messages import RoomRef
from bot.errors import PermanentFailure, TemporaryFailure
from tests.town import (
    ANNA,
    BO,
    DESK,
    EVA,
    IN_ALBYBERGET,
    MX,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    TG,
    TG_ROOM,
)

YARD = RoomRef(TG, "-1009")
YARD_ON_MATRIX = RoomRef(MX, "!garden:hem.se")
NOT_AN_ADMINISTRATOR = "Det kan bara den göra som administrerar rummet"


@pytest.fixture
def yard(town):
    """A room that is no group's yet; Anna administers it, and Eva one on Matrix."""
    town.telegram.administrators |= {(ANNA, YARD), (ANNA, TG_ROOM), (ANNA, SHOPS)}
    town.telegram.titles[YARD] = "Gården i Albyberget"
    town.matrix.administrators |= {(EVA, YARD_ON_MATRIX), (EVA, MX_ROOM)}
    return town


async def make_group(town, *, room=YARD):
    """Let Anna make a group of the yard's room, or of another."""
    await town.writes(ANNA, room, "/group new")
    await town.taps(ANNA, "Albyberget")
    await town.taps(ANNA, "Grannar")
    await town.taps(ANNA, "Ta den vanligaste")
    await town.writes(ANNA, None, "Bostadsrättsföreningen Gården")
    await town.taps(ANNA, "Starta gruppen")


def code_for(town, user):
    """The latest code that somebody was given."""
    return re.findall(r"/link (\w{4}-\w{4})", "\n".join(town.texts(user)))[-1]


async def test_group_is_made_in_private_step_by_step(yard):
    """The room sees one welcome; the questions are between the bot and who asked."""
    await make_group(yard)
    preview = next(text for text in yard.texts(ANNA) if text.startswith("Klart, gruppen"))
    welcome = yard.last(YARD)

    assert preview == "Klart, gruppen är igång."
    assert welcome.startswith("Hej! Det här rummet hör nu till Gården i Albyberget i Albyberget.")
    assert "Bostadsrättsföreningen Gården" in welcome
    assert len(yard.in_room(YARD)) == 1


async def test_new_group_carries_reports_at_once(yard):
    """What it is for."""
    await make_group(yard)
    await yard.writes(BO, None, "/bevaka albyberget")
    await yard.writes(ANNA, YARD, "/rod rök ur fönster")

    assert "rök ur fönster" in yard.card(YARD).text
    assert "rök ur fönster" in yard.card(BO).text


async def test_name_is_taken_from_the_command_or_asked_for(yard):
    """A room's title may say nothing, or too much."""
    yard.telegram.titles[YARD] = "Polisen"
    await yard.writes(ANNA, YARD, "/group new")
    asked = yard.last(ANNA)
    await yard.writes(ANNA, None, "Kommunen")
    refused = yard.last(ANNA)
    await yard.writes(ANNA, None, "Våra grannar")
    taken = yard.last(ANNA)
    await yard.writes(ANNA, YARD, "/group new Gårdens vänner")

    assert asked.startswith("Vad ska gruppen heta?")
    assert refused.startswith("Det namnet går inte.")
    assert taken.startswith("Vilket område hör Våra grannar till?")
    assert "Gårdens vänner" in yard.last(ANNA)


async def test_area_can_be_written_shared_or_mistyped(yard):
    """An unknown one keeps the question open."""
    await yard.writes(ANNA, YARD, "/group new Vi")
    await yard.writes(ANNA, None, "Xyzzyby")
    unknown = yard.last(ANNA)
    await yard.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await yard.taps(ANNA, "Ja, det är okej")

    assert unknown.startswith("Jag hittar inget område")
    assert yard.last(ANNA).startswith("Vad är Vi för sorts grupp?")


async def test_shops_keep_their_reports_to_themselves_unless_they_choose(yard):
    """What shops tell each other is not for the street."""
    await yard.writes(ANNA, YARD, "/group new Butikerna vid torget")
    await yard.writes(ANNA, None, "Gamla stan")
    await yard.taps(ANNA, "Butiker i ett centrum")
    await yard.writes(ANNA, None, "Vi varnar varandra")
    await yard.writes(ANNA, None, "Torgets handlare")
    locked = yard.last(ANNA)
    await yard.taps(ANNA, "Låt rapporter nå hela området")
    opened = yard.last(ANNA)

    assert "Rapporter stannar i gruppen." in locked
    assert "Rapporter når också alla som bevakar Gamla stan." in opened


@pytest.mark.parametrize("line", ["/group new", "/link", "/link K7QM-3TXB", "/unlink"])
async def test_only_who_administers_the_room_may(yard, line):
    """Else anybody in a room could open it to another."""
    await yard.writes(BO, YARD, line)

    assert yard.last(BO).startswith(NOT_AN_ADMINISTRATOR)
    assert yard.in_room(YARD) == []


async def test_coordinator_may_without_administering(yard):
    """On a platform whose rooms nobody administers somebody must."""
    await yard.writes(OWNER, YARD, "/group new Gården")

    assert yard.last(OWNER).startswith("Vilket område")


@pytest.mark.parametrize("line", ["/group new", "/group", "/link", "/unlink"])
async def test_in_private_the_room_is_asked_for(yard, line):
    """A private chat can be no group's room."""
    await yard.writes(ANNA, None, line)

    assert yard.last(ANNA) == "Det skriver du i rummet som det gäller, inte här."


async def test_room_of_a_group_becomes_no_other(yard):
    """And an organisation's desk none at all."""
    yard.matrix.administrators.add((POLICE, DESK))
    await yard.writes(ANNA, TG_ROOM, "/group new")
    await yard.writes(POLICE, DESK, "/group new")

    assert yard.last(ANNA).startswith("Rummet hör redan till Alby grannar.")
    assert yard.last(POLICE).startswith("Det här rummet är en organisations eget.")


async def test_room_taken_meanwhile_is_not_taken_twice(yard):
    """Two administrators may have begun at once."""
    yard.telegram.administrators.add((BO, YARD))
    await yard.writes(BO, YARD, "/group new Andra gården")
    await make_group(yard)
    await yard.writes(BO, None, "Albyberget")
    await yard.taps(BO, "Grannar")
    await yard.taps(BO, "Ta den vanligaste")
    await yard.writes(BO, None, "Föreningen")
    await yard.taps(BO, "Starta gruppen")

    assert yard.last(BO).startswith("Rummet hör redan till Gården i Albyberget.")


async def test_second_room_comes_in_by_its_code(yard):
    """From then on both see the same."""
    await make_group(yard)
    await yard.writes(EVA, YARD_ON_MATRIX, f"!link {code_for(yard, ANNA).lower()}")
    await yard.writes(ANNA, YARD, "Hej på er")

    assert yard.texts(YARD)[-1].startswith(
        "Gården i Albyberget finns nu i ett rum till. Det som skrivs här läses också där."
    )
    assert "och med ! i Matrix" in yard.last(ANNA)
    assert "Hej på er" in yard.last(YARD_ON_MATRIX)
    assert yard.texts(YARD_ON_MATRIX)[0].startswith("Hej! Det här rummet hör nu till")


async def test_code_works_once(yard):
    """Who reads it later can't use it."""
    await make_group(yard)
    code = code_for(yard, ANNA)
    await yard.writes(EVA, YARD_ON_MATRIX, f"/link {code}")
    other = RoomRef(MX, "!annat:hem.se")
    yard.matrix.administrators.add((EVA, other))
    await yard.writes(EVA, other, f"/link {code}")

    assert yard.last(EVA).startswith("Den koden gäller inte.")
    assert yard.in_room(other) == []


async def test_code_ends_after_a_quarter_of_an_hour(yard):
    """And a new one voids the one before."""
    await make_group(yard)
    first = code_for(yard, ANNA)
    await yard.writes(ANNA, YARD, "/link")
    second = code_for(yard, ANNA)
    await yard.writes(EVA, YARD_ON_MATRIX, f"/link {first}")
    void = yard.last(EVA)
    await yard.passes(minutes=15)
    await yard.writes(EVA, YARD_ON_MATRIX, f"/link {second}")

    assert first != second
    assert void.startswith("Den koden gäller inte.")
    assert yard.last(EVA).startswith("Den koden gäller inte.")


async def test_missing_code_is_explained(yard):
    """With how one looks and where it comes from."""
    await yard.writes(EVA, YARD_ON_MATRIX, "/link")

    assert yard.last(EVA).startswith("Skriv koden efter")


async def test_configured_group_takes_a_room_by_chat_and_keeps_it_over_a_restart(yard):
    """The operator's file names what is there at the start, not all there is."""
    await yard.writes(ANNA, TG_ROOM, "/link")
    await yard.writes(EVA, YARD_ON_MATRIX, f"/link {code_for(yard, ANNA)}")
    await make_group(yard)
    await yard.app.close()
    await yard.app.open()
    await yard.writes(BO, TG_ROOM, "Hej igen")
    await yard.writes(BO, YARD, "/group")

    assert "Hej igen" in yard.last(YARD_ON_MATRIX)
    assert "Gården i Albyberget" in yard.last(BO)


async def test_room_leaves_when_it_is_sure(yard):
    """A group made by chat ends with its last room."""
    await make_group(yard)
    await yard.writes(EVA, YARD_ON_MATRIX, f"/link {code_for(yard, ANNA)}")
    await yard.writes(EVA, YARD_ON_MATRIX, "/unlink")
    await yard.taps(EVA, "Ja, lämna gruppen")
    await yard.writes(ANNA, YARD, "Nu är vi själva")
    await yard.writes(ANNA, YARD, "/unlink")
    last = yard.last(ANNA)
    await yard.taps(ANNA, "Ja, lämna gruppen")
    await yard.writes(ANNA, YARD, "/group")

    assert "Nu är vi själva" not in yard.last(YARD_ON_MATRIX)
    assert "Det är gruppens sista rum" in last
    assert yard.last(ANNA).startswith("Det här rummet hör inte till någon grupp än.")
    assert yard.rows("SELECT count(*) FROM groups WHERE by_chat")[0][0] == 0


async def test_room_stays_when_it_is_not_sure(yard):
    """Nothing is done before the yes."""
    await make_group(yard)
    await yard.writes(ANNA, YARD, "/unlink")
    await yard.taps(ANNA, "Nej, stanna kvar")

    assert yard.last(ANNA) == "Då är allt som förut."
    assert yard.rows("SELECT count(*) FROM groups WHERE by_chat")[0][0] == 1


async def test_configured_room_does_not_leave_by_chat(yard):
    """It would be back at the next start."""
    await yard.writes(ANNA, TG_ROOM, "/unlink")

    assert yard.last(ANNA).startswith("Rummet är inlagt av den som sköter mig")


async def test_group_says_what_it_is(yard):
    """Purpose, reach, and who answers for the data."""
    await yard.writes(BO, SHOPS, "/group")

    assert yard.last(BO).startswith("Butikerna i Gamla stan · Gamla stan")
    assert "Det som skrivs här stannar i gruppen." in yard.last(BO)
    assert "Alby grannförening" in yard.last(BO)


async def test_platform_that_can_not_answer_now_is_asked_again(yard):
    """Nobody is refused because a platform was slow."""
    yard.telegram.fail_next = TemporaryFailure("busy")
    await yard.writes(ANNA, YARD, "/group new Gården")
    await yard.passes(minutes=5)

    assert yard.last(ANNA).startswith("Vilket område hör Gården till?")


async def test_room_that_the_platform_knows_nothing_of_is_administered_by_nobody(yard):
    """Who can't be asked about is not let through."""
    yard.telegram.fail_next = PermanentFailure("not a member")
    await yard.writes(ANNA, YARD, "/group new")

    assert yard.last(ANNA).startswith(NOT_AN_ADMINISTRATOR)


async def test_who_no_longer_administers_starts_no_group(yard):
    """Between the question and the button somebody may have lost the right."""
    await yard.writes(ANNA, YARD, "/group new")
    for label in ("Albyberget", "Grannar", "Ta den vanligaste"):
        await yard.taps(ANNA, label)
    await yard.writes(ANNA, None, "Bostadsrättsföreningen Gården")
    yard.telegram.administrators.remove((ANNA, YARD))
    await yard.taps(ANNA, "Starta gruppen")

    assert yard.last(ANNA).startswith(NOT_AN_ADMINISTRATOR)
    assert yard.texts(YARD) == []


async def test_who_no_longer_administers_unlinks_nothing(yard):
    """The room stays in its group, and hears nothing of it."""
    await make_group(yard)
    before = yard.texts(YARD)
    await yard.writes(ANNA, YARD, "/unlink")
    yard.telegram.administrators.remove((ANNA, YARD))
    await yard.taps(ANNA, "Ja")

    assert yard.last(ANNA).startswith(NOT_AN_ADMINISTRATOR)
    assert yard.texts(YARD) == before
    assert yard.rows(f"SELECT count(*) FROM rooms WHERE room = '{YARD}'") == [(1,)]


async def told_until_controller(town, user, purpose="Vi ser efter varandra"):
    """Answer what is asked before who answers for the data."""
    await town.writes(user, YARD, "/group new")
    await town.taps(user, "Albyberget")
    await town.taps(user, "Grannar")
    await town.writes(user, None, purpose)


@pytest.mark.parametrize(
    "told",
    ["Polisen i Botkyrka", "Ρоlisen", "Botkyrka kommun", "Admin", f"{'Å' * 40} " * 4 + "polis"],
)
async def test_nobody_answers_for_the_data_in_an_authoritys_name(yard, told):
    """What newcomers are told is believed; who coordinates may speak for a municipality."""
    await told_until_controller(yard, ANNA)
    await yard.writes(ANNA, None, told)
    assert "talar för sig själva" in yard.last(ANNA)
    await yard.writes(ANNA, None, "Bostadsrättsföreningen Gården")
    await yard.taps(ANNA, "Starta gruppen")

    assert "Bostadsrättsföreningen Gården" in yard.last(YARD)
    assert told not in yard.last(YARD)


async def test_coordinator_speaks_for_a_municipality(yard):
    """The operator knows who that is."""
    await told_until_controller(yard, OWNER)
    await yard.writes(OWNER, None, "Botkyrka kommun")
    await yard.taps(OWNER, "Starta gruppen")

    assert "Botkyrka kommun" in yard.last(YARD)


@pytest.mark.parametrize(
    ("purpose", "passes"),
    [
        ("Polisens officiella grupp för Alby", False),
        ("Vi ser efter varandra och ringer polisen när det behövs", True),
    ],
)
async def test_purpose_may_speak_of_the_police_and_not_for_them(yard, purpose, passes):
    """Whose group it is stands at its beginning."""
    await told_until_controller(yard, ANNA, purpose)

    assert ("Vem ansvarar" in yard.last(ANNA)) is passes
