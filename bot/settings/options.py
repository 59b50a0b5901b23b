"""The options of an installation: config/grannbro.toml, and GRANNBRO_* over it.

Nested names are joined with two underscores: `web.port` is GRANNBRO_WEB__PORT. A secret can come
from a file: GRANNBRO_TELEGRAM__TOKEN_FILE names the file that holds GRANNBRO_TELEGRAM__TOKEN.
"""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.domain.mail_caps import MailCaps
from bot.domain.messages import UserRef
from bot.settings.mail import read_smtp_url, require_sender
from bot.settings.retention import RetentionOptions
from bot.settings.sections import Section

PREFIX = "GRANNBRO_"
FILE_SUFFIX = "_FILE"
_CAPS = MailCaps()


def is_account(text: str) -> str:
    """Let pass what names an account; for models."""
    UserRef.parse(text)
    return text


def _is_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {text!r}; use Europe/Stockholm, say") from error
    return text


def _is_base(url: str) -> str:
    if not re.match(r"https?://[^/\s]+", url):
        raise ValueError("it begins with https:// and ends before /bot")
    return url.rstrip("/")


def _is_webhook(url: str) -> str:
    if not re.match(r"https?://[^/\s]+\S*$", url):
        raise ValueError("a public address as https://example.org is needed")
    return url.rstrip("/")


class TelegramOptions(Section):
    """The bot's account on Telegram."""

    token: SecretStr | None = None
    """What @BotFather gave."""
    api_base: Annotated[str, AfterValidator(_is_base)] = "https://api.telegram.org"
    """Base URL of the Bot API, without `/bot`."""
    webhook_url: Annotated[str, AfterValidator(_is_webhook)] | None = None
    """Public address of this server; updates then come to `/telegram/…` below it.

    Without it they are polled for.
    """
    webhook_secret: SecretStr | None = None
    """Proves that an update comes from Telegram."""

    @field_validator("token")
    @classmethod
    def _is_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not re.fullmatch(r"\d{1,20}:\S{1,100}", token.get_secret_value()):
            raise ValueError("that is no bot token; copy the one that @BotFather shows")
        return token


def _is_homeserver(url: str) -> str:
    if not re.match(r"https?://[^/\s]+", url):
        raise ValueError("it begins with https:// as clients write it")
    return url.rstrip("/").removesuffix("/_matrix")


def _is_matrix_id(text: str) -> str:
    if not re.fullmatch(r"@[^\s:]*:\S+", text):
        raise ValueError("write it whole, as @grannbro:example.org")
    return text


class MatrixOptions(Section):
    """The bot's account on Matrix."""

    homeserver: Annotated[str, AfterValidator(_is_homeserver)] | None = None
    """Base URL that clients use."""
    user_id: Annotated[str, AfterValidator(_is_matrix_id)] | None = None
    """Whole; a token tells it itself."""
    password: SecretStr | None = None
    """Asked with once; the token that it gives is kept in the data folder."""
    access_token: SecretStr | None = None
    """Instead of the password."""
    device_id: str | None = None
    """The token's device, or the one to be made."""
    invited_by: tuple[str, ...] = ()
    """Accounts and servers whose invitations are taken; everybody's if empty."""
    replace_identity: bool = False
    """For one start: signing keys of the account that are from elsewhere give way."""


class MailOptions(Section):
    """The server that sends verification codes."""

    smtp_url: SecretStr | None = None
    """`smtps://` or `smtp+starttls://`, with user and password; `smtp://` only on this machine."""
    from_: Annotated[str, AfterValidator(require_sender)] | None = Field(
        default=None, alias="from"
    )
    """Address that mail comes from."""
    most_an_hour: int = Field(default=_CAPS.all, ge=5, le=10_000)
    """Codes for people who do not speak for the organisation yet, to all of them together."""
    most_an_hour_each: int = Field(default=_CAPS.each, ge=3, le=10_000)
    """Of those, to one organisation."""
    officials_an_hour: int = Field(default=_CAPS.officials, ge=20, le=10_000)
    """Codes for people who speak for the organisation; counted apart."""

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            read_smtp_url(url.get_secret_value())
        return url

    @property
    def caps(self) -> MailCaps:
        """The same limits as the rest of the bot knows them."""
        return MailCaps(
            each=self.most_an_hour_each, all=self.most_an_hour, officials=self.officials_an_hour
        )


class WebOptions(Section):
    """The web server: chat in the browser, health, metrics."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    url: str | None = None
    """Public address, for personal links; made from host and port if not set."""
    secret: SecretStr | None = None
    """Signs sessions; made once and kept in the data folder if not set."""
    rooms: dict[str, str] = Field(default_factory=dict)
    """Titles of rooms in the browser, by the id that groups.toml uses after `web:`."""
    tiles: str | None = None
    """URL template of a tile server to draw under the map; none by default."""

    @property
    def address(self) -> str:
        """Where people reach it."""
        return self.url or f"http://{self.host}:{self.port}"


class RelayOptions(Section):
    """How lines are carried between the rooms of a group."""

    burst_after_lines: int = Field(default=30, ge=5, le=500)
    """So many lines may wait for one room; those after them come together in one message."""


class LogOptions(Section):
    """What the operator reads."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    json_lines: bool = Field(default=False, alias="json")
    """One JSON object a line instead of text."""


class Options(BaseSettings):
    """Everything that an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
    )

    database_url: str = "sqlite+aiosqlite:///var/grannbro.db"
    """Where everything is stored."""
    keys_url: str | None = None
    """Where the keys of sealed fields are stored; `keys.db` in the data folder if not set."""
    data_dir: Path = Path("var")
    """Folder for files, keys and locks."""
    owners: tuple[Annotated[str, AfterValidator(is_account)], ...] = ()
    """Accounts that start as coordinators, `platform:user_id`."""
    timezone: Annotated[str, AfterValidator(_is_zone)] = "Europe/Stockholm"
    """How times are shown, and when days begin."""
    language: str = "sv"
    """What the bot speaks to somebody of whom it knows nothing."""
    telegram: TelegramOptions = TelegramOptions()
    matrix: MatrixOptions = MatrixOptions()
    mail: MailOptions = MailOptions()
    web: WebOptions = WebOptions()
    relay: RelayOptions = RelayOptions()
    retention: RetentionOptions = RetentionOptions()
    log: LogOptions = LogOptions()

    @property
    def zone(self) -> ZoneInfo:
        """The installation's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def keys_address(self) -> str:
        """Where the keys are."""
        return self.keys_url or f"sqlite+aiosqlite:///{self.data_dir}/keys.db"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings' signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment overrule the file, which is handed in as arguments."""
        if isinstance(env_settings, EnvSettingsSource):
            # Names of secret files are read before; here they would be taken for options.
            env_settings.env_vars = {
                name: value
                for name, value in env_settings.env_vars.items()
                if not name.upper().endswith(FILE_SUFFIX)
            }
        return env_settings, init_settings
