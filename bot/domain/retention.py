"""How long each kind of data is kept. docs/privacy.md shows this table to people."""

from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from bot.domain.reports import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetimes:
    """How long each class of data is kept; an installation may choose others in its config.

    Attributes:
        report_green: Reports count from when they were last touched.
        relayed_message: Words that have not arrived everywhere; those that have go at once.
        note: Counts from when the buttons end.
        passer_by: Somebody who agreed to nothing and of whom nothing else is stored.
        update_seen: That an update was handled, and where a removed message stood.
        tip: Counts from when it was closed.
        tip_open: One to which nobody has added for so long is closed by itself.
        gone_area: An area that has left the map, for whoever follows it to choose another.
        dead_letter: An update that could not be handled.
        official_post: That an organisation has posted something, so that it can be asked for.
        verified_role: How long a role holds that was proved by mail, with the address.
        application: How long somebody's wish for one waits for approval, with the address.
        mail_code: That a code was sent, so that nobody's mailbox is filled.
    """

    report_green: timedelta = timedelta(days=30)
    report_yellow: timedelta = timedelta(days=90)
    report_red: timedelta = timedelta(days=180)
    notice: timedelta = timedelta(days=30)
    relayed_message: timedelta = timedelta(days=30)
    note: timedelta = timedelta(days=7)
    passer_by: timedelta = timedelta(days=30)
    update_seen: timedelta = timedelta(hours=48)
    dead_letter: timedelta = timedelta(days=30)
    audit: timedelta = timedelta(days=730)
    web_message: timedelta = timedelta(days=180)
    tip: timedelta = timedelta(days=30)
    tip_open: timedelta = timedelta(days=90)
    gone_area: timedelta = timedelta(days=30)
    official_post: timedelta = timedelta(days=365)
    verified_role: timedelta = timedelta(days=180)
    application: timedelta = timedelta(days=7)
    mail_code: timedelta = timedelta(days=7)

    def of_report(self, priority: Priority) -> timedelta:
        """Return how long reports of a priority are kept."""
        match priority:
            case Priority.GREEN:
                return self.report_green
            case Priority.YELLOW:
                return self.report_yellow
            case Priority.RED:
                return self.report_red
            case _ as never:
                assert_never(never)
