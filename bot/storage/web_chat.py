"""The web chat in the database: each message sealed with a key of its own."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    bindparam,
    delete,
    func,
    select,
    union,
    update,
)

from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import MediaId
from bot.domain.outgoing import Button
from bot.domain.richtext_json import Json
from bot.domain.web_chat import PRIVATE, Told, WebAccount, WebMessage, WebRoom
from bot.storage.dialect import insert
from bot.storage.files import hold, hold_only, let_go
from bot.storage.sealing import text_from_json, text_to_json
from bot.storage.session import Session
from bot.storage.vault import Owner, transit_key
from bot.storage.web_chat_tables import (
    WEB_ACCOUNTS,
    WEB_MEMBERS,
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
_ACCOUNTS_AMONG = select(WEB_ACCOUNTS.c.id).where(
    WEB_ACCOUNTS.c.id.in_(bindparam("accounts", expanding=True))
)
_ACCOUNT = "web-account:"
_FIELD = "web_messages.content"
_UPDATE = "web_updates.payload"
_PROFILE = "web_accounts.profile"


class WebChatRows:
    """The web chat's rows."""

    def __init__(self, session: Session) -> None:
        self._session = session

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

    async def put_account(self, account: WebAccount, *, login: str) -> None:
        """Add an account, or change it."""
        profile: Json = {"name": account.name, "language": account.language}
        columns = {
            "login": _digest(login),
            "profile": await self._session.vault.seal(
                _account_key(account.id), profile, field=_PROFILE
            ),
        }
        await self._session.run(
            insert(self._session.connection, WEB_ACCOUNTS)
            .values(id=account.id, **columns)
            .on_conflict_do_update(index_elements=["id"], set_=columns)
        )

    async def account(self, account: str) -> WebAccount | None:
        """Return an account, None if there is none such."""
        row = await self._session.first(select(WEB_ACCOUNTS).where(WEB_ACCOUNTS.c.id == account))
        return await self._account(row) if row else None

    async def by_login(self, login: str) -> WebAccount | None:
        """Return whose personal link carries a secret."""
        row = await self._session.first(
            select(WEB_ACCOUNTS).where(WEB_ACCOUNTS.c.login == _digest(login))
        )
        return await self._account(row) if row else None

    async def accounts(self) -> Sequence[WebAccount]:
        """Return all accounts."""
        rows = await self._session.all(select(WEB_ACCOUNTS).order_by(WEB_ACCOUNTS.c.id))
        return [await self._account(row) for row in rows]

    async def join(self, room: str, account: str) -> None:
        """Let an account into a room."""
        if not await self.is_member(room, account):
            await self._session.run(
                insert(self._session.connection, WEB_MEMBERS).values(room=room, account=account)
            )

    async def rooms_of(self, account: str) -> Sequence[WebRoom]:
        """Return the rooms that an account is in, in the order it came into them."""
        rows = await self._session.all(
            select(WEB_ROOMS)
            .join(WEB_MEMBERS, WEB_MEMBERS.c.room == WEB_ROOMS.c.id)
            .where(WEB_MEMBERS.c.account == account)
            .order_by(WEB_MEMBERS.c.id)
        )
        return [WebRoom(id=row.id, title=row.title) for row in rows]

    async def is_member(self, room: str, account: str) -> bool:
        """Whether an account is in a room."""
        found = await self._session.first(
            select(WEB_MEMBERS.c.id).where(
                WEB_MEMBERS.c.room == room, WEB_MEMBERS.c.account == account
            )
        )
        return found is not None

    async def member_count(self, room: str) -> int:
        """Count the accounts in a room."""
        row = await self._session.first(
            select(func.count(WEB_MEMBERS.c.id).label("people")).where(WEB_MEMBERS.c.room == room)
        )
        return int(row.people) if row else 0

    async def post(self, message: WebMessage, *, key: str | None = None) -> int:
        """Store a message and return its id; the same key stores it once."""
        if key is not None and (known := await self.by_key(key)) is not None:
            return known.id
        owner = Owner(f"web:{secrets.token_hex(8)}")
        sealed = await self._session.vault.seal(owner, _content(message), field=_FIELD)
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
        sealed = await self._session.vault.seal(owner, _content(message), field=_FIELD)
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

    async def remove_account(self, account: str) -> None:
        """Delete an account: its link ends, it is in no room, and nobody can read its name."""
        await self._session.run(delete(WEB_MEMBERS).where(WEB_MEMBERS.c.account == account))
        await self._session.run(delete(WEB_ROOMS).where(WEB_ROOMS.c.id == PRIVATE + account))
        await self._session.run(delete(WEB_ACCOUNTS).where(WEB_ACCOUNTS.c.id == account))
        self._session.doomed.append(_account_key(account))

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

    async def keys_in_use(self, among: Collection[str]) -> frozenset[str]:
        """Return those of some keys' owners that accounts, messages and news are sealed with."""
        names = [owner.removeprefix(_ACCOUNT) for owner in among if owner.startswith(_ACCOUNT)]
        accounts = await self._session.all(_ACCOUNTS_AMONG, accounts=names)
        rows = await self._session.all(_KEYS_IN_USE, owners=list(among))
        return frozenset(
            [*(row.key_owner for row in rows), *(_account_key(row.id) for row in accounts)]
        )

    async def _opened(self, row: Row[Any]) -> Json:
        vault = self._session.vault
        return await vault.unseal(Owner(row.key_owner), row.payload, field=_UPDATE)

    async def told(self, number: int) -> None:
        """Drop what the bot has heard of."""
        await self._session.run(delete(WEB_UPDATES).where(WEB_UPDATES.c.id == number))

    async def _account(self, row: Row[Any]) -> WebAccount:
        profile = await self._session.vault.unseal(
            _account_key(row.id), row.profile, field=_PROFILE
        )
        fields = profile if isinstance(profile, dict) else {}
        language = fields.get("language")
        return WebAccount(
            id=row.id,
            name=str(fields.get("name", "")),
            language=language if isinstance(language, str) else None,
        )

    async def _messages(self, rows: Sequence[Row[Any]]) -> Sequence[WebMessage]:
        reactions = await self._reactions([row.id for row in rows])
        names = {account.id: account.name for account in await self.accounts()}
        return [
            await self._message(row, names.get(row.author, ""), reactions.get(row.id, {}))
            for row in rows
        ]

    async def _message(
        self, row: Row[Any], name: str, reactions: Mapping[str, frozenset[str]]
    ) -> WebMessage:
        owner = Owner(row.key_owner)
        content = await self._session.vault.unseal(owner, row.content, field=_FIELD)
        fields = content if isinstance(content, dict) else {}
        reply_to, place = fields.get("reply_to"), fields.get("place")
        return WebMessage(
            id=row.id,
            room=row.room,
            author=row.author,
            author_name=name,
            text=text_from_json(fields.get("text")),
            rows=_rows(fields.get("rows")),
            media=media_from_json(fields.get("media")),
            place=place if isinstance(place, str) else None,
            reply_to=reply_to if isinstance(reply_to, int) else None,
            silent=bool(fields.get("silent")),
            reactions=reactions,
            sent_at=row.sent_at,
            edited_at=row.edited_at,
        )

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


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()


def _account_key(account: str) -> Owner:
    return Owner(_ACCOUNT + account)


def _content(message: WebMessage) -> Json:
    return {
        "text": text_to_json(message.text),
        "rows": [[[b.label, b.data, b.emoji, b.url] for b in row] for row in message.rows],
        "media": media_to_json(message.media),
        "place": message.place,
        "reply_to": message.reply_to,
        "silent": message.silent,
    }


def _rows(value: Json) -> tuple[tuple[Button, ...], ...]:
    rows = value if isinstance(value, list) else []
    return tuple(tuple(_button(button) for button in row) for row in rows if isinstance(row, list))


def _button(value: Json) -> Button:
    match value:
        case [str(label), str(data), emoji, url]:
            return Button(
                label=label,
                data=data,
                emoji=emoji if isinstance(emoji, str) else None,
                url=url if isinstance(url, str) else None,
            )
        case _:
            raise ValueError("not a button")
