"""One transaction's view of everything stored."""

from datetime import datetime

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


class DatabaseUnitOfWork:
    """Repositories on one session."""

    def __init__(
        self, session: Session, *, now: datetime, default_language: str, alerts_at_once: int
    ) -> None:
        self.people = PeopleRows(session, default_language=default_language)
        self.consents = ConsentRows(session)
        self.aliases = AliasRows(session)
        self.owner_keys = OwnerKeyRows(session)
        alerts = Alerts(session, now, page=alerts_at_once)
        self.subscriptions = SubscriptionRows(session, alerts)
        self.alert_settings = AlertSettingsRows(session, now)
        self.held_alerts = HeldAlertRows(session)
        self.known_areas = KnownAreaRows(session)
        self.groups = GroupRows(session)
        self.link_codes = LinkCodeRows(session)
        self.organisations = OrganisationRows(session)
        self.verifications = VerificationRows(session)
        self.lost_badges = LostBadgeRows(session)
        self.mail_codes = MailCodeRows(session)
        self.rooms = RoomRows(session)
        self.reports = ReportRows(session)
        self.report_bylines = ReportBylineRows(session, self.reports)
        self.contributions = ContributionRows(session)
        self.notices = NoticeRows(session)
        self.official_posts = OfficialPostRows(session)
        self.official_answers = OfficialAnswerRows(session)
        self.name_warnings = NameWarningRows(session)
        self.notice_reach = NoticeReachRows(session, alerts)
        self.occurrences = OccurrenceRows(session)
        effects = EffectRows(session, now)
        rounds = Rounds(session, now, page=alerts_at_once)
        self.copies = CopyRows(session, effects, alerts, rounds, now=now)
        self.notes = NoteRows(session, self.copies, now)
        self.relays = RelayRows(session)
        self.reactions = ReactionRows(session)
        self.bursts = BurstRows(session)
        self.polls = PollRows(session)
        self.relay_mutes = RelayMuteRows(session)
        self.inbox = InboxRows(session, now)
        self.held_updates = HeldUpdateRows(session, now)
        self.positions = PositionRows(session)
        self.outbox = OutboxRows(session, self.copies, effects, now)
        self.audit = AuditRows(session)
        self.tips = TipRows(session)
        self.web_accounts = WebAccountRows(session)
        self.web_chat = WebChatRows(session, self.web_accounts)
        self.files = FileRows(session)
