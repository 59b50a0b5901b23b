"""Emoji in an emulated Telegram: people's, counted, and the bot's own."""

import pytest

from bot.errors import PermanentFailure
from tests.bridges.telegram.stage import Stage
from tests.bridges.telegram.way import Way
from tests.emulators.telegram.messages import Message
from tests.town import EVA, MX_ROOM


def _buttons(message: Message) -> list[str]:
    return [str(button["text"]) for row in message.rows for button in row]


def _copy(way: Way) -> Message:
    """Eva's line, as Anna reads it."""
    return next(m for m in way.anna.reads(way.chat) if m.text.endswith("Städdag på lördag"))


async def test_tally_of_both_sides_stands_beneath_a_copy(way: Way) -> None:
    """The words stay, and Anna's emoji comes to Eva's line."""
    way.anna.manages(way.chat).promotes(way.account, "can_delete_messages")
    line = await way.people.writes(EVA, MX_ROOM, "Städdag på lördag")
    await way.settles(seconds=10)
    way.anna.reacts(_copy(way), "👍")
    await way.people.reacts(EVA, line, "❤️")
    await way.settles(seconds=10)

    assert sorted(_buttons(_copy(way))) == ["❤️ 1", "👍 1"]
    assert way.people.matrix.reactions == {line: ("👍",)}


async def test_swapped_emoji_takes_the_first_one_back(way: Way) -> None:
    """Who sets another has one, not two."""
    way.anna.manages(way.chat).promotes(way.account, "can_delete_messages")
    line = await way.people.writes(EVA, MX_ROOM, "Städdag på lördag")
    await way.settles(seconds=10)
    for emoji in ("👍", "🎉"):
        way.anna.reacts(_copy(way), emoji)
        await way.settles(seconds=10)

    assert way.people.matrix.reactions == {line: ("🎉",)}


async def test_bot_sets_on_a_line_what_is_felt_elsewhere(way: Way) -> None:
    """One emoji; Anna sees that somebody has it, and the bot does not hear of itself."""
    way.anna.manages(way.chat).promotes(way.account, "can_delete_messages")
    line = way.anna.writes(way.chat, "Städdag på lördag")
    await way.settles(seconds=10)
    for emoji in ("👀", "❤️"):
        await way.people.reacts(EVA, way.shown[-1].ref, emoji)
    await way.settles(seconds=10)
    await way.settles(seconds=10)

    mine = line.reactions[way.account.user.id]
    assert [one["emoji"] for one in mine] in (["👀"], ["❤"])
    assert way.people.count_rows("relay_reactions") == 2


async def test_emoji_that_telegram_does_not_know_is_refused(stage: Stage) -> None:
    """The outbox does not ask for it; who does hears that it never will be."""
    (ref,) = await stage.send("Hej")

    with pytest.raises(PermanentFailure):
        await stage.bridge.react(ref, ["🦔"])
