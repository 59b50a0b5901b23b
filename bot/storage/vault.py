"""Sealed fields: what people wrote or are called, closed with keys that can be destroyed.

Each person, file and day of transit has a key of its own in a database of its own. Destroying the
key closes every copy of the field for good, old backups of the main database included.
"""

import base64
import hashlib
import hmac
import json
import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, LargeBinary, String, Table, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.messages import RoomRef, UserRef
from bot.domain.richtext_json import Json
from bot.errors import StorageUnavailable
from bot.storage.dialect import insert
from bot.storage.group_writer import GroupWriter
from bot.storage.schema import KEYS_METADATA

Owner = NewType("Owner", str)

KEYS = Table(
    "keys",
    KEYS_METADATA,
    Column("owner", String, primary_key=True),
    Column("key", LargeBinary, nullable=False),
)
_ONE = select(KEYS.c.key).where(KEYS.c.owner == bindparam("owner"))
_MANY = select(KEYS).where(KEYS.c.owner.in_(bindparam("owners", expanding=True)))
_PAGE = (
    select(KEYS.c.owner)
    .where(KEYS.c.owner > bindparam("last"))
    .order_by(KEYS.c.owner)
    .limit(bindparam("limit"))
)
_PEPPER, _LINKS = Owner("pepper"), Owner("links")
_CACHED = 20_000
_NONCE_BYTES = 12
_TAG_BYTES = 9


PERSON, TRANSIT = "person:", "transit:"


def person_key(person: str) -> Owner:
    """Name the key of a person's words."""
    return Owner(PERSON + person)


def transit_key(now: datetime) -> Owner:
    """Name the key of a day's updates, destroyed with the day's seen marks."""
    return Owner(f"{TRANSIT}{now:%Y-%m-%d}")


class Vault:
    """Seals and opens fields; makes keys as they are needed."""

    def __init__(self, writer: GroupWriter) -> None:
        self._writer = writer
        self._ciphers: OrderedDict[Owner, AESGCM] = OrderedDict()
        self._pepper, self._links = b"", b""

    async def open(self) -> None:
        """Read the secrets of identities and of links; make them the first time."""
        self._pepper = await self._key(_PEPPER, create=True) or b""
        self._links = await self._key(_LINKS, create=True) or b""

    def hash_of(self, ref: UserRef | RoomRef) -> str:
        """Return what an account or private room is looked up by; it tells nothing of it."""
        return self.digest(str(ref))

    def digest(self, text: str) -> str:
        """Return what a text is recognised by, in this installation alone."""
        return hmac.new(self._pepper, text.encode(), hashlib.sha256).hexdigest()[:32]

    def secret(self, purpose: str) -> bytes:
        """Return 32 bytes that this installation alone has, of their own for each purpose.

        Raises:
            StorageUnavailable: The keys have not been read yet.
        """
        if not self._pepper:
            raise StorageUnavailable("the keys are not open")
        return hmac.new(self._pepper, f"secret {purpose}".encode(), hashlib.sha256).digest()

    def sign(self, text: str) -> str:
        """Return the tag of a link that this installation made: 12 characters that fit in one."""
        tag = hmac.new(self._links, text.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(tag[:_TAG_BYTES]).decode()

    async def fetch(self, owners: Iterable[Owner]) -> None:
        """Have the keys of many at hand before their fields are opened one by one."""
        missing = {owner for owner in owners if owner not in self._ciphers}
        if len(missing) < 2:
            return
        async with self._writer.transaction() as keys:
            rows = (await keys.execute(_MANY, {"owners": sorted(missing)})).all()
            # Before the turn ends: what is destroyed later is then forgotten here too.
            for row in rows:
                self._remember(Owner(row.owner), bytes(row.key))

    async def seal(self, owner: Owner, value: Json, *, field: str) -> bytes:
        """Close a value with its owner's key; it opens only as the same field."""
        cipher = await self._cipher(owner, create=True)
        if cipher is None:
            raise StorageUnavailable("no key could be made")
        nonce = os.urandom(_NONCE_BYTES)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return nonce + cipher.encrypt(nonce, text, field.encode())

    async def unseal(self, owner: Owner, sealed: bytes | None, *, field: str) -> Json:
        """Open a value; None if there is none, or if its key was destroyed."""
        if sealed is None:
            return None
        cipher = await self._cipher(owner, create=False)
        text = _opened(cipher, sealed, field) if cipher else None
        value: Json = json.loads(text) if text is not None else None
        return value

    async def seal_bytes(self, owner: Owner, data: bytes) -> bytes:
        """Close a file."""
        cipher = await self._cipher(owner, create=True)
        if cipher is None:
            raise StorageUnavailable("no key could be made")
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + cipher.encrypt(nonce, data, owner.encode())

    async def unseal_bytes(self, owner: Owner, sealed: bytes) -> bytes | None:
        """Open a file; None if its key was destroyed, or if it is damaged."""
        cipher = await self._cipher(owner, create=False)
        return _opened(cipher, sealed, owner) if cipher else None

    async def destroy(self, *owners: Owner) -> None:
        """Destroy keys; what they closed stays closed for ever."""
        async with self._writer.transaction() as keys:
            await keys.execute(delete(KEYS).where(KEYS.c.owner.in_(owners)))
        # Not before: whoever opens something meanwhile would bring the key back here.
        for owner in owners:
            self._ciphers.pop(owner, None)

    async def owners(self, prefix: str) -> list[Owner]:
        """List the owners whose names begin so."""
        async with self._writer.transaction() as keys:
            found = await keys.execute(
                select(KEYS.c.owner).where(KEYS.c.owner.startswith(prefix, autoescape=True))
            )
            return [Owner(row.owner) for row in found]

    async def owners_after(self, last: str, *, limit: int) -> Sequence[Owner]:
        """List the next owners in the order of their names."""
        async with self._writer.transaction() as keys:
            found = await keys.execute(_PAGE, {"last": last, "limit": limit})
            return [Owner(row.owner) for row in found]

    async def _cipher(self, owner: Owner, *, create: bool) -> AESGCM | None:
        if (cipher := self._ciphers.get(owner)) is not None:
            self._ciphers.move_to_end(owner)
            return cipher
        key = await self._key(owner, create=create)
        return self._remember(owner, key) if key else None

    def _remember(self, owner: Owner, key: bytes) -> AESGCM:
        cipher = self._ciphers[owner] = AESGCM(key)
        if len(self._ciphers) > _CACHED:
            self._ciphers.popitem(last=False)
        return cipher

    async def _key(self, owner: Owner, *, create: bool) -> bytes | None:
        # The key is on disk before anything sealed with it can be.
        async with self._writer.transaction() as keys:
            key = await _read(keys, owner)
            if key is None and create:
                key = AESGCM.generate_key(bit_length=256)
                await keys.execute(insert(keys, KEYS).values(owner=owner, key=key))
            return key


def _opened(cipher: AESGCM, sealed: bytes, what: str) -> bytes | None:
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], what.encode())
    except (InvalidTag, ValueError):
        # Sealed with a key that was destroyed and made anew since, or cut short.
        return None


async def _read(keys: AsyncConnection, owner: Owner) -> bytes | None:
    row = (await keys.execute(_ONE, {"owner": owner})).first()
    return bytes(row.key) if row else None
