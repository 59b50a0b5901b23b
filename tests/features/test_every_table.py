"""What is kept of somebody: all of it is handed out, goes with them, and ends by itself.

A new table that can name a person fails here until somebody has thought about all three.
"""

import json
from dataclasses import dataclass, replace

import pytest

from bot.domain.messages import UserRef
from bot.domain.organisations import OrganisationId
from bot.domain.people import Grant, PersonId, Role
from bot.storage.vault import KEYS
from tests.features.test_polls import asks, votes
from tests.features.test_privacy import BOMB
from tests.features.test_verification import PIA_AT_WORK, code_in, proves
from tests.storage.test_columns import ALL, CLASSES, NOBODY
from tests.town import (
    ANNA,
    BO,
    DESK,
    EVA,
    IN_ALBYBERGET,
    MX_ROOM,
    POLICE,
    TG_ROOM,
    Town,
    make_town,
    police,
)

UNTIL_FORGET = "until /forget, or until the person ends it"
WITH_ITS_SUBJECT = "with the report, notice, group or role that it is about"


@dataclass(frozen=True)
class Kept:
    """What becomes of a table's rows about somebody.

    Attributes:
        exported: The field of `/export` in which they are.
        ends: The chore that ends them, or what else does.
    """

    exported: str
    ends: str


KEPT = {
    "people": Kept("language", "forget_passers_by"),
    "identities": Kept("accounts", "forget_passers_by"),
    "consents": Kept("consents", UNTIL_FORGET),
    "grants": Kept("roles", "end_roles"),
    "owner_keys": Kept("signing_keys", "forget_owner_keys"),
    "verifications": Kept("verifications", "end_roles"),
    "verification_votes": Kept("approvals", WITH_ITS_SUBJECT),
    "barred_accounts": Kept("barred_from", WITH_ITS_SUBJECT),
    "mail_codes": Kept("mail_codes", "forget_mail_codes"),
    "aliases": Kept("aliases", UNTIL_FORGET),
    "group_members": Kept("groups", UNTIL_FORGET),
    "subscriptions": Kept("subscriptions", UNTIL_FORGET),
    "alert_settings": Kept("alert_settings", UNTIL_FORGET),
    "held_alerts": Kept("held_alerts", "give_held_alerts"),
    "digests": Kept("digests", "erase_empty_digests"),
    "recent_alerts": Kept("recent_alerts", "forget_recent_alerts"),
    "reports": Kept("reports", "erase_old_reports"),
    "report_marks": Kept("added_to_reports", WITH_ITS_SUBJECT),
    "report_updates": Kept("added_to_reports", WITH_ITS_SUBJECT),
    "official_posts": Kept("official_posts", "forget_old_posts"),
    "official_answers": Kept("official_answers", WITH_ITS_SUBJECT),
    "name_warnings": Kept("names_told_of", "forget_old_warnings"),
    "notices": Kept("notices", "forget_old_notices"),
    "tips": Kept("tips", "erase_old_tips"),
    "tip_lines": Kept("answers_to_tips", "erase_old_tips"),
    "notes": Kept("messages_from_the_bot", "forget_old_notes"),
    "relays": Kept("carried_lines", "wipe_old_lines"),
    "relay_reactions": Kept("reactions", "wipe_old_lines"),
    "relay_mutes": Kept("mute_relay", "forget_mutes_of_ended_groups"),
    "polls": Kept("polls", "wipe_old_polls"),
    "poll_votes": Kept("votes", "wipe_old_polls"),
    "copies": Kept("received", "forget_removed_copies"),
    "inbox": Kept("waiting_lines", "forget_old_updates"),
    "audit": Kept("decisions", "forget_old_facts"),
}
NOT_HANDED_OUT = {
    "routes": "where subscriptions are looked up; made of them, and gone with them",
    "spreads": "how far a report or notice has come on its way to many; gone with it",
    "lost_badges": "whose badge comes off their cards; done in seconds, else gone with /forget",
    "rounds": "how far a change has come on its way to many; gone in seconds",
    "copy_parts": "the platform's ids of messages that copies names",
    "effects": "what is on its way for a copy, and gone when it has arrived",
    "relay_parts": "the platform's ids of an album that relays names",
    "web_accounts": "test_web_privacy.py: a platform of its own, handed out as web_chat",
    "web_rooms": "test_web_privacy.py: rooms that the operator has named",
    "web_members": "test_web_privacy.py: in web_chat, as rooms",
    "web_messages": "test_web_privacy.py: in web_chat, as messages",
    "web_reactions": "test_web_privacy.py: in web_chat, as reactions",
    "web_updates": "test_web_privacy.py: on its way to the bot, and gone when it has taken it",
    KEYS.name: "opens what is handed out; destroyed with the person",
}
OUTLIVES_FORGET = {
    "barred_accounts": "a revoked role of the configuration must not come back by /forget",
}
"""Of these only the keyed hash of the account is left."""


