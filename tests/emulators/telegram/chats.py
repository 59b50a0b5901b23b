"""Chats, who is in them and what they may do there."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json, present

if TYPE_CHECKING:
    from tests.emulators.telegram.messages import Message


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
    "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages",
    "can_manage_topics",
)  # fmt: skip
ALL_RIGHTS = frozenset({*RIGHTS, *GROUP_RIGHTS, *CHANNEL_RIGHTS})
INSIDE = {Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How somebody stands to a chat.

    Attributes:
        rights: What an administrator may do.
        permissions: What a restricted member may still do.
        until_s: When a ban or a restriction ends, in Unix time; 0 is never.
        reads_all: Whether a bot had its privacy mode off when it came in: it counts from then.
    """

    user: User
    status: Status
    rights: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset(PERMISSIONS)
    is_anonymous: bool = False
    is_member: bool = True
    title: str | None = None
    until_s: int = 0
    reads_all: bool = False

    @property
    def is_inside(self) -> bool:
        """Whether they see what is written there."""
        return self.status in INSIDE or (self.status is Status.RESTRICTED and self.is_member)

    @property
    def is_admin(self) -> bool:
        """Whether they have any say there."""
        return self.status in {Status.CREATOR, Status.ADMINISTRATOR}

    def may(self, right: str) -> bool:
        """Whether an administrator has a right."""
        return self.status is Status.CREATOR or (self.is_admin and right in self.rights)

    def allowed_in(self, permissions: frozenset[str]) -> frozenset[str]:
        """What they may do in a chat where plain members have these permissions."""
        if self.is_admin:
            return frozenset(PERMISSIONS)
        return self.permissions if self.status is Status.RESTRICTED else permissions

    def to_json(self, kind: ChatKind) -> Json:
        """Word it as a ChatMember."""
        seen: Json = {"status": self.status.value, "user": self.user.to_json()}
        match self.status:
            case Status.CREATOR:
                seen |= {"is_anonymous": self.is_anonymous} | present(custom_title=self.title)
            case Status.ADMINISTRATOR:
                seen |= {"can_be_edited": False, "is_anonymous": self.is_anonymous}
                named = RIGHTS + (CHANNEL_RIGHTS if kind is ChatKind.CHANNEL else GROUP_RIGHTS)
                seen |= {right: right in self.rights for right in named}
                seen |= present(custom_title=self.title)
            case Status.RESTRICTED:
                seen |= {"is_member": self.is_member, "until_date": self.until_s}
                seen |= {name: name in self.permissions for name in PERMISSIONS}
            case Status.KICKED:
                seen |= {"until_date": self.until_s}
            case Status.MEMBER | Status.LEFT:
                pass
        return seen


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
    asking: dict[int, User] = field(default_factory=dict)
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
