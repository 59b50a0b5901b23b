"""Closing what opens the account and its rooms: a copy of the data folder alone opens nothing."""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import ConfigError
from bot.ports.secrets import Secret

_FILES, _STORE, _SIGNS = "matrix files", "matrix store", "matrix signs"
_NONCE_BYTES, _SIGN_BYTES = 12, 16


class WrongKey(ConfigError):
    """A file was closed by another installation's key."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            where=str(file),
            key="keys_url",
            fix="this was sealed with another key than the one in the database of keys: put both "
            "back from the same backup, or set GRANNBRO_KEYS_URL to the database that belongs to "
            "it; if that is lost, move this file's folder away, sign the bot's device out, and "
            "the bot signs in anew",
        )


@dataclass(frozen=True, kw_only=True)
class Sealer:
    """Closes and opens with the installation's key."""

    secret: Secret

    @property
    def store_key(self) -> str:
        """With what the library closes its own store."""
        return self.secret(_STORE).hex()

    def seal(self, data: bytes, *, field: str) -> str:
        """Close something; it opens only as the same field."""
        nonce = os.urandom(_NONCE_BYTES)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, data, field.encode())).decode()

    def unseal(self, sealed: str, *, field: str, file: Path) -> bytes:
        """Open something.

        Raises:
            WrongKey: It was closed with another key.
            ValueError: It is damaged.
        """
        try:
            data = base64.b64decode(sealed, validate=True)
        except binascii.Error as error:
            raise ValueError(f"{field} is damaged") from error
        try:
            return self._cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], field.encode())
        except InvalidTag:
            raise WrongKey(file) from None

    def sign_for(self, named: str) -> str:
        """Return what stands for a name or a key where nobody shall read whose it is."""
        digest = hmac.digest(self.secret(_SIGNS), named.encode(), hashlib.sha256)
        return digest[:_SIGN_BYTES].hex()

    @property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.secret(_FILES))
