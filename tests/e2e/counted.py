"""What people of both sides say together: emoji and votes, counted over all rooms."""

from collections.abc import Callable, Mapping

from tests.e2e.across import PATIENCE_S, Pair
from tests.emulators.telegram import media
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.reactions import count_reactions
from tests.emulators.telegram.wire import as_object


async def emoji_on_a_copy_on_matrix(p: Pair) -> None:
    """Stands on the original on Telegram, set by the bot, until it is taken back."""
    said = p.bo.writes(p.chat, "vi har fixat lekplatsen")
    there = await p.sees("vi har fixat lekplatsen")
    reaction = await p.anna.reacts(p.room, there.event_id, "👍")
    await _waits(p, lambda: _emoji(said) == {"👍": 1})
    await p.anna.redacts(p.room, reaction)

    await _waits(p, lambda: _emoji(said) == {})


async def emoji_on_a_copy_on_telegram(p: Pair) -> None:
    """Stands on the original on Matrix, set by the bot, until it is taken back."""
    said = await p.anna.writes(p.room, "jag har sopat gården")
    there = await p.reads("jag har sopat gården")
    p.bo.reacts(there, "🔥")
    await p.anna.sees(p.room, lambda s: s.event_id == said and s.reactions == {"🔥": 1})
    p.bo.reacts(there)

    await p.anna.sees(p.room, lambda s: s.event_id == said and not s.reactions)


async def emoji_on_an_original_on_matrix(p: Pair) -> None:
    """Is counted beneath the copy on Telegram, with those of the people there."""
    said = await p.anna.writes(p.room, "fika på söndag")
    there = await p.reads("fika på söndag")
    await p.anna.reacts(p.room, said, "❤️")
    await _waits(p, lambda: there.buttons == ["❤️ 1"])
    p.bo.presses(there, "❤️ 1")

    await _waits(p, lambda: there.buttons == ["❤️ 2"])


async def emoji_on_an_original_on_telegram(p: Pair) -> None:
    """Is counted beneath the copy on Matrix."""
    said = p.bo.writes(p.chat, "grillen är tänd")
    there = await p.sees("grillen är tänd")
    p.bo.reacts(said, "🎉")

    await p.sees("grillen är tänd", lambda s: s.event_id == there.event_id and "🎉 1" in s.text)


async def poll_of_matrix(p: Pair) -> None:
    """Is one for both sides, with one count, once its author has agreed to its being kept."""
    private = await p.anna.opens("", invites=[p.account.id], is_direct=True)
    asked = await p.anna.sees(private, "Är det okej?", within_s=PATIENCE_S)
    await p.anna.reacts(private, asked.event_id, "1️⃣")
    await p.anna.sees(private, "Då är vi igång", within_s=PATIENCE_S)
    await p.anna.asks_all(p.room, "Vilken vecka?", "vecka ett", "vecka två")
    there = await p.reads("Vilken vecka?", lambda m: m.buttons)
    p.bo.presses(there, "#1")
    here = await p.sees("vecka ett: 1")
    await p.anna.reacts(p.room, here.event_id, "2️⃣")

    await p.reads("2 röster i alla rum", lambda m: m is there)
    await p.sees("2 röster i alla rum")


async def votes_in_a_poll_of_matrix(p: Pair) -> None:
    """Count with those of the other side, each person's last; its end ends all."""
    cilla, dora = await p.people.arrive("Cilla", "Dora")
    for one in (cilla, dora):
        await p.anna.manages(p.room).invites(one.id)
        await one.joins(p.room)
    private = await cilla.opens("", invites=[p.account.id], is_direct=True)
    asked = await cilla.sees(private, "Är det okej?", within_s=PATIENCE_S)
    await cilla.reacts(private, asked.event_id, "1️⃣")
    await cilla.sees(private, "Då är vi igång", within_s=PATIENCE_S)
    poll = await cilla.asks_all(p.room, "Vilken färg?", "röd", "gul")
    there = await p.reads("Vilken färg?", lambda m: m.buttons)
    p.bo.presses(there, "#1")
    for choice in ("0", "1"):
        await dora.votes(p.room, poll, choice)
        await cilla.votes(p.room, poll, choice)
    await cilla.votes(p.room, poll)
    await p.reads("gul: 1 (50 %)", lambda m: m is there)
    await dora.ends_poll(p.room, poll)
    await dora.votes(p.room, poll, "0")
    await p.reads("röd: 2 (100 %)", lambda m: m is there)
    await cilla.ends_poll(p.room, poll)

    await p.reads("Omröstningen är stängd", lambda m: m is there)
    await p.sees("Omröstningen är stängd")


async def poll_of_telegram(p: Pair) -> None:
    """Is one for both sides, with one count, once its author has agreed to its being kept."""
    p.bo.starts(p.bot)
    asked = await p.bo.sees(p.bot, "Är det okej?", timeout_s=PATIENCE_S)
    p.bo.presses(asked, "Ja, det är okej")
    await p.bo.sees(p.bot, "Då är vi igång", timeout_s=PATIENCE_S)
    p.bo.sends(p.chat, media.poll("Vilket bord?", ["det runda", "det långa"]))
    # Its numbers stand beneath it as soon as the bot knows where it is.
    here = await p.sees("Ingen har röstat än", lambda s: len(s.reactions) > 1)
    await p.anna.reacts(p.room, here.event_id, "1️⃣")

    await p.reads("1 röst i alla rum")
    await p.sees("1 röst i alla rum")


def _emoji(message: Message) -> Mapping[str, object]:
    counted = count_reactions(message)
    return {str(as_object(one["type"])["emoji"]): one["total_count"] for one in counted}


async def _waits(p: Pair, holds: Callable[[], object]) -> None:
    await p.emulator.town.until(holds, timeout_s=PATIENCE_S)


KINDS = (
    emoji_on_a_copy_on_matrix, emoji_on_a_copy_on_telegram, emoji_on_an_original_on_matrix,
    emoji_on_an_original_on_telegram, poll_of_matrix, votes_in_a_poll_of_matrix,
    poll_of_telegram,
)  # fmt: skip
