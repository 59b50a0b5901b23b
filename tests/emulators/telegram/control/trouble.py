"""`/control/faults`, `/control/limits` and the like: making things hard for a bot."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.clock import ManualClock
from tests.emulators.telegram.control.naming import NoSuchThing, find_named_bot, read_body
from tests.emulators.telegram.control.showing import show_bot
from tests.emulators.telegram.faults import (
    repeat_update,
    send_malformed_update,
    send_unknown_update,
)
from tests.emulators.telegram.town import Town
from tests.emulators.telegram.wire import as_integer, as_list


@dataclass(frozen=True)
class TroubleMaker:
    """Makes trouble in a town when asked to."""

    town: Town

    def add_to(self, app: web.Application) -> None:
        """Serve all of it."""
        app.router.add_post("/control/bots/{bot}/{trouble}", self.trouble)
        app.router.add_post("/control/faults", self.plan_faults)
        app.router.add_delete("/control/faults", self.clear_faults)
        app.router.add_post("/control/limits", self.set_limits)
        app.router.add_post("/control/clock", self.move_clock)

    async def trouble(self, request: web.Request) -> web.Response:
        """Make something wrong with a bot's updates or its token."""
        bot = find_named_bot(self.town, request)
        said = await read_body(request)
        deeds: dict[str, Callable[[Bot], None]] = {
            "repeat_update": lambda b: repeat_update(b, with_new_id=bool(said.get("with_new_id"))),
            "send_unknown_update": send_unknown_update,
            "send_malformed_update": send_malformed_update,
            "restart_ids": lambda b: b.queue.restart_ids(),
            "revoke": lambda b: setattr(b, "is_revoked", True),
            "restore": lambda b: setattr(b, "is_revoked", False),
            "flood": lambda b: self.town.limits.close(
                b.id, as_integer(said.get("chat_id")), as_integer(said.get("seconds"), 5)
            ),
        }
        deeds[request.match_info["trouble"]](bot)
        return web.json_response(show_bot(bot))

    async def plan_faults(self, request: web.Request) -> web.Response:
        """Plan what goes wrong: `{"trouble": "fail", "times": 2, "methods": ["sendMessage"]}`."""
        said, faults = await read_body(request), self.town.faults
        faults.latency_s = float(str(said.get("latency_s", faults.latency_s)))
        faults.is_shuffled = bool(said.get("is_shuffled", faults.is_shuffled))
        times, skip = as_integer(said.get("times"), 1), as_integer(said.get("skip"))
        methods = [str(name) for name in as_list(said.get("methods"))]
        match said.get("trouble"):
            case "fail":
                code, html = as_integer(said.get("code"), 502), bool(said.get("html"))
                faults.fail(times=times, code=code, methods=methods, html=html, skip=skip)
            case "flood":
                retry_after_s = as_integer(said.get("retry_after_s"), 1)
                faults.flood(retry_after_s, times=times, methods=methods, skip=skip)
            case "cut_before":
                faults.cut_before(times=times, methods=methods, skip=skip)
            case "cut_after":
                faults.cut_after(times=times, methods=methods, skip=skip)
        return web.json_response({"planned": len(faults.planned)})

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Let all go well."""
        self.town.faults.clear()
        return web.json_response({"planned": 0})

    async def set_limits(self, request: web.Request) -> web.Response:
        """Change limits by their names; `{"is_on": true}` turns them on."""
        limits = self.town.limits
        names = (
            "is_on", "overall_per_s", "private_per_s", "private_burst", "group_per_minute",
            "counts_edits",
        )  # fmt: skip
        for name, value in (await read_body(request)).items():
            if name not in names:
                raise NoSuchThing(f"limits are {', '.join(names)}")
            setattr(limits, name, value)
        return web.json_response({name: getattr(limits, name) for name in names})

    async def move_clock(self, request: web.Request) -> web.Response:
        """Let time pass, where it stands still otherwise."""
        if not isinstance(self.town.clock, ManualClock):
            raise NoSuchThing("this clock runs by itself")
        self.town.clock.advance(float(str((await read_body(request))["advance_s"])))
        return web.json_response({"unix_s": self.town.clock.unix_s()})
