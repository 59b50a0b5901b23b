"""The three keys by which an account vouches for its devices, and what is signed with them.

Apps that exclude unsigned devices share no keys with a device that its owner has not signed.

Source: Matrix client-server API, "Cross-signing" and "Signing JSON".
"""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Json: TypeAlias = Mapping[str, object]

SEED_BYTES = 32
_NOT_SIGNED = {"signatures", "unsigned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSeeds:
    """The secret halves of an account's identity; who has them is the account to its readers."""

    master: bytes
    self_signing: bytes
    user_signing: bytes

    def __repr__(self) -> str:
        return "SigningSeeds(...)"


def make_seeds() -> SigningSeeds:
    """Make the keys of a new identity."""
    return SigningSeeds(
        master=secrets.token_bytes(SEED_BYTES),
        self_signing=secrets.token_bytes(SEED_BYTES),
        user_signing=secrets.token_bytes(SEED_BYTES),
    )


def public_key(seed: bytes) -> str:
    """Return the public half, in base64 without padding, as Matrix writes it."""
    return _unpadded(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def identity_of(seeds: SigningSeeds, user_id: str) -> Mapping[str, Json]:
    """Return the public halves as they are uploaded: the two lower keys signed by the master."""
    lower = {"self_signing": seeds.self_signing, "user_signing": seeds.user_signing}
    return {"master_key": _key_of(seeds.master, "master", user_id)} | {
        f"{usage}_key": sign_json(
            _key_of(seed, usage, user_id), user_id=user_id, seed=seeds.master
        )
        for usage, seed in lower.items()
    }


def sign_json(value: Json, *, user_id: str, seed: bytes) -> Json:
    """Return an object with one more signature."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signature = _unpadded(key.sign(_canonical(value)))
    signatures = _object(value.get("signatures"))
    own = {**_object(signatures.get(user_id)), f"ed25519:{public_key(seed)}": signature}
    return {**value, "signatures": {**signatures, user_id: own}}


def is_signed_by(value: Json, *, user_id: str, seed: bytes) -> bool:
    """Whether an object bears a true signature of a key."""
    return is_signed_with(value, user_id=user_id, public=public_key(seed))


def is_signed_with(value: Json, *, user_id: str, public: str) -> bool:
    """Whether an object bears a true signature of the key whose public half this is."""
    own = _object(_object(value.get("signatures")).get(user_id))
    signature = own.get(f"ed25519:{public}")
    if not isinstance(signature, str):
        return False
    try:
        verifier = Ed25519PublicKey.from_public_bytes(_decoded(public))
        verifier.verify(_decoded(signature), _canonical(value))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def names_key(value: Json, seed: bytes) -> bool:
    """Whether a public key as the server lists it is the other half of this one."""
    return f"ed25519:{public_key(seed)}" in _object(value.get("keys"))


def _key_of(seed: bytes, usage: str, user_id: str) -> Json:
    public = public_key(seed)
    return {"user_id": user_id, "usage": [usage], "keys": {f"ed25519:{public}": public}}


def _canonical(value: Json) -> bytes:
    """Write what is signed: sorted, without spaces, without the signatures themselves."""
    kept = {name: part for name, part in value.items() if name not in _NOT_SIGNED}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _object(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _unpadded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
