"""Whatever stands in an event, it is read or refused; nothing else ever happens."""

import json
import random
from collections.abc import Mapping

import pytest

from bot.bridges.matrix import updates
from bot.domain.incoming import IncomingMessage
from bot.domain.richtext_json import Json
from bot.errors import MalformedUpdate
from tests.bridges.matrix.events import ANNA, BO, ME, event, reads, reads_json
from tests.bridges.spoiling import ROUNDS, spoil
from tests.servers.matrix import contents
from tests.servers.matrix.contents import File

pytestmark = pytest.mark.slow

PHOTO = File(kind="m.image", data=b"abc", name="a.jpg", mime="image/jpeg", width=4, height=3)
VOICE = File(kind="m.audio", data=b"abc", name="a.ogg", mime="audio/ogg", is_voice=True)
STICKER = File(kind="m.sticker", data=b"abc", name="a.webp", mime="image/webp")
MEMBER = {"membership": "join", "displayname": "Anna"}
LEVELS: dict[str, Json] = {"users": {ANNA: 100, ME: 50}, "events": {"m.room.pinned_events": 50}}


def happened(kind: str, content: Mapping[str, object], **changes: Json) -> Json:
    """An event of Anna's, as it comes over the wire."""
    return event(kind, json.loads(json.dumps(content)), **changes)


def said(content: Mapping[str, object]) -> Json:
    """A message of hers."""
    return happened("m.room.message", content)


SEEDS: list[Json] = [
    said(contents.text("Hej", html="<b>Hej</b>", mentions=[BO, "@room"])),
    said(contents.edit("$0", contents.text("Hej då", html="<i>Hej</i> då"))),
    said(contents.text("Ja") | contents.relation(reply_to="$0", thread="$9")),
    said(contents.file(PHOTO, "mxc://hem.se/a")),
    said(contents.file(VOICE, "mxc://hem.se/b")),
    happened("m.sticker", contents.file(STICKER, "mxc://hem.se/c")),
    said(contents.location(59.2, 17.8, words="Torget", is_own=True)),
    happened(contents.BEACON_INFO, contents.live_place(words="Hit", lasts_s=60, is_live=True)),
    happened(contents.BEACON, contents.beacon("$0", 59.2, 17.8)),
    happened(contents.POLL_START, contents.poll("När?", ["Nu", "Sen"])),
    happened(contents.POLL_RESPONSE, contents.vote("$0", ["1"])),
    happened(contents.POLL_END, contents.poll_end("$0", "Slut")),
    happened("m.reaction", contents.reaction("$0", "👍")),
    happened("m.room.redaction", {"redacts": "$0"}, redacts="$0"),
    happened(
        "m.room.member", MEMBER, state_key=BO, unsigned={"prev_content": {"membership": "ban"}}
    ),
    happened("m.room.power_levels", LEVELS, state_key="", unsigned={"prev_content": LEVELS}),
    happened("m.room.tombstone", {"replacement_room": "!nytt"}, state_key=""),
]
BESIDE: dict[str, Json] = {"name": "Anna", "direct": False, "levels": LEVELS, "create": {}}


def test_seeds_are_what_people_send() -> None:
    """Most of them say something as they are."""
    assert sum(reads(seed, BESIDE) is not None for seed in SEEDS) > len(SEEDS) / 2


def test_spoilt_events_are_read_or_refused() -> None:
    """What was real, with pieces left out, replaced, or put in from elsewhere."""
    chance = random.Random(20261122)
    for _ in range(ROUNDS):
        update: Json = {
            updates.ROOM: "!torget",
            updates.EVENT: chance.choice(SEEDS),
            **BESIDE,
            "reaction": chance.choice(SEEDS),
        }
        spoilt = spoil(update, chance, SEEDS)
        try:
            json.dumps(spoilt).encode()
            found = reads_json(spoilt)
        except MalformedUpdate:
            continue
        if isinstance(found, IncomingMessage):
            found.text.plain.encode()
            found.sender.name.encode()
