"""Signatures over JSON, and the file with the keys."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.signing import (
    identity_of,
    is_signed_by,
    make_seeds,
    names_key,
    public_key,
    sign_json,
)
from bot.bridges.matrix.signing_seeds import SeedsFile
from bot.errors import ConfigError
from tests.bridges.matrix.nio_device import SEALER
from tests.servers.matrix.asking import as_object

BOT = "@granne:grannar.test"
SEED = bytes(range(32))
NAMES = st.text(max_size=4).filter(lambda name: name not in {"signatures", "unsigned"})
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | NAMES
VALUES = LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(NAMES, LEAVES, max_size=3)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=4)


@given(OBJECTS)
def test_what_was_signed_is_known_by_its_signature(value):
    """Whatever order its fields come in, and whatever the server says beside it."""
    signed = sign_json(value, user_id=BOT, seed=SEED)
    turned = dict(reversed(json.loads(json.dumps(signed)).items()))

    assert is_signed_by(turned, user_id=BOT, seed=SEED)
    assert is_signed_by(turned | {"unsigned": {"age": 1}}, user_id=BOT, seed=SEED)


@given(OBJECTS)
def test_nothing_can_be_changed_under_a_signature(value):
    """Nor does another's key fit it, nor another's name."""
    signed = sign_json(value, user_id=BOT, seed=SEED)

    assert not is_signed_by({**signed, "one more": 1}, user_id=BOT, seed=SEED)
    assert not is_signed_by(signed, user_id=BOT, seed=bytes(32))
    assert not is_signed_by(signed, user_id="@eva:grannar.test", seed=SEED)


@given(st.dictionaries(st.sampled_from([BOT, "x"]), VALUES) | VALUES)
def test_strange_signatures_are_none(strange):
    """What the server lists is only believed when it fits."""
    assert not is_signed_by({"signatures": strange}, user_id=BOT, seed=SEED)


def test_signatures_are_those_of_the_specification():
    """Its example: an object without fields, signed with a known key."""
    seed = _decoded("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1")
    signed = sign_json({}, user_id="domain", seed=seed)
    (signature,) = as_object(as_object(signed["signatures"])["domain"]).values()

    assert signature == (
        "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ"
    )


def test_the_master_key_vouches_for_the_other_two():
    """And each says what it is for."""
    seeds = make_seeds()
    identity = identity_of(seeds, BOT)

    for usage, seed in (
        ("self_signing", seeds.self_signing),
        ("user_signing", seeds.user_signing),
    ):
        key = identity[f"{usage}_key"]
        assert key["usage"] == [usage]
        assert names_key(key, seed)
        assert is_signed_by(key, user_id=BOT, seed=seeds.master)
    assert names_key(identity["master_key"], seeds.master)


def test_seeds_are_kept_for_nobody_else_to_read(tmp_path):
    """They are the account's identity."""
    file = SeedsFile(path=tmp_path / "matrix" / "signing.json", user_id=BOT, sealer=SEALER)
    assert file.read() is None
    seeds = make_seeds()
    file.write(make_seeds())
    file.write(seeds)

    assert file.read() == seeds
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.path.parent.iterdir()] == ["signing.json"]
    assert public_key(seeds.master) not in repr(seeds)
    assert repr(seeds.master) not in repr(seeds)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"user_id": "x"}', '{"user_id": "@eva:grannar.test"', "\x00"],
    ids=["empty", "list", "parts missing", "cut off", "noise"],
)
def test_damaged_file_is_named(tmp_path, text):
    """A new identity is never made in the place of one that can't be read."""
    file = SeedsFile(path=tmp_path / "signing.json", user_id=BOT, sealer=SEALER)
    file.path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=r"signing\.json: @granne:grannar\.test: it is damaged"):
        file.read()


def test_file_of_another_account_is_not_used(tmp_path):
    """Somebody has changed the account in the configuration."""
    path = tmp_path / "signing.json"
    SeedsFile(path=path, user_id="@eva:grannar.test", sealer=SEALER).write(make_seeds())

    with pytest.raises(ConfigError, match="it belongs to @eva"):
        SeedsFile(path=path, user_id=BOT, sealer=SEALER).read()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
