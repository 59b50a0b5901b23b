"""Where the keys of the bot's identity are kept: one sealed file that nobody else may read."""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from bot.bridges.matrix.sealing import Sealer
from bot.bridges.matrix.signing import SEED_BYTES, SigningSeeds
from bot.errors import ConfigError


class DamagedSeeds(ConfigError):
    """The keys can't be read, or are not the account's: all else works without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedsFile:
    """The keys of one account's identity, in the data folder."""

    path: Path
    user_id: str
    sealer: Sealer

    def read(self) -> SigningSeeds | None:
        """Return the keys; None when none have been made yet. What lay open is sealed.

        Raises:
            ConfigError: The file is damaged, another account's, or sealed with another key.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            kept = json.loads(text)
            owner, is_open = kept["user_id"], "sealed" not in kept
            secret = kept if is_open else self._unsealed(owner, kept["sealed"])
            seeds = SigningSeeds(**{name: _seed(secret[name]) for name in _NAMES})
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise self._unusable("it is damaged") from error
        if owner != self.user_id:
            raise self._unusable(f"it belongs to {owner}")
        if is_open:
            self.write(seeds)
        return seeds

    def write(self, seeds: SigningSeeds) -> None:
        """Keep the keys; whoever reads meanwhile sees the old file whole or the new one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        secret = {name: base64.b64encode(seed).decode() for name, seed in asdict(seeds).items()}
        sealed = self.sealer.seal(json.dumps(secret).encode(), field=_field(self.user_id))
        fresh = self.path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump({"user_id": self.user_id, "sealed": sealed}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def _unsealed(self, owner: str, sealed: str) -> Mapping[str, str]:
        opened: Mapping[str, str] = json.loads(
            self.sealer.unseal(sealed, field=_field(owner), file=self.path)
        )
        return opened

    def _unusable(self, why: str) -> "DamagedSeeds":
        return DamagedSeeds(
            where=str(self.path),
            key=self.user_id,
            fix=f"{why}; put the account's own file back from a backup, or move this one away",
        )


_NAMES = [field.name for field in fields(SigningSeeds)]


def _field(owner: str) -> str:
    return f"signing {owner}"


def _seed(text: str) -> bytes:
    seed = base64.b64decode(text, validate=True)
    if len(seed) != SEED_BYTES:
        raise ValueError("a key has another length")
    return seed
