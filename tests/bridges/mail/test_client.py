"""Mail over SMTP, against a real server on loopback."""

import socket
import ssl
from dataclasses import replace

import pytest

from bot.bridges.mail.client import SmtpMailer
from bot.bridges.mail.errors import NoLogin, NoSealing, NotReached
from bot.domain.mail_addresses import MailAddress
from bot.domain.mails import Mail
from bot.domain.people import PersonId
from bot.errors import PermanentFailure, TemporaryFailure, UnknownOutcome
from bot.settings.mail import Security, SmtpServer
from tests.bridges.mail.server import PASSWORD, USER, Desk, certificates, mail_server

MAIL = Mail(
    key="code-abc",
    person=PersonId("p"),
    to=MailAddress("anna.ek", "polisen.se"),
    subject="Din kod för Räddningstjänsten",
    text="Hej!\n\nDin kod är 123 456.\n",
)


def mailer(port, *, security=Security.PLAIN, tls=None, password=None):
    """What sends to a port on loopback."""
    server = SmtpServer(
        host="127.0.0.1",
        port=port,
        security=security,
        username=USER if password else None,
        password=password,
    )
    return SmtpMailer(server=server, sender="Grannbro <bot@grannbro.se>", tls=tls, timeout_s=5)


async def test_mail_arrives_whole_and_with_the_same_id_each_time():
    """Many mailboxes show two of one id once."""
    desk = Desk()
    async with mail_server(desk) as port:
        for _ in range(2):
            await mailer(port).send(MAIL)

    ids = {line for mail in desk.mails for line in mail.split(b"\r\n") if b"Message-ID" in line}
    assert ids == {b"Message-ID: <code-abc@grannbro.se>"}
    assert b"To: anna.ek@polisen.se" in desk.mails[0]


async def test_line_end_in_a_name_makes_no_header():
    """Nor does it stop whoever sends."""
    desk = Desk()
    async with mail_server(desk) as port:
        await mailer(port).send(replace(MAIL, subject="Din kod\r\nBcc: bo@evil.example"))

    head = desk.mails[0].partition(b"\r\n\r\n")[0]
    assert b"Subject: Din kod Bcc: bo@evil.example" in head
    assert b"\nBcc:" not in head


@pytest.mark.parametrize(
    ("security", "from_start"), [(Security.STARTTLS, False), (Security.TLS, True)]
)
async def test_connection_is_sealed_and_logged_in_as_the_url_says(tmp_path, security, from_start):
    """The password may hold any sign."""
    shows, believes = certificates(tmp_path)
    desk = Desk()
    async with mail_server(desk, tls=shows, from_start=from_start, login=not from_start) as port:
        password = None if from_start else PASSWORD
        await mailer(port, security=security, tls=believes, password=password).send(MAIL)

    assert len(desk.mails) == 1


@pytest.mark.parametrize(
    ("security", "from_start"), [(Security.STARTTLS, False), (Security.TLS, True)]
)
async def test_certificate_of_a_stranger_is_not_believed(tmp_path, security, from_start):
    """A code must not be handed to whoever stands in between."""
    shows, _ = certificates(tmp_path)
    desk = Desk()
    async with mail_server(desk, tls=shows, from_start=from_start) as port:
        found = mailer(port, security=security, tls=ssl.create_default_context())
        with pytest.raises(NoSealing):
            await found.check()
        with pytest.raises(TemporaryFailure):
            await found.send(MAIL)

    assert desk.mails == []


async def test_server_without_tls_gets_nothing_that_should_be_sealed():
    """An attacker who cuts STARTTLS out of its greeting gets no code."""
    desk = Desk()
    async with mail_server(desk) as port:
        with pytest.raises(NoSealing):
            await mailer(port, security=Security.STARTTLS).check()

    assert desk.mails == []


async def test_wrong_password_is_the_operators_to_mend(tmp_path):
    """The mail waits meanwhile."""
    shows, believes = certificates(tmp_path)
    desk = Desk()
    async with mail_server(desk, tls=shows, login=True) as port:
        found = mailer(port, security=Security.STARTTLS, tls=believes, password="fel")
        with pytest.raises(NoLogin, match="SMTPAuthenticationError"):
            await found.check()
        with pytest.raises(TemporaryFailure):
            await found.send(MAIL)


async def test_nobody_there_is_told_as_such():
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotReached):
        await mailer(port).check()
    with pytest.raises(TemporaryFailure):
        await mailer(port).send(MAIL)


async def test_silent_server_is_given_up_in_time():
    """Every step has its timeout."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        found = SmtpMailer(
            server=SmtpServer(
                host="127.0.0.1", port=silent.getsockname()[1], security=Security.PLAIN
            ),
            sender="bot@grannbro.se",
            timeout_s=0.2,
        )
        with pytest.raises(TemporaryFailure):
            await found.send(MAIL)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("550 5.1.1 no such user", PermanentFailure),
        ("553 not allowed", PermanentFailure),
        ("450 4.2.1 busy", TemporaryFailure),
        ("530 authentication required", TemporaryFailure),
    ],
)
async def test_answer_to_an_address_says_whether_to_try_again(answer, error):
    """What is told of it quotes no address."""
    desk = Desk(to_recipient=answer)
    async with mail_server(desk) as port:
        with pytest.raises(error) as told:
            await mailer(port).send(MAIL)

    assert str(told.value) == f"the server answered {answer[:3]}"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("552 too large", PermanentFailure),
        ("451 later", TemporaryFailure),
        ("554 looks like spam", TemporaryFailure),
    ],
)
async def test_answer_to_the_mail_says_whether_to_try_again(answer, error):
    """After its words were read."""
    async with mail_server(Desk(to_data=answer)) as port:
        with pytest.raises(error):
            await mailer(port).send(MAIL)


async def test_answer_that_is_lost_leaves_doubt():
    """It may lie in the mailbox."""
    desk = Desk(to_data="")
    async with mail_server(desk) as port:
        with pytest.raises(UnknownOutcome):
            await mailer(port).send(MAIL)

    assert len(desk.mails) == 1
