"""Groups in topics of a forum on Telegram, of which much is told for the chat as a whole."""

from dataclasses import dataclass

import pytest

from bot.domain.messages import Platform, RoomRef
from tests.bridges.telegram.way import Way
from tests.emulators.telegram.chats import Chat, Topic
from tests.emulators.telegram.messages import Message
from tests.town import EVA, MX_ROOM, alby


@dataclass(frozen=True, kw_only=True)
class Yard:
    """A forum, one of whose topics is a room of a group."""

    way: Way
    chat: Chat
    topic: Topic

    def writes(self, text: str) -> Message:
        """Let Anna write in the topic."""
        return self.way.anna.writes(self.chat, text, topic=self.topic)

    @property
    def card(self) -> Message:
        """The red card that stands there."""
        (card,) = [m for m in self.way.anna.reads(self.chat) if m.in_topic and m.text[:1] == "🔴"]
        return card


async def yard(way: Way, *rights: str) -> Yard:
    """Make it, and let the bot administer it."""
    chat = way.emulator.town.forum("Gården", way.anna)
    topic = way.anna.manages(chat).creates_topic("Larm")
    async with way.app.parts.database.write() as uow:
        room = RoomRef(Platform.TELEGRAM, f"{chat.id}/{topic.id}")
        await uow.groups.put(alby(rooms=(room, MX_ROOM)))
    way.anna.manages(chat).adds(way.account, *(rights or ("can_delete_messages",)))
    await way.settles()
    return Yard(way=way, chat=chat, topic=topic)


async def test_reaction_to_a_card_in_a_topic_counts(way: Way) -> None:
    """Telegram does not tell in which topic it was set."""
    here = await yard(way)
    here.writes("/rod rök ur ett fönster")
    await way.settles(seconds=2)
    bo = way.emulator.town.person("Bo")
    bo.joins(here.chat)
    bo.reacts(here.card, "👀")
    await way.settles(seconds=2)
    marked = way.people.count_rows("report_marks")
    bo.reacts(here.card)
    await way.settles(seconds=2)

    assert (marked, way.people.count_rows("report_marks")) == (1, 0)


async def test_reaction_in_a_topic_to_what_is_no_card_is_nothing(way: Way) -> None:
    """Somebody's own line."""
    here = await yard(way)
    line = here.writes("hej")
    await way.settles()
    way.anna.reacts(line, "👀")
    await way.settles(seconds=2)

    assert way.people.count_rows("report_marks") == 0


async def test_card_of_which_telegram_tells_only_the_number_can_be_pressed(way: Way) -> None:
    """It does so with messages that have grown old; the topic is not told with it."""
    here = await yard(way)
    here.writes("/rod rök ur ett fönster")
    await way.settles(seconds=2)
    bo = way.emulator.town.person("Bo")
    bo.joins(here.chat)
    bo.presses(here.card, "👁", is_forgotten=True)
    await way.settles(seconds=2)

    assert way.people.count_rows("report_marks") == 1


async def test_red_card_in_a_topic_hangs_once_the_bot_may_pin(way: Way) -> None:
    """The right is the forum's, and so is what tells of it."""
    here = await yard(way)
    here.writes("/rod rök ur ett fönster")
    await way.settles(seconds=2)
    refused = list(here.chat.pinned)
    way.anna.manages(here.chat).promotes(way.account, "can_delete_messages", "can_pin_messages")
    await way.settles(seconds=2)

    assert (refused, here.chat.pinned) == ([], [here.card.message_id])


async def test_lines_for_a_closed_topic_wait_until_it_is_opened_again(way: Way) -> None:
    """Their order holds, the other side is told once of what is in the way and once of its end."""
    here = await yard(way)
    way.anna.manages(here.chat).closes_topic(here.topic)
    await way.people.writes(EVA, None, "!start")
    for line in ("första", "andra", "tredje"):
        await way.people.writes(EVA, MX_ROOM, line)
        await way.settles(seconds=60)
    for _ in range(60):
        await way.people.passes(minutes=20)
    told = [shown.text for shown in way.people.told(EVA)][-1]
    way.anna.manages(here.chat).reopens_topic(here.topic)
    await way.settles(seconds=5)
    lines = [m.text for m in way.anna.reads(here.chat) if m.author.is_bot and m.in_topic]

    assert told.startswith("Ämnet är stängt i Alby")
    assert [shown.text for shown in way.people.told(EVA)][-1].startswith("Jag är med i Alby")
    assert [line.split()[-1] for line in lines] == ["första", "andra", "tredje"]
    assert way.people.rows("SELECT state FROM effects") == []


async def test_bot_that_is_put_out_of_a_forum_is_out_of_its_topics(way: Way) -> None:
    """And in them again when it is let in."""
    here = await yard(way)
    away = "SELECT is_away FROM rooms WHERE room LIKE 'telegram:%/%'"
    way.anna.manages(here.chat).removes(way.account)
    await way.settles()
    assert way.people.rows(away) == [(1,)]
    way.anna.manages(here.chat).adds(way.account)
    await way.settles()

    assert way.people.rows(away) == [(0,)]


async def test_who_leaves_a_forum_is_no_part_of_its_topics_groups(way: Way) -> None:
    """Telegram tells it once, of the chat."""
    here = await yard(way)
    bo = way.emulator.town.person("Bo")
    bo.joins(here.chat)
    bo.writes(here.chat, "hej", topic=here.topic)
    await way.settles()
    assert way.people.count_rows("group_members") == 1
    bo.leaves(here.chat)
    await way.settles()

    assert way.people.count_rows("group_members") == 0


@pytest.mark.parametrize("hours", [0, 2])
async def test_forum_whose_topic_is_a_group_s_room_is_not_asked_to_make_one(
    way: Way, hours: int
) -> None:
    """The steps stand in General, and count what its topics are; later, too."""
    here = await yard(way, "can_invite_users")
    await way.people.passes(hours=hours)

    (text,) = way.reads(here.chat)
    assert [line[0] for line in text.splitlines() if line[:1] in {"✅", "◻"}] == list("✅◻◻✅")
