"""Finding what a request means by a name, a number or a handle."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.emulators.telegram import media
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat, Topic
from tests.emulators.telegram.media import Sendable
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person
from tests.emulators.telegram.town import Town
from tests.emulators.telegram.wire import Json, as_integer, as_list, as_object, decoded


class NoSuchThing(Exception):
    """Nothing has that name."""


@dataclass(frozen=True)
class Wish:
    """What somebody is to do, with the words of the request."""

    town: Town
    person: Person
    said: Json

    def text(self, name: str = "text", default: str = "") -> str:
        """Read a text."""
        return str(self.said.get(name, default))

    def texts(self, name: str) -> list[str]:
        """Read a list of texts."""
        return [str(item) for item in as_list(self.said.get(name))]

    def number(self, name: str) -> float:
        """Read a number."""
        return float(str(self.said.get(name, 0)))

    def where(self, name: str = "in") -> "Chat | Bot":
        """Find a chat, or the bot whose private chat is meant."""
        said = self.said.get(name)
        found = find_bot(self.town, str(said)) or find_chat(self.town, said)
        if found is None:
            raise NoSuchThing(f"no chat and no bot {said!r}")
        return found

    def chat(self, name: str = "in") -> Chat:
        """Find a chat; that with a bot is the private one."""
        found = self.where(name)
        return self.town.private(self.person.user, found) if isinstance(found, Bot) else found

    def bot(self, name: str = "bot") -> Bot:
        """Find a bot by its user name."""
        found = find_bot(self.town, self.text(name))
        if found is None:
            raise NoSuchThing(f"no bot {self.text(name)!r}")
        return found

    def member(self) -> "Person | Bot":
        """Find the person or bot that something is done to."""
        name = self.text("who")
        found = find_bot(self.town, name) or self.town.people.get(name)
        if found is None:
            raise NoSuchThing(f"nobody {name!r}")
        return found

    def message(self, name: str = "message") -> Message:
        """Find a message of the chat by its number; -1 is the last one, and so on."""
        chat, number = self.chat(), as_integer(self.said.get(name))
        ids = sorted(n for n, message in chat.messages.items() if not message.is_deleted)
        wanted = ids[number] if -len(ids) <= number < 0 else number
        if wanted not in chat.messages:
            raise NoSuchThing(f"no message {number} there")
        return chat.messages[wanted]

    def topic(self) -> Topic:
        """Find a topic by its name or its id."""
        said = self.said.get("topic")
        for topic in self.chat().topics.values():
            if said in (topic.name, topic.id):
                return topic
        raise NoSuchThing(f"no topic {said!r}")

    def sendable(self) -> Sendable:
        """Make what is to be sent: `kind`, its fields, and the file in base64."""
        kind, content = self.text("kind"), base64.b64decode(self.text("file"))
        match kind:
            case "photo":
                return media.photo(content)
            case "document":
                return media.document(content, self.text("name", "file.bin"))
            case "location":
                live_s = int(self.number("live_s"))
                return media.location(self.number("lat"), self.number("lon"), live_s=live_s)
            case "venue":
                title, address = self.text("title"), self.text("address")
                return media.venue(self.number("lat"), self.number("lon"), title, address)
            case "contact":
                return media.contact(self.text("phone"), self.text("name"))
            case "poll":
                named = self.said.get("is_anonymous", True) is False
                options = self.texts("options")
                return media.poll(self.text("question"), options, is_anonymous=not named)
            case "dice":
                return media.dice()
        if kind not in PLAIN:
            raise NoSuchThing(f"no kind {kind!r}")
        return PLAIN[kind](content)


PLAIN: dict[str, Callable[[bytes], Sendable]] = {
    "voice": media.voice,
    "audio": media.audio,
    "video": media.video,
    "video_note": media.video_note,
    "animation": media.animation,
    "sticker": media.sticker,
}


def find_chat(town: Town, said: object) -> Chat | None:
    """Find a chat by its id, its title or its @name; of an upgraded group the new one."""
    name = str(said)
    named = [
        chat
        for chat in town.chats.values()
        if name in (str(chat.id), chat.title, f"@{chat.username}")
    ]
    return next((chat for chat in named if chat.migrated_to is None), next(iter(named), None))


def find_bot(town: Town, name: str) -> Bot | None:
    """Find a bot by its user name."""
    return next((b for b in town.bots.values() if b.user.username == name.lstrip("@")), None)


def find_named_bot(town: Town, request: web.Request) -> Bot:
    """Find the bot in a request's address."""
    found = find_bot(town, request.match_info["bot"])
    if found is None:
        raise NoSuchThing(f"no bot {request.match_info['bot']!r}")
    return found


async def read_body(request: web.Request) -> Json:
    """Read the words of a request, whatever type it says they have."""
    return as_object(decoded(await request.text() or "{}"))
