"""`grannbro db`, `deadletters` and `web`: what an operator does now and then."""

from typing import Annotated

import typer
from rich.table import Table

from bot.app import WholeApp, make_parts
from bot.cli.process import HERE, Config, alone, console, load, until_stopped
from bot.clock import SystemClock
from bot.domain.web_chat import WebAccount
from bot.errors import ConfigError
from bot.settings.loading import Installation

NOT_THERE = 1
"""Exit code when there is nothing of the name."""

database = typer.Typer(no_args_is_help=True, help="The database.")
dead = typer.Typer(no_args_is_help=True, help="What failed for good.")
web = typer.Typer(no_args_is_help=True, help="The chat in the browser.")


@database.command()
def upgrade(config: Config = HERE) -> None:
    """Bring the database to this version's shape."""
    installation = load(config)
    with alone(installation):
        until_stopped(_only_open(installation))
    console.print("The database has this version's shape.")


@dead.command("list")
def list_dead(config: Config = HERE) -> None:
    """Show what could not be handled or delivered."""
    until_stopped(_list_dead(load(config)))


@dead.command("replay")
def replay_dead(
    letter: Annotated[
        str | None, typer.Argument(help="Its id, such as in-7; all without.")
    ] = None,
    config: Config = HERE,
) -> None:
    """Put what failed back in its queue."""
    until_stopped(_replay_dead(load(config), letter))


@web.command()
def invite(
    account: Annotated[str, typer.Argument(help="Id of the account, such as kassa-3.")],
    name: Annotated[str, typer.Option(help="The name that others see.")],
    room: Annotated[list[str], typer.Option(help="A room to let it into; more than once.")],
    language: Annotated[str | None, typer.Option(help="Such as sv.")] = None,
    config: Config = HERE,
) -> None:
    """Make a personal link to the chat in the browser; an earlier one ends."""
    installation = load(config)
    until_stopped(
        _invite(installation, WebAccount(id=account, name=name, language=language), room)
    )


async def _only_open(installation: Installation) -> None:
    parts = make_parts(installation, SystemClock())
    await parts.database.open()
    await parts.database.close()


async def _list_dead(installation: Installation) -> None:
    parts = make_parts(installation, SystemClock())
    await parts.database.open()
    try:
        async with parts.database.dead_letters() as letters:
            found = await letters.list_all()
    finally:
        await parts.database.close()
    table = Table("id", "platform", "lane", "since", "attempts", "reason")
    for letter in found:
        since = letter.since.astimezone(installation.options.zone).strftime("%Y-%m-%d %H:%M")
        table.add_row(
            letter.id, letter.platform, letter.lane, since, str(letter.attempts), letter.reason
        )
    console.print(table if found else "Nothing has failed for good.")


async def _replay_dead(installation: Installation, letter: str | None) -> None:
    clock = SystemClock()
    parts = make_parts(installation, clock)
    await parts.database.open()
    try:
        async with parts.database.dead_letters() as letters:
            number = await letters.replay(letter)
    finally:
        await parts.database.close()
    if letter is not None and not number:
        console.print(f"Nothing to put back as {letter}; see `grannbro deadletters list`.")
        raise typer.Exit(NOT_THERE)
    console.print(f"Put back: {number}. A running bot tries them again at once.")


async def _invite(installation: Installation, account: WebAccount, rooms: list[str]) -> None:
    app = WholeApp(make_parts(installation, SystemClock()))
    await app.open()
    try:
        async with app.parts.database.read() as uow:
            for room in rooms:
                if await uow.web_chat.room(room) is None:
                    fix = "name it in groups.toml or organisations.toml as web:" + room
                    raise ConfigError(
                        where="--room", key=room, fix=f"there is no such room; {fix}"
                    )
        secret = await app.platform.invite(account, rooms)
    finally:
        await app.close()
    console.print(f"{installation.options.web.address}/i/{secret}", soft_wrap=True)
