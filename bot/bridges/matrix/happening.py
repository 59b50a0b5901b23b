"""One event, where it happened, and who did it."""

from dataclasses import dataclass, replace

from bot.bridges.matrix import updates
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.rooms import message_ref, user_ref
from bot.domain.messages import MessageRef
from bot.domain.proofs import Proof
from bot.domain.senders import Sender

MAX_NAME_CHARS = 200
ENCRYPTED = "m.room.encrypted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event with what else is known of it.

    Attributes:
        told: What the bridge has put beside it; see `updates`.
        me: The bot's own account.
        answered: The event that it answers as it reads now; None if that is not known.
        is_copied: Its content is one that the bot has sent, whoever sends it here.
        proof: By which device it was sealed; None if it was not.
    """

    room_id: str
    event: Fields
    content: Fields
    told: Fields
    me: str
    answered: Fields | None = None
    is_copied: bool = False
    proof: Proof | None = None

    @property
    def ref(self) -> MessageRef:
        """Which message it is."""
        return self.message(self.event.text("event_id"))

    @property
    def no_ref(self) -> MessageRef:
        """No message of its room."""
        return self.message("")

    @property
    def sender(self) -> Sender:
        """Who did it."""
        sender = self.person(self.event.text("sender"), self.told.text_or(updates.NAME))
        return replace(sender, proof=self.proof)

    @property
    def is_direct(self) -> bool:
        """Whether it happened in somebody's private chat with the bot."""
        return self.told.flag(updates.DIRECT)

    @property
    def was_private(self) -> bool:
        """Whether it happened in the sender's private chat, where others read by now."""
        return self.told.flag(updates.SHARED) and self.told.flag(updates.THEIRS)

    @property
    def is_sealed(self) -> bool:
        """Whether it happened in an encrypted room."""
        return self.told.flag(updates.SEALED)

    @property
    def is_unproven(self) -> bool:
        """Whether it came in the clear where everybody else seals what they say."""
        return self.is_sealed and self.told.inner(updates.EVENT).text_or("type") != ENCRYPTED

    @property
    def is_late(self) -> bool:
        """Whether it could not be opened when it came."""
        return self.told.flag(updates.LATE)

    def message(self, event_id: str) -> MessageRef:
        """Return a message of the same room."""
        return message_ref(self.room_id, event_id)

    def person(self, user_id: str, name: str = "") -> Sender:
        """Return an account as who did something."""
        called = name[:MAX_NAME_CHARS] or user_id.removeprefix("@").partition(":")[0]
        return Sender(user=user_ref(user_id), name=called)

    def nobody(self) -> Sender:
        """Return the room itself, where it is not known who did something."""
        return Sender(user=user_ref(self.room_id), name="", is_chat=True)
