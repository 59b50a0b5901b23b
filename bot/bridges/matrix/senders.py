"""Whose key has opened an event: the server says who sent it, and could say anybody.

Source: Matrix client-server API, "m.megolm.v1.aes-sha2": the sender must own the device from
which the key came.
"""

from enum import StrEnum

from nio.crypto import InboundGroupSession, Olm

from bot.bridges.matrix.key_machine import Device


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
    if any(_has_made(device, session) for device in olm.device_store[sender].values()):
        return KeyOwner.SENDER
    if any(device.curve25519 == session.sender_key for device in olm.device_store):
        return KeyOwner.SOMEBODY_ELSE
    return KeyOwner.UNKNOWN


def _is_made_by_bot(session: InboundGroupSession, olm: Olm) -> bool:
    return bool(session.sender_key == olm.account.identity_keys["curve25519"])


def _has_made(device: Device, session: InboundGroupSession) -> bool:
    made = session.sender_key, session.ed25519
    return bool((device.curve25519, device.ed25519) == made)
