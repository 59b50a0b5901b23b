"""Who vouches for a device, by what a homeserver tells."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.owners import owner_of_device
from bot.bridges.matrix.signing import Json, identity_of, make_seeds, public_key, sign_json

PIA, PHONE = "@pia:hem.se", "PHONE"
SEEDS, OTHERS = make_seeds(), make_seeds()


@dataclass
class Known:
    """A device as it was learnt."""

    curve25519: str = "c"
    ed25519: str = "e"
    deleted: bool = False
    keys: dict[str, str] = field(default_factory=dict)


def told(*, seeds: Any = SEEDS, signed_with: bytes | None = SEEDS.self_signing) -> dict[str, Any]:
    """What a homeserver answers, in full."""
    keys = {f"ed25519:{PHONE}": "e", f"curve25519:{PHONE}": "c"}
    device: Json = {"user_id": PIA, "device_id": PHONE, "keys": keys}
    if signed_with:
        device = sign_json(device, user_id=PIA, seed=signed_with)
    identity = identity_of(seeds, PIA)
    return deepcopy(
        {
            "device_keys": {PIA: {PHONE: dict(device)}},
            "master_keys": {PIA: dict(identity["master_key"])},
            "self_signing_keys": {PIA: dict(identity["self_signing_key"])},
        }
    )


def owner(answer: Json, device: Known | None = None) -> str | None:
    """Who vouches for the phone."""
    return owner_of_device(answer, PIA, PHONE, device or Known())


def test_device_is_vouched_for_by_the_master_key_at_the_end_of_the_chain():
    """The device by the self-signing key, and that by the master."""
    assert owner(told()) == public_key(SEEDS.master)


@pytest.mark.parametrize(
    "answer",
    [
        told(signed_with=None),
        told(signed_with=OTHERS.self_signing),
        told(signed_with=SEEDS.master),
        told(signed_with=SEEDS.user_signing),
        told() | {"master_keys": told(seeds=OTHERS)["master_keys"]},
        told() | {"self_signing_keys": told()["master_keys"]},
        told() | {"self_signing_keys": {}},
        told() | {"master_keys": {}},
        told() | {"master_keys": {PIA: {"user_id": PIA, "usage": ["master"], "keys": {"a": "b"}}}},
    ],
    ids=[
        "unsigned", "signed by another", "by the master itself", "by the wrong key",
        "another's master", "not a self-signing key", "none", "no master", "no key",
    ],
)  # fmt: skip
def test_whatever_breaks_the_chain_leaves_the_device_unsigned(answer: Json):
    """A server can leave things out and put things in, and make no signature."""
    assert owner(answer) == ""


def test_identity_is_of_the_account_it_says():
    """A server can't lend one account's to another."""
    answer = told()
    for part in ("master_keys", "self_signing_keys"):
        answer[part][PIA]["user_id"] = "@mallory:hem.se"

    assert owner(answer) == ""


def test_nothing_is_learnt_of_a_device_that_comes_with_other_keys():
    """It stays what it was."""
    assert owner(told(), Known(ed25519="other")) is None
    assert owner({"device_keys": {}}) is None


LEAF = st.none() | st.text(max_size=3) | st.integers() | st.lists(st.text(max_size=2), max_size=2)


@given(
    path=st.sampled_from(
        [
            ("device_keys",), ("device_keys", PIA), ("device_keys", PIA, PHONE),
            ("device_keys", PIA, PHONE, "keys"), ("device_keys", PIA, PHONE, "signatures"),
            ("master_keys",), ("master_keys", PIA), ("master_keys", PIA, "usage"),
            ("master_keys", PIA, "keys"), ("self_signing_keys", PIA),
            ("self_signing_keys", PIA, "keys"), ("self_signing_keys", PIA, "signatures"),
        ]
    ),
    leaf=LEAF,
)  # fmt: skip
def test_strange_answers_vouch_for_nobody(path: tuple[str, ...], leaf: object):
    """Whatever a server puts anywhere."""
    answer = told()
    inner = answer
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = leaf

    assert not owner(answer)
