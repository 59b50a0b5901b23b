"""Files on their way to Telegram.

Source: Bot API, "Sending files": photos up to 10 MB, other files up to 50 MB.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from telegram import (
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)

from bot.bridges.loads import Load
from bot.bridges.telegram.forms import (
    Form,
    form_of,
    id_of,
    most_together,
    plain_form_of,
    shelf_of,
)
from bot.bridges.telegram.markup import Formatted
from bot.domain.messages import Media
from bot.errors import PlatformAway, StorageUnavailable
from bot.ports.media import MediaStore

MAX_FILE_BYTES = 50_000_000
_IDS_REMEMBERED = 2_000

AlbumPart: TypeAlias = InputMediaPhoto | InputMediaVideo | InputMediaAudio | InputMediaDocument
_ALBUM_PARTS: Mapping[Form, type[AlbumPart]] = {
    Form.PHOTO: InputMediaPhoto,
    Form.VIDEO: InputMediaVideo,
    Form.AUDIO: InputMediaAudio,
    Form.DOCUMENT: InputMediaDocument,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file, ready to go.

    Attributes:
        source: What is in it, or the id under which Telegram has it already.
    """

    media: Media
    source: InputFile | str
    form: Form

    def as_input(self, caption: Formatted) -> AlbumPart:
        """Return it as a part of an album; voices and animations can't be one."""
        text, entities = caption.text or None, caption.entities or None
        return _ALBUM_PARTS[self.form](self.source, caption=text, caption_entities=entities)


@dataclass
class Files:
    """Reads files of the bot's, and remembers which ones Telegram has.

    A file for a hundred readers is uploaded once.
    """

    store: MediaStore
    load: Load = field(default_factory=Load)
    _ids: OrderedDict[tuple[str, Form], str] = field(default_factory=OrderedDict)

    @asynccontextmanager
    async def at_hand(self, media: Sequence[Media]) -> AsyncIterator[list[Upload]]:
        """Hold the files that are there and not too large, when there is room for them."""
        to_read = [file for file in media if self._id_of(file, form_of(file)) is None]
        async with self.load.carrying(sum(file.size_bytes for file in to_read)):
            yield await self._fetch_all(media)

    async def _fetch_all(self, media: Sequence[Media]) -> list[Upload]:
        found = [await self._fetch(file, form=form_of(file)) for file in media]
        return [upload for upload in found if upload]

    async def in_another_form(self, uploads: Sequence[Upload]) -> list[Upload]:
        """Return files that Telegram does not take in their own form as it takes any.

        A sticker is the picture that is kept of it, all else a document.
        """
        found = [await self._fetch(upload.media, form=_other_form(upload)) for upload in uploads]
        return [upload for upload in found if upload]

    def remember(self, upload: Upload, sent: Message) -> None:
        """Note the id that Telegram gave a file."""
        file_id = _id_in(sent, upload.form)
        if file_id is not None:
            self._ids[upload.media.id, upload.form] = file_id
            while len(self._ids) > _IDS_REMEMBERED:
                self._ids.popitem(last=False)

    async def _fetch(self, media: Media, *, form: Form) -> Upload | None:
        known = self._id_of(media, form)
        if known is not None:
            return Upload(media=media, source=known, form=form)
        data = await self._read(media) if media.size_bytes <= MAX_FILE_BYTES else None
        if not data:
            return None
        file = InputFile(data, filename=media.name, attach=True)
        return Upload(media=media, source=file, form=form)

    def _id_of(self, media: Media, form: Form) -> str | None:
        """Return under what Telegram has a file already."""
        first = id_of(media) if form is form_of(media) else None
        return first or self._ids.get((media.id, form))

    async def _read(self, media: Media) -> bytes | None:
        try:
            return await self.store.read(media.id)
        except StorageUnavailable as error:
            raise PlatformAway(str(error)) from error


def groups_of(uploads: Sequence[Upload]) -> list[list[Upload]]:
    """Return which files are shown together: photos and films, pieces of music, documents."""
    ordered = sorted(uploads, key=lambda upload: shelf_of(upload.form))
    alike = groupby(ordered, key=lambda upload: shelf_of(upload.form))
    return [album for _, group in alike for album in _albums(list(group))]


def _other_form(upload: Upload) -> Form:
    return plain_form_of(upload.media) if upload.form is Form.STICKER else Form.DOCUMENT


def _albums(group: list[Upload]) -> Iterator[list[Upload]]:
    most = most_together(upload.form for upload in group)
    for start in range(0, len(group), most):
        yield group[start : start + most]


def _id_in(sent: Message, form: Form) -> str | None:
    """Return a file's id; None if Telegram has taken the file in another form."""
    if form is Form.PHOTO:
        return sent.photo[-1].file_id if sent.photo else None
    file = {
        Form.VIDEO: sent.video,
        Form.ANIMATION: sent.animation,
        Form.VOICE: sent.voice,
        Form.AUDIO: sent.audio,
        Form.DOCUMENT: sent.document,
        Form.STICKER: sent.sticker,
    }[form]
    return file.file_id if file else None
