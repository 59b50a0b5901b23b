"""What can go wrong with a mail server, and whether that lasts."""

from bot.errors import BridgeError, PermanentFailure, TemporaryFailure

LASTING = 500
"""Answers from here on won't change by asking again."""
POLITICS = frozenset({521, 530, 534, 535, 538, 554})
"""What is wrong with us, not with the address: it may be mended meanwhile."""


class ServerTrouble(Exception):
    """What an operator can mend.

    Attributes:
        wrong: What, in a few words.
        reason: What kind of error, and nothing of anybody.
        fix: What to do.
    """

    wrong = ""
    fix = ""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotReached(ServerTrouble):
    """Nobody answers there as a mail server does."""

    wrong = "the server can't be reached"
    fix = "check host and port of mail.smtp_url, and that a firewall lets them through"


class NoSealing(ServerTrouble):
    """The connection can't be sealed as the URL wants."""

    wrong = "the connection can't be sealed"
    fix = (
        "use smtps:// for a port that begins with TLS (465) and smtp+starttls:// for one that"
        " turns to it (587); the certificate must be for the host of mail.smtp_url"
    )


class NoLogin(ServerTrouble):
    """The server does not take the user name and password."""

    wrong = "the server refuses the login"
    fix = "check user name and password of mail.smtp_url; signs such as / and # are written as %2F"


class Refused(Exception):
    """The server has answered no to a mail.

    Attributes:
        answer: Its number; the words may quote the address.
    """

    def __init__(self, answer: int) -> None:
        super().__init__(str(answer))
        self.answer = answer


def before_sending(error: ServerTrouble) -> BridgeError:
    """Return what this means for a mail that was not yet handed over."""
    return TemporaryFailure(error.reason)


def as_failure(answer: int) -> BridgeError:
    """Return what an answer of the server means."""
    if answer < LASTING or answer in POLITICS:
        return TemporaryFailure(f"the server answered {answer}")
    return PermanentFailure(f"the server answered {answer}")
