"""Mail addresses that prove where somebody works."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mail_addresses import (
    OPEN_TO_ALL,
    MailAddress,
    normal_domain,
    read_address,
    require_official,
)
from bot.errors import Unacceptable

OFFICIAL = ("polisen.se", "xn--gteborg-90a.se")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Anna.Ek@Polisen.SE", "anna.ek@polisen.se"),
        (" <anna.ek@polisen.se> ", "anna.ek@polisen.se"),
        ("anna@göteborg.se", "anna@xn--gteborg-90a.se"),
        ("anna@GÖTEBORG.se", "anna@xn--gteborg-90a.se"),
        ("anna@xn--gteborg-90a.se", "anna@xn--gteborg-90a.se"),
    ],
)
def test_address_is_written_in_one_way(typed, read):
    """So that one mailbox is one person."""
    address = read_address(typed)

    assert str(address) == read
    require_official(address, typed, OFFICIAL)


@pytest.mark.parametrize(
    "typed",
    [
        "", "anna", "@polisen.se", "anna@", "anna@@polisen.se", "anna@polisen", "anna@.se",
        "anna ek@polisen.se", '"anna"@polisen.se', "anna@polisen.se\nBcc: x@y.se",
        "anna@polisen.se.", "anna(x)@polisen.se", "a" * 65 + "@polisen.se", "anna@127.0.0.1",
        "anna+1@polisen.se", "ännä@polisen.se", "registrator@polisen.se",
    ],
)  # fmt: skip
def test_what_is_no_address_of_one_person_is_refused(typed):
    """Before any mail goes."""
    with pytest.raises(Unacceptable):
        read_address(typed)


@pytest.mark.parametrize(
    ("domain", "why"),
    [
        ("polísen.se", "verify-lookalike"),
        ("роlisen.se", "verify-lookalike"),
        ("poIisen.se", "verify-lookalike"),
        ("p0lisen.se", "verify-lookalike"),
        ("goteborg.se", "verify-lookalike"),
        ("sub.polisen.se", "verify-subdomain"),
        ("polisen.se.evil.com", "verify-wrong-domain"),
        ("polisen.com", "verify-wrong-domain"),
        ("polisen-se.com", "verify-wrong-domain"),
    ],
)
def test_domain_that_only_looks_right_is_told_apart(domain, why):
    """To the letter, after the name system's own way of writing it."""
    typed = f"anna@{domain}"
    with pytest.raises(Unacceptable) as told:
        require_official(read_address(typed), typed, ("polisen.se", "göteborg.se"))

    assert told.value.text_id == why


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    """Nothing else is raised, and what is read is read the same again."""
    try:
        address = read_address(text)
    except Unacceptable:
        return

    assert read_address(str(address)) == address
    assert str(address).isascii()
    assert address.local == address.local.lower()


@given(st.text(min_size=1, max_size=30))
def test_only_the_domain_itself_passes(domain):
    """Whatever stands after the sign."""
    typed = f"anna@{domain}"
    try:
        address = read_address(typed)
        require_official(address, typed, ["polisen.se"])
    except Unacceptable:
        return

    assert address.domain == "polisen.se"


@pytest.mark.parametrize("domain", sorted(OPEN_TO_ALL))
def test_domains_that_are_open_to_all_prove_nothing(domain):
    """However they are written."""
    with pytest.raises(ValueError, match="anybody"):
        normal_domain(f"@{domain.upper()}")


def test_masked_address_is_known_to_its_owner_alone():
    """It is shown where others may look over a shoulder."""
    assert MailAddress("anna.ek", "polisen.se").masked == "a•••@\u2060polisen.se"
