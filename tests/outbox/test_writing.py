"""What a copy says, in the language of whoever reads it."""

from datetime import timedelta

from bot.domain.copies import Copy, PersonRef
from bot.domain.effects import Urgency
from bot.domain.messages import Platform, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import LanguageSource
from bot.domain.richtext import rich
from tests.outbox.stage import Stage, room, subject
from tests.town import TG_ROOM, alby

EVA = UserRef(Platform.TELEGRAM, "7")


async def test_private_copy_speaks_its_reader_s_language(safe: Stage) -> None:
    """Everybody reads their own."""
    copy = await _private_copy(safe, language="en")

    assert safe.writer.tombstone(copy).text.plain == "[erased]"


async def test_copy_of_somebody_forgotten_speaks_the_default(safe: Stage) -> None:
    """What is left of it is written all the same."""
    await _private_copy(safe, language="en")
    async with safe.database.write() as uow:
        await uow.people._session.connection.exec_driver_sql("DELETE FROM identities")
        await uow.people._session.connection.exec_driver_sql("DELETE FROM people")
    (copy,) = await safe.copies("a")

    assert safe.writer.tombstone(copy).text.plain == "[raderat]"


async def test_room_speaks_its_group_s_first_language(safe: Stage) -> None:
    """The bot speaks one language in a room."""
    async with safe.database.write() as uow:
        await uow.groups.put(alby(languages=("en", "sv"), rooms=(TG_ROOM,)))
    await safe.spreads("a", TG_ROOM.room_id)
    (copy,) = await safe.copies("a")
    repeated = safe.writer.marked_as_repeat(copy, OutgoingMessage(text=rich("a")))

    assert repeated.text.plain.startswith("a\n")
    assert "dubblett" not in repeated.text.plain


async def test_room_of_no_group_speaks_the_default(safe: Stage) -> None:
    """A desk belongs to nobody's group."""
    await safe.spreads("a", room("desk").room_id)
    (copy,) = await safe.copies("a")

    assert safe.writer.tombstone(copy).text.plain == "[raderat]"


async def _private_copy(stage: Stage, *, language: str) -> Copy:
    async with stage.database.write() as uow:
        person = await uow.people.by_user(EVA, stage.clock.now())
        await uow.people.set_language(person.id, language, LanguageSource.CHOSEN)
        await uow.copies.place(
            subject("a"),
            PersonRef(person.id),
            urgency=Urgency.TALK,
            answers=None,
            after=timedelta(0),
        )
    (copy,) = await stage.copies("a")
    return copy
