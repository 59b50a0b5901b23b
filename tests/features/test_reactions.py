"""Emoji on carried lines: counted as people, shown where others are."""

import json

import pytest

from bot.domain.incoming import IncomingReaction
from bot.domain.messages import MessageRef
from bot.domain.reactions import EACH_AT_MOST
from bot.errors import PermanentFailure, Why
from tests.town import ANNA, BO, CILLA, EVA, MX_ROOM, POLICE, TG_ROOM, Town, labels_of


@pytest.fixture
async def line(town: Town) -> MessageRef:
    """Eva's line on Matrix, which has arrived on Telegram and whose words are forgotten."""
    said = await town.writes(EVA, MX_ROOM, "Städdag på lördag")
    await town.passes(seconds=10)
    return said


def copy_of(town: Town, room=TG_ROOM):
    """The copy of the line."""
    return town.in_room(room)[-1]


async def test_reaction_on_the_original_is_counted_on_the_copies(town, line):
    """Those who sit in the other room see it under the words, which stay as they are."""
    await town.reacts(EVA, line, "❤️")
    await town.reacts(POLICE, line, "❤️")
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["❤️ 2"]
    assert copy_of(town).text == "Granne 1: Städdag på lördag"


async def test_reactions_of_all_rooms_are_one_tally(town, line):
    """On the copy and on the original alike."""
    await town.reacts(EVA, line, "👍")
    await town.reacts(BO, copy_of(town).ref, "👍")
    await town.reacts(ANNA, copy_of(town).ref, "❤")
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["👍 2", "❤️ 1"]


async def test_bot_sets_on_the_original_what_others_feel(town, line):
    """It stands in for the people whom its author can't see there."""
    await town.reacts(BO, copy_of(town).ref, "👍")
    await town.passes(seconds=1)
    await town.reacts(ANNA, copy_of(town).ref, "🎉")
    await town.passes(seconds=10)

    assert town.matrix.reactions == {line: ("👍", "🎉")}


async def test_where_one_emoji_is_allowed_the_most_felt_stands(town):
    """And only such as the platform lets a bot set."""
    said = await town.writes(BO, TG_ROOM, "Städdag på lördag")
    for user, emoji in ((EVA, "👀"), (POLICE, "👀"), (EVA, "❤"), (POLICE, "❤"), (EVA, "👍")):
        await town.reacts(user, copy_of(town, MX_ROOM).ref, emoji)
    await town.passes(seconds=10)

    assert town.telegram.reactions == {said: ("❤",)}


async def test_where_buttons_come_only_with_words_the_bot_sets_emoji_on_the_copy(town):
    """The nearest way to show it: the words are forgotten by then."""
    said = await town.writes(BO, TG_ROOM, "Städdag på lördag")
    await town.passes(seconds=10)
    copy = copy_of(town, MX_ROOM)
    await town.reacts(ANNA, said, "👍")
    await town.reacts(EVA, copy.ref, "🎉")
    await town.passes(seconds=10)

    assert town.matrix.reactions == {copy.ref: ("👍",)}
    assert (copy.text, copy.edits) == ("Granne 1: Städdag på lördag", 0)


async def test_own_room_s_reactions_are_not_said_twice(town, line):
    """The platform counts those itself, right there."""
    await town.reacts(BO, copy_of(town).ref, "👍")
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == []
    assert copy_of(town).edits == 0


async def test_reaction_taken_back_is_out(town, line):
    """On the copy and on the line."""
    await town.reacts(EVA, line, "👍")
    await town.reacts(BO, copy_of(town).ref, "🎉")
    await town.passes(seconds=10)
    await town.reacts(EVA, line, "👍", added=False)
    await town.reacts(BO, copy_of(town).ref, "🎉", added=False)
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == []
    assert copy_of(town).text == "Granne 1: Städdag på lördag"
    assert town.matrix.reactions == {line: ()}
    assert town.footprint()["relay_reactions"] == 0


async def test_swapped_emoji_leaves_the_first_one(town, line):
    """Telegram tells all that somebody has set by now, not what they took back."""
    for emoji in ("👍", "❤"):
        await town.happens(
            IncomingReaction(
                ref=line,
                sender=town.sender(EVA),
                emoji=emoji,
                added=True,
                is_direct=False,
                standing=(emoji,),
            )
        )
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["❤️ 1"]


async def test_same_reaction_told_twice_is_one(town, line):
    """Platforms repeat themselves."""
    for _ in range(2):
        await town.reacts(EVA, line, "👍")
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["👍 1"]


async def test_storm_of_reactions_is_one_edit(town, line):
    """A room takes few edits a minute."""
    for number in range(30):
        await town.reacts(town.newcomer(f"Gäst {number}", platform=EVA.platform), line, "👍")
    assert copy_of(town).edits == 0
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["👍 30"]
    assert copy_of(town).edits == 1


