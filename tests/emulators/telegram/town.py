"""The world that the emulated service knows: people, bots, chats, and who hears of what."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat, Topic
from tests.emulators.telegram.clock import Clock, RealClock
from tests.emulators.telegram.faults import Faults
from tests.emulators.telegram.files import FileStore
from tests.emulators.telegram.limits import Limits
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person
from tests.emulators.telegram.schema import Schema, find_schema
from tests.emulators.telegram.sight import sees
from tests.emulators.telegram.standing import (
    ALL_RIGHTS,
    PERMISSIONS,
    ChatKind,
    Membership,
    Status,
)
from tests.emulators.telegram.updates import UpdateQueue
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json

FIRST_USER = 5_000_000_001  # beyond 32 bits, as real ids are
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001
CALLBACK_LIFETIME_S = 15.0


@dataclass(eq=False)
class Town:
    """Everything there is; kept in memory.

    Attributes:
        deadlines: When a ban or restriction ends, where, and whose.
        gone: The ids of people who have deleted their account.
        violations: Where the emulator itself has said what the Bot API would never say.
    """

    clock: Clock = field(default_factory=RealClock)
    schema: Schema = field(default_factory=find_schema)
    files: FileStore = field(default_factory=FileStore)
    people: dict[str, Person] = field(default_factory=dict)
    bots: dict[str, Bot] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    privates: dict[tuple[int, int], Chat] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    gone: set[int] = field(default_factory=set)
    deadlines: list[tuple[int, Chat, int]] = field(default_factory=list)
    mailbox: int = 0
    limits: Limits = field(init=False)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.limits = Limits(self.clock)

    def person(
        self,
        name: str,
        *,
        language: str | None = "sv",
        username: str | None = None,
        last_name: str | None = None,
    ) -> Person:
        """Return the person with this name; somebody new when there is none yet."""
        if name not in self.people:
            user = User(
                id=self._next_user_id(),
                first_name=name,
                last_name=last_name,
                username=username,
                language_code=language,
            )
            self.people[name] = Person(user, self)
        return self.people[name]

    def bot(
        self, username: str = "grannbro_bot", *, token: str | None = None, reads_all: bool = False
    ) -> Bot:
        """Return the bot with this user name; a new one when there is none yet.

        With `reads_all` privacy mode is off; it counts for groups that the bot comes into later.
        """
        known = next((b for b in self.bots.values() if b.user.username == username), None)
        if known is not None:
            return known
        user_id = int(token.partition(":")[0]) if token else self._next_user_id()
        user = User(id=user_id, is_bot=True, first_name=username.capitalize(), username=username)
        made = Bot(
            user=user,
            token=token or f"{user_id}:{'AAE' + username:x<35}",
            queue=UpdateQueue(self.clock),
            reads_all=reads_all,
        )
        self.bots[made.token] = made
        return made

    def group(self, title: str, *members: "Person | Bot") -> Chat:
        """Make a basic group; the first person owns it."""
        lowest = min([c for c in self.chats if c > FIRST_SUPERGROUP], default=FIRST_GROUP + 1)
        return self._found(Chat(id=lowest - 1, kind=ChatKind.GROUP, title=title), members)

    def supergroup(
        self, title: str, *members: "Person | Bot", username: str | None = None
    ) -> Chat:
        """Make a supergroup; the first person owns it."""
        chat = Chat(id=self.next_supergroup_id(), kind=ChatKind.SUPERGROUP, title=title)
        chat.username = username
        return self._found(chat, members)

    def forum(self, title: str, *members: "Person | Bot") -> Chat:
        """Make a supergroup with topics; General has no id."""
        chat = self.supergroup(title, *members)
        chat.is_forum = True
        return chat

    def channel(self, title: str, *admins: "Person | Bot", username: str | None = None) -> Chat:
        """Make a channel whose members all administer it; `join` brings in readers."""
        chat = Chat(
            id=self.next_supergroup_id(), kind=ChatKind.CHANNEL, title=title, username=username
        )
        self._found(chat, admins)
        for member in admins[1:]:
            self.put_in(chat, member, Status.ADMINISTRATOR, rights=ALL_RIGHTS)
        return chat

    def put_in(
        self,
        chat: Chat,
        who: "Person | Bot",
        status: Status = Status.MEMBER,
        *,
        rights: frozenset[str] = frozenset(),
    ) -> Membership:
        """Make somebody stand to a chat in some way, telling nobody."""
        reads_all = isinstance(who, Bot) and who.reads_all
        made = Membership(user=who.user, status=status, rights=rights, reads_all=reads_all)
        chat.members[who.user.id] = made
        return made

    def private(self, person: User, bot: Bot) -> Chat:
        """Return the chat of a person with a bot, opening it if need be."""
        key = (bot.id, person.id)
        if key not in self.privates:
            self.privates[key] = Chat(
                id=person.id, kind=ChatKind.PRIVATE, person=person, bot_id=bot.id
            )
        return self.privates[key]

    def topic(self, chat: Chat, name: str) -> Topic:
        """Find a topic by its name."""
        return next(t for t in chat.topics.values() if t.name == name)

    def number(self, chat: Chat) -> int:
        """Take the next message id: own ones per supergroup and channel, else one row for all."""
        if chat.kind in {ChatKind.SUPERGROUP, ChatKind.CHANNEL}:
            chat.last_message_id += 1
            return chat.last_message_id
        self.mailbox += 1
        return self.mailbox

    def post(self, message: Message) -> Message:
        """Put a message into its chat and tell the bots that see it."""
        chat = message.chat
        chat.messages[message.message_id] = message
        if message.author.is_bot:
            chat.last_bot_id = message.author.id
        self.announce(message)
        return message

    def announce(self, message: Message, *, is_edit: bool = False) -> None:
        """Tell the bots that see a message."""
        noun = "channel_post" if message.chat.kind is ChatKind.CHANNEL else "message"
        for bot in self.bots.values():
            if sees(bot, message):
                bot.met.add(message.author.id)
                self.tell(bot, f"edited_{noun}" if is_edit else noun, message.to_json())
        self.change()

    def tell(self, bot: Bot, kind: str, body: Json) -> None:
        """Put an update into a bot's queue.

        Raises:
            AssertionError: The Bot API knows no such update.
        """
        update = bot.queue.put(kind, body)
        wrong = self.schema.check("Update", update) if update else []
        self.violations += wrong
        assert not wrong, wrong

    def change(self) -> None:
        """Let everybody look again who waits for something to happen."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, holds: Callable[[], object], *, timeout_s: float = 5.0) -> None:
        """Wait until something holds; looked at after every change.

        Raises:
            TimeoutError: It did not come to hold in time.
        """
        async with asyncio.timeout(timeout_s):
            while not holds():
                await self._changed.wait()

    def lapse(self) -> None:
        """End the bans and restrictions whose time is over; nobody is told."""
        due = [d for d in self.deadlines if d[0] <= self.now_s()]
        self.deadlines = [d for d in self.deadlines if d[0] > self.now_s()]
        for until_s, chat, user_id in due:
            member = chat.members[user_id]
            if member.until_s == until_s:
                ended = Status.LEFT if member.status is Status.KICKED else Status.MEMBER
                chat.members[user_id] = replace(
                    member, status=ended, until_s=0, permissions=frozenset(PERMISSIONS)
                )

    def now_s(self) -> int:
        """The date that a message gets now, in Unix time."""
        return int(self.clock.unix_s())

    def next_supergroup_id(self) -> int:
        """An id that no chat has."""
        return min([c for c in self.chats if c <= FIRST_SUPERGROUP], default=FIRST_SUPERGROUP) - 1

    def user(self, user_id: int) -> User | None:
        """Find a person or a bot by id."""
        everybody = [p.user for p in self.people.values()] + [b.user for b in self.bots.values()]
        return next((user for user in everybody if user.id == user_id), None)

    def _next_user_id(self) -> int:
        return FIRST_USER + len(self.people) + len(self.bots)

    def _found(self, chat: Chat, members: "tuple[Person | Bot, ...]") -> Chat:
        self.chats[chat.id] = chat
        for number, member in enumerate(members):
            is_owner = number == 0 and isinstance(member, Person)
            self.put_in(chat, member, Status.CREATOR if is_owner else Status.MEMBER)
            self._introduce(member, chat)
        return chat

    def _introduce(self, member: "Person | Bot", chat: Chat) -> None:
        if isinstance(member, Bot):
            member.met |= set(chat.members)
