"""What a room needs before the bot can do all its work there: one message that corrects itself."""

from dataclasses import replace

import pytest

from bot.domain.messages import MessageRef, RoomRef
from bot.domain.rights import Right
from bot.domain.room_news import Foothold, IncomingFoothold
from tests.features.test_groups import YARD, YARD_ON_MATRIX, code_for, make_group
from tests.town import ANNA, EVA, MX_ROOM, OWNER, TG_ROOM, Town, alby

ALL = frozenset(Right)
MEMBER = frozenset({Right.POSTS})
OPEN, DONE = "◻️", "✅"


async def lets_in(
    town: Town,
    rights: frozenset[Right] = MEMBER,
    *,
    room: RoomRef = YARD,
    foothold: Foothold = Foothold.MEMBER,
) -> None:
    """Let the bot come in with some rights, or get others."""
    await town.happens(
        IncomingFoothold(
            ref=MessageRef(room, ""),
            sender=town.sender(EVA if room.platform is EVA.platform else ANNA),
            foothold=foothold,
            is_direct=False,
            rights=rights,
        )
    )


def signs(town: Town, room: RoomRef = YARD) -> str:
    """The signs of the steps, in their order."""
    (shown,) = town.in_room(room)
    return "".join(line[0] for line in shown.text.splitlines() if line[:1] in {"✅", "◻"})


@pytest.fixture
def yard(town):
    """A room that is no group's yet; Anna administers it, and Eva one on Matrix."""
    town.telegram.administrators |= {(ANNA, YARD), (ANNA, TG_ROOM)}
    town.telegram.titles[YARD] = "Gården i Albyberget"
    town.matrix.administrators |= {(EVA, YARD_ON_MATRIX), (EVA, MX_ROOM)}
    return town


async def test_room_is_told_what_is_missing_with_the_exact_steps(yard):
    """Once, and each step with its sign."""
    await lets_in(yard)

    (text,) = yard.texts(YARD)
    assert signs(yard) == "◻◻◻◻"
    for step in ("@BotFather", "administratör", "Radera meddelanden", "/group new", "/link"):
        assert step in text


async def test_message_is_in_the_language_of_who_let_the_bot_in(yard):
    """Also when somebody else changes something later."""
    yard.language = "en"
    await lets_in(yard)
    yard.language = "sv"
    await lets_in(yard, MEMBER | {Right.READS_ALL})

    (text,) = yard.texts(YARD)
    assert text.startswith("Hello!")
    assert "I can read" in text


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        (MEMBER, "◻◻◻◻"),
        (MEMBER | {Right.READS_ALL}, "✅◻◻◻"),
        (MEMBER | {Right.DELETES}, "◻✅◻◻"),
        (MEMBER | {Right.PINS}, "◻◻✅◻"),
        (ALL, "✅✅✅◻"),
    ],
)
async def test_message_corrects_itself_as_rights_change(yard, rights, expected):
    """In place, and back again."""
    await lets_in(yard)
    await lets_in(yard, rights, foothold=Foothold.ADMIN)
    assert signs(yard) == expected
    await lets_in(yard)

    assert signs(yard) == "◻◻◻◻"
    assert len(yard.in_room(YARD)) == 1


async def test_room_that_becomes_a_group_is_done_and_the_message_goes_the_next_day(yard):
    """It says so in one line until then."""
    await lets_in(yard, ALL, foothold=Foothold.ADMIN)
    setup = yard.in_room(YARD)[0]
    await make_group(yard)
    assert setup.text == "✅ Allt är på plats i Gården i Albyberget. Listan försvinner i morgon."
    await yard.passes(hours=23)
    assert not setup.removed
    await yard.passes(hours=2)

    assert setup.removed
    assert yard.rows("SELECT count(*) FROM notes WHERE feature = 'room_setup'") == [(0,)]


