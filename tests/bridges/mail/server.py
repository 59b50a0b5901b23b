"""A mail server on loopback: takes mail, or answers as a test wants."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "grannbro", "hemligt/#1"


@dataclass
class Desk:
    """What a server has taken, and what it answers.

    Attributes:
        to_recipient: Its answer to an address.
        to_data: Its answer to a mail; an empty one breaks off after taking it.
    """

    mails: list[bytes] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_data: str = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        if self.to_data.startswith("2") or not self.to_data:
            self.mails.append(envelope.content)
        if not self.to_data:
            assert server.transport is not None
            server.transport.close()
        return self.to_data or "250 OK"


@asynccontextmanager
async def mail_server(
    desk: Desk, *, tls: ssl.SSLContext | None = None, from_start: bool = False, login: bool = False
) -> AsyncIterator[int]:
    """Serve while the block runs; yields the port."""
    later = None if from_start else tls

    def answer() -> SMTP:
        return SMTP(
            desk,
            hostname="127.0.0.1",
            tls_context=later,
            require_starttls=later is not None,
            authenticator=_knows if login else None,
            auth_required=login,
            auth_require_tls=tls is not None,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(answer, "127.0.0.1", 0, ssl=tls if from_start else None)
    async with server:
        yield server.sockets[0].getsockname()[1]


def _knows(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(
        success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False
    )


def certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for loopback: what the server shows, and who believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, secret = folder / "cert.pem", folder / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(file, secret)
    return shows, ssl.create_default_context(cafile=str(file))
