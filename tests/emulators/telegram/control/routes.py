"""`/control/...`: the town as JSON."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.control.naming import (
    NoSuchThing,
    Wish,
    find_bot,
    find_named_bot,
    read_body,
)
from tests.emulators.telegram.control.showing import (
    show_bot,
    show_chat,
    show_counters,
    show_message,
    show_press,
    show_town,
)
from tests.emulators.telegram.control.verbs import VERBS, show_done
from tests.emulators.telegram.person import Impossible, Person
from tests.emulators.telegram.town import Town
from tests.emulators.telegram.wire import (
    Json,
    Refused,
    as_list,
)

LONGEST_WAIT_S = 60.0


@dataclass(frozen=True)
class Control:
    """Answers requests about a town."""

    town: Town

    def add_to(self, app: web.Application) -> None:
        """Serve all of it."""
        app.router.add_get("/control/town", self.show)
        app.router.add_get("/control/counters", self.count)
        app.router.add_post("/control/people", self.add_person)
        app.router.add_post("/control/bots", self.add_bot)
        app.router.add_post("/control/chats", self.add_chat)
        app.router.add_post("/control/people/{name}/{verb}", self.act)
        app.router.add_get("/control/people/{name}/presses/{id}", self.show_press)
        app.router.add_get("/control/people/{name}/chats/{chat}", self.read)
        app.router.add_get("/control/bots/{bot}/calls", self.show_calls)

    async def show(self, request: web.Request) -> web.Response:
        """Everybody and everything."""
        return web.json_response(show_town(self.town))

    async def count(self, request: web.Request) -> web.Response:
        """How often the bots called what."""
        return web.json_response(show_counters(self.town))

    async def add_person(self, request: web.Request) -> web.Response:
        """Make somebody."""
        said = await read_body(request)
        person = self.town.person(
            str(said["name"]),
            language=str(said.get("language", "sv")),
            username=str(said["username"]) if "username" in said else None,
        )
        return web.json_response(person.user.to_json())

    async def add_bot(self, request: web.Request) -> web.Response:
        """Make a bot; the answer holds its token."""
        said = await read_body(request)
        token = str(said["token"]) if "token" in said else None
        reads_all = bool(said.get("reads_all"))
        name = str(said.get("username", "grannbro_bot"))
        return web.json_response(show_bot(self.town.bot(name, token=token, reads_all=reads_all)))

    async def add_chat(self, request: web.Request) -> web.Response:
        """Make a group, a supergroup, a forum or a channel with its members; the first owns it."""
        said = await read_body(request)
        names = [str(name) for name in as_list(said.get("members"))]
        members = [find_bot(self.town, name) or self.town.person(name) for name in names]
        make: dict[str, Callable[..., Chat]] = {
            "group": self.town.group,
            "supergroup": self.town.supergroup,
            "forum": self.town.forum,
            "channel": self.town.channel,
        }
        chat = make[str(said.get("kind", "supergroup"))](str(said["title"]), *members)
        return web.json_response(show_chat(chat))

    async def act(self, request: web.Request) -> web.Response:
        """Let somebody do something."""
        verb = VERBS.get(request.match_info["verb"])
        if verb is None:
            raise NoSuchThing(f"verbs are {', '.join(sorted(VERBS))}")
        done = verb(Wish(self.town, self._person(request), await read_body(request)))
        return web.json_response(show_done(done))

    async def show_press(self, request: web.Request) -> web.Response:
        """What came of a press."""
        wanted = request.match_info["id"]
        presses = [p for bot in self.town.bots.values() for p in bot.presses.values()]
        return web.json_response(show_press({p.id: p for p in presses}[wanted]))

    async def read(self, request: web.Request) -> web.Response:
        """What somebody sees in a chat.

        `?after=12` leaves out older messages, `?text=rök` others, `?wait_s=5` waits for the first;
        `?all=1` shows deleted ones too.
        """
        wish = Wish(self.town, self._person(request), {"in": request.match_info["chat"]})
        chat, asked = wish.chat(), request.query

        def found() -> list[Json]:
            return [
                show_message(m)
                for number, m in sorted(chat.messages.items())
                if number > int(asked.get("after", 0))
                and asked.get("text", "") in m.text
                and (not m.is_deleted or "all" in asked)
            ]

        wait_s = min(float(asked.get("wait_s", 0)), LONGEST_WAIT_S)
        if wait_s:
            await self.town.until(found, timeout_s=wait_s)
        return web.json_response(found())

    async def show_calls(self, request: web.Request) -> web.Response:
        """What a bot has called with success, but for updates, oldest first."""
        return web.json_response(find_named_bot(self.town, request).log)

    def _person(self, request: web.Request) -> Person:
        found = self.town.people.get(request.match_info["name"])
        if found is None:
            raise NoSuchThing(f"nobody {request.match_info['name']!r}")
        return found


@web.middleware
async def say_what_is_wrong(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer wrong requests with a sentence."""
    if not request.path.startswith("/control/"):
        return await handler(request)
    try:
        return await handler(request)
    except (NoSuchThing, KeyError, IndexError) as missing:
        return web.json_response({"error": f"not found: {missing}"}, status=404)
    except Impossible as refusal:
        return web.json_response({"error": str(refusal)}, status=409)
    except Refused as refusal:
        return web.json_response({"error": refusal.description}, status=400)
    except TimeoutError:
        return web.json_response({"error": "it did not happen in time"}, status=408)
    except (ValueError, TypeError) as wrong:
        return web.json_response({"error": str(wrong)}, status=400)
