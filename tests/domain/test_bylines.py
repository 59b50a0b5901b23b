"""Bylines: under what name somebody is shown, and with which badge."""

from datetime import timedelta

import pytest

from bot.domain.bylines import byline_of, byline_words
from bot.domain.consent import Purpose
from bot.domain.people import Grant, Role
from bot.domain.reports import Byline
from bot.domain.words import Words, words
from tests.domain.examples import ALBY, CHAIN, GAMLA_STAN, NOW, a_person

POLICE = Grant(role=Role.POLICE, organisation="polisen")
NAMED = frozenset({Purpose.REPORTS, Purpose.NAME})


@pytest.mark.parametrize(
    ("consents", "shown_as", "name"),
    [
        (frozenset(), "Anna", None),
        (frozenset(set(Purpose) - {Purpose.NAME}), "Anna", None),
        (NAMED, "Anna 🌼", "Anna"),
        (NAMED, "Роliѕ", None),
        (NAMED, "Granne 2", None),
        (NAMED, "", None),
    ],
    ids=[
        "nothing agreed to",
        "all but the name",
        "agreed",
        "a forged badge",
        "another's alias",
        "no name",
    ],
)
def test_name_is_shown_by_consent_and_if_harmless(
    consents: frozenset[Purpose], shown_as: str, name: str | None
):
    """Everybody else is a neighbour with a number."""
    person = a_person(consents=consents)
    byline = byline_of(person, alias=14, shown_as=shown_as, chain=CHAIN, now=NOW)

    assert byline == Byline(alias=14, name=name)


@pytest.mark.parametrize(
    ("grant", "has_badge"),
    [
        (POLICE, True),
        (Grant(role=Role.POLICE, organisation="polisen", areas=frozenset({ALBY})), True),
        (Grant(role=Role.POLICE, organisation="polisen", areas=frozenset({GAMLA_STAN})), False),
        (Grant(role=Role.POLICE, organisation="polisen", expires_at=NOW), False),
        (
            Grant(role=Role.POLICE, organisation="polisen", expires_at=NOW + timedelta(seconds=1)),
            True,
        ),
        (Grant(role=Role.MODERATOR), False),
    ],
    ids=["everywhere", "here", "elsewhere", "expired", "about to expire", "no verified role"],
)
def test_badge_shows_where_its_role_reaches(grant: Grant, *, has_badge: bool):
    """Nobody is the police of a place that is not theirs, or after their time."""
    byline = byline_of(a_person(grant), alias=1, shown_as="Pia", chain=CHAIN, now=NOW)

    assert (byline.organisation, byline.role) == (
        ("polisen", Role.POLICE) if has_badge else (None, None)
    )


@pytest.mark.parametrize(
    ("byline", "organisation", "said"),
    [
        (
            Byline(alias=1, name="Pia", organisation="polisen", role=Role.POLICE),
            "Polisen",
            words("byline-verified", organisation="Polisen", role="police"),
        ),
        (
            Byline(alias=1, name="Pia", organisation="polisen", role=Role.POLICE),
            None,
            words("byline-name", name="Pia"),
        ),
        (
            Byline(alias=1, organisation="polisen", role=Role.POLICE, is_former=True),
            None,
            words("byline-former", organisation="polisen"),
        ),
        (Byline(alias=1, name="Pia"), "Polisen", words("byline-name", name="Pia")),
        (Byline(alias=14), None, words("byline-alias", number="14")),
    ],
    ids=[
        "badge",
        "badge of a body that is gone",
        "former badge of one",
        "name without a badge",
        "alias",
    ],
)
def test_byline_is_said(byline: Byline, organisation: str | None, said: Words):
    """The badge needs both a role and a body; the alias is always there."""
    assert byline_words(byline, organisation=organisation) == said
