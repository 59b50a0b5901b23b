"""Keeps the homeserver stocked with the keys by which new devices begin to write to the bot.

nio leaves the stock empty once it has run out, and knows no fallback key, which works for any
number of devices while the bot is away.

Source: Matrix client-server API, "One-time and fallback keys".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import nio

from bot.bridges.matrix.key_server import post
from bot.bridges.matrix.signing import Json
from bot.errors import PermanentFailure

_KIND = "signed_curve25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStock:
    """What the homeserver has of the device's keys.

    Attributes:
        one_time: How many; None if it did not say, which means none: some servers also mean that
            nothing has changed.
        needs_fallback: Whether the fallback key was used or never given.
    """

    one_time: int | None
    needs_fallback: bool


class _Curve25519Key(Protocol):
    def to_base64(self) -> str:
        """Write it as Matrix does."""


class _Account(Protocol):
    """What vodozemac's accounts can do and its stubs don't say."""

    @property
    def fallback_key(self) -> Mapping[str, _Curve25519Key]:
        """The key that is not published yet, by its id."""

    def generate_fallback_key(self) -> object:
        """Make another one; the last one still opens what was sealed by it."""


def key_stock(sync: Json) -> KeyStock:
    """Read from the whole answer to a sync what is there; nio takes 0 for unknown."""
    counts = sync.get("device_one_time_keys_count")
    count = counts.get(_KIND) if isinstance(counts, Mapping) else None
    unused = sync.get("device_unused_fallback_key_types")
    return KeyStock(
        one_time=count if isinstance(count, int) else None,
        needs_fallback=isinstance(unused, list) and _KIND not in unused,
    )


async def keep_stock(client: nio.AsyncClient, stock: KeyStock) -> None:
    """Upload what has run low; to be called after nio has taken the sync in.

    Raises:
        TemporaryFailure: The next sync will say again what is missing.
        PermanentFailure: The homeserver refuses the keys.
    """
    olm = client.olm
    if stock.one_time is not None:
        olm.uploaded_key_count = stock.one_time
    elif olm.account.shared:
        olm.uploaded_key_count = await _counted(client)
    is_low = (olm.uploaded_key_count or 0) <= olm.account.max_one_time_keys // 2
    if is_low or stock.needs_fallback or not olm.account.shared:
        with_fallback = stock.needs_fallback or not olm.account.shared
        await upload_keys(client, with_fallback=with_fallback)


async def _counted(client: nio.AsyncClient) -> int:
    """Return how many keys the homeserver says it has when asked for it alone."""
    answer = await post(client, "keys/upload", {})
    if answer.status != 200:
        raise PermanentFailure(f"keys/upload: {answer.status} {answer.code}")
    return _count(answer.body.get("one_time_key_counts"))


def _count(counts: object) -> int:
    count = counts.get(_KIND) if isinstance(counts, Mapping) else None
    return count if isinstance(count, int) else 0


async def upload_keys(client: nio.AsyncClient, *, with_fallback: bool) -> None:
    """Fill up the one-time keys, publish the device if that was not done, and add a fallback key.

    Raises:
        TemporaryFailure: Try again later.
        PermanentFailure: The homeserver refuses the keys.
    """
    olm = client.olm
    content = dict(olm.share_keys()) if _has_room(client) else {}
    if with_fallback:
        content["fallback_keys"] = _fallback_keys(client)
    # Kept before they are published: a key whose secret half is lost makes messages unreadable.
    olm.save_account()
    answer = await post(client, "keys/upload", content)
    if answer.status == 400:
        # It has other keys by these ids: new ones next time.
        olm.account.mark_keys_as_published()
        olm.save_account()
    if answer.status != 200:
        raise PermanentFailure(f"keys/upload: {answer.status} {answer.code}")
    count = _count(answer.body.get("one_time_key_counts"))
    olm.handle_response(nio.KeysUploadResponse(0, count))


def _has_room(client: nio.AsyncClient) -> bool:
    """Whether there is anything for nio to share; it refuses when all is there."""
    account, count = client.olm.account, client.olm.uploaded_key_count
    return not account.shared or (count is not None and count < account.max_one_time_keys)


def _fallback_keys(client: nio.AsyncClient) -> Json:
    account: _Account = client.olm.account._account  # noqa: SLF001 - nio has no word for it
    account.generate_fallback_key()
    return {f"{_KIND}:{name}": _signed(client, key) for name, key in account.fallback_key.items()}


def _signed(client: nio.AsyncClient, key: _Curve25519Key) -> Json:
    bare = {"key": key.to_base64(), "fallback": True}
    signature = client.olm.sign_json(bare)
    own = {f"ed25519:{client.device_id}": signature}
    return {**bare, "signatures": {client.user_id: own}}
