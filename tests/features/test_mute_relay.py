"""Keeping one's own lines on their side of a group."""

import json

import pytest

from bot.domain.incoming import Quoted
from tests.town import ANNA, BO, EVA, MX_ROOM, POLICE, TG_ROOM, Town, labels_of


@pytest.fixture
async def muted(town: Town) -> Town:
    """Anna keeps her lines in the room on Telegram."""
    await town.writes(ANNA, TG_ROOM, "/mute_relay")
    return town


async def test_lines_stay_where_they_are_written(muted):
    """Others' go on."""
    await muted.writes(ANNA, TG_ROOM, "bara här")
    await muted.writes(BO, TG_ROOM, "överallt")

    assert [text.partition(": ")[2] for text in muted.texts(MX_ROOM)] == ["överallt"]


async def test_choice_is_answered_in_private_with_a_way_back(muted):
    """The group need not know."""
    assert muted.texts(TG_ROOM) == []
    assert muted.last(ANNA) == (
        "Det du skriver i Alby grannar stannar i rummet där du skriver det. "
        "Rapporter går fram till alla som förut."
    )
    await muted.taps(ANNA, "Låt dem gå till alla rum")
    await muted.writes(ANNA, TG_ROOM, "hej igen")

    assert muted.last(MX_ROOM) == "Granne 1: hej igen"


async def test_command_in_the_room_is_taken_away(muted):
    """Like every command that the bot answers to."""
    assert len(muted.telegram.redacted) == 1


@pytest.mark.parametrize("typed", ["/mute_relay off", "/bara_har av", "/mute_relay OFF"])
async def test_it_is_ended_by_a_word(muted, typed):
    """In either language."""
    await muted.writes(ANNA, TG_ROOM, typed)
    await muted.writes(ANNA, TG_ROOM, "hej igen")

    assert muted.last(ANNA) == "Det du skriver i Alby grannar går till gruppens alla rum."
    assert muted.last(MX_ROOM) == "Granne 1: hej igen"


async def test_reports_reach_everybody_all_the_same(muted):
    """A warning is no talk."""
    await muted.writes(ANNA, TG_ROOM, "/rod rök ur ett fönster")

    assert "rök ur ett fönster" in muted.card(MX_ROOM).text


async def test_line_that_stayed_is_signed_once_a_day_without_a_sound(muted):
    """Who has forgotten the choice wonders why nobody answers."""
    for _ in range(3):
        await muted.writes(ANNA, TG_ROOM, "bara här")
    signs = [s for s in muted.told(ANNA) if "stannar i rummet, som du har valt" in s.text]
    assert [(s.message.silent, labels_of(s)) for s in signs] == [
        (True, ["Låt dem gå till alla rum"])
    ]
    await muted.passes(days=1)
    await muted.writes(ANNA, TG_ROOM, "bara här")

    assert sum("som du har valt" in text for text in muted.texts(ANNA)) == 2


async def test_in_private_one_s_groups_are_offered(town):
    """Each with what can be changed."""
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(ANNA, None, "/mute_relay")
    assert labels_of(town.told(ANNA)[-1]) == ["Alby grannar: stanna i rummet"]
    await town.taps(ANNA, "Alby grannar")
    await town.writes(ANNA, TG_ROOM, "bara här")

    assert town.texts(MX_ROOM) == ["Granne 1: hej"]


async def test_who_has_written_nowhere_is_told_where(town):
    """There is nothing to choose yet."""
    await town.writes(ANNA, None, "/mute_relay")

    assert town.last(ANNA) == (
        "Du har inte skrivit i någon grupp än. "
        "Skriv en rad i gruppens rum, så kan du välja här sedan."
    )


async def test_choice_for_a_group_of_others_is_none(town):
    """Nobody can set what they have no part in; nor does it tell whether the group is there."""
    await town.writes(ANNA, TG_ROOM, "hej")
    await town.writes(ANNA, None, "/mute_relay on butikerna")

    assert town.count_rows("relay_mutes") == 0


async def test_reply_does_not_carry_what_stayed(muted):
    """Quoting is for what can't be seen there because it is old, not because it is kept."""
    line = await muted.writes(ANNA, TG_ROOM, "hemligt för Matrix")
    quoted = Quoted(text="hemligt för Matrix", is_chosen=True)
    await muted.sends(BO, TG_ROOM, "Jaså", reply_to=line, quoted=quoted)

    assert muted.last(MX_ROOM) == "Granne 2: Jaså"


async def test_edit_does_not_carry_what_stayed(muted):
    """Also when the choice was taken back since."""
    line = await muted.writes(ANNA, TG_ROOM, "bara här")
    await muted.writes(ANNA, TG_ROOM, "/mute_relay off")
    await muted.edits(ANNA, line, "bara här, ändrat")

    assert muted.texts(MX_ROOM) == []


async def test_words_that_stay_are_not_kept(muted):
    """The bot has no use for them."""
    await muted.writes(ANNA, TG_ROOM, "bara här")

    assert muted.rows("SELECT content, stays FROM relays") == [(None, 1)]


async def test_feelings_stay_too(muted):
    """A sign under another's words is a word as well; those set before can be taken back."""
    line = await muted.writes(EVA, MX_ROOM, "Städdag?")
    await muted.reacts(ANNA, muted.in_room(TG_ROOM)[-1].ref, "👍")
    await muted.reacts(EVA, line, "👍")
    await muted.passes(seconds=10)
    await muted.presses(ANNA, muted.in_room(TG_ROOM)[-1], "👍")
    await muted.passes(seconds=10)

    assert muted.matrix.reactions.get(line, ()) == ()
    assert labels_of(muted.in_room(TG_ROOM)[-1]) == ["👍 1"]


async def test_new_words_of_a_line_carried_before_stay_too(town):
    """Its author is reminded of the choice; what stands there can still be taken away."""
    line = await town.writes(ANNA, TG_ROOM, "Möte klockan 18")
    await town.writes(ANNA, TG_ROOM, "/mute_relay")
    await town.edits(ANNA, line, "Möte klockan 18, portkod 4711")
    assert town.texts(MX_ROOM) == ["Granne 1: Möte klockan 18"]
    assert "stannar i rummet, som du har valt" in town.last(ANNA)
    await town.deletes(ANNA, line)

    assert town.texts(MX_ROOM) == []


async def test_choice_is_exported_told_and_forgotten(muted):
    """It is a setting of a person's."""
    await muted.writes(ANNA, None, "/privacy")
    assert "Att det du skriver i Alby grannar stannar i rummet" in muted.last(ANNA)
    await muted.writes(ANNA, None, "/export")
    file = muted.told(ANNA)[-1].message.media[0]
    held = json.loads(await muted.app.parts.media.read(file.id) or b"")
    assert held["mute_relay"] == ["alby-grannar"]
    await muted.taps_after(ANNA, "/glom", "Ja, radera allt")

    assert muted.count_rows("relay_mutes") == 0


async def test_it_holds_for_each_side(town):
    """On Matrix as on Telegram, for police as for neighbours."""
    await town.writes(POLICE, MX_ROOM, "!mute_relay on")
    await town.writes(POLICE, MX_ROOM, "Vi fikar")

    assert town.texts(TG_ROOM) == []
