"""Every column is either about nobody, or sealed, or holds no more than a pseudonym.

Whoever adds a column says here which it is; one that holds what a person wrote, or is called, must
be sealed. That `/export` finds it and `/forget` takes it is shown by features/test_every_table.py,
which goes through all tables that have a column of another sort than NOBODY.
"""

import pytest
from sqlalchemy import Column, LargeBinary, MetaData

from bot.storage.migrate import TARGETS
from bot.storage.vault import KEYS

SEALED = "sealed: what somebody wrote, or is called, closed with a key of theirs"
PSEUDONYM = "pseudonym: a random id or a keyed hash that stands for somebody"
HANDLE = "handle: the name of a web account, which the operator chooses; not to be a person's name"
NOBODY = "nobody: says nothing of any person"

CLASSES: dict[str, dict[str, str]] = {
    "people": {
        "id": PSEUDONYM, "language": NOBODY, "language_source": NOBODY,
        "shared_area": PSEUDONYM, "shared_until": NOBODY, "created_at": NOBODY,
        "shared_cell": SEALED, "erased_at": NOBODY,
    },
    "identities": {
        "hash": PSEUDONYM, "platform": NOBODY, "person_id": PSEUDONYM, "user_id": SEALED,
        "private_room": SEALED, "is_reachable": NOBODY,
    },
    "consents": {
        "person_id": PSEUDONYM, "purpose": NOBODY, "version": NOBODY, "given_at": NOBODY,
        "withdrawn_at": NOBODY,
    },
    "grants": {
        "id": NOBODY, "person_id": PSEUDONYM, "role": NOBODY, "organisation": NOBODY,
        "areas": NOBODY, "granted_at": NOBODY, "expires_at": NOBODY, "identity": PSEUDONYM,
    },
    "verifications": {
        "id": NOBODY, "person_id": PSEUDONYM, "identity": PSEUDONYM, "organisation": NOBODY,
        "address": SEALED, "mailbox": PSEUDONYM, "stage": NOBODY, "is_granted": NOBODY,
        "proved_at": NOBODY, "expires_at": NOBODY, "reminded_days": NOBODY,
    },
    "verification_votes": {"verification_id": NOBODY, "person_id": PSEUDONYM, "at": NOBODY},
    "barred_accounts": {"identity": PSEUDONYM, "organisation": NOBODY, "at": NOBODY},
    "lost_badges": {"person_id": PSEUDONYM, "organisation": NOBODY, "at": NOBODY},
    "mail_codes": {
        "id": NOBODY, "person_id": PSEUDONYM, "verification_id": NOBODY,
        "organisation": NOBODY, "to_official": NOBODY, "mailbox": PSEUDONYM, "alarm": NOBODY,
        "made_at": NOBODY, "expires_at": NOBODY, "tries_left": NOBODY, "state": NOBODY,
        "not_before": NOBODY, "attempts": NOBODY, "doubts": NOBODY,
    },
    "owner_keys": {
        "account": PSEUDONYM, "person_id": PSEUDONYM, "pinned": PSEUDONYM, "pinned_at": NOBODY,
        "awaited": PSEUDONYM,
    },
    "aliases": {
        "scope": NOBODY, "number": PSEUDONYM, "person_id": PSEUDONYM, "name_digest": PSEUDONYM,
    },
    "group_members": {"person_id": PSEUDONYM, "group_slug": NOBODY},
    "subscriptions": {
        "id": NOBODY, "person_id": PSEUDONYM, "followed": PSEUDONYM, "lies_in": NOBODY,
        "at_least": NOBODY, "kinds": NOBODY, "created_at": NOBODY,
    },
    "alert_settings": {
        "person_id": PSEUDONYM, "settings": NOBODY, "red_breaks_quiet": NOBODY,
        "has_digest": NOBODY, "most_an_hour": NOBODY, "also_in_private": NOBODY,
        "paused_until": NOBODY, "quiet_from": NOBODY, "quiet_until": NOBODY,
    },
    "held_alerts": {
        "person_id": PSEUDONYM, "subject_kind": NOBODY, "subject_id": NOBODY,
        "priority": NOBODY, "held_at": NOBODY, "because": NOBODY, "due_at": NOBODY,
        "digest_id": NOBODY,
    },
    "spreads": {
        "subject_kind": NOBODY, "subject_id": NOBODY, "priority": NOBODY, "urgency": NOBODY,
        "author_id": PSEUDONYM, "content": SEALED, "same_as": NOBODY, "relatives": NOBODY,
        "planned_at": NOBODY, "looked_to": PSEUDONYM, "stopped_at": PSEUDONYM,
    },
    "rounds": {
        "id": NOBODY, "subject_kind": NOBODY, "subject_id": NOBODY, "among": NOBODY,
        "news_kind": NOBODY, "news_id": NOBODY, "but_id": PSEUDONYM, "urgency": NOBODY,
        "planned_at": NOBODY, "due_at": NOBODY, "last_copy": NOBODY, "looked_to": PSEUDONYM,
    },
    "digests": {
        "id": NOBODY, "person_id": PSEUDONYM, "is_silent": NOBODY, "made_at": NOBODY,
    },
    "recent_alerts": {
        "person_id": PSEUDONYM, "at": NOBODY, "subject_kind": NOBODY, "subject_id": NOBODY,
    },
    "routes": {
        "place": PSEUDONYM, "at_least": NOBODY, "person_id": PSEUDONYM,
        "subscription_id": NOBODY, "kinds": NOBODY,
    },
    "areas": dict.fromkeys(
        ["slug", "identity", "name", "parent", "lat", "lon", "gone_at", "told_at"], NOBODY
    ),
    "groups": dict.fromkeys(
        ["slug", "place", "name", "kind", "area", "access", "reports_reach", "purpose",
         "controller", "languages", "by_chat"], NOBODY,
    ),
    "rooms": dict.fromkeys(
        [
            "room", "group_slug", "place", "by_chat", "is_away", "keeps_lines", "opened_at",
            "title",
        ],
        NOBODY,
    ),
    "positions": dict.fromkeys(["source", "position"], NOBODY),
    "moved_rooms": dict.fromkeys(["room", "moved_to"], NOBODY),
    "link_codes": dict.fromkeys(["code_hash", "group_slug", "expires_at"], NOBODY),
    "member_counts": dict.fromkeys(["room", "people"], NOBODY),
    "organisations": dict.fromkeys(
        ["slug", "name", "role", "areas", "mail_domains", "desk_rooms", "phone", "hours",
         "asks", "by_chat"], NOBODY,
    ),
    "reports": {
        "id": NOBODY, "area": NOBODY, "group_slug": NOBODY, "reach": NOBODY, "kind": NOBODY,
        "priority": NOBODY, "state": NOBODY, "author_id": PSEUDONYM, "content": SEALED,
        "origin_place": PSEUDONYM, "origin_message": PSEUDONYM, "created_at": NOBODY,
        "touched_at": NOBODY, "ended_at": NOBODY, "is_provisional": NOBODY,
        "duplicate_of": NOBODY, "state_before": NOBODY, "confirmed_by_links": NOBODY,
        "ends_at": NOBODY,
    },
    "report_marks": {
        "report_id": NOBODY, "mark": NOBODY, "person_id": PSEUDONYM, "at": NOBODY,
    },
    "report_updates": {
        "id": NOBODY, "report_id": NOBODY, "person_id": PSEUDONYM, "content": SEALED,
        "at": NOBODY,
    },
    "official_posts": {
        "code": NOBODY, "kind": NOBODY, "subject": NOBODY, "organisation": NOBODY,
        "role": NOBODY, "area": NOBODY, "author_id": PSEUDONYM, "posted_at": NOBODY,
        "corrected_at": NOBODY, "recalled_at": NOBODY,
    },
    "official_answers": {
        "report_id": NOBODY, "organisation": NOBODY, "code": NOBODY, "role": NOBODY,
        "verdict": NOBODY, "content": SEALED, "author_id": PSEUDONYM, "answered_at": NOBODY,
        "told_at": NOBODY, "version": NOBODY, "saw": NOBODY, "told": NOBODY,
    },
    "name_warnings": {"person_id": PSEUDONYM, "name_digest": PSEUDONYM, "at": NOBODY},
    "notices": {
        "id": NOBODY, "organisation": NOBODY, "priority": NOBODY, "content": SEALED,
        "happened_at": NOBODY, "published_at": NOBODY, "stored_at": NOBODY, "groups": NOBODY,
        "author_id": PSEUDONYM, "state": NOBODY, "due_at": NOBODY, "expires_at": NOBODY,
        "changed_at": NOBODY, "planned_rooms": NOBODY, "planned_people": NOBODY,
        "count_at": NOBODY,
    },
    "notice_areas": dict.fromkeys(["notice_id", "place", "area"], NOBODY),
    "notice_numbers": dict.fromkeys(["number", "given_at"], NOBODY),
    "occurrences": dict.fromkeys(["what", "due_at", "happened_at"], NOBODY),
    "notes": {
        "id": NOBODY, "feature": NOBODY, "person_id": PSEUDONYM, "awaits": NOBODY,
        "about": NOBODY,
        "content": SEALED, "created_at": NOBODY, "expires_at": NOBODY,
    },
    "relay_parts": {"room": NOBODY, "message": PSEUDONYM, "relay_id": NOBODY},
    "relays": {
        "id": NOBODY, "group_slug": NOBODY, "person_id": PSEUDONYM, "origin_room": NOBODY,
        "origin_message": PSEUDONYM, "reply_to": PSEUDONYM, "content": SEALED,
        "had_media": NOBODY, "is_named": NOBODY, "place": PSEUDONYM, "sent_at": NOBODY,
        "stays": NOBODY, "digest": PSEUDONYM, "spoke_for": NOBODY, "spoke_as": NOBODY,
        "files": PSEUDONYM,
    },
    "bursts": dict.fromkeys(["id", "room", "group_slug", "kept_until"], NOBODY),
    "burst_lines": dict.fromkeys(["id", "burst_id", "relay_id"], NOBODY),
    "polls": {
        "id": NOBODY, "group_slug": NOBODY, "author_id": PSEUDONYM, "origin_room": NOBODY,
        "origin_message": PSEUDONYM, "content": SEALED, "asked_at": NOBODY,
        "closes_at": NOBODY, "closed_at": NOBODY,
    },
    "poll_votes": {
        "poll_id": NOBODY, "person_id": PSEUDONYM, "choice": NOBODY, "at": NOBODY,
    },
    "tips": {
        "number": NOBODY, "organisation": NOBODY, "tipster": PSEUDONYM, "key_owner": NOBODY,
        "content": SEALED, "state": NOBODY, "sent_at": NOBODY, "touched_at": NOBODY,
        "arrived_at": NOBODY, "closed_at": NOBODY,
    },
    "tip_lines": {
        "id": NOBODY, "tip": NOBODY, "is_desks": NOBODY, "writer": PSEUDONYM,
        "origin": PSEUDONYM, "content": SEALED, "at": NOBODY,
    },
    "relay_mutes": {"person_id": PSEUDONYM, "group_slug": NOBODY, "since": NOBODY},
    "relay_reactions": {
        "relay_id": NOBODY, "person_id": PSEUDONYM, "room": NOBODY, "emoji": NOBODY,
        "set_at": NOBODY,
    },
    "copies": {
        "id": NOBODY, "subject_kind": NOBODY, "subject_id": NOBODY, "platform": NOBODY,
        "lane": PSEUDONYM, "room": NOBODY, "identity": PSEUDONYM, "person_id": PSEUDONYM,
        "state": NOBODY, "secret": NOBODY, "message_ids": NOBODY,
        "fingerprint": NOBODY, "answers_message": PSEUDONYM, "answers_copy": NOBODY,
        "created_at": NOBODY, "pin": NOBODY,
    },
    "copy_parts": {"place": PSEUDONYM, "message_id": NOBODY, "copy_id": NOBODY},
    "effects": {
        "id": NOBODY, "verb": NOBODY, "platform": NOBODY, "lane": PSEUDONYM,
        "urgency": NOBODY, "copy_id": NOBODY, "target_room": NOBODY,
        "target_message": PSEUDONYM, "on_doubt": NOBODY, "state": NOBODY, "version": NOBODY,
        "attempts": NOBODY, "doubts": NOBODY, "not_before": NOBODY, "stored_at": NOBODY,
        "reason": NOBODY,
    },
    "inbox": {
        "id": NOBODY, "platform": NOBODY, "update_id": NOBODY, "lane": PSEUDONYM,
        "state": NOBODY, "payload": SEALED, "key_owner": NOBODY, "received_at": NOBODY,
        "not_before": NOBODY, "attempts": NOBODY, "person_id": PSEUDONYM, "purpose": NOBODY,
        "about": PSEUDONYM, "amendment": SEALED, "reason": NOBODY, "bundle": PSEUDONYM,
    },
    "audit": {
        "id": NOBODY, "at": NOBODY, "person_id": PSEUDONYM, "verb": NOBODY, "about": NOBODY,
    },
    "web_accounts": {"id": HANDLE, "login": PSEUDONYM, "profile": SEALED},
    "web_rooms": {"id": HANDLE, "title": NOBODY},
    "web_members": {"id": NOBODY, "room": HANDLE, "account": HANDLE},
    "web_messages": {
        "id": NOBODY, "room": HANDLE, "author": HANDLE, "key": NOBODY, "key_owner": PSEUDONYM,
        "content": SEALED, "sent_at": NOBODY, "edited_at": NOBODY,
    },
    "web_reactions": {"message_id": NOBODY, "account": HANDLE, "emoji": NOBODY},
    "web_updates": {"id": NOBODY, "key_owner": NOBODY, "payload": SEALED},
    "files": {"id": NOBODY, "holder": NOBODY},
    "keys": {"owner": HANDLE, "key": SEALED},
}  # fmt: skip


