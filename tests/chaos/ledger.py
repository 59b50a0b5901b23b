"""What a bot that is killed again and again has kept on disk."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.app import make_parts
from bot.settings.loading import load_installation
from tests.chaos.mortal import Mortal

PATIENCE_S = 300.0
_NOTE_DOUBTS = """
CREATE TABLE noted_doubts (copy_id INTEGER);
CREATE TRIGGER note_doubts AFTER UPDATE OF doubts ON effects
WHEN new.doubts > old.doubts AND new.verb = 'show'
BEGIN INSERT INTO noted_doubts VALUES (new.copy_id); END;
"""
_WORK = (
    "SELECT (SELECT count(*) FROM effects WHERE state != 'given_up')"
    " + (SELECT count(*) FROM inbox WHERE state = 'waiting')"
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The bot's database, as somebody reads it who looks over its shoulder."""

    file: Path

    def work(self) -> int:
        """Count what the bot has heard of and still to do."""
        ((waiting,),) = self.rows(_WORK)
        return int(waiting)

    def rows(self, query: str) -> list[tuple[str | int, ...]]:
        """What it holds."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as store:
            return store.execute(query).fetchall()

    def note_doubts(self) -> None:
        """Let it note each time that a send ends without anybody knowing how."""
        with closing(sqlite3.connect(self.file, timeout=PATIENCE_S)) as store:
            store.executescript(_NOTE_DOUBTS)

    @property
    def has_doubts(self) -> bool:
        """Whether any send was ever in doubt."""
        return bool(self.rows("SELECT 1 FROM noted_doubts LIMIT 1"))

    def sends_in_doubt(self, room: str) -> Counter[str]:
        """How often the send of each message that stands in a room has been in doubt."""
        noted = self.rows(
            "SELECT copies.message_ids, count(*) FROM noted_doubts JOIN copies"
            f" ON copies.id = copy_id WHERE room = '{room}' GROUP BY copies.id"
        )
        doubts: Counter[str] = Counter()
        for messages, times in noted:
            doubts.update(dict.fromkeys(json.loads(str(messages)), int(times)))
        return doubts

    def given_up_in_doubt(self, room: str) -> int:
        """How many messages stand nowhere in a room because their send was in doubt twice."""
        ((given_up,),) = self.rows(
            "SELECT count(*) FROM (SELECT copies.id FROM noted_doubts JOIN copies"
            f" ON copies.id = copy_id WHERE room = '{room}' AND copies.message_ids = '[]'"
            " GROUP BY copies.id HAVING count(*) > 1)"
        )
        return int(given_up)


def ledger_of(mortal: Mortal) -> Ledger:
    """Return what a bot keeps."""
    return Ledger(Path(mortal.variables["GRANNBRO_DATA_DIR"]) / "grannbro.db")


async def replay_dead_letters(mortal: Mortal) -> None:
    """Do what the log tells the operator to do about what was in doubt twice."""
    parts = make_parts(load_installation(mortal.config), mortal.clock)
    await parts.database.open()
    async with parts.database.dead_letters() as letters:
        await letters.replay(None)
    await parts.database.close()
