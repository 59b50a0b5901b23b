"""Fetching what is attached to a message; what can't be had does not stop its words."""

import hashlib
import mimetypes
import secrets
from dataclasses import dataclass, replace

from bot.conversation import answer
from bot.domain.cleaning import clean_file_name
from bot.domain.incoming import Incoming, IncomingEdit, IncomingMessage
from bot.domain.messages import Attachment, Media, MediaId, Original
from bot.domain.words import Words, words
from bot.errors import BridgeError, PermanentFailure, Unacceptable, UserError
from bot.ports.bridge import Bridge
from bot.ports.features import Context, Files
from bot.ports.media import MAX_FILE_BYTES, MediaStore
from bot.ports.store import Store

PATIENCE = 3
"""So often a file is asked for; then its message goes on without it."""


@dataclass(frozen=True, kw_only=True)
class Attachments:
    """Fetches and cleans files, before any transaction is open."""

    media: MediaStore
    store: Store

    async def fetch(
        self, incoming: Incoming, bridge: Bridge, files: Files, *, attempts: int
    ) -> Incoming:
        """Fill `files`, and return the message with what could be had attached to it alone.

        Raises:
            Unacceptable: Nothing is left of the message.
            BridgeError: A file could not be fetched now, after `attempts` failures before.
        """
        if isinstance(incoming, IncomingEdit):
            return await self._fetch_of_edit(incoming, bridge, files, attempts=attempts)
        if not isinstance(incoming, IncomingMessage) or not incoming.attachments:
            return incoming
        had = await self._fetch_all(incoming, bridge, files, attempts=attempts)
        if files.left_out and not (had or incoming.text or incoming.position):
            raise files.left_out[0]
        return replace(incoming, attachments=had)

    async def discard(self, files: Files) -> None:
        """Destroy what was fetched."""
        for media in files.kept:
            await self.media.discard(media.id)

    async def _fetch_of_edit(
        self, edit: IncomingEdit, bridge: Bridge, files: Files, *, attempts: int
    ) -> IncomingEdit:
        """Fetch what somebody has put in the place of other files; others stand as they are."""
        if not edit.attachments:
            return edit
        async with self.store.read() as uow:
            are_others = await uow.relays.came_with_others(edit.ref, edit.attachments)
        if are_others:
            await self._fetch_all(edit, bridge, files, attempts=attempts)
        return edit

    async def _fetch_all(
        self,
        incoming: IncomingMessage | IncomingEdit,
        bridge: Bridge,
        files: Files,
        *,
        attempts: int,
    ) -> tuple[Attachment, ...]:
        """Fetch what can be had; return what that was."""
        had: list[Attachment] = []
        files.offered = incoming.attachments or ()
        for offered in files.offered:
            try:
                if _is_for_the_platform_alone(offered, incoming):
                    files.lend(_lent(offered, bridge))
                    files.prints.append(f"{offered.kind} {offered.handle}")
                else:
                    await self._add(offered, bridge, files, attempts=attempts)
                had.append(offered)
            except UserError as reason:
                files.left_out.append(reason)
        return tuple(had)

    async def _add(
        self, offered: Attachment, bridge: Bridge, files: Files, *, attempts: int
    ) -> None:
        if offered.size_bytes > MAX_FILE_BYTES:
            raise _too_large()
        try:
            data = await bridge.download(offered)
        except BridgeError as failure:
            if isinstance(failure, PermanentFailure) or attempts + 1 >= PATIENCE:
                raise Unacceptable("file-gone") from failure
            raise
        kept = await self.media.keep(data, kind=offered.kind, name=offered.name)
        if offered.original is not None:
            kept = replace(kept, original=Original(bridge.platform, offered.original))
        files.kept.append(kept)
        files.prints.append(f"{offered.kind} {hashlib.blake2b(data, digest_size=16).hexdigest()}")


def _too_large() -> Unacceptable:
    return Unacceptable("file-too-large", most=MAX_FILE_BYTES // 1_000_000)


def _is_for_the_platform_alone(
    offered: Attachment, message: IncomingMessage | IncomingEdit
) -> bool:
    """Whether a file is too large to be kept, but can be shown where it comes from."""
    is_too_large = offered.size_bytes > MAX_FILE_BYTES
    return is_too_large and offered.shows_again and not message.is_direct


def _lent(offered: Attachment, bridge: Bridge) -> Media:
    return Media(
        id=MediaId(secrets.token_hex(16)),
        kind=offered.kind,
        mime=mimetypes.guess_type(offered.name)[0] or "application/octet-stream",
        name=clean_file_name(offered.name),
        size_bytes=offered.size_bytes,
        original=Original(bridge.platform, offered.handle),
    )


async def tell_what_is_left_out(ctx: Context) -> None:
    """Tell the sender, once for each reason, why a file is not with the words."""
    left_out = [*ctx.files.left_out, *([_too_large()] if _is_missing_somewhere(ctx) else [])]
    reasons = {error.text_id: error for error in left_out}
    for error in reasons.values():
        why = Words(error.text_id, error.values)
        await answer(ctx, "attachments", words("file-left-out", why=why))


def _is_missing_somewhere(ctx: Context) -> bool:
    """Whether a file that only its own platform can show was wanted elsewhere, too."""
    if not ctx.files.lent:
        return False
    others = ctx.group.others(ctx.here) if ctx.group else ()
    is_elsewhere = any(room.platform is not ctx.here.platform for room in others)
    return is_elsewhere or not ctx.files.as_sent
