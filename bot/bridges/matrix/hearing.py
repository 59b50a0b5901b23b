"""Asking the homeserver what has happened, over and over.

The library's own loop stores where it is before anybody has kept what it was told, and asks again
without a pause when it is refused. Here both are in one transaction.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.bridges.matrix import questions
from bot.bridges.matrix.account import Account, SignIn
from bot.bridges.matrix.answers import (
    as_object,
    events_in,
    invitations,
    joined_rooms,
    left_rooms,
    private_chats,
)
from bot.bridges.matrix.api import CLIENT, Api, Object, text_of
from bot.bridges.matrix.encryption import Encryption
from bot.bridges.matrix.errors import MatrixError, Refusal
from bot.bridges.matrix.invitations import Invitations
from bot.bridges.matrix.known import Known
from bot.bridges.matrix.lateness import Lateness
from bot.bridges.matrix.noticing import Noticing
from bot.bridges.matrix.outage import Outage
from bot.bridges.matrix.privates import Privates
from bot.bridges.matrix.troubles import Troubles
from bot.bridges.troubles import troubles_update
from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.domain.richtext_json import Json
from bot.errors import StorageUnavailable, TemporaryFailure
from bot.ports.bridge import Batch, Inlet
from bot.ports.clock import Clock

STORAGE_PAUSE_S = 2.0
_SOON_WAIT_S = 2.0
"""With something to do as soon as the server answers, it is not waited for long."""

log = structlog.get_logger("matrix")


@dataclass(kw_only=True)
class Hearing:
    """Hears one account's rooms.

    Attributes:
        account: Who the bot is, as far as that is known.
        last_round_trip: When the homeserver was last heard; None if it never was.
    """

    api: Api
    sign_in: SignIn
    clock: Clock
    known: Known
    privates: Privates
    encryption: Encryption
    invitations: Invitations
    noticing: Noticing
    lateness: Lateness
    troubles: Troubles
    outage: Outage
    account: Account
    last_round_trip: datetime | None = None
    signed_in: asyncio.Event

    async def run(self, inlet: Inlet) -> None:
        """Offer updates in order, each at least once, until cancelled."""
        while True:
            await self._come_in(inlet)
            since = await self._begin(inlet)
            while since is not None:
                since = await self._round(since, inlet)

    async def sign_in_once(self) -> None:
        """Learn who the bot is.

        Raises:
            MatrixError: The homeserver can't be reached, or refuses.
            StorageUnavailable: What was learnt can't be kept.
        """
        self.account = await self.sign_in.sign_in(self.api)
        self.noticing.me = self.account.user_id
        self.signed_in.set()

    async def _come_in(self, inlet: Inlet) -> None:
        """Learn who the bot is, however long it takes."""
        while True:
            try:
                await self.sign_in_once()
                await self.encryption.begin()
            except MatrixError as error:
                self._renew(error)
                await self._failed(error, inlet, signs_in=True)
            except StorageUnavailable as error:
                log.error("matrix.account_not_kept", reason=str(error))  # noqa: TRY400 - no bug
                await self.clock.sleep(STORAGE_PAUSE_S)
            else:
                return

    async def _begin(self, inlet: Inlet) -> str | None:
        """Learn which rooms there are; return from where to go on, None if signed out."""
        while True:
            try:
                told = await self._ask(questions.snapshot_filter(), None, wait_s=0)
                self._learn(told)
                self.known.learn_kept(await inlet.position(self._reactions) or "{}")
                self.encryption.learn_kept(await inlet.position(self._sealed) or "{}")
                kept = await inlet.position(self._source)
                position = kept or text_of(told, "next_batch")
                await inlet.take(Batch(source=self._source, position=position))
            except MatrixError as error:
                if not await self._goes_on_after(error, inlet):
                    return None
            except StorageUnavailable:
                await self.clock.sleep(STORAGE_PAUSE_S)
            else:
                log.info("matrix.begun", number=len(self.known.joined))
                return position

    async def _round(self, since: str, inlet: Inlet) -> str | None:
        """Ask once and keep what is told; return from where to go on, None if signed out."""
        is_late = bool(self.encryption.late())
        quick = self.troubles.attempts > 0 or is_late
        wait_s = _SOON_WAIT_S if quick else questions.WAIT_S
        try:
            told = await self._ask(questions.sync_filter(), since, wait_s=wait_s)
            position = text_of(told, "next_batch")
            self._note_rooms(told)
            await self.encryption.receive(told)
            updates = await self._updates_in(told, since)
            late = await self.lateness.updates()
        except MatrixError as error:
            return since if await self._goes_on_after(error, inlet) else None
        except TemporaryFailure as error:
            await self.clock.sleep(error.retry_after_s or STORAGE_PAUSE_S)
            return since
        await self._keep(self._reactions, self.known.news(), inlet)
        await self._keep(self._sealed, self.encryption.news(), inlet)
        await self._take(
            Batch(source=self._source, updates=(*updates, *late), position=position), inlet
        )
        # Not before they are kept: what is no more waited for is forgotten with the next round.
        self.lateness.forget(late)
        await self._answered(inlet)
        return position

    async def _ask(self, wanted: str, since: str | None, *, wait_s: float) -> Object:
        query = {"filter": wanted, "timeout": str(round(wait_s * 1000)), "set_presence": "online"}
        if since is not None:
            query["since"] = since
        within_s = questions.ANSWER_WITHIN_S if since else questions.SNAPSHOT_WITHIN_S
        told = await self.api.get(f"{CLIENT}/sync", query, within_s=within_s)
        self.last_round_trip = self.clock.now()
        return told

    async def _updates_in(self, told: Mapping[str, Json], since: str) -> tuple[RawUpdate, ...]:
        found: list[RawUpdate] = []
        for room in joined_rooms(told):
            found += await self.noticing.of_joined(room, since=since)
        for room in left_rooms(told):
            found += await self.noticing.of_leaving(room)
            found += await self.noticing.of_left(room)
        return tuple(found)

    def _note_rooms(self, told: Mapping[str, Json]) -> None:
        self._note_lists(told)
        for room in joined_rooms(told):
            for event in (*room.state, *room.events):
                self._note_encryption(room.room_id, event)

    def _learn(self, told: Mapping[str, Json]) -> None:
        """Take what is told at the start: rooms, private chats, invitations."""
        self._note_lists(told)
        for room_id, room in as_object(as_object(told.get("rooms")).get("join")).items():
            self.known.joined.add(room_id)
            for event in events_in(as_object(room).get("state")):
                self._note_encryption(room_id, event)
                if event.get("type") == questions.CREATE:
                    self.privates.learn_made({**event, "room_id": room_id})

    def _note_lists(self, told: Mapping[str, Json]) -> None:
        chats = private_chats(told)
        if chats is not None:
            self.privates.learn(chats)
        for room in invitations(told):
            self.invitations.note(room)

    def _note_encryption(self, room_id: str, event: Object) -> None:
        if event.get("type") == questions.ENCRYPTION:
            self.encryption.note(room_id)

    async def _keep(self, source: str, news: str | None, inlet: Inlet) -> None:
        if news is not None:
            await self._take(Batch(source=source, position=news), inlet)

    async def _take(self, batch: Batch, inlet: Inlet) -> None:
        """Keep what was told, however long it takes until it can be kept."""
        while True:
            try:
                await inlet.take(batch)
            except StorageUnavailable:
                # The database says in the log itself what is wrong with it.
                await self.clock.sleep(STORAGE_PAUSE_S)
            else:
                return

    async def _goes_on_after(self, error: MatrixError, inlet: Inlet) -> bool:
        """Wait after a failure; False if the bot has to sign in again."""
        shut_out = isinstance(error, Refusal) and error.is_token_refused
        self._renew(error)
        await self._failed(error, inlet, signs_in=False)
        return not shut_out

    def _renew(self, error: MatrixError) -> None:
        """Forget a token that is refused where a password gives another."""
        if isinstance(error, Refusal) and error.is_token_refused and self.sign_in.can_renew:
            self.sign_in.forget_token()

    async def _failed(self, error: MatrixError, inlet: Inlet, *, signs_in: bool) -> None:
        pause_s = self.troubles.pause_s(error, signs_in=signs_in)
        if self.troubles.attempts > 1:
            self.outage.note_unheard(error)
        await self._tell_core(inlet)
        await self.clock.sleep(pause_s)

    async def _answered(self, inlet: Inlet) -> None:
        self.troubles.over()
        await self._tell_core(inlet)

    async def _tell_core(self, inlet: Inlet) -> None:
        news = self.troubles.news()
        if news is None:
            return
        try:
            await inlet(troubles_update(Platform.MATRIX, news))
        except StorageUnavailable:
            # It is still news when the homeserver is asked the next time.
            return
        self.troubles.told = news

    @property
    def _reactions(self) -> str:
        """Under which name it is kept what reactions were on."""
        return f"{self._source} reactions"

    @property
    def _sealed(self) -> str:
        """Under which name it is kept what could not be opened."""
        return f"{self._source} sealed"

    @property
    def _source(self) -> str:
        return f"matrix {self.account.user_id}"
