"""One transaction's view of everything stored."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from bot.storage.alert_settings import AlertSettingsRows
from bot.storage.alerts import Alerts
from bot.storage.aliases import AliasRows
from bot.storage.audit import AuditRows
from bot.storage.bursts import BurstRows
from bot.storage.consents import ConsentRows
from bot.storage.contributions import ContributionRows
from bot.storage.copies import CopyRows
from bot.storage.effects import EffectRows
from bot.storage.files import FileRows
from bot.storage.groups import GroupRows
from bot.storage.held_alerts import HeldAlertRows
from bot.storage.held_updates import HeldUpdateRows
from bot.storage.inbox import InboxRows
from bot.storage.known_areas import KnownAreaRows
from bot.storage.link_codes import LinkCodeRows
from bot.storage.lost_badges import LostBadgeRows
from bot.storage.mail_codes import MailCodeRows
from bot.storage.name_warnings import NameWarningRows
from bot.storage.notes import NoteRows
from bot.storage.notice_reach import NoticeReachRows
from bot.storage.notices import NoticeRows
from bot.storage.occurrences import OccurrenceRows
from bot.storage.official_answers import OfficialAnswerRows
from bot.storage.official_posts import OfficialPostRows
from bot.storage.organisations import OrganisationRows
from bot.storage.outbox import OutboxRows
from bot.storage.owner_keys import OwnerKeyRows
from bot.storage.people import PeopleRows
from bot.storage.polls import PollRows
from bot.storage.positions import PositionRows
from bot.storage.reactions import ReactionRows
from bot.storage.relay_mutes import RelayMuteRows
from bot.storage.relays import RelayRows
from bot.storage.report_bylines import ReportBylineRows
from bot.storage.reports import ReportRows
from bot.storage.rooms import RoomRows
from bot.storage.rounds import Rounds
from bot.storage.session import Session
from bot.storage.subscriptions import SubscriptionRows
from bot.storage.tips import TipRows
from bot.storage.verifications import VerificationRows
from bot.storage.web_accounts import WebAccountRows
from bot.storage.web_chat import WebChatRows

Rows = TypeVar("Rows")


def _on_session(make: Callable[[Session], Rows]) -> "cached_property[Rows]":
    return _made(lambda unit: make(unit.session))


def _made(make: "Callable[[DatabaseUnitOfWork], Rows]") -> "cached_property[Rows]":
    return cached_property(make)


class DatabaseUnitOfWork:
    """Repositories on one session.

    Hardly any transaction asks for more than a few of them, so each is made when it is asked for.
    """

    def __init__(
        self, session: Session, *, now: datetime, default_language: str, alerts_at_once: int
    ) -> None:
        self.session = session
        self.now = now
        self.default_language = default_language
        self.alerts_at_once = alerts_at_once

    people = _made(lambda unit: PeopleRows(unit.session, default_language=unit.default_language))
    consents = _on_session(ConsentRows)
    aliases = _on_session(AliasRows)
    owner_keys = _on_session(OwnerKeyRows)
    alerts = _made(lambda unit: Alerts(unit.session, unit.now, page=unit.alerts_at_once))
    subscriptions = _made(lambda unit: SubscriptionRows(unit.session, unit.alerts))
    alert_settings = _made(lambda unit: AlertSettingsRows(unit.session, unit.now))
    held_alerts = _on_session(HeldAlertRows)
    known_areas = _on_session(KnownAreaRows)
    groups = _on_session(GroupRows)
    link_codes = _on_session(LinkCodeRows)
    organisations = _on_session(OrganisationRows)
    verifications = _on_session(VerificationRows)
    lost_badges = _on_session(LostBadgeRows)
    mail_codes = _on_session(MailCodeRows)
    rooms = _on_session(RoomRows)
    reports = _on_session(ReportRows)
    report_bylines = _made(lambda unit: ReportBylineRows(unit.session, unit.reports))
    contributions = _on_session(ContributionRows)
    notices = _on_session(NoticeRows)
    official_posts = _on_session(OfficialPostRows)
    official_answers = _on_session(OfficialAnswerRows)
    name_warnings = _on_session(NameWarningRows)
    notice_reach = _made(lambda unit: NoticeReachRows(unit.session, unit.alerts))
    occurrences = _on_session(OccurrenceRows)
    effects = _made(lambda unit: EffectRows(unit.session, unit.now))
    rounds = _made(lambda unit: Rounds(unit.session, unit.now, page=unit.alerts_at_once))
    copies = _made(
        lambda unit: CopyRows(unit.session, unit.effects, unit.alerts, unit.rounds, now=unit.now)
    )
    notes = _made(lambda unit: NoteRows(unit.session, unit.copies, unit.now))
    relays = _on_session(RelayRows)
    reactions = _on_session(ReactionRows)
    bursts = _on_session(BurstRows)
    polls = _on_session(PollRows)
    relay_mutes = _on_session(RelayMuteRows)
    inbox = _made(lambda unit: InboxRows(unit.session, unit.now))
    held_updates = _made(lambda unit: HeldUpdateRows(unit.session, unit.now))
    positions = _on_session(PositionRows)
    outbox = _made(lambda unit: OutboxRows(unit.session, unit.copies, unit.effects, unit.now))
    audit = _on_session(AuditRows)
    tips = _on_session(TipRows)
    web_accounts = _on_session(WebAccountRows)
    web_chat = _made(lambda unit: WebChatRows(unit.session, unit.web_accounts))
    files = _on_session(FileRows)
