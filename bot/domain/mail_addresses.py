"""Mail addresses that prove where somebody works: written in one way, compared to the letter."""

from collections.abc import Iterable
from dataclasses import dataclass

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from bot.domain.reserved_names import skeleton
from bot.errors import Unacceptable

_SHOWN_CHARS = 1
_ROUTES = frozenset("%!")
_GLUE = "\u2060"
"""Unseen: without it apps take what follows the sign for an account, and lead to a stranger's."""
OPEN_TO_ALL = frozenset(
    {
        "aol.com", "bredband.net", "gmail.com", "gmx.com", "gmx.de", "googlemail.com",
        "hotmail.com",
        "hotmail.se", "icloud.com", "live.com", "live.se", "me.com", "msn.com", "outlook.com",
        "passagen.se", "proton.me", "protonmail.com", "spray.se", "telia.com", "yahoo.com",
        "yahoo.se",
    }
)  # fmt: skip
"""Domains at which anybody gets an address: they prove nothing."""
OF_MANY = frozenset(
    {
        "abuse", "admin", "administrator", "contact", "diariet", "diarium", "hej", "helpdesk",
        "hostmaster", "info", "kansli", "kommun", "kontakt", "kontaktcenter", "kundtjanst", "mail",
        "no-reply", "noreply", "office", "police", "polisen", "post", "postmaster", "press",
        "reception", "registrator", "root", "security", "service", "servicecenter", "support",
        "tips", "trygghet", "vaxeln", "webmaster",
    }
)  # fmt: skip
"""Mailboxes that several people read: they don't tell who somebody is."""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address in the one way in which it is written here.

    Attributes:
        local: What stands before the sign, in small letters.
        domain: In ASCII, as the name system knows it.
    """

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def masked(self) -> str:
        """Enough of it for its owner to know which it is: `a•••@polisen.se`."""
        return f"{self.local[:_SHOWN_CHARS]}•••@{_GLUE}{self.domain}"


def read_address(typed: str) -> MailAddress:
    """Read an address.

    Raises:
        Unacceptable: It is none, or one of several names for one mailbox.
    """
    text = typed.strip().removeprefix("<").removesuffix(">").removeprefix("mailto:")
    if not text.partition("@")[0].isascii():
        raise Unacceptable("verify-address-letters")
    found = _validated(text)
    if found is None or found.ascii_domain is None:
        raise Unacceptable("verify-address-unfit")
    local = found.local_part.lower()
    if not _ROUTES.isdisjoint(local):
        # `bo%evil.example@polisen.se` is handed on to evil.example by some servers.
        raise Unacceptable("verify-address-unfit")
    if "+" in local:
        raise Unacceptable("verify-address-plus")
    if local in OF_MANY:
        raise Unacceptable("verify-address-shared")
    return MailAddress(local, found.ascii_domain.lower())


def normal_domain(text: str) -> str:
    """Return a mail domain in ASCII, as addresses are compared with it.

    Raises:
        ValueError: It is none, or one at which anybody gets an address.
    """
    found = _validated(f"x@{text.strip().removeprefix('@')}")
    if found is None or found.ascii_domain is None:
        raise ValueError(f"{text!r} is no mail domain; write it like polisen.se")
    domain = found.ascii_domain.lower()
    if domain in OPEN_TO_ALL:
        raise ValueError(f"anybody can have an address at {domain}; use the organisation's own")
    return domain


def is_official(address: MailAddress | None, domains: Iterable[str]) -> bool:
    """Whether an address is at one of these domains; one that is kept no more proves nothing."""
    return address is not None and address.domain in set(domains)


def require_official(address: MailAddress, typed: str, domains: Iterable[str]) -> None:
    """Let pass an address at one of an organisation's own domains, to the letter.

    Raises:
        Unacceptable: It is at another; says how it differs.
    """
    official = list(domains)
    if address.domain in official:
        return
    looks = skeleton(typed.strip().rpartition("@")[2])
    for domain in official:
        if looks == skeleton(domain):
            raise Unacceptable("verify-lookalike", domain=domain)
        if address.domain.endswith(f".{domain}"):
            raise Unacceptable("verify-subdomain", domain=domain)
    raise Unacceptable("verify-wrong-domain", domains=", ".join(official))


def _validated(text: str) -> ValidatedEmail | None:
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return None
