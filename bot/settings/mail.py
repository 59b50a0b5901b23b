"""The URL of a mail server: how it is reached, and as whom."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

SHAPE = "smtp+starttls://user:password@mail.example.org:587"


class Security(StrEnum):
    """How a connection is sealed; its name is the URL's scheme."""

    TLS = "smtps"
    STARTTLS = "smtp+starttls"
    PLAIN = "smtp"


_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)


def read_smtp_url(url: str) -> SmtpServer:
    """Read the URL of a mail server.

    Raises:
        ValueError: It is none, or would carry codes in the open; the URL itself is not told.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ValueError(f"that is no address; write it like {SHAPE}") from error
    if parts.scheme not in set(Security) or not parts.hostname:
        raise ValueError(f"begin with smtps:// or smtp+starttls://, like {SHAPE}")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("end after the port; write what is special in the password as %23 or %2F")
    security = Security(parts.scheme)
    if security is Security.PLAIN and not _is_this_machine(parts.hostname):
        raise ValueError(
            "plain smtp:// is for this machine alone; use smtp+starttls:// or smtps://"
        )
    if (parts.username is None) != (parts.password is None):
        raise ValueError("give a user name and a password, or neither")
    return SmtpServer(
        host=parts.hostname,
        port=port or _PORTS[security],
        security=security,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def require_sender(text: str) -> str:
    """Let pass the address that mail is sent from, with a name before it or not.

    Raises:
        ValueError: It is none.
    """
    try:
        validate_email(text, check_deliverability=False, allow_display_name=True)
    except EmailNotValidError as error:
        raise ValueError("write an address, as grannbro@example.org") from error
    return text


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