async def test_linked_room_is_done_and_unlinked_room_is_not(yard):
    """As the room itself says."""
    await lets_in(yard)
    setup = yard.in_room(YARD)[0]
    await yard.writes(ANNA, TG_ROOM, "/link")
    await yard.writes(ANNA, YARD, f"/link {code_for(yard, ANNA)}")
    assert "✅ Rummet hör till Alby grannar." in setup.text
    await yard.writes(ANNA, YARD, "/unlink")
    await yard.taps(ANNA, "Ja, lämna")

    assert "◻️ Koppla rummet" in setup.text


@pytest.mark.parametrize("way", ["link", "new"])
async def test_topic_that_becomes_a_group_s_ticks_the_forum_s_list_at_once(yard, way):
    """The list stands in the forum, and the room is one of its topics."""
    topic = RoomRef(YARD.platform, f"{YARD.room_id}/7")
    yard.telegram.capabilities = replace(yard.telegram.capabilities, inner_room_mark="/")
    yard.telegram.administrators.add((ANNA, topic))
    yard.telegram.titles[topic] = "Gården i Albyberget"
    await lets_in(yard)
    (setup,) = yard.in_room(YARD)
    if way == "link":
        await yard.writes(ANNA, TG_ROOM, "/link")
        await yard.writes(ANNA, topic, f"/link {code_for(yard, ANNA)}")
    else:
        await make_group(yard, room=topic)

    assert "✅ Rummet hör till" in setup.text
    if way == "link":
        await yard.writes(ANNA, topic, "/unlink")
        await yard.taps(ANNA, "Ja, lämna")
        assert "◻️ Koppla rummet" in setup.text


async def test_what_the_platform_has_no_word_for_is_not_asked_for(yard):
    """There the bot may do it."""
    await lets_in(yard, frozenset(), room=YARD_ON_MATRIX)

    assert signs(yard, YARD_ON_MATRIX) == "◻"


async def test_bot_that_was_put_out_and_let_in_again_corrects_what_stands_there(yard):
    """As the way to read everything wants it: it is not said twice."""
    await lets_in(yard)
    await lets_in(yard, frozenset(), foothold=Foothold.GONE)
    await lets_in(yard, MEMBER | {Right.READS_ALL})

    assert signs(yard) == "✅◻◻◻"


async def test_same_rights_again_change_nothing(yard):
    """Nor does a restart."""
    await lets_in(yard)
    await yard.app.close()
    await yard.app.open()
    await lets_in(yard)
    await yard.passes(hours=1)

    (shown,) = yard.in_room(YARD)
    assert shown.edits == 0


async def test_room_that_lacks_nothing_is_quiet(yard):
    """Nothing is said that nobody needs."""
    await lets_in(yard, ALL, room=TG_ROOM, foothold=Foothold.ADMIN)

    assert yard.texts(TG_ROOM) == []


async def test_bot_that_may_not_write_says_nothing_until_it_may(yard):
    """It can't ask there; an answer in vain is not tried."""
    await lets_in(yard, frozenset(), foothold=Foothold.MUTED)
    assert yard.texts(YARD) == []
    await lets_in(yard)

    assert signs(yard) == "◻◻◻◻"


async def test_group_of_the_configuration_is_seen_at_the_next_start(open_town):
    """Whoever runs the bot may write the room into the file instead."""
    town = await open_town()
    await lets_in(town, ALL, foothold=Foothold.ADMIN)
    await town.app.close()
    later = await open_town(groups=(alby(rooms=(YARD, MX_ROOM)),))
    later.telegram.shown, later.telegram._by_key = town.telegram.shown, town.telegram._by_key
    await later.passes(seconds=1)

    (shown,) = later.in_room(YARD)
    assert shown.text.startswith("✅ Allt är på plats i Alby grannar.")


async def test_message_that_nobody_minds_goes_away(yard):
    """After a month it may no longer be true."""
    await lets_in(yard)
    await yard.passes(days=31)

    assert yard.texts(YARD) == []


async def test_coordinators_are_not_told_of_rooms_that_are_nobody_s(yard):
    """Whoever lets the bot in somewhere is told there."""
    await yard.writes(OWNER, None, "/start")
    told = yard.texts(OWNER)
    await lets_in(yard)

    assert yard.texts(OWNER) == told
