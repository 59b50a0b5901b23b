"""Lines that could not be read when they came, and lines in others' names."""

from dataclasses import replace

from bot.domain.commands import parse_command
from bot.domain.incoming import Extra, IncomingMessage, RawUpdate
from bot.domain.richtext import rich
from bot.settings.options import Options
from tests.town import ANNA, BO, EVA, MX_ROOM, TG_ROOM, Town


def unread(town: Town) -> IncomingMessage:
    """What Anna has written in the group's room, as long as nothing opens it."""
    return IncomingMessage(
        ref=town.new_ref(ANNA, TG_ROOM),
        sender=town.sender(ANNA),
        sent_at=town.clock.now(),
        text=rich(""),
        is_direct=False,
        extra=Extra.UNKNOWN,
        is_unreadable=True,
    )


def late(message: IncomingMessage, text: str) -> IncomingMessage:
    """Return the same once it can be read."""
    said = rich(text)
    return replace(
        message,
        text=said,
        command=parse_command(said, prefixes=("/",)),
        extra=None,
        is_unreadable=False,
        is_late=True,
    )


async def test_line_read_late_takes_the_place_of_what_told_of_it(town):
    """With the time at which it was written; told again it changes nothing."""
    message = unread(town)
    await town.happens(message)
    assert "inte kan visa" in town.last(MX_ROOM)
    await town.passes(hours=2)
    for _ in range(2):
        await town.happens(late(message, "nyckeln ligger under mattan"))

    (line,) = [text for text in town.texts(MX_ROOM) if text.startswith("Granne 1")]
    assert line.startswith("Granne 1 (skrivet ")
    assert line.endswith("): nyckeln ligger under mattan")


async def test_report_read_late_is_a_report(town):
    """It says when it was written, and lives from now on."""
    message = unread(town)
    await town.happens(message)
    await town.passes(hours=7)
    await town.happens(late(message, "/röd rök ur ett fönster"))
    card = town.card(MX_ROOM).text

    assert "rök ur ett fönster" in card
    async with town.app.parts.database.read() as uow:
        report = await uow.reports.get(town.report_id())
    assert report.created_at == message.sent_at
    assert report.is_active
    assert not [text for text in town.texts(MX_ROOM) if "inte kan visa" in text]


async def test_line_that_was_read_in_time_is_not_read_again(town):
    """Its key may come while it waits to be handled."""
    message = unread(town)
    await town.happens(replace(late(message, "hej"), is_late=False))
    await town.happens(late(message, "hej"))

    assert town.texts(MX_ROOM) == ["Granne 1: hej"]


async def test_line_that_was_set_aside_unread_is_read_late(town):
    """Nothing told of it, and yet nobody has read it; it is not kept for a replay besides."""
    message = unread(town)
    update = RawUpdate(
        platform=message.room.platform,
        update_id=message.ref.message_id,
        lane=str(message.room),
        payload=b"nonsense",
    )
    await town.app.inbox.accept(update)
    await town.settle()
    for _ in range(2):
        await town.happens(late(message, "/röd rök ur ett fönster"))

    assert len(town.cards(MX_ROOM)) == 1
    async with town.app.parts.database.dead_letters() as letters:
        assert await letters.list_all() == []


async def test_line_that_comes_after_a_week_is_left(town):
    """By then nobody knows any more what it was about."""
    message = unread(town)
    await town.happens(message)
    await town.passes(days=8)
    await town.happens(late(message, "för sent"))

    assert "för sent" not in "".join(town.texts(MX_ROOM))


async def test_line_in_another_s_name_is_told_to_coordinators_alone(open_town, folder):
    """Once a day for a room, and nothing of it goes anywhere."""
    options = Options(
        database_url=f"sqlite+aiosqlite:///{folder}/grannbro.db",
        data_dir=folder,
        owners=(str(EVA),),
    )
    town: Town = await open_town(options=options)
    await town.writes(EVA, None, "!start")
    for _ in range(2):
        await town.sends(BO, TG_ROOM, "jag är Anna", is_forged=True, is_sealed=True)
    await town.passes(minutes=1)

    told = [text for text in town.texts(EVA) if "skrivit i en annans namn" in text]
    assert len(told) == 1
    assert "jag är Anna" not in repr([shown.text for shown in town.everything_shown()])
    await town.passes(days=1)
    await town.sends(BO, TG_ROOM, "jag är Anna", is_forged=True, is_sealed=True)
    await town.passes(minutes=1)
    assert len([text for text in town.texts(EVA) if "skrivit i en annans namn" in text]) == 2
