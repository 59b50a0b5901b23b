"""Where the keys of the bot's identity are kept: one file that nobody else may read."""

import base64
import binascii
import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from bot.bridges.matrix.signing import SEED_BYTES, SigningSeeds
from bot.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedsFile:
    """The keys of one account's identity, in the data folder."""

    path: Path
    user_id: str

    def read(self) -> SigningSeeds | None:
        """Return the keys; None when none have been made yet.

        Raises:
            ConfigError: The file is damaged, or another account's.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            kept = json.loads(text)
            owner = kept["user_id"]
            seeds = SigningSeeds(**{name: _seed(kept[name]) for name in _NAMES})
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise self._unusable("it is damaged") from error
        if owner != self.user_id:
            raise self._unusable(f"it belongs to {owner}")
        return seeds

    def write(self, seeds: SigningSeeds) -> None:
        """Keep the keys; whoever reads meanwhile sees the old file whole or the new one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = {name: base64.b64encode(seed).decode() for name, seed in asdict(seeds).items()}
        fresh = self.path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump({"user_id": self.user_id} | kept, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def _unusable(self, why: str) -> ConfigError:
        return ConfigError(
            where=str(self.path),
            key=self.user_id,
            fix=f"{why}; put the account's own file back from a backup, or move this one away",
        )


_NAMES = [field.name for field in fields(SigningSeeds)]


def _seed(text: str) -> bytes:
    seed = base64.b64decode(text, validate=True)
    if len(seed) != SEED_BYTES:
        raise ValueError("a key has another length")
    return seed
