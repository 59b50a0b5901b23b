"""Files on disk, each sealed with a key of its own."""

import asyncio
import contextlib
import mimetypes
import os
import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.domain.cleaning import clean_file_name
from bot.domain.messages import Media, MediaId, MediaKind
from bot.errors import StorageUnavailable, Unacceptable
from bot.ports.media import MAX_FILE_BYTES
from bot.storage.pictures import clean_picture, is_picture
from bot.storage.vault import Owner, Vault

_PICTURES = frozenset({MediaKind.PHOTO, MediaKind.STICKER})


class SealedFiles:
    """The files of an installation, under one folder."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault

    async def keep(self, data: bytes, *, kind: MediaKind, name: str) -> Media:
        """Clean a file and keep it; a picture loses all that tells of its maker.

        Raises:
            Unacceptable: It is too large, or no picture although it claims to be one.
            StorageUnavailable: The disk is full or gone.
        """
        if len(data) > MAX_FILE_BYTES:
            raise Unacceptable("file-too-large", most=MAX_FILE_BYTES // 1_000_000)
        name = clean_file_name(name)
        if kind in _PICTURES or is_picture(data, name):
            kind = kind if kind in _PICTURES else MediaKind.PHOTO
            picture = await asyncio.to_thread(clean_picture, data)
            return await self._put(picture, kind, "image/jpeg", _as_jpg(name))
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return await self._put(data, kind, mime, name)

    async def duplicate(self, media: Media) -> Media | None:
        """Keep a second copy under a key of its own; None if the first is gone."""
        data = await self.read(media.id)
        if data is None:
            return None
        copy = await self._put(data, media.kind, media.mime, media.name)
        return replace(copy, alt=media.alt)

    async def read(self, media: MediaId) -> bytes | None:
        """Return a file; None if it is gone."""
        try:
            sealed = await asyncio.to_thread(self._path(media).read_bytes)
        except FileNotFoundError:
            return None
        return await self._vault.unseal_bytes(_key(media), sealed)

    async def kept_before(self, before: datetime | None) -> frozenset[MediaId]:
        """Return the files on disk that were kept before a time, all if none is given."""
        return await asyncio.to_thread(_listed, self._folder, before)

    async def discard(self, media: MediaId) -> None:
        """Destroy a file and its key; one already gone is no error."""
        await self._vault.destroy(_key(media))
        for path in (self._path(media), _unfinished(self._path(media))):
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _put(self, data: bytes, kind: MediaKind, mime: str, name: str) -> Media:
        media = MediaId(secrets.token_hex(16))
        sealed = await self._vault.seal_bytes(_key(media), data)
        path = self._path(media)
        try:
            await asyncio.to_thread(_write, path, sealed)
        except OSError as error:
            raise StorageUnavailable(f"a file could not be written: {error.strerror}") from error
        return Media(id=media, kind=kind, mime=mime, name=name, size_bytes=len(data))

    def _path(self, media: MediaId) -> Path:
        if not media.isalnum():
            raise ValueError("not a media id")
        return self._folder / media[:2] / media


def _key(media: MediaId) -> Owner:
    return Owner(f"media:{media}")


def _as_jpg(name: str) -> str:
    return f"{Path(name).stem or 'bild'}.jpg"


def _unfinished(path: Path) -> Path:
    return path.with_suffix(".part")


def _listed(folder: Path, before: datetime | None) -> frozenset[MediaId]:
    latest = before.timestamp() if before else float("inf")
    found = set()
    for path in folder.glob("*/*"):
        with contextlib.suppress(FileNotFoundError):  # somebody has discarded it meanwhile
            if path.stat().st_mtime < latest:
                found.add(MediaId(path.stem))
    return frozenset(found)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = _unfinished(path)
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # whoever is told "received" relies on it after a power cut
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