async def test_press_on_the_tally_adds_one_s_own_and_takes_it_back(town, line):
    """Those who can't find the emoji can press it."""
    await town.reacts(EVA, line, "👍")
    await town.passes(seconds=10)
    await town.presses(BO, copy_of(town), "👍")
    await town.passes(seconds=10)
    assert labels_of(copy_of(town)) == ["👍 2"]
    await town.presses(BO, copy_of(town), "👍")
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["👍 1"]


async def test_tally_stays_under_words_that_are_changed(town, line):
    """An edit brings the words anew and loses nobody's feelings."""
    await town.reacts(EVA, line, "👍")
    await town.passes(seconds=10)
    await town.edits(EVA, line, "Städdag på söndag")

    assert copy_of(town).text == "Granne 1: Städdag på söndag (ändrat)"
    assert labels_of(copy_of(town)) == ["👍 1"]


async def test_words_are_nothing_that_can_be_set(town, line):
    """Matrix lets people react with any text; on a tally it would be read as the bot's."""
    await town.reacts(EVA, line, "Polisen ✔ ljuger")
    await town.passes(seconds=10)

    assert [label[:1] for label in labels_of(copy_of(town))] == ["❔"]


async def test_nobody_fills_a_tally_alone(town, line):
    """Some platforms let people set as many as they like."""
    for emoji in "👍❤🎉🔥😢🙏🌚💯":
        await town.reacts(EVA, line, emoji)
    await town.passes(seconds=10)

    assert len(labels_of(copy_of(town))) == EACH_AT_MOST


async def test_reaction_to_what_the_bot_never_carried_is_nothing(town, line):
    """A line from before it came, or a card that has its own buttons."""
    await town.reacts(BO, town.new_ref(BO, TG_ROOM), "👍")
    await town.reacts(ANNA, MessageRef(TG_ROOM, "b999"), "👍")

    assert town.footprint()["relay_reactions"] == 0


async def test_room_that_wants_no_emoji_is_left_alone(town):
    """Whoever administers it decides; nothing waits for an operator."""
    await town.writes(BO, TG_ROOM, "Städdag på lördag")
    await town.reacts(EVA, copy_of(town, MX_ROOM).ref, "👍")
    town.telegram.fail_next = PermanentFailure("REACTION_INVALID", why=Why.NO_RIGHTS)
    await town.passes(seconds=10)

    async with town.app.parts.database.read() as uow:
        depth = await uow.outbox.depth(BO.platform)
    assert (depth.given_up, depth.waiting) == (0, 0)


async def test_tally_does_not_hold_up_what_is_said(town, line):
    """It comes later than all else."""
    await town.reacts(EVA, line, "👍")
    await town.writes(EVA, MX_ROOM, "Kom klockan tio")

    assert town.last(TG_ROOM) == "Granne 1: Kom klockan tio"


async def test_export_has_one_s_reactions_and_privacy_counts_them(town, line):
    """They say what somebody feels."""
    await town.reacts(EVA, line, "❤")
    await town.writes(EVA, None, "!privacy")
    assert "1 emoji du satt på en rad" in town.last(EVA)
    await town.writes(EVA, None, "!export")

    file = town.told(EVA)[-1].message.media[0]
    held = json.loads(await town.app.parts.media.read(file.id) or b"")
    assert [(r["room"], r["emoji"]) for r in held["reactions"]] == [(str(MX_ROOM), "❤️")]


async def test_somebody_forgotten_is_counted_no_more(town, line):
    """Their emoji goes from every tally."""
    await town.reacts(CILLA, copy_of(town).ref, "👍")
    await town.reacts(EVA, line, "👍")
    await town.passes(seconds=10)
    await town.taps_after(CILLA, "/glom", "Ja, radera allt")
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["👍 1"]
    assert town.matrix.reactions[line] == ()
    assert town.footprint()["relay_reactions"] == 1


async def test_line_of_somebody_forgotten_bears_the_bot_s_emoji_no_more(town, line):
    """The line is theirs and stays; what the bot has put on it goes."""
    await town.reacts(BO, copy_of(town).ref, "👍")
    await town.passes(seconds=10)
    await town.taps_after(EVA, "!glom", "Ja, radera allt")

    assert town.matrix.reactions[line] == ()
    assert town.footprint()["relay_reactions"] == 0


async def test_deleted_line_takes_its_reactions_along(town, line):
    """Nothing is kept about what is no more."""
    await town.reacts(BO, copy_of(town).ref, "👍")
    await town.deletes(EVA, line)

    assert town.footprint()["relay_reactions"] == 0


async def test_who_reacted_is_forgotten_in_time(town, line):
    """The tally stays where it stands, and counts no further."""
    await town.reacts(EVA, line, "👍")
    await town.passes(seconds=10)
    await town.passes(days=31)
    assert town.footprint()["relay_reactions"] == 0
    await town.reacts(BO, copy_of(town).ref, "👍")
    await town.passes(seconds=10)

    assert labels_of(copy_of(town)) == ["👍 1"]
    assert town.footprint()["relay_reactions"] == 0
