"""Payloads of links into a private chat: whole, true, and within what a platform carries."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.start_links import PLAIN, StartKind, StartLink, make_payload, read_payload

SIGNED = [StartKind.AREA, StartKind.GROUP]
ALBY = StartLink(kind=StartKind.AREA, about="albyberget")
ids = st.from_regex(r"[A-Za-z0-9_-]{1,49}", fullmatch=True)


def sign(text: str) -> str:
    """A tag with every sign that one may have."""
    return f"-_{hashlib.sha256(text.encode()).hexdigest()[:9]}-"


def foreign(text: str) -> str:
    """The tag of another installation."""
    return sign(f"other {text}")


@pytest.mark.parametrize(
    "link",
    [
        ALBY,
        StartLink(kind=StartKind.GROUP, about="chat-0011aabbccdd"),
        StartLink(kind=StartKind.CONSENT, about="reports"),
        StartLink(kind=StartKind.CONSENT, about="place"),
    ],
    ids=lambda link: f"{link.kind.name} {link.about}",
)
def test_what_is_written_is_read(link):
    """Nothing gets lost on the way."""
    payload = make_payload(link, sign)

    assert payload is not None
    assert read_payload(payload, sign) == link


@given(st.sampled_from(SIGNED), ids)
def test_every_id_that_fits_comes_back(kind, about):
    """Hyphens in names and in tags are no matter; nor are lengths up to the last character."""
    payload = make_payload(StartLink(kind=kind, about=about), sign)

    assert payload is not None
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert read_payload(payload, sign) == StartLink(kind=kind, about=about)


@pytest.mark.parametrize(
    "about",
    ["x" * 50, "å", "gamla stan", "a/b", ""],
    ids=["too long", "not ASCII", "space", "slash", "nothing"],
)
def test_what_no_link_can_carry_gets_none_that_works(about):
    """There is no button rather than one that leads elsewhere."""
    payload = make_payload(StartLink(kind=StartKind.AREA, about=about), sign)

    assert payload is None or read_payload(payload, sign) is None


@given(st.integers(min_value=0, max_value=60), st.text("ab-_09", min_size=1, max_size=1))
def test_changed_or_cut_payload_is_none_at_all(place, other):
    """A tag stands for the whole of it."""
    whole = make_payload(ALBY, sign) or ""
    changed = whole[:place] + other + whole[place + 1 :]
    cut = whole[:place]

    assert changed == whole or read_payload(changed, sign) is None
    assert cut == whole or read_payload(cut, sign) is None


@pytest.mark.parametrize(
    "payload",
    [
        "",
        PLAIN,
        "a",
        "a-",
        "a-albyberget",
        "a--------------",
        "z-albyberget-abcdefghijkl",
        "c-",
        "c-everything",
        "c-reports",
        make_payload(StartLink(kind=StartKind.CONSENT, about="everything"), sign) or "",
        "c-reports-",
        "A-albyberget-abcdefghijkl",
        "a-albyberget-abcdefghijk\n",
        "x" * 65,
        make_payload(ALBY, foreign) or "",
    ],
)
def test_anything_else_says_nothing(payload):
    """Who types, guesses, or follows an old link begins as anybody does."""
    assert read_payload(payload, sign) is None


@given(st.text())
def test_any_text_is_read_without_error(payload):
    """It comes from outside."""
    read_payload(payload, sign)


def test_tag_of_one_kind_does_not_open_another():
    """What is signed is the kind with the name."""
    payload = make_payload(ALBY, sign) or ""

    assert read_payload("g" + payload[1:], sign) is None
