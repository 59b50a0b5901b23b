"""Files on their way to Telegram.

Source: Bot API, "Sending files": photos up to 10 MB, other files up to 50 MB.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from telegram import InputFile, InputMediaDocument, InputMediaPhoto, Message

from bot.bridges.telegram.markup import Formatted
from bot.domain.messages import Media, MediaKind
from bot.errors import StorageUnavailable, TemporaryFailure
from bot.ports.media import MediaStore

MAX_PHOTO_BYTES = 10_000_000
MAX_FILE_BYTES = 50_000_000
MOST_IN_ALBUM = 10
_IDS_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file, ready to go.

    Attributes:
        source: What is in it, or the id under which Telegram has it already.
    """

    media: Media
    source: InputFile | str
    is_photo: bool

    def as_input(self, caption: Formatted) -> InputMediaPhoto | InputMediaDocument:
        """Return it as a part of an album."""
        text, entities = caption.text or None, caption.entities or None
        kind = InputMediaPhoto if self.is_photo else InputMediaDocument
        return kind(self.source, caption=text, caption_entities=entities)


@dataclass
class Files:
    """Reads files of the bot's, and remembers which ones Telegram has.

    A photo for a hundred readers is uploaded once.
    """

    store: MediaStore
    _ids: OrderedDict[tuple[str, bool], str] = field(default_factory=OrderedDict)

    async def fetch(self, media: Sequence[Media]) -> list[Upload]:
        """Return the files that are there and not too large."""
        found = [await self._fetch(file, is_photo=_is_photo(file)) for file in media]
        return [upload for upload in found if upload]

    async def as_files(self, uploads: Sequence[Upload]) -> list[Upload]:
        """Return photos that Telegram takes for none as files."""
        found = [await self._fetch(upload.media, is_photo=False) for upload in uploads]
        return [upload for upload in found if upload]

    def remember(self, upload: Upload, sent: Message) -> None:
        """Note the id that Telegram gave a file."""
        file = sent.photo[-1] if sent.photo else sent.document
        if file is not None:
            self._ids[upload.media.id, upload.is_photo] = file.file_id
            while len(self._ids) > _IDS_REMEMBERED:
                self._ids.popitem(last=False)

    async def _fetch(self, media: Media, *, is_photo: bool) -> Upload | None:
        known = self._ids.get((media.id, is_photo))
        if known is not None:
            return Upload(media=media, source=known, is_photo=is_photo)
        data = await self._read(media) if media.size_bytes <= MAX_FILE_BYTES else None
        if not data:
            return None
        file = InputFile(data, filename=media.name, attach=True)
        return Upload(media=media, source=file, is_photo=is_photo)

    async def _read(self, media: Media) -> bytes | None:
        try:
            return await self.store.read(media.id)
        except StorageUnavailable as error:
            raise TemporaryFailure(str(error)) from error


def groups_of(uploads: Sequence[Upload]) -> list[list[Upload]]:
    """Return which files are shown together: photos with photos, files with files, ten at most."""
    ordered = sorted(uploads, key=lambda upload: not upload.is_photo)
    alike = groupby(ordered, key=lambda upload: upload.is_photo)
    return [album for _, group in alike for album in _albums(list(group))]


def named(missing: Sequence[Media]) -> str:
    """Return a line that tells of files which can't be shown."""
    names = (f"{file.name} ({file.size_bytes / 1_000_000:.1f} MB)" for file in missing)
    return "📎 " + ", ".join(names)


def _albums(group: list[Upload]) -> Iterator[list[Upload]]:
    for start in range(0, len(group), MOST_IN_ALBUM):
        yield group[start : start + MOST_IN_ALBUM]


def _is_photo(media: Media) -> bool:
    return media.kind is MediaKind.PHOTO and media.size_bytes <= MAX_PHOTO_BYTES
