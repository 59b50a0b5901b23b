"""By which key the owner of an account vouches for a device of it.

A homeserver can add devices to an account. It has not the owner's keys, and can't sign them.

Source: Matrix client-server API, "Cross-signing".
"""

from collections.abc import MutableMapping
from typing import Protocol

from bot.bridges.matrix.signing import Json, is_signed_with

OWNER = "owner"
"""Beside a device's keys in the library's store: its owner's master key, empty if nobody has
signed the device. It is not there before the homeserver was asked."""
_SELF_SIGNING, _MASTER = "self_signing", "master"


class KnownDevice(Protocol):
    """A device in the library's store."""

    @property
    def curve25519(self) -> str:
        """By which it talks to other devices."""

    @property
    def ed25519(self) -> str:
        """By which it signs."""

    @property
    def deleted(self) -> bool:
        """Whether it was signed out."""

    @property
    def keys(self) -> MutableMapping[str, str]:
        """Both of these, and by which its owner vouches for it."""


def owner_of_device(told: Json, user_id: str, device_id: str, device: KnownDevice) -> str | None:
    """Return the master key of who vouches for a device, empty if nobody does.

    Args:
        told: The whole answer to a question for keys.
        user_id: Whose device it is.
        device_id: What it is called.
        device: As it is known.

    Returns:
        None if the answer says nothing of the device as it is known.
    """
    listed = _inner(_inner(told.get("device_keys"), user_id), device_id)
    keys = _inner(listed, "keys")
    said = keys.get(f"ed25519:{device_id}"), keys.get(f"curve25519:{device_id}")
    named = listed.get("user_id"), listed.get("device_id")
    if said != (device.ed25519, device.curve25519) or named != (
        user_id,
        device_id,
    ):
        return None
    master = _public(_inner(told.get("master_keys"), user_id), _MASTER, user_id)
    signing = _inner(told.get("self_signing_keys"), user_id)
    public = _public(signing, _SELF_SIGNING, user_id)
    is_vouched_for = (
        master
        and public
        and is_signed_with(signing, user_id=user_id, public=master)
        and is_signed_with(listed, user_id=user_id, public=public)
    )
    return master if is_vouched_for else ""


def _public(key: Json, usage: str, user_id: str) -> str:
    """Return the public half of a key of an account; empty if it is not one of this use."""
    usages, keys = key.get("usage"), _inner(key, "keys")
    if key.get("user_id") != user_id or not isinstance(usages, list) or usage not in usages:
        return ""
    named = [(name, public) for name, public in keys.items() if isinstance(public, str)]
    if len(named) != 1 or len(keys) != 1:
        return ""
    ((name, public),) = named
    return public if name == f"ed25519:{public}" else ""


def _inner(value: object, name: str) -> Json:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
