"""The demo: the bot as `grannbro run` starts it, with the example people in it."""

import shutil
from pathlib import Path

from rich.console import Console

from bot.app import WholeApp, make_parts
from bot.clock import SystemClock
from bot.demo.clock import StoryClock
from bot.demo.mailbox import DemoMailbox
from bot.demo.page import DemoPages
from bot.demo.player import Player, morning_offset, recall
from bot.demo.story import read_story
from bot.domain.messages import Platform
from bot.settings.loading import Installation

MEMORY = "day.json"


async def run_demo(
    installation: Installation, folder: Path, *, playing: bool, console: Console
) -> None:
    """Serve the demo until cancelled.

    Args:
        installation: What to run.
        folder: The config folder, for the written day.
        playing: Whether the day begins by itself.
        console: Where to print what to try.
    """
    options = installation.options
    story = read_story(folder)
    memory = options.data_dir / MEMORY
    position, offset = recall(memory)
    now = SystemClock().now()
    clock = StoryClock(morning_offset(now, options.zone) if offset is None else offset)
    parts = make_parts(installation, clock)
    # Whatever the settings say: a demo writes to nobody.
    app = WholeApp(parts, mailer=DemoMailbox(store=parts.database, clock=clock))
    await app.open()
    player = Player(
        story=story,
        platform=app.platform,
        clock=clock,
        zone=options.zone,
        memory=memory,
        playing=playing,
        position=position,
    )
    DemoPages(
        platform=app.platform,
        store=app.parts.database,
        texts=app.parts.texts,
        areas=installation.areas,
        player=player,
        rooms=_shared_rooms(installation),
    ).register()
    _greet(options.web.address, console)
    try:
        await app.run(app.server(open_to_all=True).run(), player.run())
    finally:
        await app.close()


def begin_afresh(data_dir: Path) -> None:
    """Forget an earlier demo."""
    shutil.rmtree(data_dir, ignore_errors=True)


def _shared_rooms(installation: Installation) -> list[tuple[str, str]]:
    titles = installation.options.web.rooms
    rooms = [room for group in installation.groups for room in group.rooms]
    rooms += [r for o in installation.organisations for r in o.organisation.desk_rooms]
    return [
        (room.room_id, titles.get(room.room_id, room.room_id))
        for room in rooms
        if room.platform is Platform.WEB
    ]


def _greet(address: str, console: Console) -> None:
    console.print(f"\n[bold green]Grannbro[/] is open on [bold]{address}[/]\n")
    console.print("Try this:")
    console.print("  1. Watch the day play, pause it, or make it faster.")
    console.print("  2. Open 'Alby grannar · torget', be Anna, and write:")
    console.print("     [bold]/rod Rök ur ett fönster på Albyvägen 10[/]")
    console.print("  3. See the card in the other room, at the desk and in private chats.")
    console.print("  4. Press ✅ Klart on it as Anna and see it change everywhere.")
    console.print("  5. Kill this process in the middle, start it again: nothing is lost.")
    console.print(
        "  6. Be Bosse in private, write /verify polisen bosse.berg@polisen.se: the mail"
    )
    console.print("     with the code lies in the chat, for the demo sends none.")
    console.print("\nCtrl+C ends it. [dim]make demo[/] goes on where it was.\n")
