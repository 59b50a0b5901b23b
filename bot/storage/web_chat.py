"""The web chat in the database: each message sealed with a key of its own."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    bindparam,
    delete,
    select,
    union,
    update,
)

from bot.domain.messages import MediaId
from bot.domain.richtext_json import Json
from bot.domain.web_chat import Told, WebMessage, WebRoom
from bot.storage.dialect import insert
from bot.storage.files import hold, hold_only, let_go
from bot.storage.session import Session
from bot.storage.vault import Owner, transit_key
from bot.storage.web_accounts import WebAccountRows
from bot.storage.web_chat_content import message_from_json, message_to_json
from bot.storage.web_chat_tables import (
    WEB_MESSAGES,
    WEB_REACTIONS,
    WEB_ROOMS,
    WEB_UPDATES,
)

_KEYS_IN_USE = union(
    *(
        select(table.c.key_owner).where(table.c.key_owner.in_(bindparam("owners", expanding=True)))
        for table in (WEB_MESSAGES, WEB_UPDATES)
    )
)
_FIELD = "web_messages.content"
_UPDATE = "web_updates.payload"


class WebChatRows:
    """The web chat's rows."""

    def __init__(self, session: Session, accounts: WebAccountRows) -> None:
        self._session = session
        self._accounts = accounts

    async def put_room(self, room: WebRoom) -> None:
        """Open a room, or give it another title."""
        await self._session.run(
            insert(self._session.connection, WEB_ROOMS)
            .values(id=room.id, title=room.title)
            .on_conflict_do_update(index_elements=["id"], set_={"title": room.title})
        )

    async def room(self, room: str) -> WebRoom | None:
        """Return a room, None if there is none such."""
        row = await self._session.first(select(WEB_ROOMS).where(WEB_ROOMS.c.id == room))
        return WebRoom(id=row.id, title=row.title) if row else None

    async def post(self, message: WebMessage, *, key: str | None = None) -> int:
        """Store a message and return its id; the same key stores it once."""
        if key is not None and (known := await self.by_key(key)) is not None:
            return known.id
        owner = Owner(f"web:{secrets.token_hex(8)}")
        sealed = await self._session.vault.seal(owner, message_to_json(message), field=_FIELD)
        result = await self._session.connection.execute(
            insert(self._session.connection, WEB_MESSAGES)
            .values(
                room=message.room,
                author=message.author,
                key=key,
                key_owner=owner,
                content=sealed,
                sent_at=message.sent_at,
            )
            .returning(WEB_MESSAGES.c.id)
        )
        number = int(result.scalar_one())
        await hold(self._session, f"web:{number}", message.media)
        return number

    async def by_key(self, key: str) -> WebMessage | None:
        """Return the message that was posted with a key, None if none was."""
        row = await self._session.first(select(WEB_MESSAGES).where(WEB_MESSAGES.c.key == key))
        return (await self._messages([row]))[0] if row else None

    async def change(self, message: WebMessage) -> None:
        """Store another content of a message."""
        row = await self._session.first(
            select(WEB_MESSAGES.c.key_owner).where(WEB_MESSAGES.c.id == message.id)
        )
        if row is None:
            return
        owner = Owner(row.key_owner)
        sealed = await self._session.vault.seal(owner, message_to_json(message), field=_FIELD)
        await self._session.run(
            update(WEB_MESSAGES)
            .where(WEB_MESSAGES.c.id == message.id)
            .values(content=sealed, edited_at=message.edited_at)
        )
        await hold_only(self._session, f"web:{message.id}", message.media)

    async def message(self, message: int) -> WebMessage | None:
        """Return a message, None if it was removed."""
        row = await self._session.first(select(WEB_MESSAGES).where(WEB_MESSAGES.c.id == message))
        return (await self._messages([row]))[0] if row else None

    async def messages(self, room: str, *, last: int) -> Sequence[WebMessage]:
        """Return the latest messages of a room, oldest first."""
        rows = await self._session.all(
            select(WEB_MESSAGES)
            .where(WEB_MESSAGES.c.room == room)
            .order_by(WEB_MESSAGES.c.id.desc())
            .limit(last)
        )
        return await self._messages(list(reversed(rows)))

    async def remove(self, message: int) -> Sequence[MediaId]:
        """Delete a message and its key; return the files it held."""
        found = await self.message(message)
        row = await self._session.first(
            select(WEB_MESSAGES.c.key_owner).where(WEB_MESSAGES.c.id == message)
        )
        if found is None or row is None:
            return []
        await self._session.run(delete(WEB_MESSAGES).where(WEB_MESSAGES.c.id == message))
        await let_go(self._session, f"web:{message}")
        self._session.doomed.append(Owner(row.key_owner))
        return [media.id for media in found.media]

    async def react(self, message: int, account: str, emoji: str, *, on: bool) -> bool:
        """Set or take back a reaction; False if nothing changed."""
        if on:
            return (
                await self._session.run(
                    insert(self._session.connection, WEB_REACTIONS)
                    .values(message_id=message, account=account, emoji=emoji)
                    .on_conflict_do_nothing()
                )
                > 0
            )
        gone = await self._session.run(
            delete(WEB_REACTIONS).where(
                WEB_REACTIONS.c.message_id == message,
                WEB_REACTIONS.c.account == account,
                WEB_REACTIONS.c.emoji == emoji,
            )
        )
        return gone > 0

    async def written_by(self, account: str) -> Sequence[WebMessage]:
        """Return what an account has written, oldest first."""
        rows = await self._session.all(
            select(WEB_MESSAGES)
            .where(WEB_MESSAGES.c.author == account)
            .order_by(WEB_MESSAGES.c.id)
        )
        return await self._messages(rows)

    async def reactions_of(self, account: str) -> Sequence[tuple[int, str]]:
        """Return the messages on which an account has set an emoji, and which."""
        rows = await self._session.all(
            select(WEB_REACTIONS)
            .where(WEB_REACTIONS.c.account == account)
            .order_by(WEB_REACTIONS.c.message_id)
        )
        return [(row.message_id, row.emoji) for row in rows]

    async def take_back_reactions(self, account: str) -> int:
        """Delete all emoji that an account has set; return how many."""
        return await self._session.run(
            delete(WEB_REACTIONS).where(WEB_REACTIONS.c.account == account)
        )

    async def past_lifetime(self, before: datetime) -> Sequence[int]:
        """Return the messages sent before a time."""
        rows = await self._session.all(
            select(WEB_MESSAGES.c.id).where(WEB_MESSAGES.c.sent_at <= before)
        )
        return [row.id for row in rows]

    async def tell(self, payload: bytes, now: datetime) -> None:
        """Queue something that happened, for the bot to hear of."""
        owner = transit_key(now)
        sealed = await self._session.vault.seal(owner, payload.decode(), field=_UPDATE)
        await self._session.run(
            insert(self._session.connection, WEB_UPDATES),
            [{"key_owner": owner, "payload": sealed}],
        )

    async def untold(self, *, limit: int) -> Sequence[Told]:
        """Return what the bot has not heard of yet, in order."""
        rows = await self._session.all(select(WEB_UPDATES).order_by(WEB_UPDATES.c.id).limit(limit))
        return [Told(row.id, str(await self._opened(row)).encode()) for row in rows]

    async def told(self, number: int) -> None:
        """Drop what the bot has heard of."""
        await self._session.run(delete(WEB_UPDATES).where(WEB_UPDATES.c.id == number))

    async def keys_in_use(self, among: Collection[str]) -> frozenset[str]:
        """Return those of some keys' owners that messages and news are sealed with."""
        rows = await self._session.all(_KEYS_IN_USE, owners=list(among))
        return frozenset(row.key_owner for row in rows)

    async def _opened(self, row: Row[Any]) -> Json:
        vault = self._session.vault
        return await vault.unseal(Owner(row.key_owner), row.payload, field=_UPDATE)

    async def _messages(self, rows: Sequence[Row[Any]]) -> Sequence[WebMessage]:
        reactions = await self._reactions([row.id for row in rows])
        names = {account.id: account.name for account in await self._accounts.all()}
        return [
            replace(
                await self._message(row),
                author_name=names.get(row.author, ""),
                reactions=reactions.get(row.id, {}),
            )
            for row in rows
        ]

    async def _message(self, row: Row[Any]) -> WebMessage:
        vault, owner = self._session.vault, Owner(row.key_owner)
        return message_from_json(row, await vault.unseal(owner, row.content, field=_FIELD))

    async def _reactions(
        self, messages: Sequence[int]
    ) -> Mapping[int, Mapping[str, frozenset[str]]]:
        rows = await self._session.all(
            select(WEB_REACTIONS).where(WEB_REACTIONS.c.message_id.in_(messages))
        )
        found: dict[int, dict[str, frozenset[str]]] = {}
        for row in rows:
            of_message = found.setdefault(row.message_id, {})
            of_message[row.emoji] = of_message.get(row.emoji, frozenset()) | {row.account}
        return found
