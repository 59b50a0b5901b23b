"""`grannbro doctor`: what is wrong, and how to mend it."""

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
        return
    console.print(f"mail: {finding.wrong} ({where}: mail.smtp_url)", soft_wrap=True)
    console.print(f"      fix: {finding.fix}", soft_wrap=True)
    if finding.must_be_mended:
        raise typer.Exit(SOMETHING_WRONG)
