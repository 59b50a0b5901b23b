"""The bot's account: its token and device, asked for once and kept in the data folder."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from bot.bridges.matrix.api import CLIENT, Api, text_of
from bot.bridges.matrix.errors import NoDevice
from bot.bridges.matrix.sealing import Sealer
from bot.domain.richtext_json import Json
from bot.errors import StorageUnavailable

FILE = Path("matrix") / "account.json"
DEVICE_NAME = "Grannbro"
_SEALED = "sealed:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What the operator has set: a token, or a password with which one can be had.

    Attributes:
        user_id: Whole, `@grannbro:example.org`; a token tells it itself.
        device_id: Of the token; with a password the device to be.
        may_replace_identity: Whether signing keys from elsewhere give way to the bot's own.
    """

    homeserver: str
    user_id: str | None = None
    password: str | None = None
    token: str | None = None
    device_id: str | None = None
    may_replace_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who the bot is there.

    Attributes:
        mark: Stands in all that this installation sends, and in nothing else.
    """

    homeserver: str = ""
    user_id: str = ""
    device_id: str = ""
    token: str = ""
    mark: str = ""

    @property
    def server(self) -> str:
        """The server that the account lives on."""
        return self.user_id.partition(":")[2]


@dataclass(kw_only=True)
class SignIn:
    """Finds out who the bot is, by the token that is set or kept, or by the password once."""

    credentials: Credentials
    data_dir: Path
    sealer: Sealer
    _mark: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def can_renew(self) -> bool:
        """Whether a refused token can be replaced by another."""
        return self.credentials.token is None and self.credentials.password is not None

    def known(self) -> Account:
        """Return what is known without asking, but the token; the mark is always."""
        return replace(self._known(), token="")

    def require_key(self) -> None:
        """See that the token can be opened, if one is kept; one that lay open is sealed.

        Raises:
            WrongKey: It was sealed with another key.
        """
        self._keep(self._with_token(self._kept()))

    def _known(self) -> Account:
        kept, given = self._kept(), self.credentials
        is_same = (kept.homeserver, given.homeserver) == (given.homeserver,) * 2 and (
            given.user_id in {None, kept.user_id}
        )
        account = kept if is_same else Account(mark=kept.mark)
        return replace(account, homeserver=given.homeserver, mark=account.mark or self._mark)

    async def sign_in(self, api: Api) -> Account:
        """Return the account, and let `api` be it.

        Raises:
            MatrixError: The server is not there, or refuses what it was shown.
            StorageUnavailable: What was learnt can't be kept.
        """
        account, given = self._with_token(self._known()), self.credentials
        if given.token is not None:
            account = await self._by_token(api, replace(account, token=given.token))
        elif account.token:
            account = await self._by_token(api, account)
        else:
            account = await self._by_password(api, account)
        if not account.device_id:
            raise NoDevice
        self._keep(account)
        _let_be(api, account)
        return account

    def forget_token(self) -> None:
        """Forget a token that is refused; the device stays the same."""
        self._keep(replace(self._known(), token=""))

    async def _by_token(self, api: Api, account: Account) -> Account:
        api.token = account.token
        told = await api.get(f"{CLIENT}/account/whoami")
        device = told.get("device_id")
        return replace(
            account,
            user_id=text_of(told, "user_id"),
            device_id=device if isinstance(device, str) else self.credentials.device_id or "",
        )

    async def _by_password(self, api: Api, account: Account) -> Account:
        api.token = ""
        given = self.credentials
        body: dict[str, Json] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": given.user_id or ""},
            "password": given.password or "",
            "initial_device_display_name": DEVICE_NAME,
        }
        device = account.device_id or given.device_id
        if device:
            body["device_id"] = device
        told = await api.post(f"{CLIENT}/login", body)
        return replace(
            account,
            user_id=text_of(told, "user_id"),
            device_id=text_of(told, "device_id"),
            token=text_of(told, "access_token"),
        )

    def _kept(self) -> Account:
        try:
            kept = json.loads((self.data_dir / FILE).read_bytes())
            return Account(**kept)
        except FileNotFoundError:
            return Account()
        except OSError as error:
            raise StorageUnavailable(f"{FILE} can't be read: {error.strerror}") from error
        except (ValueError, TypeError):
            return Account()

    def _keep(self, account: Account) -> None:
        """Keep it for the next start; a token that the operator has set stays where it is."""
        if self.credentials.token is not None:
            account = replace(account, token="")
        kept = self._kept()
        is_sealed = not kept.token or kept.token.startswith(_SEALED)
        if not is_sealed or account != self._with_token(kept):
            _write(self.data_dir / FILE, json.dumps(asdict(self._sealed(account))))

    def _sealed(self, account: Account) -> Account:
        if not account.token:
            return account
        sealed = self.sealer.seal(account.token.encode(), field=FILE.name)
        return replace(account, token=f"{_SEALED}{sealed}")

    def _with_token(self, account: Account) -> Account:
        """Return what was kept with its token open; older installations have not sealed it."""
        if not account.token.startswith(_SEALED):
            return account
        sealed, file = account.token.removeprefix(_SEALED), self.data_dir / FILE
        try:
            token = self.sealer.unseal(sealed, field=FILE.name, file=file).decode()
        except ValueError:
            # As if none were kept: the password gives another.
            token = ""
        return replace(account, token=token)


def _let_be(api: Api, account: Account) -> None:
    api.user_id, api.device_id, api.token = account.user_id, account.device_id, account.token


def _write(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished.unlink(missing_ok=True)
        file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise StorageUnavailable(f"{FILE} can't be written: {error.strerror}") from error
