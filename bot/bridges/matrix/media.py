"""Files on their way to Matrix and from there.

Source: Matrix client-server API, "Content repository"; MSC2530 (words below a file) and MSC3245
(voice messages).
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote

from nio.crypto import decrypt_attachment, encrypt_attachment
from nio.exceptions import EncryptionError
from PIL import Image, UnidentifiedImageError

from bot.bridges.loads import Load
from bot.bridges.matrix.api import Api, Object
from bot.bridges.matrix.contents import VOICE
from bot.bridges.matrix.errors import MatrixError, Refusal
from bot.bridges.matrix.limits import Bucket, Limits
from bot.domain.messages import Attachment, Media, MediaKind
from bot.errors import PermanentFailure, PlatformAway, StorageUnavailable, Why
from bot.ports.media import MAX_FILE_BYTES, MediaStore

FILE = "se.grannbro.file"
ALT = "se.grannbro.alt"
"""What a picture shows, kept beside it: an edit may bring words and take them away again."""
"""Field of a message that says which of the bot's files it shows."""
FILE_TIMEOUT_S = 90.0
_UPLOADS_REMEMBERED = 2_000
_USUAL_MOST_BYTES = 50_000_000
_TYPES: Mapping[MediaKind, str] = {
    MediaKind.PHOTO: "m.image",
    MediaKind.STICKER: "m.image",
    MediaKind.VIDEO: "m.video",
    MediaKind.ANIMATION: "m.video",
    MediaKind.VOICE: "m.audio",
    MediaKind.AUDIO: "m.audio",
    MediaKind.FILE: "m.file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that the homeserver has.

    Attributes:
        info: What clients want to know before they fetch it.
        opener: What opens it, if it is encrypted.
    """

    media: Media
    url: str
    info: Object
    opener: Object | None = None


@dataclass(kw_only=True)
class Files:
    """Reads files of the bot's, and remembers which ones the homeserver has.

    A file for a hundred rooms is uploaded once.

    Attributes:
        most_bytes: How large a file the homeserver takes; None until it was asked.
    """

    api: Api
    store: MediaStore
    limits: Limits
    load: Load = field(default_factory=Load)
    _known: OrderedDict[tuple[str, bool], Upload] = field(default_factory=OrderedDict)
    most_bytes: int | None = None

    async def fetch(self, media: Sequence[Media], *, is_sealed: bool) -> list[Upload]:
        """Return the files that are there and not too large, uploaded.

        Args:
            media: Which.
            is_sealed: Whether they go into an encrypted room.

        Raises:
            MatrixError: One can't be uploaded.
            TemporaryFailure: The bot's own can't be read now, or it is too early.
        """
        found = [await self._fetch(file, is_sealed=is_sealed) for file in media]
        return [upload for upload in found if upload]

    async def download(self, attachment: Attachment) -> bytes:
        """Fetch a file that somebody has sent, opened if it is encrypted.

        Raises:
            MatrixError: It can't be fetched.
            PermanentFailure: It is no file, or not what was sent.
        """
        url, opener = _opened(attachment.handle)
        server, _, media_id = url.removeprefix("mxc://").partition("/")
        if not url.startswith("mxc://") or not server or not media_id:
            raise PermanentFailure("the file has no address")
        where = f"{quote(server, safe=':')}/{quote(media_id, safe='')}"
        data = await self._get(where)
        if opener is None:
            return data
        try:
            plain: bytes = await asyncio.to_thread(decrypt_attachment, data, *opener)
        except (EncryptionError, ValueError) as error:
            raise PermanentFailure("the file is not what was sent") from error
        return plain

    async def _get(self, where: str) -> bytes:
        try:
            return await self.api.download(
                f"/_matrix/client/v1/media/download/{where}",
                most_bytes=MAX_FILE_BYTES,
                within_s=FILE_TIMEOUT_S,
            )
        except Refusal as refusal:
            # Servers from before 2024 know only the way without an account.
            if refusal.code != "M_UNRECOGNIZED":
                raise
        return await self.api.download(
            f"/_matrix/media/v3/download/{where}",
            most_bytes=MAX_FILE_BYTES,
            within_s=FILE_TIMEOUT_S,
        )

    async def _fetch(self, media: Media, *, is_sealed: bool) -> Upload | None:
        known = self._known.get((media.id, is_sealed))
        if known is not None:
            return known
        if media.size_bytes > await self._most():
            return None
        async with self.load.carrying(media.size_bytes):
            data = await self._read(media)
            if not data:
                return None
            upload = await self._upload(media, data, is_sealed=is_sealed)
        self._known[media.id, is_sealed] = upload
        while len(self._known) > _UPLOADS_REMEMBERED:
            self._known.popitem(last=False)
        return upload

    async def _upload(self, media: Media, data: bytes, *, is_sealed: bool) -> Upload:
        info = await asyncio.to_thread(_info, media, data)
        opener: Object | None = None
        mime, name = media.mime, media.name
        if is_sealed:
            data, opener = await asyncio.to_thread(_sealed, data)
            mime, name = "application/octet-stream", "file"
        async with self.limits.asking(Bucket.FILES):
            url = await self.api.upload(data, mime=mime, name=name, within_s=FILE_TIMEOUT_S)
        return Upload(media=media, url=url, info=info, opener=opener)

    async def _read(self, media: Media) -> bytes | None:
        try:
            return await self.store.read(media.id)
        except StorageUnavailable as error:
            raise PlatformAway(str(error)) from error

    async def _most(self) -> int:
        """Return how large a file may be; the server says so, and it seldom changes its mind."""
        if self.most_bytes is None:
            for path in ("/_matrix/client/v1/media/config", "/_matrix/media/v3/config"):
                try:
                    told = (await self.api.get(path)).get("m.upload.size")
                except Refusal as refusal:
                    if not refusal.is_not_found:
                        raise
                    continue
                self.most_bytes = told if isinstance(told, int) else _USUAL_MOST_BYTES
                break
        return self.most_bytes or _USUAL_MOST_BYTES


def file_content(upload: Upload) -> Object:
    """Return what shows a file; of a picture of the bot's own it says what can be seen there."""
    media = upload.media
    content: Object = {
        "msgtype": _TYPES[media.kind],
        "body": media.alt or media.name,
        "filename": media.name,
        "info": upload.info,
        FILE: media.id,
    }
    if upload.opener is None:
        content["url"] = upload.url
    else:
        content["file"] = {**upload.opener, "url": upload.url}
    if media.alt is not None:
        content[ALT] = media.alt
    if media.kind is MediaKind.VOICE:
        content[VOICE[0]] = {}
    return content


def is_too_large(error: MatrixError) -> bool:
    """Whether a file was refused for its size alone."""
    return isinstance(error, Refusal) and error.status == 413


def named(missing: Sequence[Media]) -> str:
    """Return a line that tells of files which can't be shown."""
    names = (f"{file.name} ({file.size_bytes / 1_000_000:.1f} MB)" for file in missing)
    return "📎 " + ", ".join(names)


def _opened(handle: str) -> tuple[str, tuple[str, str, str] | None]:
    """Return where a file is, and what opens it if it is encrypted."""
    if not handle.startswith("{"):
        return handle, None
    try:
        told = json.loads(handle)
        return str(told["url"]), (str(told["k"]), str(told["sha256"]), str(told["iv"]))
    except (ValueError, KeyError, TypeError) as error:
        raise PermanentFailure("the file has no address", why=Why.OTHER) from error


def _sealed(data: bytes) -> tuple[bytes, Object]:
    sealed, opener = encrypt_attachment(data)
    return bytes(sealed), dict(opener)


def _info(media: Media, data: bytes) -> Object:
    info: Object = {"mimetype": media.mime, "size": len(data)}
    if media.kind in {MediaKind.PHOTO, MediaKind.STICKER}:
        try:
            with Image.open(BytesIO(data)) as picture:
                info |= {"w": picture.width, "h": picture.height}
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
            pass
    return info
