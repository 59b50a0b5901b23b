"""What stands inside the sealed fields of updates."""

import base64
from typing import Any

from sqlalchemy import Row

from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.ports.inbox import InboxEntry, InboxId
from bot.storage.vault import Owner, Vault

_PAYLOAD, _AMENDMENT = "inbox.payload", "inbox.amendment"


async def payload_to_sealed(payload: bytes, owner: Owner, vault: Vault) -> bytes:
    """Write an update as the platform gave it."""
    return await vault.seal(owner, base64.b64encode(payload).decode(), field=_PAYLOAD)


async def amendment_to_sealed(edit: bytes, owner: Owner, vault: Vault) -> bytes:
    """Write the update that tells what has become of a held one's message."""
    return await vault.seal(owner, base64.b64encode(edit).decode(), field=_AMENDMENT)


async def entry_from_row(row: Row[Any], vault: Vault) -> InboxEntry:
    """Read a kept update; an empty one if it is forgotten or its day's key was destroyed."""
    owner = Owner(row.key_owner)
    payload = await _unsealed(row.payload, owner, vault, field=_PAYLOAD)
    return InboxEntry(
        id=InboxId(row.id),
        update=RawUpdate(
            platform=Platform(row.platform),
            update_id=row.update_id,
            lane=row.lane,
            payload=payload or b"",
        ),
        attempts=row.attempts,
        received_at=row.received_at,
        amendment=await _unsealed(row.amendment, owner, vault, field=_AMENDMENT),
    )


async def _unsealed(
    sealed: bytes | None, owner: Owner, vault: Vault, *, field: str
) -> bytes | None:
    written = await vault.unseal(owner, sealed, field=field)
    return base64.b64decode(written) if isinstance(written, str) else None
