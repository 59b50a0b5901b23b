"""When a verified role has force."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.link_codes import read_code
from bot.domain.owner_keys import Force, OwnerKey, confirming_code, force_of
from bot.domain.people import PersonId
from bot.domain.proofs import Proof


def known(awaited: str | None = None) -> OwnerKey:
    """An account whose first key was seen."""
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return OwnerKey(person=PersonId("p"), pinned="first", pinned_at=at, awaited=awaited)


@pytest.mark.parametrize(
    ("owner", "before", "force"),
    [
        ("first", None, Force.IN_FORCE),
        ("first", known(), Force.IN_FORCE),
        ("first", known("second"), Force.IN_FORCE),
        ("second", known(), Force.CHANGED),
        ("second", known("second"), Force.CHANGED),
        (None, None, Force.UNSIGNED),
        (None, known(), Force.UNSIGNED),
        (None, known("second"), Force.UNSIGNED),
    ],
)
def test_force_of_what_was_sealed(owner: str | None, before: OwnerKey | None, force: Force):
    """The first key that is seen is kept to; without a signature nothing has force."""
    assert force_of(Proof(device="d", owner=owner), before) is force


@pytest.mark.parametrize(
    ("before", "force"),
    [
        (None, Force.IN_FORCE),
        (known(), Force.IN_FORCE),
        (known("second"), Force.CHANGED),
    ],
)
def test_force_of_what_came_in_the_clear(before: OwnerKey | None, force: Force):
    """The server is believed there, until it has shown another key than the first."""
    assert force_of(None, before) is force


@given(st.binary(min_size=16, max_size=16))
def test_code_is_one_that_people_can_type(key: bytes):
    """In any case, with any signs between; of the same key it is the same."""
    code = confirming_code(key.hex())

    assert read_code(f" {code.lower().replace('-', ' ')}.") == code == confirming_code(key.hex())
