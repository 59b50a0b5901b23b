"""What is tried once more in another way when Telegram refuses a text."""

from dataclasses import dataclass, field
from typing import cast

import pytest
from telegram import Chat, InputFile, InputMedia, Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.changes import Changes
from bot.bridges.telegram.editing import Editing
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.markup import Formatted, to_telegram
from bot.bridges.telegram.media import Files
from bot.bridges.telegram.posting import Posting
from bot.domain.messages import MediaKind
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from tests.bridges.telegram.stage import KeptFiles
from tests.styles import bold
from tests.town import START

WHERE = Address(-1001)


@dataclass
class Picky:
    """A bot whose service takes no entities, no voices, or nothing above some length."""

    refusal: str
    longest: int = 4096
    said: list[Formatted] = field(default_factory=list)
    files: KeptFiles = field(default_factory=KeptFiles)
    covered: str | None = None

    async def send_message(self, chat_id: int, text: str, *, entities, **_: object) -> Message:
        self._require(Formatted(text, tuple(entities)))
        self.said.append(Formatted(text, tuple(entities)))
        return Message(message_id=len(self.said), date=START, chat=Chat(chat_id, "supergroup"))

    async def send_voice(self, chat_id: int, *_: object, **__: object) -> Message:
        raise BadRequest(self.refusal)

    async def send_document(
        self, chat_id: int, file: InputFile, *, caption: str, caption_entities, **_: object
    ) -> Message:
        return await self.send_message(
            chat_id, f"{file.filename}: {caption}", entities=caption_entities
        )

    async def edit_message_text(self, text: str, chat_id: int, number: int, **more) -> None:
        await self._change(number, text, more["entities"])

    async def edit_message_caption(
        self, chat_id: int, number: int, *, caption: str, caption_entities, **_: object
    ) -> None:
        await self._change(number, caption, caption_entities)

    async def edit_message_media(self, media: InputMedia, *_: object, **__: object) -> None:
        self._require(Formatted(media.caption or "", tuple(media.caption_entities)))
        self.covered = media.caption

    async def _change(self, number: int, text: str, entities) -> None:
        words = Formatted(text, tuple(entities))
        self._require(words)
        if self.said[number - 1] == words:
            raise BadRequest("Message is not modified")
        self.said[number - 1] = words

    def _require(self, words: Formatted) -> None:
        if (words.entities and "entities" in self.refusal) or len(words.text) > self.longest:
            raise BadRequest(self.refusal)

    async def delete_message(self, chat_id: int, number: int, **_: object) -> None:
        self.said[number - 1] = Formatted("")

    @property
    def posting(self) -> Posting:
        """What posts through it."""
        return Posting(bot=cast(ExtBot[Wish], self), files=Files(self.files))

    @property
    def changes(self) -> Changes:
        """What changes through it."""
        return Changes(bot=cast(ExtBot[Wish], self))


async def test_look_that_is_refused_is_left_out() -> None:
    """The words matter more."""
    bot = Picky("Can't parse entities: of tomorrow")
    await bot.posting.post(WHERE, OutgoingMessage(text=bold("Rök")))

    assert bot.said == [Formatted("Rök")]


@pytest.mark.parametrize("what", ["text", "caption"])
async def test_look_that_is_refused_is_left_out_of_a_change(what: str) -> None:
    """Of a text or of what stands below a file; and it may be made twice."""
    bot = Picky("Can't parse entities: of tomorrow")
    await bot.posting.post(WHERE, OutgoingMessage(text=rich("Rök")))
    for _ in range(2):
        change = bot.changes.text if what == "text" else bot.changes.caption
        await change(WHERE, 1, to_telegram(bold("Löst")), None, Wish())

    assert bot.said == [Formatted("Löst")]


async def test_look_that_is_refused_is_left_out_below_a_cover() -> None:
    """What shall be forgotten is covered, however its words look."""
    bot = Picky("Can't parse entities: of tomorrow")
    await bot.changes.cover(WHERE, 1, to_telegram(bold("[raderat]")), None)

    assert bot.covered == "[raderat]"


async def test_text_that_is_too_long_is_cut_smaller() -> None:
    """If Telegram counts otherwise some day."""
    bot = Picky("Message is too long", longest=3000)
    numbers = await bot.posting.post(WHERE, OutgoingMessage(text=rich("Rök! " * 700)))

    assert len(numbers) == 2
    assert "".join(said.text for said in bot.said).split() == ["Rök!"] * 700


async def test_changed_text_that_is_too_long_is_cut_smaller() -> None:
    """What does not fit goes on in a message that answers the first."""
    bot = Picky("Message is too long", longest=3000)
    (number,) = await bot.posting.post(WHERE, OutgoingMessage(text=rich("Rök")))
    editing = Editing(changes=bot.changes, posting=bot.posting)
    after = await editing.edit(WHERE, [number], OutgoingMessage(text=rich("Rök! " * 700)))

    assert after == [number, number + 1]
    assert "".join(said.text for said in bot.said).split() == ["Rök!"] * 700


async def test_voice_that_its_reader_takes_from_nobody_comes_as_a_document() -> None:
    """A privacy setting of Telegram's; the reader wants to know all the same."""
    bot = Picky("Voice_messages_forbidden")
    voice = bot.files.any(MediaKind.VOICE, "voice.ogg")
    await bot.posting.post(WHERE, OutgoingMessage(text=rich("Granne 1:"), media=(voice,)))

    assert [said.text for said in bot.said] == ["voice.ogg: Granne 1:"]


async def test_voice_that_may_not_be_sent_here_is_not_sent_in_disguise() -> None:
    """Whoever administers the room has forbidden voices: it is named, and that is all."""
    bot = Picky("not enough rights to send voice messages to the chat")
    voice = bot.files.any(MediaKind.VOICE, "voice.ogg")
    await bot.posting.post(WHERE, OutgoingMessage(text=rich("Granne 1:"), media=(voice,)))

    assert [said.text for said in bot.said] == ["Granne 1:\n📎 voice.ogg (0.0 MB)"]


async def test_other_refusals_are_final() -> None:
    """One more try helps nobody."""
    bot = Picky("TEXT_OF_TOMORROW", longest=1)
    with pytest.raises(BadRequest):
        await bot.posting.post(WHERE, OutgoingMessage(text=bold("Rök")))

    assert bot.said == []