def test_every_table_that_can_name_somebody_is_thought_about() -> None:
    """Handed out in a field, or a reason why not."""
    naming = {table for table, columns in CLASSES.items() if {*columns.values()} != {NOBODY}}

    assert naming == KEPT.keys() | NOT_HANDED_OUT.keys()
    assert KEPT.keys().isdisjoint(NOT_HANDED_OUT)


def test_every_end_is_one_that_comes(tmp_path):
    """What is said to end something is done every hour, or more often."""
    holdings = make_town(tmp_path).app.holdings
    chores = {chore.name for holding in holdings for chore in holding.chores}
    ends = {kept.ends for kept in KEPT.values()}

    assert ends - chores == {UNTIL_FORGET, WITH_ITS_SUBJECT}


@pytest.fixture
async def town(open_town):
    """A town in which Pia of the police, who is of the fire service too, has done it all."""
    fire = replace(
        police().organisation,
        id=OrganisationId("raddningstjansten"),
        name="Räddningstjänsten",
        role=Role.FIRE_SERVICE,
        mail_domains=(),
    )
    town = await open_town(organisations=(police(), replace(police(), organisation=fire)))
    await town.agrees(ANNA, BO, EVA, POLICE)
    await _is_alerted(town)
    await _is_an_official(town)
    await _lives_here(town)
    await _is_noted(town)
    return town


async def test_all_that_is_kept_is_handed_out(town):
    """A table with rows of hers, and the field that tells of them."""
    empty = {table for table in KEPT if town.count_rows(table) == 0}
    assert empty == set(), "let Pia do what fills it"
    await town.writes(POLICE, None, "!export")

    held = await _exported(town, POLICE)
    missing = {kept.exported for kept in KEPT.values() if not held.get(kept.exported)}
    assert missing == set()
    assert held["mail_codes"] == [
        {
            "organisation": "polisen",
            "address": "p•••@\u2060polisen.se",
            "asked_at": held["mail_codes"][0]["asked_at"],
        }
    ]
    assert held["approvals"][0]["organisation"] == "polisen"
    assert held["barred_from"] == ["raddningstjansten"]
    await town.writes(POLICE, None, "!privacy")
    assert "• Att du bett om en kod per mejl, i 7 dagar" in town.last(POLICE)
    assert "• Att du godkänt någon för en organisation" in town.last(POLICE)


async def test_nothing_that_names_somebody_is_left_when_they_are_forgotten(town):
    """Neither the person's id nor the hash of the account stands in any column of any table."""
    person, account = await _ids(town, POLICE)
    assert _tables_with(town, person)
    assert _tables_with(town, account)
    await town.writes(POLICE, None, "!forget")
    await town.taps(POLICE, "Ja, radera allt")
    await town.passes(minutes=11)

    assert _tables_with(town, person) == set()
    assert _tables_with(town, account) == OUTLIVES_FORGET.keys()


