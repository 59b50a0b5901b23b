"""What is prepared gives what SQLAlchemy gives."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import dialect

from bot.storage.prepared import Preparations
from bot.storage.schema import UtcTime

METADATA = MetaData()
LINES = Table(
    "lines",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("state", String, nullable=False, default="new"),
    Column("is_read", Boolean),
    Column("sealed", LargeBinary),
    Column("sent_at", UtcTime),
)
AMONG = select(LINES.c.id, LINES.c.sent_at, LINES.c.is_read).where(
    LINES.c.id.in_(bindparam("ids", expanding=True)), LINES.c.state == "new"
)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Given:
    """What a database has given."""

    rows = ((1, "2026-11-22 12:00:00.000000", 1),)
    description = (("id",), ("sent_at",), ("is_read",))


@pytest.fixture
def preparations() -> Preparations:
    """Those of SQLite."""
    return Preparations(dialect())


def test_first_time_is_left_to_sqlalchemy(preparations):
    """A statement that was built for one message would be prepared for nothing."""
    assert preparations.of(AMONG, ["ids"]) is None
    assert preparations.of(AMONG, ["ids"]) is not None


@pytest.mark.parametrize("ids", [[], [7], [7, 8, 9]], ids=["none", "one", "three"])
def test_list_has_a_place_for_each(preparations, ids):
    """Lists differ from time to time; a list of nothing holds nothing."""
    preparations.of(AMONG, ["ids"])
    prepared = preparations.of(AMONG, ["ids"])
    text, values = prepared.filled({"ids": ids})

    assert values == [*ids, "new"]
    assert text.count("?") == len(values)


def test_rows_are_read_as_their_types_say(preparations):
    """Times come back aware, and truth as truth."""
    preparations.of(AMONG, ["ids"])
    row = preparations.of(AMONG, ["ids"]).rows_of(Given())[0]

    assert (row.id, row.sent_at, row.is_read) == (1, NOW, True)


def test_values_are_written_as_their_types_say(preparations):
    """A time without a zone is refused, as everywhere."""
    seen = update(LINES).where(LINES.c.id == bindparam("line")).values(sent_at=bindparam("at"))
    preparations.of(seen, ["line", "at"])
    prepared = preparations.of(seen, ["line", "at"])

    assert prepared.filled({"line": 1, "at": NOW})[1] == ["2026-11-22 12:00:00.000000", 1]
    with pytest.raises(ValueError, match="zone"):
        prepared.filled({"line": 1, "at": NOW.replace(tzinfo=None)})


def test_missing_value_is_refused(preparations):
    """What is not given must not become NULL by itself."""
    preparations.of(AMONG, ["ids"])
    prepared = preparations.of(AMONG, ["ids"])

    with pytest.raises(LookupError):
        prepared.filled({})


def test_what_sqlalchemy_has_to_think_of_is_left_to_it(preparations):
    """A default of the table is a value that nobody gives."""
    new = insert(LINES)
    preparations.of(new, ["id"])

    assert preparations.of(new, ["id"]) is None
    assert preparations.of(new, ["id", "state"]) is not None
