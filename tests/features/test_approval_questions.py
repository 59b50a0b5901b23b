"""The desk's question whether somebody speaks for it: it ends with what it asks about."""

from dataclasses import replace

import pytest

from tests.features.conftest import OpenTown
from tests.features.test_organisations import OFFICE, add, code_in_any
from tests.features.test_verification import ANNA_AT_WORK, code_in, coordinate, proves
from tests.town import ANNA, BO, CILLA, DESK, OWNER, POLICE, Town, labels_of, police

AT_WORK = "cilla.dahl@botkyrka.se"
TAKEN_BACK = "Adressen som du visade gäller inte längre för"


def open_questions(town: Town) -> list[str]:
    """What is asked with a button to approve, wherever it stands."""
    return [s.text for s in town.everything_shown() if "Godkänn" in labels_of(s)]


async def asks_to_join(town: Town) -> str:
    """Cilla applies at a municipality that was added by chat; two coordinators are asked."""
    await add(town)
    await coordinate(town, BO)
    await town.writes(OWNER, OFFICE, "/organisation desk botkyrka-kommun")
    await proves(town, CILLA, AT_WORK, organisation="botkyrka-kommun")
    assert len(open_questions(town)) == 2
    return str(code_in_any(town, BO))


@pytest.mark.parametrize(
    "line", ["domain botkyrka-kommun botkyrka.se", "remove botkyrka-kommun"], ids=str.split
)
async def test_question_is_taken_back_when_the_address_proves_nothing_by_chat(town, line):
    """Nobody vouches for what is no more, and nobody waits in vain."""
    code = await asks_to_join(town)
    await town.writes(OWNER, None, f"/organisation {line}")
    if line.startswith("remove"):
        await town.taps(OWNER, "Ja, ta bort")
    ended = f"{code} hos Botkyrka kommun: adressen är inte längre organisationens."

    assert open_questions(town) == []
    assert ended in town.texts(BO)
    assert ended in town.texts(OWNER)
    assert town.last(CILLA).startswith(f"{TAKEN_BACK} Botkyrka kommun")
    assert town.count_rows("verifications") == 0


async def test_other_address_of_an_applicant_is_asked_about_as_before(town):
    """The municipality has two domains, and gives up one."""
    await add(town)
    await coordinate(town, BO)
    await town.writes(OWNER, None, "/organisation domain botkyrka-kommun botkyrka.example")
    await proves(town, CILLA, AT_WORK, organisation="botkyrka-kommun")
    await town.writes(OWNER, None, "/organisation domain botkyrka-kommun botkyrka.example")

    assert len(open_questions(town)) == 2
    assert not any(text.startswith(TAKEN_BACK) for text in town.texts(CILLA))


def _without_domain() -> dict[str, object]:
    elsewhere = replace(police().organisation, mail_domains=("polisen.example",))
    return {"organisations": (replace(police(), organisation=elsewhere),)}


@pytest.mark.parametrize(
    "changes", [_without_domain(), {"organisations": ()}], ids=["domain", "organisation"]
)
async def test_question_is_taken_back_when_the_configuration_changes(
    open_town: OpenTown, changes: dict[str, object]
):
    """At the next start, before anybody presses."""
    town = await open_town()
    await town.agrees(ANNA, POLICE)
    await proves(town, ANNA, ANNA_AT_WORK)
    code = code_in(town.last(DESK))
    await town.app.close()
    again = await open_town(clock=town.clock, **changes)
    for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
        vars(new).update(vars(old))
    await again.passes(minutes=1)

    assert open_questions(again) == []
    assert f"{code} hos Polisen: adressen är inte längre organisationens." in again.texts(DESK)
    assert again.last(ANNA).startswith(f"{TAKEN_BACK} Polisen")


async def test_configured_colleague_hears_nothing_of_what_was_no_application(open_town: OpenTown):
    """Whom the configuration names goes on; only the mailbox is to be shown anew."""
    town = await open_town()
    await town.agrees(POLICE)
    await proves(town, POLICE, "pia.polis@polisen.se")
    await town.app.close()
    again = await open_town(clock=town.clock, **_without_domain())
    await again.passes(minutes=1)

    assert again.texts(POLICE) == []
    assert again.count_rows("verifications") == 0


async def test_question_ends_when_its_applicant_is_forgotten(town):
    """Their address does not stand there any longer either."""
    await proves(town, ANNA, ANNA_AT_WORK)
    code = code_in(town.last(DESK))
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")
    await town.passes(minutes=11)
    await town.writes(POLICE, None, f"/approve {code}")

    assert open_questions(town) == []
    assert f"{code} hos Polisen: personen har lämnat Grannbro." in town.texts(DESK)
    assert not any(ANNA_AT_WORK in shown.text for shown in town.everything_shown())
    assert town.last(POLICE).startswith("Det finns inget att godkänna")


async def test_question_ends_when_nobody_answers_it(town):
    """After a week, at the desk and for the applicant."""
    await proves(town, ANNA, ANNA_AT_WORK)
    code = code_in(town.last(DESK))
    await town.passes(days=7)

    assert open_questions(town) == []
    assert f"{code} hos Polisen: ingen svarade i tid." in town.texts(DESK)
    assert town.last(ANNA).startswith("Ingen hos Polisen svarade i tid")


async def test_question_ends_when_its_applicant_begins_anew(town):
    """A mistyped address is nobody's to approve; the new one is asked about."""
    await proves(town, ANNA, "anna.ekk@polisen.se")
    first = code_in(town.last(DESK))
    await proves(town, ANNA, ANNA_AT_WORK)

    assert f"{first} hos Polisen: personen har börjat om." in town.texts(DESK)
    assert len(open_questions(town)) == 1
    assert ANNA_AT_WORK in open_questions(town)[0]


async def test_question_ends_when_the_configuration_names_its_applicant(open_town: OpenTown):
    """Who has the role by now needs nobody's yes, and the question does not outlive its time."""
    town = await open_town()
    await town.agrees(ANNA, POLICE)
    await proves(town, ANNA, ANNA_AT_WORK)
    await town.app.close()
    named = (replace(police(), people=(POLICE, ANNA)),)
    again = await open_town(clock=town.clock, organisations=named)
    for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
        vars(new).update(vars(old))
    await again.passes(days=7)

    assert open_questions(again) == []
    assert not any("svarade i tid" in text for text in again.texts(ANNA))
