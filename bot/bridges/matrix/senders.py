"""Whose key has opened an event: the server says who sent it, and could say anybody.

Source: Matrix client-server API, "m.megolm.v1.aes-sha2": the sender must own the device from
which the key came.
"""

from collections.abc import Callable
from enum import StrEnum

from nio.crypto import InboundGroupSession, Olm

from bot.bridges.matrix.owners import OWNER, KnownDevice
from bot.domain.proofs import Proof


class KeyOwner(StrEnum):
    """Who has made a key."""

    SENDER = "sender"
    SOMEBODY_ELSE = "somebody_else"
    UNKNOWN = "unknown"


def owner_of(session: InboundGroupSession, sender: str, olm: Olm) -> KeyOwner:
    """Return whether a key was made by who is said to have sent what it opens.

    Devices that were signed out since count: what they have said remains theirs.
    """
    if _is_made_by_bot(session, olm):
        return KeyOwner.SENDER if sender == olm.user_id else KeyOwner.SOMEBODY_ELSE
    if maker_of(session, sender, olm) is not None:
        return KeyOwner.SENDER
    if any(device.curve25519 == session.sender_key for device in olm.device_store):
        return KeyOwner.SOMEBODY_ELSE
    return KeyOwner.UNKNOWN


def maker_of(session: InboundGroupSession, sender: str, olm: Olm) -> KnownDevice | None:
    """Return the device of a sender's that has made a key, None if it is none of theirs."""
    devices: list[KnownDevice] = list(olm.device_store[sender].values())
    return next((device for device in devices if _has_made(device, session)), None)


def is_owner_known(device: KnownDevice) -> bool:
    """Whether it is known if somebody vouches for a device."""
    return OWNER in device.keys


def proof_of(device: KnownDevice, sign_for: Callable[[str], str]) -> Proof:
    """Return what a device that has sealed something proves; it tells no key."""
    owner = device.keys.get(OWNER)
    return Proof(device=sign_for(device.ed25519), owner=sign_for(owner) if owner else None)


def _is_made_by_bot(session: InboundGroupSession, olm: Olm) -> bool:
    return bool(session.sender_key == olm.account.identity_keys["curve25519"])


def _has_made(device: KnownDevice, session: InboundGroupSession) -> bool:
    made = session.sender_key, session.ed25519
    return bool((device.curve25519, device.ed25519) == made)
