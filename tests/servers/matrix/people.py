"""Who is there: accounts made as an administrator makes them, and people who use them."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp

from tests.servers.matrix.asking import ADMIN, Asker, Json
from tests.servers.matrix.configuration import SECRET
from tests.servers.matrix.encrypting import EncryptingPerson
from tests.servers.matrix.node import Node
from tests.servers.matrix.person import Person
from tests.servers.matrix.synapse import Synapse


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account on which nobody is signed in."""

    id: str
    password: str


class People:
    """The people of one test; their ids are of this test alone, their names are as told."""

    def __init__(self, synapse: Synapse) -> None:
        self.synapse = synapse
        self._session = aiohttp.ClientSession()
        self._node = Node()

    async def __aenter__(self) -> Self:
        """Be ready."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the connections, and end the apps that encrypt."""
        await self._node.close()
        await self._session.close()

    async def arrives(self, name: str) -> Person:
        """Make an account and sign in with it."""
        made = await self._register(name, {})
        ask = Asker(self.synapse.url, self._session, str(made["access_token"]))
        return Person(
            id=str(made["user_id"]), name=name, device_id=str(made["device_id"]), ask=ask
        )

    async def arrive(self, *names: str) -> list[Person]:
        """Let several arrive."""
        return [await self.arrives(name) for name in names]

    async def arrives_encrypting(self, name: str) -> EncryptingPerson:
        """Make an account and sign in with an app that encrypts."""
        plain = await self.arrives(name)
        person = EncryptingPerson(
            id=plain.id, name=name, device_id=plain.device_id, ask=plain.ask, node=self._node
        )
        await person.comes_online()
        return person

    async def account(self, name: str, *, is_limited: bool = True) -> Account:
        """Make an account for a bot, which signs in by itself.

        Args:
            name: What it is called.
            is_limited: Whether the server's limits hold for it; else it is made an exception,
                as the operator of a real server would.
        """
        password = secrets.token_hex(8)
        made = await self._register(name, {"password": password, "inhibit_login": True})
        account = Account(id=str(made["user_id"]), password=password)
        if not is_limited:
            await self.free_from_limits(account.id)
        return account

    async def signs_in(self, account: Account) -> Person:
        """Sign in with a password, on a new device."""
        who: Json = {"type": "m.id.user", "user": account.id}
        ask = Asker(self.synapse.url, self._session)
        signing_in: Json = {
            "type": "m.login.password",
            "identifier": who,
            "password": account.password,
        }
        got = await ask("POST", "login", json=signing_in)
        ask = Asker(self.synapse.url, self._session, str(got["access_token"]))
        return Person(id=account.id, name=account.id, device_id=str(got["device_id"]), ask=ask)

    async def free_from_limits(self, user: str) -> None:
        """Make an account an exception from the server's limits."""
        ask = await self._administrator()
        free: Json = {"messages_per_second": 0, "burst_count": 0}
        await ask("POST", "users", user, "override_ratelimit", under=ADMIN, json=free)

    async def gives_password(self, account: Account, password: str) -> None:
        """Give an account another password; who is signed in stays so."""
        ask = await self._administrator()
        wanted: Json = {"new_password": password, "logout_devices": False}
        await ask("POST", "reset_password", account.id, under=ADMIN, json=wanted)

    async def signs_out_everywhere(self, account: Account) -> None:
        """Make all tokens of an account worth nothing; its password stays."""
        ask = await self._administrator()
        wanted: Json = {"new_password": account.password, "logout_devices": True}
        await ask("POST", "reset_password", account.id, under=ADMIN, json=wanted)

    async def _administrator(self) -> Asker:
        if self.synapse.admin_token is None:
            made = await self._register("operator", {"admin": True})
            self.synapse.admin_token = str(made["access_token"])
        return Asker(self.synapse.url, self._session, self.synapse.admin_token)

    async def _register(self, name: str, wanted: Json) -> Json:
        ask = Asker(self.synapse.url, self._session)
        nonce = str((await ask("GET", "register", under=ADMIN))["nonce"])
        user = f"{re.sub(r'[^a-z0-9]', '', name.lower())}-{secrets.token_hex(4)}"
        password = str(wanted.get("password") or secrets.token_hex(8))
        role = "admin" if wanted.get("admin") else "notadmin"
        signed = "\0".join([nonce, user, password, role]).encode()
        mac = hmac.new(SECRET.encode(), signed, hashlib.sha1).hexdigest()
        asked: Json = {"nonce": nonce, "username": user, "displayname": name, "mac": mac}
        return await ask(
            "POST", "register", under=ADMIN, json=asked | wanted | {"password": password}
        )
