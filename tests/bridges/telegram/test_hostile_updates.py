"""Whatever comes, it is read or refused; nothing else ever happens."""

import copy
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bridges.telegram.inbound import read
from bot.bridges.telegram.updates import MAX_UPDATE_BYTES, raw_update
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.richtext_json import Json
from bot.errors import MalformedUpdate
from tests.bridges.spoiling import ROUNDS, parts_of, spoil
from tests.bridges.telegram.captured import ME, NAMES, message, payload, update

pytestmark = pytest.mark.slow

SEEDS = [update(name) for name in NAMES]


def try_to_read(data: bytes) -> Incoming | None:
    """Read it; that it is refused is well, too."""
    try:
        return read(data, ME)
    except MalformedUpdate:
        return None


def test_spoilt_updates_are_read_or_refused() -> None:
    """What was real, with pieces left out, replaced, or put in from elsewhere."""
    chance = random.Random(20261122)
    for _ in range(ROUNDS):
        spoilt = spoil(chance.choice(SEEDS), chance, SEEDS)
        try:
            data = raw_update(spoilt).payload
        except MalformedUpdate:
            data = json.dumps(spoilt).encode()
        found = try_to_read(data)
        if isinstance(found, IncomingMessage):
            found.text.plain.encode()
            found.sender.name.encode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_read_or_refused(value: Json) -> None:
    """Also what has never been near Telegram."""
    try_to_read(json.dumps(value).encode())


@given(st.sampled_from(SEEDS), st.data())
@settings(max_examples=200)
def test_any_value_in_any_place_is_read_or_refused(seed: Json, data: st.DataObject) -> None:
    """One field after the other, with anything in it."""
    changed = copy.deepcopy(seed)
    holder, place = data.draw(st.sampled_from(parts_of(changed)))
    holder[place] = data.draw(json_values)  # type: ignore[index]  # a place of this very holder
    try_to_read(json.dumps(changed).encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whoever knows the path of the webhook may send them."""
    try_to_read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"null", b"[]", b"{}", b"1", b'"x"', b"\xff\xfe", b"{", b"[" * 100_000,
        b'{"update_id": 1, "message": 7}', b'{"update_id": "1"}', b"9" * 6000,
    ],
    ids=lambda data: data[:20].decode("latin-1"),
)  # fmt: skip
def test_nonsense_is_refused(data: bytes) -> None:
    """It becomes a dead letter and stops nobody."""
    with pytest.raises(MalformedUpdate):
        read(data, ME)


def test_refusal_quotes_nobody() -> None:
    """Reasons stand in logs."""
    spoilt = payload("text").replace(b'"date": 1795000000', b'"date": "Anna bor p\xc3\xa5 9:an"')
    with pytest.raises(MalformedUpdate) as refusal:
        read(spoilt, ME)

    assert "Anna" not in str(refusal.value)
    assert "date" in str(refusal.value)


def test_half_a_character_becomes_a_sign() -> None:
    """It could not be stored, and nothing around it is lost."""
    data = payload("text").replace("ställt".encode(), b"st\\ud83dlt")
    found = read(data, ME)

    assert isinstance(found, IncomingMessage)
    assert found.text.plain == "Någon har st�lt en cykel vid porten"


def test_update_is_kept_as_it_came() -> None:
    """What this version does not know a later one may."""
    raw = raw_update(update("of_tomorrow"))

    assert json.loads(raw.payload) == update("of_tomorrow")
    assert raw.update_id == str(json.loads(raw.payload)["update_id"])


def test_giant_update_is_told_and_not_kept() -> None:
    """It would fill the disk; its number is kept, so that it does not come again."""
    giant = update("text")
    assert isinstance(giant, dict)
    raw = raw_update(giant | {"message": {"text": "x" * MAX_UPDATE_BYTES}})

    assert len(raw.payload) < 100
    assert read(raw.payload, ME) is None


@pytest.mark.parametrize(
    ("name", "lane"),
    [
        ("text", "telegram:-1002000000123"), ("reaction", "telegram:-1002000000123"),
        ("press", "telegram:-1002000000123"), ("topic", "telegram:-1002000000456"),
        ("my_blocked", "telegram:5200000017"), ("press_inline", "telegram:?"),
        ("poll_closed", "telegram:?"),
    ],
)  # fmt: skip
def test_one_chat_is_one_lane(name: str, lane: str) -> None:
    """With its topics: a reaction does not tell in which of them it was set."""
    assert raw_update(update(name)).lane == lane


def test_parts_of_an_album_bear_one_name() -> None:
    """And nothing else does; what is changed later is no part of it."""
    first, second = raw_update(update("album_1")), raw_update(update("album_2"))

    assert first.bundle == second.bundle == "13912345678901234"
    assert raw_update(update("photo")).bundle is None
    assert message("album_1").attachments != message("album_2").attachments