def columns(metadata: MetaData) -> dict[str, dict[str, Column[object]]]:
    """Every column of every table."""
    return {
        table.name: {column.name: column for column in table.columns}
        for table in metadata.sorted_tables
    }


ALL = columns(TARGETS["main"]) | columns(TARGETS["keys"])


def test_every_column_is_classified() -> None:
    """A new one fails here until somebody has thought about it."""
    unknown = {
        f"{table}.{name}"
        for table, found in ALL.items()
        for name in found
        if name not in CLASSES.get(table, {})
    }
    gone = {
        f"{table}.{name}"
        for table, found in CLASSES.items()
        for name in found
        if name not in ALL.get(table, {})
    }

    assert unknown == set(), "say in CLASSES what it holds"
    assert gone == set(), "drop it from CLASSES"


@pytest.mark.parametrize("table", sorted(CLASSES))
def test_sealed_is_bytes_and_bytes_are_sealed(table: str) -> None:
    """What is text in the database can be read by whoever takes it."""
    for name, column in ALL[table].items():
        is_bytes = isinstance(column.type, LargeBinary)
        assert is_bytes == (CLASSES[table][name] == SEALED), f"{table}.{name}"


def test_keys_are_kept_apart() -> None:
    """Whoever has a backup of the main database alone has nothing."""
    assert KEYS.name not in columns(TARGETS["main"])
