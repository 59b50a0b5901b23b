"""What the web chat keeps about people: the one platform whose messages are ours to erase."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bridges.web.changes import Changes
from bot.bridges.web.inbound import read
from bot.domain.messages import Platform, RoomRef
from bot.domain.people import Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.web_chat import PRIVATE, WebMessage, is_private
from bot.domain.words import Words, words
from bot.errors import MalformedUpdate
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep
from bot.ports.store import UnitOfWork

_ALL = 1_000_000
_PAGES_LOOK_AGAIN_AFTER_S = 1.0


@dataclass(frozen=True)
class WebKeeping:
    """Looks after the accounts of the web chat and what they have written."""

    changes: Changes

    @property
    def holding(self) -> Holding:
        """What it keeps, for those who ask, erase and tidy up."""
        return Holding(
            name="web",
            told=_told,
            export=_export,
            parting=_parting,
            erase=self.erase,
            leave=self.leave,
            chores=(
                Chore(name="remove_old_web_messages", pace=Pace.SELDOM, find=_old, do=_remove_old),
            ),
        )

    async def erase(self, person: PersonId, upkeep: Upkeep) -> Erased:
        """Remove what somebody has written and set; the account stays for the last word."""
        number = 0
        for account in await _accounts(person, upkeep.uow):
            written = await upkeep.uow.web_chat.written_by(account)
            number += len(written)
            await _remove(written, upkeep)
            await upkeep.uow.web_chat.take_back_reactions(account)
            await _drop_news_of(account, upkeep.uow)
            for room in await upkeep.uow.web_accounts.rooms_of(account):
                self._changed(room.id)
        return {"written": number}

    async def leave(self, person: PersonId, upkeep: Upkeep) -> None:
        """Remove the account too, with its talk with the bot."""
        uow = upkeep.uow
        for account in await _accounts(person, uow):
            rooms = await uow.web_accounts.rooms_of(account)
            shared = [room.id for room in rooms if not is_private(room.id)]
            await self.erase(person, upkeep)
            await _remove(await uow.web_chat.messages(PRIVATE + account, last=_ALL), upkeep)
            await uow.web_accounts.remove(account)
            for room in shared:
                people = await uow.web_accounts.member_count(room)
                await uow.groups.note_member_count(RoomRef(Platform.WEB, room), people)

    def _changed(self, room: str) -> None:
        # Open pages read what is committed, and this is not yet.
        loop = asyncio.get_running_loop()
        loop.call_later(_PAGES_LOOK_AGAIN_AFTER_S, self.changes.tell, room)


async def _accounts(person: PersonId, uow: UnitOfWork) -> Sequence[str]:
    known = await uow.people.accounts(person)
    here = [account.user_id for account in known if account.platform is Platform.WEB]
    return [account for account in here if await uow.web_accounts.get(account) is not None]


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    accounts = await _accounts(person.id, upkeep.uow)
    written = [await upkeep.uow.web_chat.written_by(account) for account in accounts]
    number, days = sum(map(len, written)), upkeep.lifetimes.web_message.days
    return [words("privacy-web", number=number, days=days)] if accounts else []


async def _parting(person: PersonId, upkeep: Upkeep) -> Sequence[Words]:
    return [words("forget-web")] if await _accounts(person, upkeep.uow) else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    accounts: list[Json] = []
    files = []
    for account in await _accounts(person.id, upkeep.uow):
        written = await upkeep.uow.web_chat.written_by(account)
        accounts.append(await _account(account, written, upkeep.uow))
        files += [file for message in written for file in message.media]
    return Exported(fields={"web_chat": accounts} if accounts else {}, files=tuple(files))


async def _account(account: str, written: Sequence[WebMessage], uow: UnitOfWork) -> Json:
    profile = await uow.web_accounts.get(account)
    return {
        "account": account,
        "name": profile.name if profile else "",
        "language": profile.language if profile else None,
        "rooms": [room.id for room in await uow.web_accounts.rooms_of(account)],
        "messages": [_message(message) for message in written],
        "reactions": [
            {"message": message, "emoji": emoji}
            for message, emoji in await uow.web_chat.reactions_of(account)
        ],
    }


def _message(message: WebMessage) -> Json:
    return {
        "number": message.id,
        "room": message.room,
        "text": message.text.plain,
        "place": message.place,
        "files": [file.name for file in message.media],
        "reply_to": message.reply_to,
        "sent_at": message.sent_at.isoformat(),
        "edited_at": message.edited_at.isoformat() if message.edited_at else None,
    }


async def _remove(messages: Sequence[WebMessage], upkeep: Upkeep) -> None:
    for message in messages:
        await upkeep.discard(await upkeep.uow.web_chat.remove(message.id))


async def _drop_news_of(account: str, uow: UnitOfWork) -> None:
    """Drop what the bot has not heard of yet."""
    for told in await uow.web_chat.untold(limit=_ALL):
        try:
            by = read(told.payload).sender.user.user_id
        except MalformedUpdate:
            continue
        if by == account:
            await uow.web_chat.told(told.number)


async def _old(upkeep: Upkeep) -> Sequence[str]:
    before = upkeep.now - upkeep.lifetimes.web_message
    old = await upkeep.uow.web_chat.past_lifetime(before)
    return [str(message) for message in old]


async def _remove_old(piece: str, upkeep: Upkeep) -> int:
    await upkeep.discard(await upkeep.uow.web_chat.remove(int(piece)))
    return 1
