"""Who may tell whom something in whose name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.announcing import (
    COORDINATORS,
    Speaker,
    actor_before,
    is_colleague,
    may_name,
    speakers_for,
    wants_proof,
)
from bot.domain.areas import AreaId
from bot.domain.groups import Access, GroupKind
from bot.domain.notices import (
    Notice,
    NoticeId,
    NoticeState,
    corrected,
    phase_of_notice,
    read_notice_id,
)
from bot.domain.organisations import OrganisationId
from bot.domain.people import Grant, LanguageSource, Person, PersonId, Role
from bot.domain.permissions import Action, Phase, may
from bot.domain.reports import Priority
from tests.town import AREAS, START, alby

POLICE = Speaker(OrganisationId("polisen"))
BOTKYRKA = frozenset({"botkyrka"})
ALBY, GAMLA_STAN = AREAS.chain("albyberget"), AREAS.chain("gamla-stan")
NOTICE = Notice(
    id=NoticeId("N-1"),
    organisation=OrganisationId("polisen"),
    areas=(AreaId("albyberget"),),
    priority=Priority.RED,
    text="Håll er inne.",
    language="sv",
    published_at=START,
    author=PersonId("p"),
)


def somebody(*grants: Grant) -> Person:
    """A person with roles."""
    return Person(
        id=PersonId("p"), language="sv", language_source=LanguageSource.DEFAULT, grants=grants
    )


OFFICER = Grant(role=Role.POLICE, organisation="polisen", areas=BOTKYRKA)


@pytest.mark.parametrize(
    ("grants", "places", "speakers"),
    [
        ([OFFICER], [ALBY], [POLICE]),
        ([OFFICER], [ALBY, GAMLA_STAN], []),
        ([OFFICER], [], [POLICE]),
        ([replace(OFFICER, expires_at=START)], [ALBY], []),
        ([replace(OFFICER, expires_at=START + timedelta(seconds=1))], [ALBY], [POLICE]),
        ([Grant(role=Role.COORDINATOR)], [ALBY, GAMLA_STAN], [COORDINATORS]),
        ([Grant(role=Role.COORDINATOR), OFFICER], [ALBY], [POLICE, COORDINATORS]),
        ([Grant(role=Role.COORDINATOR), OFFICER], [GAMLA_STAN], [COORDINATORS]),
        ([Grant(role=Role.CONTACT_PERSON, areas=BOTKYRKA)], [ALBY], []),
        ([Grant(role=Role.MODERATOR)], [ALBY], []),
        ([], [], []),
    ],
    ids=[
        "inside", "one outside", "somewhere", "expired", "not yet", "coordinator", "both",
        "coordinator outside", "contact person", "moderator", "resident",
    ],
)  # fmt: skip
def test_coverage_limits_roles_and_not_coordinators(grants, places, speakers):
    """An organisation speaks where it looks after all, contact persons nowhere."""
    assert list(speakers_for(somebody(*grants), places, START)) == speakers


@pytest.mark.parametrize(
    ("changes", "speaker", "takes_part", "may_be"),
    [
        ({}, POLICE, False, True),
        ({"access": Access.LOCKED}, POLICE, False, False),
        ({"access": Access.LOCKED}, POLICE, True, True),
        ({"access": Access.LOCKED}, COORDINATORS, False, True),
        ({"kind": GroupKind.ORGANISATION_DESK}, COORDINATORS, True, False),
    ],
    ids=["open", "locked", "own locked", "coordinator", "desk"],
)
def test_locked_group_is_named_by_those_with_a_right_there(changes, speaker, takes_part, may_be):
    """Who takes part in it, and coordinators; a desk by nobody."""
    assert may_name(alby(**changes), speaker, takes_part=takes_part) is may_be


def test_colleague_is_verified_for_the_very_organisation():
    """And nobody is a colleague of no organisation."""
    officer = somebody(OFFICER)

    assert is_colleague(officer, "polisen", START)
    assert not is_colleague(officer, "kommunen", START)
    assert not is_colleague(somebody(Grant(role=Role.COORDINATOR)), None, START)


@pytest.mark.parametrize("action", [Action.CORRECT_NOTICE, Action.RECALL_NOTICE])
def test_notice_is_changed_by_colleagues_and_coordinators(action):
    """Its author, once the role has ended, no more than anybody."""
    places = [ALBY]
    past = somebody(replace(OFFICER, expires_at=START))
    other = somebody(Grant(role=Role.MUNICIPALITY, organisation="kommunen"))

    for person, may_be in [
        (somebody(OFFICER), True),
        (somebody(Grant(role=Role.COORDINATOR)), True),
        (past, False),
        (other, False),
        (somebody(), False),
    ]:
        actor = actor_before(NOTICE, person, places, START)
        assert may(actor, action, Phase.ACTIVE) is may_be
        assert not may(actor, action, Phase.CLOSED)


def test_red_to_areas_by_a_role_wants_proof():
    """Not what is milder, goes to named groups alone, or comes from a coordinator."""
    assert wants_proof(NOTICE, POLICE)
    assert not wants_proof(NOTICE, COORDINATORS)
    assert not wants_proof(replace(NOTICE, priority=Priority.YELLOW), POLICE)
    assert not wants_proof(replace(NOTICE, areas=()), POLICE)


@pytest.mark.parametrize("said", ["N-12", "n-12", "n12", "#N-12", " N12 "])
def test_number_is_read_however_it_is_written(said):
    """As it stands on the card, and as people type."""
    assert read_notice_id(said) == "N-12"


@pytest.mark.parametrize("said", ["", "12", "N-0", "N-", "N-12a", "7K3"])
def test_what_is_no_number_names_no_notice(said):
    """A report's id is none, and a bare number might be anything."""
    assert read_notice_id(said) is None


@pytest.mark.parametrize("state", NoticeState)
def test_what_stands_there_can_be_changed(state):
    """Also when its time is over; not once it was taken back."""
    phase = phase_of_notice(replace(NOTICE, state=state))

    is_gone = state in {NoticeState.RECALLED, NoticeState.CANCELLED}
    assert phase is (Phase.CLOSED if is_gone else Phase.ACTIVE)


def test_correction_replaces_all_languages():
    """An old text in one language would contradict the new one in another."""
    both = replace(NOTICE, others={"en": "Stay inside."})
    after = corrected(both, {"sv": "Faran är över."}, START)

    assert dict(after.texts) == {"sv": "Faran är över."}
    assert after.text_in("en") == "Faran är över."
    assert after.changed_at == START
