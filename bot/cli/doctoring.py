"""`grannbro doctor`: what is wrong, and how to mend it."""

from email.utils import parseaddr

import typer

from bot.cli.process import HERE, Config, console, load, until_stopped
from bot.networks import check_mail
from bot.settings.loading import Installation

SOMETHING_WRONG = 1
"""Exit code when something has to be mended."""


def doctor(config: Config = HERE) -> None:
    """Look for what is wrong, and say how to mend it. Nothing is sent or changed."""
    installation = load(config)
    until_stopped(_look(installation))


async def _look(installation: Installation) -> None:
    where = installation.sources.of("mail", "smtp_url")
    finding = await check_mail(installation)
    if finding is None:
        console.print("mail: the server answers, the connection is sealed, the login is taken.")
        _tell_of_bounces(installation)
        return
    console.print(f"mail: {finding.wrong} ({where}: mail.smtp_url)", soft_wrap=True)
    console.print(f"      fix: {finding.fix}", soft_wrap=True)
    if finding.must_be_mended:
        raise typer.Exit(SOMETHING_WRONG)


def _tell_of_bounces(installation: Installation) -> None:
    """Say where mails come back to that the server took and nobody got."""
    address = parseaddr(installation.options.mail.from_ or "")[1]
    where = installation.sources.of("mail", "from")
    console.print(
        f"      mails that can't be delivered come back to {address} ({where}: mail.from):"
        " it has to be a mailbox that somebody reads, for Grannbro does not.",
        soft_wrap=True,
    )
