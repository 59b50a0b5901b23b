"""The bot's side of Matrix."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.bridges.matrix.api import Api, of_room
from bot.bridges.matrix.asking import Asking
from bot.bridges.matrix.encryption import Encryption
from bot.bridges.matrix.entries import Entries
from bot.bridges.matrix.errors import MatrixError, to_bridge_error
from bot.bridges.matrix.forgetting import Forgetting
from bot.bridges.matrix.hearing import Hearing
from bot.bridges.matrix.inbound import read
from bot.bridges.matrix.layout import Tone, tone_of
from bot.bridges.matrix.media import Files
from bot.bridges.matrix.messages import PREFIXES
from bot.bridges.matrix.mirrors import MOST_KEYS, Mirrors
from bot.bridges.matrix.outage import Outage
from bot.bridges.matrix.posting import Posting
from bot.bridges.matrix.privates import Privates
from bot.bridges.matrix.wording import worded
from bot.domain.incoming import Incoming
from bot.domain.messages import Attachment, MessageRef, Platform, Recipient, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reactions import written
from bot.domain.rights import Right
from bot.errors import PlatformAway, Why
from bot.ports.bridge import Capabilities, Inlet, Membership

WRITES_FOR_MS = 5_000


@dataclass(kw_only=True)
class MatrixBridge:
    """Carries between Matrix and the core."""

    api: Api
    hearing: Hearing
    posting: Posting
    privates: Privates
    files: Files
    mirrors: Mirrors
    asking: Asking
    entries: Entries
    encryption: Encryption
    outage: Outage
    forgetting: Forgetting
    platform: Platform = Platform.MATRIX
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            repeats_safely=True,
            only_authors_edit=False,
            can_redact_others=True,
            can_pin=True,
            can_admit=True,
            can_mention=True,
            hears_votes=True,
            has_threads=True,
            reactions=MOST_KEYS,
            command_prefixes=PREFIXES,
            rights=frozenset({Right.DELETES, Right.PINS, Right.POSTS}),
        )
    )

    @property
    def account(self) -> UserRef | None:
        """The bot's own account; None before the homeserver has told a token's."""
        user_id = self.hearing.account.user_id
        return UserRef(self.platform, user_id) if user_id else None

    @property
    def last_round_trip(self) -> datetime | None:
        """When the homeserver was last heard; that it takes what is sent says nothing of that."""
        return self.hearing.last_round_trip

    def private_link(self, payload: str) -> str | None:
        """Return nothing: the bot may invite everybody to a private chat."""
        del payload
        return None

    def accounts(self) -> Collection[UserRef]:
        """Return those with whom the bot has a private chat."""
        return [UserRef(self.platform, user_id) for user_id in self.forgetting.accounts()]

    def forget(self, user: UserRef) -> None:
        """Let go of somebody's devices and of the private chat with them."""
        if user.platform is self.platform:
            self.forgetting.forget(user.user_id)

    async def open(self) -> None:
        """Sign in once; `run` does so for as long as it takes.

        Raises:
            MatrixError: The homeserver can't be reached, or refuses.
        """
        await self.hearing.sign_in_once()
        await self.encryption.begin()

    async def close(self) -> None:
        """Close the connections."""
        await self.api.close()

    async def run(self, accept: Inlet) -> None:
        """Offer updates in order, each at least once, until cancelled.

        Raises:
            ConfigError: What is kept was sealed with another installation's key.
        """
        try:
            self.hearing.sign_in.require_key()
            self.encryption.require_key()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.hearing.run(accept))
                tasks.create_task(self.mirrors.run(lambda: self.last_round_trip))
                tasks.create_task(self.encryption.talk.run())
                tasks.create_task(self.encryption.vouching.run())
                tasks.create_task(self.hearing.invitations.run())
                tasks.create_task(self.forgetting.run())
        finally:
            await self.close()

    def parse(self, payload: bytes) -> Incoming | None:
        """Read one update, opened if it is encrypted.

        Raises:
            MalformedUpdate: It is not what Matrix sends.
            TemporaryFailure: What opens it may still come.
        """
        return read(payload, self.hearing.account, self.encryption.open)

    async def download(self, attachment: Attachment) -> bytes:
        """Fetch a file that was offered."""
        with self._refusals(missing=Why.MESSAGE_GONE, reaches_others=True):
            return await self.files.download(attachment)

    async def membership(self, user: UserRef, room: RoomRef) -> Membership:
        """Ask how somebody stands in a room, by the power that the room gives."""
        with self._refusals():
            title = await self.asking.title(room.room_id)
            if not await self.asking.is_member(room.room_id, user.user_id):
                return Membership(title=title)
            powers = await self.asking.powers(room.room_id)
        return Membership(title=title, administers=powers.administers(user.user_id))

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        """Post a message; the same key posts it once."""
        message = worded(message)
        room_id = to.room_id if isinstance(to, RoomRef) else await self._private(to)
        with self._refusals():
            parts = await self.posting.post(
                room_id, message, self._tone(room_id, message), key=key
            )
        self._mirror(parts, message, is_new=True)
        return parts

    async def edit(
        self, parts: Sequence[MessageRef], message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        """Change a message of the bot's own."""
        message = worded(message)
        tone = self._tone(parts[0].room.room_id, message)
        with self._refusals(missing=Why.MESSAGE_GONE):
            await self.privates.require_private(parts[0].room.room_id)
            shown = await self.posting.edit(parts, message, tone)
        self._mirror(shown, message, is_new=False)
        return shown

    async def react(self, target: MessageRef, emoji: Sequence[str]) -> None:
        """Set these emoji on a message, and take back all others of the bot's."""
        with self._refusals(missing=Why.MESSAGE_GONE):
            await self.mirrors.stand(target, [written(one) for one in emoji])

    async def redact(self, target: MessageRef) -> None:
        """Remove a message; a message already gone is no error."""
        with self._refusals(missing=Why.MESSAGE_GONE):
            await self.posting.redact(target)

    async def pin(self, target: MessageRef) -> None:
        """Hang a message at the top of its room, where the bot has the power."""
        with self._refusals(missing=Why.MESSAGE_GONE):
            await self.posting.pin(target)

    async def unpin(self, target: MessageRef) -> None:
        """Take a message down; one that does not hang is no error."""
        with self._refusals(missing=Why.MESSAGE_GONE):
            await self.posting.unpin(target)

    async def admit(self, user: UserRef, room: RoomRef) -> None:
        """Invite somebody who knocks; one who does not any more is no error."""
        with self._refusals(reaches_others=True):
            await self.entries.admit(user.user_id, room.room_id)

    async def reject(self, user: UserRef, room: RoomRef) -> None:
        """Send somebody away who knocks; as `admit`."""
        with self._refusals(reaches_others=True):
            await self.entries.reject(user.user_id, room.room_id)

    async def show_working(self, room: RoomRef) -> None:
        """Show that the bot writes, for some seconds."""
        typing = of_room(room.room_id, "typing", self.hearing.account.user_id)
        with self._refusals():
            await self.api.put(typing, {"typing": True, "timeout": WRITES_FOR_MS})

    async def _private(self, user: UserRef) -> str:
        with self._refusals(reaches_others=True):
            return await self.privates.room_of(user.user_id)

    def _tone(self, room_id: str, message: OutgoingMessage) -> Tone:
        is_private = self.privates.is_direct(room_id)
        return tone_of(message, is_private=is_private, mark=self.hearing.account.mark)

    def _mirror(
        self, parts: Sequence[MessageRef], message: OutgoingMessage, *, is_new: bool
    ) -> None:
        if parts:
            self.mirrors.want(parts[-1], message.rows, is_new=is_new)

    @contextmanager
    def _refusals(
        self, *, missing: Why = Why.NO_SUCH_ROOM, reaches_others: bool = False
    ) -> Iterator[None]:
        """Say what the homeserver's refusals mean; nothing is asked before it knows the bot.

        Args:
            missing: What it means that something is not there.
            reaches_others: Another server may be what does not answer: of the homeserver itself
                that says nothing.
        """
        if not self.hearing.signed_in.is_set():
            raise PlatformAway("not signed in yet")
        self.outage.require_over(self.hearing.last_round_trip)
        try:
            yield
        except MatrixError as error:
            if not reaches_others:
                self.outage.note(error)
            raise to_bridge_error(error, missing=missing) from error
        if not reaches_others:
            self.outage.over()
