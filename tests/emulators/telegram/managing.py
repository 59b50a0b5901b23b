"""What people do with a chat as a whole: `anna.manages(group).adds(bot)`."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat, InviteLink, Topic
from tests.emulators.telegram.membership import Change, change_member, post_service
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.standing import ALL_RIGHTS, PERMISSIONS, ChatKind, Membership, Status
from tests.emulators.telegram.topics import change_topic, create_topic, delete_topic
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json

if TYPE_CHECKING:
    from tests.emulators.telegram.person import Person
    from tests.emulators.telegram.town import Town


@dataclass(frozen=True)
class Management:
    """Somebody who may do everything in a chat, doing it."""

    by: User
    chat: Chat
    town: "Town" = field(repr=False)

    def adds(self, who: "Person | Bot", *rights: str) -> None:
        """Bring somebody in; with rights, as an administrator, as channels want it."""
        reads_all = isinstance(who, Bot) and who.reads_all
        status = Status.ADMINISTRATOR if rights else Status.MEMBER
        self._set(
            Membership(user=who.user, status=status, rights=frozenset(rights), reads_all=reads_all)
        )

    def removes(self, who: "Person | Bot") -> None:
        """Put somebody out for good."""
        self._set(Membership(user=who.user, status=Status.KICKED))

    def promotes(
        self,
        who: "Person | Bot",
        *rights: str,
        title: str | None = None,
        is_anonymous: bool = False,
    ) -> None:
        """Give somebody these rights, or all."""
        given = frozenset(rights) | {"can_manage_chat"} if rights else ALL_RIGHTS
        self._set(
            replace(
                self._known(who),
                status=Status.ADMINISTRATOR,
                rights=given,
                title=title,
                is_anonymous=is_anonymous,
            )
        )

    def demotes(self, who: "Person | Bot") -> None:
        """Make an administrator a member."""
        status = Status.MEMBER
        self._set(replace(self._known(who), status=status, rights=frozenset(), is_anonymous=False))

    def restricts(self, who: "Person | Bot", *permissions: str) -> None:
        """Leave a member only these permissions; all of them end the restriction."""
        left = frozenset(permissions)
        status = Status.MEMBER if left >= frozenset(PERMISSIONS) else Status.RESTRICTED
        self._set(replace(self._known(who), status=status, permissions=left))

    def locks(self, *permissions: str) -> None:
        """Leave all plain members only these permissions."""
        self.chat.permissions = frozenset(permissions)
        self.town.change()

    def accepts(self, who: "Person") -> None:
        """Let somebody in who has asked."""
        del self.chat.asking[who.user.id]
        member = Membership(user=who.user, status=Status.MEMBER)
        change = Change(chat=self.chat, by=self.by, member=member, via_request=True)
        change_member(self.town, change)

    def refuses(self, who: "Person") -> None:
        """Leave somebody outside who has asked; bots are not told."""
        del self.chat.asking[who.user.id]
        self.town.change()

    def invites(self, *, asks: bool = False) -> InviteLink:
        """Make a link by which people come in; with `asks` somebody must let them in."""
        url = f"https://t.me/+{abs(self.chat.id) % 10**9}p{len(self.chat.links)}"
        self.chat.links.append(InviteLink(url, self.by, asks=asks))
        return self.chat.links[-1]

    def leaves_note(self, content: Json) -> None:
        """Note what there is no verb for, such as `{"video_chat_started": {}}`."""
        self._note(content)

    def renames(self, title: str) -> None:
        """Give the chat another name."""
        self.chat.title = title
        self._note({"new_chat_title": title})

    def changes_photo(self, content: bytes) -> None:
        """Give the chat another picture."""
        self._note({"new_chat_photo": self.town.files.hold_photo(content)})

    def pins(self, message: Message) -> None:
        """Hang a message at the top."""
        self.chat.pinned.append(message.message_id)
        self._note({"pinned_message": message.as_pinned()})

    def unpins(self, message: Message) -> None:
        """Take a message down; no bot hears of it."""
        self.chat.pinned.remove(message.message_id)
        self.town.change()

    def creates_topic(self, name: str) -> Topic:
        """Open a topic of a forum."""
        return create_topic(self.town, self.chat, self.by, name)

    def renames_topic(self, topic: Topic, name: str) -> None:
        """Give a topic another name."""
        change_topic(self.town, self.chat, self.by, topic, name=name)

    def closes_topic(self, topic: Topic) -> None:
        """Let only administrators write there."""
        change_topic(self.town, self.chat, self.by, topic, is_closed=True)

    def reopens_topic(self, topic: Topic) -> None:
        """Let everybody write there again."""
        change_topic(self.town, self.chat, self.by, topic, is_closed=False)

    def deletes_topic(self, topic: Topic) -> None:
        """Take a topic away with all that stands in it."""
        delete_topic(self.town, self.chat, topic)

    def upgrades(self) -> Chat:
        """Make a basic group a supergroup: a new chat, and the old id is refused from now on."""
        old = self.chat
        new = Chat(id=self.town.next_supergroup_id(), kind=ChatKind.SUPERGROUP, title=old.title)
        new.members = dict(old.members)
        self.town.chats[new.id] = new
        self._note({"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        post_service(self.town, new, self.by, {"migrate_from_chat_id": old.id})
        return new

    def _known(self, who: "Person | Bot") -> Membership:
        return self.chat.members[who.user.id]

    def _set(self, member: Membership) -> None:
        change_member(self.town, Change(chat=self.chat, by=self.by, member=member))

    def _note(self, content: Json) -> None:
        post_service(self.town, self.chat, self.by, content)
