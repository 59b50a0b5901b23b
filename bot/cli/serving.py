"""`grannbro run` and `grannbro demo`."""

import os
from typing import Annotated

import typer

from bot.app import WholeApp, make_parts
from bot.cli.process import HERE, Config, alone, console, load, until_stopped
from bot.clock import SystemClock
from bot.demo.run import begin_afresh, run_demo
from bot.settings.loading import Installation
from bot.settings.options import PREFIX


def run(config: Config = HERE) -> None:
    """Run the bot until it is told to stop."""
    installation = load(config)
    with alone(installation):
        until_stopped(_serve(installation))


def demo(
    config: Config = HERE,
    *,
    fresh: Annotated[bool, typer.Option(help="Forget the last demo first.")] = False,
    paused: Annotated[bool, typer.Option(help="Wait with the written day.")] = False,
) -> None:
    """Play a day in a real neighbourhood, in the browser, with no account."""
    installation = _in_demo_folder(load(config))
    with alone(installation):
        if fresh:
            begin_afresh(installation.options.data_dir)
        playing = run_demo(installation, config, playing=not paused, console=console)
        until_stopped(playing)


def _in_demo_folder(installation: Installation) -> Installation:
    """Keep the demo's data apart, unless the environment says where it goes."""
    options = installation.options
    changes: dict[str, object] = {}
    if f"{PREFIX}DATA_DIR" not in os.environ:
        changes["data_dir"] = options.data_dir / "demo"
    if f"{PREFIX}DATABASE_URL" not in os.environ:
        folder = changes.get("data_dir", options.data_dir)
        changes["database_url"] = f"sqlite+aiosqlite:///{folder}/grannbro.db"
    return installation.with_options(options.model_copy(update=changes))


async def _serve(installation: Installation) -> None:
    app = WholeApp(make_parts(installation, SystemClock()))
    await app.open()
    app.chat_pages().register()
    try:
        await app.run(app.server().run())
    finally:
        await app.close()
