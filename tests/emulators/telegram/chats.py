"""Chats, with all that was ever written in them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.emulators.telegram.standing import PERMISSIONS, ChatKind, Membership
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json, present

if TYPE_CHECKING:
    from tests.emulators.telegram.messages import Message


@dataclass
class Topic:
    """A topic of a forum; its id is that of the message that created it."""

    id: int
    name: str
    icon_color: int = 7322096
    is_closed: bool = False

    def to_json(self) -> Json:
        """Word it as a ForumTopic."""
        return {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}


@dataclass
class InviteLink:
    """A way in; `asks` means that an administrator lets people in one by one."""

    url: str
    creator: User
    name: str | None = None
    asks: bool = False
    is_primary: bool = False
    expire_date: int | None = None
    member_limit: int | None = None
    is_revoked: bool = False

    def to_json(self) -> Json:
        """Word it as a ChatInviteLink."""
        return {
            "invite_link": self.url,
            "creator": self.creator.to_json(),
            "creates_join_request": self.asks,
            "is_primary": self.is_primary,
            "is_revoked": self.is_revoked,
        } | present(name=self.name, expire_date=self.expire_date, member_limit=self.member_limit)


@dataclass(eq=False, kw_only=True)
class Chat:
    """A chat with all that was ever written in it.

    Attributes:
        bot_id: In a private chat, whose it is; else None.
        person: In a private chat, who talks with the bot.
        last_bot_id: Which bot spoke last: commands without a name go to it.
        asking: Since when people ask to be let in, in seconds.
        permissions: What plain members may do.
        discussion: The group into which a channel's posts are forwarded by themselves.
    """

    id: int
    kind: ChatKind
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    description: str | None = None
    person: User | None = None
    bot_id: int | None = None
    is_blocked: bool = False
    members: dict[int, Membership] = field(default_factory=dict)
    messages: "dict[int, Message]" = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    links: list[InviteLink] = field(default_factory=list)
    asking: dict[int, int] = field(default_factory=dict)
    migrated_to: int | None = None
    last_bot_id: int | None = None
    permissions: frozenset[str] = frozenset(PERMISSIONS)
    last_message_id: int = 0
    discussion: "Chat | None" = None

    @property
    def is_private(self) -> bool:
        """Whether only one person and one bot are in it."""
        return self.kind is ChatKind.PRIVATE

    def member(self, user_id: int) -> Membership | None:
        """How somebody stands to it."""
        return self.members.get(user_id)

    def to_json(self) -> Json:
        """Word it as a Chat."""
        seen: Json = {"id": self.id, "type": self.kind.value}
        if self.person is not None:
            who = self.person
            return seen | present(
                first_name=who.first_name, last_name=who.last_name, username=who.username
            )
        return seen | present(
            title=self.title, username=self.username, is_forum=self.is_forum or None
        )