async def _is_alerted(town: Town) -> None:
    """More comes than she wants at once: some in a digest, some while it is looked."""
    await town.writes(POLICE, None, "!bevaka albyberget alla")
    await town.writes(POLICE, None, "!digest max 1")
    for hours in (2, 0):
        for what in ("glas på marken", "bråk på torget", "klotter på skolan"):
            await town.writes(BO, TG_ROOM, f"/gul {what} för {hours} timmar sedan")
        await town.passes(hours=hours)


async def _is_an_official(town: Town) -> None:
    """She shows her mailbox, approves a colleague, answers a rumour and a tip, tells an area."""
    await proves(town, POLICE, PIA_AT_WORK)
    await proves(town, ANNA, "anna.ek@polisen.se")
    await town.writes(POLICE, None, f"!approve {code_in(town.last(DESK))}")
    await town.writes(POLICE, None, f"!official {town.report_id()} false Det var en övning")
    await town.taps(POLICE, "Skicka")
    await town.writes(POLICE, None, "!notice albyberget: Vattnet stängs av")
    await town.taps(POLICE, "Skicka")
    await town.writes(BO, None, "/tip polisen Kalle säljer stulna cyklar")
    await town.taps(BO, "Skicka till Polisen")
    await town.writes(POLICE, DESK, "Tack", reply_to=town.in_room(DESK)[-1].ref)


async def _lives_here(town: Town) -> None:
    """She does what neighbours do."""
    await town.writes(POLICE, None, "!samtycke")
    await town.taps(POLICE, "Använd min plats")
    await town.writes(POLICE, None, "", position=IN_ALBYBERGET)
    card = town.cards(MX_ROOM)[0]
    await town.presses(POLICE, card, "Sett")
    await town.writes(POLICE, MX_ROOM, "!update Jag ser det", reply_to=card.ref)
    await town.writes(POLICE, MX_ROOM, "!gul Klotter på skolan")
    await town.writes(POLICE, MX_ROOM, "hej alla")
    await town.writes(BO, TG_ROOM, "hej Pia")
    await town.reacts(POLICE, town.in_room(MX_ROOM)[-1].ref, "👍")
    await votes(town, POLICE, await asks(town, POLICE, MX_ROOM), 0)
    await town.writes(POLICE, None, "!tip raddningstjansten Brandvarnaren är trasig")
    await town.taps(POLICE, "Skicka till Räddningstjänsten")
    await town.writes(POLICE, MX_ROOM, "!mute_relay")


async def _is_noted(town: Town) -> None:
    """What only others, or mishaps, bring about."""
    now = town.clock.now()
    person, _ = await _ids(town, POLICE)
    async with town.app.parts.database.write() as uow:
        await uow.people.grant(POLICE, Grant(role=Role.COORDINATOR), now)
        await uow.name_warnings.add(PersonId(person), "en annan Polis", now)
        await uow.owner_keys.pin(POLICE, PersonId(person), "a1" * 16, now)
        await uow.verifications.revoke(PersonId(person), "raddningstjansten", now)
    whole = town.app.inbox.dispatcher
    town.app.inbox.dispatcher = replace(whole, features=(BOMB,))
    await town.writes(POLICE, MX_ROOM, "det här blev fel")
    for _ in range(6):
        await town.passes(minutes=1)
    town.app.inbox.dispatcher = whole


async def _ids(town: Town, user: UserRef) -> tuple[str, str]:
    """What stands for somebody in the database: the person's id, and the account's hash."""
    async with town.app.parts.database.read() as uow:
        person = await uow.people.by_user(user, town.clock.now())
    return person.id, town.app.parts.database.vault.hash_of(user)


def _tables_with(town: Town, text: str) -> set[str]:
    """The tables in which something holds a text."""
    return {
        table
        for table in ALL
        if table != KEYS.name
        and any(
            text in str(value) for row in town.rows(f'SELECT * FROM "{table}"') for value in row
        )
    }


async def _exported(town: Town, user: UserRef):
    file = town.told(user)[-1].message.media[0]
    return json.loads(await town.app.parts.media.read(file.id) or b"{}")
