"""What becomes of lines and cards where a group on Telegram refuses some of it."""

from bot.domain.messages import Platform, RoomRef
from tests.bridges.telegram.way import Way
from tests.emulators.telegram import media as files
from tests.emulators.telegram.chats import Chat
from tests.pictures import jpeg
from tests.town import EVA, MX_ROOM, alby


async def another_room(way: Way) -> Chat:
    """A second chat of the group."""
    other = way.emulator.town.supergroup("Fittja", way.anna, way.account)
    chats = [RoomRef(Platform.TELEGRAM, str(chat.id)) for chat in (way.chat, other)]
    async with way.app.parts.database.write() as uow:
        await uow.groups.put(alby(rooms=(*chats, MX_ROOM)))
    return other


async def _agrees(way: Way) -> None:
    way.anna.starts(way.account)
    await way.settles()
    await way.answers("Ja, det är okej")


async def test_words_arrive_where_photos_are_not_wanted(way: Way) -> None:
    """The file is named, the bot is not silenced, and nobody is told that it was."""
    other = await another_room(way)
    way.anna.manages(other).locks("can_send_messages")
    way.anna.sends(way.chat, files.photo(jpeg()), caption="så ser dörren ut")
    await way.settles(seconds=3)
    way.anna.sends(way.chat, files.photo(jpeg(width=50)))
    await way.settles(seconds=3)
    (words, alone) = way.reads(other)

    assert "så ser dörren ut\n📎 photo.jpg" in words
    assert words.endswith("MB): i det här rummet får jag inte skicka sådana filer.")
    assert "📎 photo.jpg" in alone
    assert way.people.told(EVA) == []
    assert way.people.rows("SELECT * FROM effects") == []


async def test_red_card_with_a_photo_lives_on_where_photos_are_not_wanted(way: Way) -> None:
    """It is edited in its place, not posted anew with each change."""
    other = await another_room(way)
    way.anna.manages(other).locks("can_send_messages")
    await _agrees(way)
    way.anna.sends(way.chat, files.photo(jpeg()), caption="/rod rök ur ett fönster")
    await way.settles(seconds=3)
    (card,) = [m for m in way.anna.reads(other) if m.author.is_bot]
    way.anna.writes(way.account, f"/update {way.people.report_id(MX_ROOM)} brandkåren är här")
    await way.settles(seconds=30)
    changed = next(m for m in way.anna.reads(other) if "rök" in m.text)

    assert changed.message_id == card.message_id
    assert "brandkåren är här" in changed.text
    assert "📎 photo.jpg" in changed.text


async def test_room_that_takes_no_words_is_told_of_until_it_takes_them_again(way: Way) -> None:
    """Telegram says nothing when a chat opens again; the next line that goes through does."""
    other = await another_room(way)
    await way.people.writes(EVA, None, "!start")
    way.anna.manages(other).locks()
    way.anna.writes(way.chat, "en rad")
    await way.settles(seconds=3)
    silenced = [shown.text for shown in way.people.told(EVA)][-1]
    way.anna.manages(other).locks("can_send_messages")
    way.anna.writes(way.chat, "en rad till")
    await way.settles(seconds=3)
    way.anna.writes(way.chat, "och en")
    await way.settles(seconds=3)
    after = [shown.text for shown in way.people.told(EVA)]

    assert silenced.startswith("Jag får inte längre skriva i Alby")
    assert after[-1].startswith("Jag är med i Alby")
    assert after[-2] == silenced


async def test_card_that_somebody_has_deleted_is_left_alone(way: Way) -> None:
    """Its room still hears of the end, and nobody has to look after dead letters."""
    way.anna.manages(way.chat).promotes(way.account, "can_delete_messages")
    await way.settles()
    await _agrees(way)
    way.anna.writes(way.chat, "/rod rök ur ett fönster")
    await way.settles(seconds=3)
    way.anna.deletes(next(m for m in way.anna.reads(way.chat) if "rök" in m.text))
    report = way.people.report_id(MX_ROOM)
    for command in ("/update {} mer rök", "/update {} ännu mer", "/resolve {}"):
        way.anna.writes(way.account, command.format(report))
        await way.settles(seconds=30)

    assert way.people.rows("SELECT verb, reason FROM effects") == []
    assert not any("ur ett fönster" in text for text in way.texts)
    assert any("löst" in text for text in way.texts)


async def test_commands_stay_where_the_bot_may_not_delete(way: Way) -> None:
    """Nobody has to look after that: it is tried once, and again once the bot has the right."""
    await _agrees(way)
    for _ in range(3):
        way.anna.writes(way.chat, "/areas")
        way.anna.writes(way.chat, "GUL: glas på marken")
        await way.settles(seconds=3)
    tried = way.account.calls["deleteMessage"]
    assert way.people.rows("SELECT * FROM effects") == []
    assert tried <= 2

    way.anna.manages(way.chat).promotes(way.account, "can_delete_messages")
    await way.settles(seconds=3)
    way.anna.writes(way.chat, "/areas igen")
    await way.settles(seconds=3)

    assert [m.text for m in way.anna.reads(way.chat) if m.text.startswith("/areas igen")] == []


async def test_card_answers_the_line_that_has_to_stay(way: Way) -> None:
    """Both stand there, and it is plain what belongs together."""
    await _agrees(way)
    way.anna.writes(way.chat, "/areas")
    await way.settles(seconds=3)
    line = way.anna.writes(way.chat, "/gul glas på marken")
    await way.settles(seconds=3)
    card = next(m for m in way.anna.reads(way.chat) if m.author.is_bot and "glas" in m.text)

    assert card.reply_to is not None
    assert card.reply_to.message_id == line.message_id
