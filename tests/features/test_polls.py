"""Polls: one question, one tally over all rooms."""

import json

import pytest

from bot.domain.incoming import (
    Extra,
    IncomingEdit,
    IncomingMessage,
    IncomingPollEnd,
    IncomingVote,
)
from bot.domain.messages import MessageRef, RoomRef, UserRef
from bot.domain.richtext import Bullets, RichText, Text
from tests.town import ANNA, BO, CILLA, EVA, MX_ROOM, POLICE, TG_ROOM, Town, labels_of

QUESTION = RichText((Text("📊 Städdag?"), Bullets(((Text("Lördag"),), (Text("Söndag"),)))))


async def asks(
    town: Town, user: UserRef = ANNA, room: RoomRef = TG_ROOM, *, of: str | None = None
) -> MessageRef:
    """Let somebody make a poll of the platform's own."""
    message = IncomingMessage(
        ref=town.new_ref(user, room),
        sender=town.sender(user),
        sent_at=town.clock.now(),
        text=QUESTION,
        is_direct=False,
        extra=Extra.POLL,
        forwarded_from=of,
    )
    await town.happens(message)
    return message.ref


async def votes(town: Town, user: UserRef, poll: MessageRef, *choices: int) -> None:
    """Let somebody vote in the platform's own poll."""
    await town.happens(IncomingVote(ref=poll, sender=town.sender(user), choices=choices))


async def ends(town: Town, user: UserRef, poll: MessageRef) -> None:
    """Let somebody end the platform's own poll."""
    await town.happens(IncomingPollEnd(ref=poll, sender=town.sender(user)))


def tally(town: Town, room: RoomRef) -> list[str]:
    """The lines of the choices, as a room sees them."""
    return town.last(room).splitlines()[1:-1]


async def test_poll_becomes_one_in_every_room(town):
    """Its own room too, as an answer to it."""
    asked = await asks(town)

    assert town.texts(MX_ROOM) == [
        "📊 Städdag? — Granne 1\n1. Lördag: 0\n2. Söndag: 0\n"
        "Ingen har röstat än. Öppen till 28 nov. 13:00."
    ]
    assert town.in_room(TG_ROOM)[-1].message.reply_to == asked
    assert "Rösta här under" in town.last(TG_ROOM)
    assert labels_of(town.in_room(MX_ROOM)[-1]) == ["Lördag", "Söndag", "Stäng omröstningen"]


async def test_votes_of_all_rooms_are_one_tally(town):
    """One person, one vote, which can be changed."""
    await asks(town)
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Lördag")
    await town.presses(EVA, town.in_room(MX_ROOM)[-1], "Söndag")
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Söndag")
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Söndag")
    await town.passes(seconds=5)

    assert tally(town, MX_ROOM) == tally(town, TG_ROOM) == ["1. Lördag: 0", "2. Söndag: 2 (100 %)"]


async def test_storm_of_votes_is_one_change(town):
    """A room takes few edits a minute."""
    await asks(town)
    for number in range(20):
        guest = town.newcomer(f"Gäst {number}")
        await town.presses(guest, town.in_room(TG_ROOM)[-1], "Lördag")
    await town.passes(seconds=5)

    assert tally(town, MX_ROOM)[0] == "1. Lördag: 20 (100 %)"
    assert town.in_room(MX_ROOM)[-1].edits == 1


async def test_vote_in_the_platform_s_own_poll_counts(town):
    """Where the bot is told of it; taken back there it counts no more."""
    asked = await asks(town, EVA, MX_ROOM)
    await votes(town, POLICE, asked, 1)
    await votes(town, EVA, asked, 0)
    await votes(town, EVA, asked)
    await votes(town, EVA, MessageRef(MX_ROOM, "another"), 0)
    await town.passes(seconds=5)

    assert tally(town, TG_ROOM) == ["1. Lördag: 0", "2. Söndag: 1 (100 %)"]


async def test_number_as_an_emoji_is_a_vote(town):
    """Where a platform has reactions instead of buttons."""
    await asks(town)
    copy = town.in_room(MX_ROOM)[-1].ref
    await town.reacts(EVA, copy, "2️⃣")
    await town.reacts(POLICE, copy, "1️⃣")
    await town.reacts(POLICE, copy, "1️⃣", added=False)
    await town.reacts(POLICE, copy, "👍")
    await town.passes(seconds=5)

    assert tally(town, TG_ROOM) == ["1. Lördag: 0", "2. Söndag: 1 (100 %)"]


async def test_only_its_author_closes_it(town):
    """Others are told so."""
    await asks(town)
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Stäng")
    assert town.last(BO).startswith("Bara den som frågade kan stänga")
    await town.presses(ANNA, town.in_room(TG_ROOM)[-1], "Stäng")
    await town.passes(seconds=5)

    assert town.last(MX_ROOM).endswith("Omröstningen är stängd.")
    assert labels_of(town.in_room(MX_ROOM)[-1]) == []


