"""Consent: nothing personal is kept before a yes, but a red report does not wait for one."""

from itertools import chain, combinations

import pytest

from bot.domain.consent import Gate, Need, Purpose, gate

SUBSETS = [
    frozenset(some)
    for some in chain.from_iterable(combinations(Purpose, n) for n in range(len(Purpose) + 1))
]


@pytest.mark.parametrize("purpose", Purpose, ids=str)
def test_each_purpose_is_agreed_to_alone(purpose: Purpose):
    """A yes to everything else is not a yes to this; nothing else decides."""
    for given in SUBSETS:
        agreed = purpose in given

        assert gate(given, Need(purpose)) is (Gate.GO if agreed else Gate.ASK_FIRST)
        assert gate(given, Need(purpose, is_urgent=True)) is (
            Gate.GO if agreed else Gate.GO_AND_ASK
        )


@pytest.mark.parametrize("given", [frozenset(), frozenset(Purpose)], ids=["nothing", "everything"])
def test_what_keeps_nothing_personal_needs_no_consent(given: frozenset[Purpose]):
    """Help and the list of areas are for everybody."""
    assert gate(given, None) is Gate.GO
