"""Having the account vouch for the bot's device, for as long as that takes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from bot.bridges.matrix.api import Api
from bot.bridges.matrix.own_device import prepare_device
from bot.bridges.matrix.signing_seeds import SeedsFile
from bot.errors import BridgeError, ConfigError
from bot.ports.clock import Clock

FIRST_PAUSE_S, LONGEST_PAUSE_S = 60.0, 3600.0

log = structlog.get_logger("matrix")


@dataclass(kw_only=True)
class Vouching:
    """Prepares the bot's device; see `prepare_device`.

    Attributes:
        turn: Held meanwhile: it changes keys.
        seeds: The account's file, once it is known which account that is.
    """

    api: Api
    clock: Clock
    turn: asyncio.Lock
    seeds: Callable[[], SeedsFile]
    password: str | None
    may_replace: bool
    _undone: asyncio.Event = field(default_factory=asyncio.Event)
    _pause_s: float = FIRST_PAUSE_S
    _told: str = ""

    @property
    def is_undone(self) -> bool:
        """Whether it failed for now, and is to be tried again."""
        return self._undone.is_set()

    async def begin(self) -> None:
        """Try it; what fails for now is tried again by `run`, all else works meanwhile."""
        self._pause_s = FIRST_PAUSE_S
        await self._try()

    async def run(self) -> None:
        """Try again what has failed, less and less often, until cancelled."""
        while True:
            await self.try_again()

    async def try_again(self) -> None:
        """Wait until it has failed and some time has passed, and try again."""
        await self._undone.wait()
        await self.clock.sleep(self._pause_s)
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
        await self._try()

    async def _try(self) -> None:
        try:
            async with self.turn:
                await self._prepare()
        except ConfigError as error:
            # Most apps talk to a device that nobody vouches for.
            log.error("matrix.device_not_signed", where=error.where, fix=error.fix)  # noqa: TRY400
        except (BridgeError, OSError) as error:
            self._undone.set()
            self._tell(str(error))
            return
        else:
            if self.is_undone:
                log.info("matrix.device_signed")
        self._undone.clear()

    async def _prepare(self) -> None:
        await prepare_device(
            self.api.client, self.seeds(), password=self.password, may_replace=self.may_replace
        )

    def _tell(self, reason: str) -> None:
        """Say once why it is not done."""
        if reason != self._told:
            self._told = reason
            fix = "nothing, if it passes: it is tried again"
            log.warning("matrix.device_not_signed", reason=reason, fix=fix)