async def test_end_of_the_platform_s_own_poll_ends_all(town):
    """By its author; of another's nobody takes notice, and twice is once."""
    asked = await asks(town, EVA, MX_ROOM)
    await ends(town, POLICE, asked)
    await votes(town, POLICE, asked, 1)
    for _ in range(2):
        await ends(town, EVA, asked)
        await votes(town, POLICE, asked, 0)
    await town.passes(seconds=5)

    assert tally(town, TG_ROOM) == ["1. Lördag: 0", "2. Söndag: 1 (100 %)"]
    for room in (TG_ROOM, MX_ROOM):
        assert town.last(room).endswith("Omröstningen är stängd.")


async def test_who_may_remove_a_poll_may_end_it(town):
    """In its own room, as the platform's apps see it."""
    asked = await asks(town, EVA, MX_ROOM)
    end = IncomingPollEnd(ref=asked, sender=town.sender(POLICE), may_end_others=True)
    await town.happens(end)
    await town.passes(seconds=5)

    assert town.last(TG_ROOM).endswith("Omröstningen är stängd.")


async def test_end_of_a_poll_that_nobody_knows_is_nothing(town):
    """Older than the bot."""
    await ends(town, EVA, MessageRef(MX_ROOM, "another"))

    assert [*town.texts(MX_ROOM), *town.texts(TG_ROOM)] == []


async def test_vote_after_the_end_counts_no_more(town):
    """It closes by itself when its time is up."""
    asked = await asks(town, EVA, MX_ROOM)
    button = town.in_room(TG_ROOM)[-1].message.rows[0][0].data
    await town.passes(days=7, minutes=1)
    assert town.last(TG_ROOM).endswith("Omröstningen är stängd.")
    await town.presses_data(BO, town.in_room(TG_ROOM)[-1].ref, button)
    await votes(town, EVA, asked, 0)
    await town.passes(seconds=5)

    assert town.last(BO) == "Omröstningen är stängd. Resultatet står i rummet."
    assert tally(town, TG_ROOM) == ["1. Lördag: 0", "2. Söndag: 0"]


async def test_poll_of_somebody_who_agreed_to_nothing_is_carried_as_words(town):
    """Its words would have to be kept for as long as it lives."""
    await asks(town, town.newcomer("Fia"))

    assert "(Svara i rummet där frågan ställdes.)" in town.last(MX_ROOM)
    assert town.count_rows("polls") == 0


async def test_forwarded_poll_is_carried_as_words(town):
    """It is another's question."""
    await asks(town, of="Bosse")

    assert "vidarebefordrat från Bosse" in town.last(MX_ROOM)
    assert town.count_rows("polls") == 0


async def test_poll_of_who_keeps_lines_on_their_side_stays_there(town):
    """It is theirs alone, and they are told so as of a line."""
    await town.writes(ANNA, TG_ROOM, "/mute_relay")
    await asks(town)

    assert "stannar i rummet, som du har valt" in town.last(ANNA)

    assert [*town.texts(MX_ROOM), *town.texts(TG_ROOM)] == []


async def test_same_poll_told_twice_is_one(town):
    """Platforms repeat themselves."""
    asked = await asks(town)
    again = IncomingMessage(
        ref=asked,
        sender=town.sender(ANNA),
        sent_at=town.clock.now(),
        text=QUESTION,
        is_direct=False,
        extra=Extra.POLL,
    )
    await town.happens(again)

    assert len(town.texts(MX_ROOM)) == 1


async def test_deleted_poll_goes_everywhere(town):
    """With its votes."""
    asked = await asks(town, EVA, MX_ROOM)
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Lördag")
    await town.deletes(EVA, asked)

    assert [*town.texts(MX_ROOM), *town.texts(TG_ROOM)] == []
    assert town.count_rows("poll_votes") == 0


async def test_reply_to_a_poll_answers_it_in_each_room(town):
    """To the platform's own and to what the bot has made of it."""
    asked = await asks(town)
    copy = town.in_room(MX_ROOM)[-1].ref
    await town.writes(BO, TG_ROOM, "Helst lördag", reply_to=asked)
    assert town.in_room(MX_ROOM)[-1].message.reply_to == copy
    await town.writes(EVA, MX_ROOM, "Jag med", reply_to=copy)

    assert town.in_room(TG_ROOM)[-1].message.reply_to == town.in_room(TG_ROOM)[0].ref


async def test_name_goes_from_a_poll_with_the_consent(town):
    """At once, in every room."""
    await town.taps(ANNA, "Visa mitt namn")
    await asks(town)
    assert "— Anna" in town.last(MX_ROOM)
    await town.taps(ANNA, "Visa mitt namn")

    assert "— Granne 1" in town.last(MX_ROOM)


