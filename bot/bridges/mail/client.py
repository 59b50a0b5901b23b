"""Handing mail to a server over SMTP, sealed as its URL says."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr

import aiosmtplib
import structlog

from bot.bridges.mail.errors import (
    NoLogin,
    NoSealing,
    NotReached,
    Refused,
    as_failure,
    before_sending,
)
from bot.domain.mails import Mail
from bot.errors import UnknownOutcome
from bot.settings.mail import Security, SmtpServer

TIMEOUT_S = 20.0
"""For each step: connecting, and each answer of the server."""

log = structlog.get_logger("mail")


@dataclass(frozen=True, kw_only=True)
class SmtpMailer:
    """One connection for each mail: there are few.

    Attributes:
        sender: As it stands in the mail, with a name or without.
        tls: Which servers are believed; the system's list if None.
        timeout_s: For each step.
    """

    server: SmtpServer
    sender: str
    tls: ssl.SSLContext | None = None
    timeout_s: float = TIMEOUT_S

    async def send(self, mail: Mail) -> None:
        """Hand over one mail.

        Raises:
            TemporaryFailure: It was not taken; try again later.
            PermanentFailure: The server refuses the address, or the mail, for good.
            UnknownOutcome: The connection broke after it was sent; it may have been taken.
        """
        message = self._message(mail)
        try:
            async with self._connection() as smtp:
                await self._hand_over(smtp, message)
        except (NotReached, NoSealing, NoLogin) as error:
            log.warning("mail.not_sent", reason=error.reason, fix=error.fix)
            raise before_sending(error) from error
        except Refused as error:
            raise as_failure(error.answer) from error

    async def check(self) -> None:
        """Connect, seal and log in, and send nothing.

        Raises:
            NotReached: Nobody answers there as a mail server does.
            NoSealing: The connection can't be sealed as the URL wants.
            NoLogin: The server does not take the user name and password.
        """
        async with self._connection():
            pass

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[aiosmtplib.SMTP]:
        smtp = aiosmtplib.SMTP(
            hostname=self.server.host,
            port=self.server.port,
            timeout=self.timeout_s,
            use_tls=self.server.security is Security.TLS,
            start_tls=False,
            tls_context=self.tls,
        )
        try:
            await self._open(smtp)
            yield smtp
        finally:
            smtp.close()

    async def _open(self, smtp: aiosmtplib.SMTP) -> None:
        try:
            await smtp.connect()
        except ssl.SSLError as error:
            raise NoSealing(type(error).__name__) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise NoSealing(type(error.__cause__).__name__) from error
            raise NotReached(type(error).__name__) from error
        if self.server.security is Security.STARTTLS:
            await self._seal(smtp)
        if self.server.username is not None:
            await self._log_in(smtp, self.server.username, self.server.password or "")

    async def _seal(self, smtp: aiosmtplib.SMTP) -> None:
        try:
            await smtp.starttls()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NoSealing(type(error).__name__) from error

    async def _log_in(self, smtp: aiosmtplib.SMTP, username: str, password: str) -> None:
        try:
            await smtp.login(username, password)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NoLogin(type(error).__name__) from error

    async def _hand_over(self, smtp: aiosmtplib.SMTP, message: EmailMessage) -> None:
        try:
            await smtp.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise Refused(error.recipients[0].code) from error
        except aiosmtplib.SMTPResponseException as error:
            raise Refused(error.code) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise UnknownOutcome(type(error).__name__) from error

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = str(mail.to)
        # A name in it may hold a line end, which no header takes.
        message["Subject"] = " ".join(mail.subject.split())
        domain = parseaddr(self.sender)[1].rpartition("@")[2]
        # The same however often it is tried: many mailboxes show such a pair once.
        message["Message-ID"] = f"<{mail.key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message
