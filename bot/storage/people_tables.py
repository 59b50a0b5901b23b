"""People, their accounts, consents, roles and numbers."""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    exists,
    text,
    true,
)

from bot.storage.schema import METADATA, UtcTime

PEOPLE = Table(
    "people",
    METADATA,
    Column("id", String, primary_key=True),
    Column("language", String, nullable=False),
    Column("language_source", Integer, nullable=False),
    Column("shared_area", String),
    Column("shared_until", UtcTime),
    Column("shared_cell", LargeBinary),
    Column("created_at", UtcTime, nullable=False),
    Column("erased_at", UtcTime),
)
IDENTITIES = Table(
    "identities",
    METADATA,
    Column("hash", String, primary_key=True),
    Column("platform", String, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("user_id", LargeBinary, nullable=False),
    Column("private_room", LargeBinary),
    Column("is_reachable", Boolean, nullable=False, server_default=true()),
    # All that is asked of 100,000 together, so that no row is read for it.
    Index("ix_identities_person_id", "person_id", "is_reachable", "hash", "platform"),
)
# As one text in the index and in queries, for SQLite compares them letter by letter.
_UNREACHABLE = text("NOT identities.is_reachable")
Index(
    "ix_identities_unreachable",
    IDENTITIES.c.hash,
    sqlite_where=_UNREACHABLE,
    postgresql_where=_UNREACHABLE,
)

CONSENTS = Table(
    "consents",
    METADATA,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("purpose", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("given_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
)
GRANTS = Table(
    "grants",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("organisation", String, nullable=False, default=""),
    Column("areas", String, nullable=False),
    Column("granted_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("identity", String),
    Index("uq_grants_person_role_organisation", "person_id", "role", "organisation", unique=True),
)
ALIASES = Table(
    "aliases",
    METADATA,
    Column("scope", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("name_digest", String, index=True),
)
"""A number whose person was erased stays, without a person: nobody else is given it.

The digest is of the name that its person has there, so that nobody else goes under the same.
"""
GROUP_MEMBERS = Table(
    "group_members",
    METADATA,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("group_slug", String, primary_key=True),
)


def is_unreachable(identity: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Whether an account can't be written to; as a list of such SQLite would read all accounts."""
    return exists().where(IDENTITIES.c.hash == identity, _UNREACHABLE)
