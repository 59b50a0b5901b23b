"""One transaction, and where transactions come from."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import PersonId
from bot.ports.alert_settings import AlertSettingsKept
from bot.ports.aliases import Aliases
from bot.ports.bursts import Bursts
from bot.ports.consents import Consents
from bot.ports.contributions import Contributions
from bot.ports.copies import Copies
from bot.ports.groups import Groups, LinkCodes, Organisations
from bot.ports.held_alerts import HeldAlerts
from bot.ports.held_updates import HeldUpdates
from bot.ports.inbox import DeadLetter, Inbox, Positions
from bot.ports.known_areas import KnownAreas
from bot.ports.media import HeldFiles
from bot.ports.notes import Notes
from bot.ports.notices import NoticeReaches, Notices, Occurrences
from bot.ports.official import NameWarnings, OfficialAnswers, OfficialPosts
from bot.ports.outbox import Outbox
from bot.ports.owner_keys import OwnerKeys
from bot.ports.people import People, Subscriptions
from bot.ports.polls import Polls
from bot.ports.reactions import Reactions
from bot.ports.relay_mutes import RelayMutes
from bot.ports.relays import Relays
from bot.ports.reports import ReportBylines, Reports
from bot.ports.rooms import Rooms
from bot.ports.tips import Tips
from bot.ports.verifications import LostBadges, MailCodes, Verifications
from bot.ports.web_accounts import WebAccounts
from bot.ports.web_chat import WebChat


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One decision or change, without its content."""

    verb: str
    about: str
    at: datetime


class Audit(Protocol):
    """What was decided by whom; facts without content."""

    async def note(self, verb: str, about: str, *, by: PersonId | None, now: datetime) -> None:
        """Append one fact, such as `report.resolved` about `7K3`."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[Fact]:
        """Return what somebody has decided or changed, oldest first."""
        ...

    async def unlink(self, person: PersonId) -> int:
        """Keep the facts of an erased person, but no longer whose they were."""
        ...

    async def forget_old(self, before: datetime) -> int:
        """Drop facts past their lifetime; return how many."""
        ...


class UnitOfWork(Protocol):
    """One transaction's view of everything stored."""

    @property
    def people(self) -> People: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def aliases(self) -> Aliases: ...
    @property
    def owner_keys(self) -> OwnerKeys: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def alert_settings(self) -> AlertSettingsKept: ...
    @property
    def known_areas(self) -> KnownAreas: ...
    @property
    def held_alerts(self) -> HeldAlerts: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def link_codes(self) -> LinkCodes: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def verifications(self) -> Verifications: ...
    @property
    def lost_badges(self) -> LostBadges: ...
    @property
    def mail_codes(self) -> MailCodes: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def report_bylines(self) -> ReportBylines: ...
    @property
    def contributions(self) -> Contributions: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def official_posts(self) -> OfficialPosts: ...
    @property
    def official_answers(self) -> OfficialAnswers: ...
    @property
    def name_warnings(self) -> NameWarnings: ...
    @property
    def notice_reach(self) -> NoticeReaches: ...
    @property
    def occurrences(self) -> Occurrences: ...
    @property
    def copies(self) -> Copies: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def relays(self) -> Relays: ...
    @property
    def reactions(self) -> Reactions: ...
    @property
    def bursts(self) -> Bursts: ...
    @property
    def polls(self) -> Polls: ...
    @property
    def relay_mutes(self) -> RelayMutes: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def held_updates(self) -> HeldUpdates: ...
    @property
    def positions(self) -> Positions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def tips(self) -> Tips: ...
    @property
    def web_chat(self) -> WebChat: ...
    @property
    def web_accounts(self) -> WebAccounts: ...
    @property
    def files(self) -> HeldFiles: ...


class DeadLetters(Protocol):
    """What failed for good, for an operator to look at."""

    async def list_all(self) -> Sequence[DeadLetter]:
        """Return all dead letters, oldest first."""
        ...

    async def replay(self, letter: str | None, now: datetime) -> int:
        """Put one, or all, back where they failed; return how many."""
        ...


class Store(Protocol):
    """Opens transactions."""

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a transaction: committed when the block ends, undone if it raises.

        When the block has ended without error, what was written survives a power cut.

        Raises:
            StorageUnavailable: The database is locked, full or gone; nothing was written.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a view of what is committed; writing through it is a bug."""
        ...


class Keys(Protocol):
    """What opens sealed fields; destroying it erases them from every backup."""

    async def destroy_unused(self, now: datetime) -> int:
        """Destroy the keys that nothing kept is sealed with any more; return how many."""
        ...

    async def overwrite_erased(self) -> bool:
        """Push what was erased out of the write-ahead logs; False if a reader was in the way."""
        ...
