"""People: pseudonymous, with the roles that were proved, where and while they hold."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.areas import AreaId
from bot.domain.people import VERIFIED_ROLES, Grant, LanguageSource, Role
from tests.domain.examples import ALBY, BOTKYRKA, CHAIN, GAMLA_STAN, NOW, a_person

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("areas", "place", "reaches"),
    [
        ((), CHAIN, True),
        ((), (), True),
        ((ALBY,), CHAIN, True),
        ((BOTKYRKA,), CHAIN, True),
        ((GAMLA_STAN,), CHAIN, False),
        ((GAMLA_STAN, BOTKYRKA), CHAIN, True),
        ((ALBY,), (BOTKYRKA,), False),
        ((ALBY,), (), False),
    ],
    ids=[
        "everywhere",
        "everywhere and nowhere",
        "the place",
        "what lies around it",
        "another place",
        "one of several",
        "a part of the place",
        "a place off the map",
    ],
)
def test_grant_covers_its_areas_and_all_inside(
    areas: Sequence[AreaId], place: Sequence[AreaId], *, reaches: bool
):
    """A role for a municipality holds in its districts; one for a district not around it."""
    assert Grant(role=Role.POLICE, areas=frozenset(areas)).covers(iter(place)) is reaches


@pytest.mark.parametrize(
    ("expires_in", "holds"),
    [(None, True), (SECOND, True), (timedelta(0), False), (-SECOND, False)],
    ids=["never", "soon", "now", "before"],
)
def test_role_ends_when_it_expires(expires_in: timedelta | None, *, holds: bool):
    """At the very moment it is over, and its badge with it."""
    expires_at = None if expires_in is None else NOW + expires_in
    person = a_person(Grant(role=Role.POLICE, organisation="polisen", expires_at=expires_at))

    assert (Role.POLICE in person.roles_at(CHAIN, NOW)) is holds
    assert (person.badge_at(CHAIN, NOW) is not None) is holds


def test_everybody_is_a_resident():
    """The least that anybody is, whatever else."""
    assert a_person().roles_at((), NOW) == {Role.RESIDENT}


def test_roles_hold_where_they_cover():
    """Several roles may hold at once; those for elsewhere don't."""
    person = a_person(
        Grant(role=Role.MODERATOR, areas=frozenset({BOTKYRKA})),
        Grant(role=Role.GUARD, organisation="vakt", areas=frozenset({GAMLA_STAN})),
        Grant(role=Role.CONTACT_PERSON),
    )

    assert person.roles_at(iter(CHAIN), NOW) == {
        Role.RESIDENT,
        Role.MODERATOR,
        Role.CONTACT_PERSON,
    }


def test_verified_roles_are_those_with_a_body_behind_them():
    """Moderators and coordinators keep the tone; they don't speak for anybody."""
    assert set(Role) - VERIFIED_ROLES == {
        Role.RESIDENT,
        Role.CONTACT_PERSON,
        Role.MODERATOR,
        Role.COORDINATOR,
    }


@pytest.mark.parametrize("role", Role, ids=str)
def test_only_verified_roles_carry_a_badge(role: Role):
    """A moderator or a coordinator speaks as a neighbour; the badge is for bodies."""
    badge = a_person(Grant(role=role, organisation="body")).badge_at(CHAIN, NOW)

    assert (badge is not None) is (role in VERIFIED_ROLES)


def test_badge_is_the_first_that_reaches_the_place():
    """Out of several, one that is valid here; none from elsewhere or from before."""
    here = Grant(role=Role.GUARD, organisation="vakt", areas=frozenset({ALBY}))
    person = a_person(
        Grant(role=Role.COORDINATOR),
        Grant(role=Role.POLICE, organisation="polisen", areas=frozenset({GAMLA_STAN})),
        Grant(role=Role.POLICE, organisation="polisen", expires_at=NOW),
        here,
    )

    assert person.badge_at(iter(CHAIN), NOW) is here


def test_what_somebody_chose_overrules_what_was_found_out():
    """Chosen, then written, then the client's setting, then the bot's own."""
    assert sorted(LanguageSource) == [
        LanguageSource.DEFAULT,
        LanguageSource.CLIENT,
        LanguageSource.WRITING,
        LanguageSource.CHOSEN,
    ]
