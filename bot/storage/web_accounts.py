"""Who is in the web chat, and in which of its rooms."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select

from bot.domain.richtext_json import Json
from bot.domain.web_chat import PRIVATE, WebAccount, WebRoom
from bot.storage.dialect import insert
from bot.storage.session import Session
from bot.storage.vault import Owner
from bot.storage.web_chat_tables import WEB_ACCOUNTS, WEB_MEMBERS, WEB_ROOMS

_ACCOUNTS_AMONG = select(WEB_ACCOUNTS.c.id).where(
    WEB_ACCOUNTS.c.id.in_(bindparam("accounts", expanding=True))
)
_ACCOUNT = "web-account:"
_PROFILE = "web_accounts.profile"


class WebAccountRows:
    """Accounts, each sealed with a key of its own, and their memberships."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, account: WebAccount, *, login: str) -> None:
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

    async def get(self, account: str) -> WebAccount | None:
        """Return an account, None if there is none such."""
        row = await self._session.first(select(WEB_ACCOUNTS).where(WEB_ACCOUNTS.c.id == account))
        return await self._account(row) if row else None

    async def by_login(self, login: str) -> WebAccount | None:
        """Return whose personal link carries a secret."""
        row = await self._session.first(
            select(WEB_ACCOUNTS).where(WEB_ACCOUNTS.c.login == _digest(login))
        )
        return await self._account(row) if row else None

    async def all(self) -> Sequence[WebAccount]:
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

    async def remove(self, account: str) -> None:
        """Delete an account: its link ends, it is in no room, and nobody can read its name."""
        await self._session.run(delete(WEB_MEMBERS).where(WEB_MEMBERS.c.account == account))
        await self._session.run(delete(WEB_ROOMS).where(WEB_ROOMS.c.id == PRIVATE + account))
        await self._session.run(delete(WEB_ACCOUNTS).where(WEB_ACCOUNTS.c.id == account))
        self._session.doomed.append(_account_key(account))

    async def keys_in_use(self, among: Collection[str]) -> frozenset[str]:
        """Return those of some keys' owners that accounts are sealed with."""
        names = [owner.removeprefix(_ACCOUNT) for owner in among if owner.startswith(_ACCOUNT)]
        rows = await self._session.all(_ACCOUNTS_AMONG, accounts=names)
        return frozenset(_account_key(row.id) for row in rows)

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


def _digest(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()


def _account_key(account: str) -> Owner:
    return Owner(_ACCOUNT + account)