async def test_polls_and_votes_are_exported_told_and_forgotten(town):
    """The question is its author's, the vote the voter's."""
    await asks(town)
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Lördag")
    await town.writes(ANNA, None, "/privacy")
    assert "1 omröstning som du startat och ingen röst" in town.last(ANNA)
    for user, field, number in ((ANNA, "polls", 1), (BO, "votes", 1)):
        await town.writes(user, None, "/export")
        file = town.told(user)[-1].message.media[0]
        held = json.loads(await town.app.parts.media.read(file.id) or b"")
        assert len(held[field]) == number
    await town.taps_after(BO, "/glom", "Ja, radera allt")
    await town.passes(seconds=5)
    assert tally(town, MX_ROOM)[0] == "1. Lördag: 0"
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")

    assert [*town.texts(MX_ROOM), *town.texts(TG_ROOM)] == []
    assert town.count_rows("polls") == town.count_rows("poll_votes") == 0


async def test_words_and_votes_are_forgotten_in_time(town):
    """The result stays where it stands, and can still be taken away."""
    asked = await asks(town, EVA, MX_ROOM)
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Lördag")
    await town.passes(days=8)
    shown = town.last(TG_ROOM)
    await town.passes(days=31)
    assert town.rows("SELECT content FROM polls") == [(None,)]
    assert town.count_rows("poll_votes") == 0
    assert town.last(TG_ROOM) == shown
    await town.deletes(EVA, asked)

    assert town.texts(TG_ROOM) == []


@pytest.mark.parametrize("data", ["vote.9", "vote.x", "vote.", "vote.²", "other"])
async def test_button_that_is_none_is_refused(town, data):
    """Whatever a client sends."""
    await asks(town)
    shown = town.in_room(TG_ROOM)[-1]
    token = shown.message.rows[0][0].data.partition(".")[0]
    await town.presses_data(CILLA, shown.ref, f"{token}.{data}")

    assert town.count_rows("poll_votes") == 0
    assert town.last(CILLA).startswith("Den knappen gäller inte längre.")


OTHER = RichText((Text("📊 Städdag hos Anna?"), Bullets(((Text("Lördag"),), (Text("Aldrig"),)))))


async def changes(town: Town, user: UserRef, poll: MessageRef, question: RichText) -> None:
    """Let somebody change the platform's own poll."""
    await town.happens(
        IncomingEdit(ref=poll, sender=town.sender(user), text=question, is_direct=False)
    )


async def test_poll_whose_question_is_changed_is_closed_and_says_why(town):
    """Votes for one question are not made votes for another."""
    asked = await asks(town)
    await town.presses(BO, town.in_room(TG_ROOM)[-1], "Söndag")
    await changes(town, ANNA, asked, OTHER)
    await town.passes(seconds=5)

    for room in (TG_ROOM, MX_ROOM):
        assert town.last(room).startswith("📊 Städdag? — Granne 1")
        assert "stängd, för frågan ändrades" in town.last(room)
        assert tally(town, room) == ["1. Lördag: 0", "2. Söndag: 1 (100 %)"]
        assert labels_of(town.in_room(room)[-1]) == []
    assert "jag stängde omröstningen" in town.last(ANNA)


async def test_poll_that_is_changed_before_the_first_vote_asks_what_it_asks_now(town):
    """Nobody has said anything to the old question."""
    asked = await asks(town)
    await changes(town, ANNA, asked, OTHER)
    await town.passes(seconds=5)
    shown = town.texts(MX_ROOM)
    await votes(town, BO, asked, 1)
    await votes(town, BO, asked)
    await changes(town, ANNA, asked, QUESTION)
    await town.passes(seconds=5)

    assert len(shown) == 1
    assert "Öppen till" in shown[0]
    assert "2. Aldrig: 0" in shown[0]
    assert "2. Söndag: 0" in town.last(MX_ROOM)
    assert labels_of(town.in_room(MX_ROOM)[-1])


@pytest.mark.parametrize("choices", [1, 13])
async def test_poll_that_becomes_none_is_closed(town, choices):
    """With one choice there is nothing to choose, and more than twelve can't be shown."""
    asked = await asks(town)
    items = tuple((Text(f"Val {number}"),) for number in range(choices))
    await changes(town, ANNA, asked, RichText((Text("📊 Vad?"), Bullets(items))))
    await town.passes(seconds=5)

    assert "stängd, för frågan ändrades" in town.last(MX_ROOM)


@pytest.mark.parametrize(("user", "question"), [(ANNA, QUESTION), (BO, OTHER)])
async def test_poll_stays_open_if_it_asks_the_same_or_another_says_it_does_not(
    town, user, question
):
    """A platform may tell of a change that is none."""
    asked = await asks(town)
    await changes(town, user, asked, question)
    await town.passes(seconds=5)

    assert "Öppen till" in town.last(MX_ROOM)


async def test_poll_that_is_changed_after_the_role_bears_no_badge(town):
    """A badge vouches for what was asked while it held."""
    poll = await asks(town, POLICE, MX_ROOM)
    before = town.last(TG_ROOM)
    town.changes_rows(
        "UPDATE grants SET expires_at = '2026-11-21 11:00' WHERE organisation = 'polisen'"
    )
    await changes(town, POLICE, poll, OTHER)
    await town.passes(seconds=5)

    assert "✔" in before
    assert "✔" not in town.last(TG_ROOM)
