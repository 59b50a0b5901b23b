"""An emulated Telegram with a small town: `python -m tests.emulators.telegram --port 8081`."""

import argparse
import asyncio
import signal
import sys

from tests.emulators.telegram.server import Emulator
from tests.emulators.telegram.town import Town

PEOPLE = {"Anna": "sv", "Bo": "sv", "Cilla": "en", "David": "fi"}
HINTS = """\
An emulated Telegram listens on {url}
Look and act by hand:  {url}/
Token of @{username}:  {token}
Base URL:              {base_url}
Base URL of files:     {base_file_url}
Group:                 {group}  (the bot administers it)

Try:
  curl {base_url}{token}/getMe
  curl -d '{{"in": "Alby", "text": "/red rök ur ett fönster"}}' {url}/control/people/Anna/writes
  curl '{base_url}{token}/getUpdates?timeout=5'
  curl -d chat_id={group} -d text=Tack {base_url}{token}/sendMessage
  curl '{url}/control/people/Anna/chats/Alby'
  curl -d '{{"trouble": "cut_after", "methods": ["sendMessage"]}}' {url}/control/faults
"""


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.emulators.telegram")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", help="the bot's token; without it one is made")
    parser.add_argument("--username", default="grannbro_bot")
    parser.add_argument("--limits", action="store_true", help="refuse what is sent too fast")
    given = parser.parse_args()
    town = Town()
    town.limits.is_on = given.limits
    bot = town.bot(given.username, token=given.token)
    people = [town.person(name, language=language) for name, language in PEOPLE.items()]
    group = town.supergroup("Alby", *people, bot)
    people[0].manages(group).promotes(bot)
    emulator = Emulator(town, port=given.port)
    asyncio.run(_serve(emulator, username=given.username, token=bot.token, group=group.id))


async def _serve(emulator: Emulator, **told: object) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with emulator:
        hints = HINTS.format(
            url=emulator.url,
            base_url=emulator.base_url,
            base_file_url=emulator.base_file_url,
            **told,
        )
        sys.stdout.write(hints)
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    main()
