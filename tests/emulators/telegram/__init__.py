"""A Telegram Bot API in memory: strict about what it takes, and about what it says.

`async with Emulator() as emulator` serves it on loopback; `emulator.town` is the world in it.
"""

from tests.emulators.telegram.server import Emulator
from tests.emulators.telegram.town import Town

__all__ = ["Emulator", "Town"]
