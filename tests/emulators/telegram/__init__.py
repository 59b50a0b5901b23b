"""A Telegram Bot API in memory: strict about what it takes, and about what it says.

In a test it runs in the same event loop, and the world in it is made of objects:

    async with Emulator() as emulator:
        town = emulator.town
        anna, bot = town.person("Anna"), town.bot("granne_bot")
        group = town.supergroup("Alby", anna, bot)
        ...  # start a bot with bot.token, emulator.base_url and emulator.base_file_url
        anna.writes(group, "/red rök")
        card = await anna.sees(group, "🔴")
        assert anna.presses(card, "Sett").answer == "Tack"

`town.faults` makes things go wrong, `town.limits.is_on = True` refuses what is sent too fast,
`Town(clock=ManualClock())` lets a test move the time. For a bot in another process
`python -m tests.emulators.telegram` serves the same over HTTP, under `/control/`.
"""

from tests.emulators.telegram.server import Emulator
from tests.emulators.telegram.town import Town

__all__ = ["Emulator", "Town"]
