"""How somebody stands to a chat, and what they may do there."""

from dataclasses import dataclass
from enum import StrEnum

from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json, present


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
