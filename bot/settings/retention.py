"""`[retention]` in config/grannbro.toml: how long each class of data is kept."""

from datetime import timedelta

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from bot.domain.retention import Lifetimes
from bot.settings.sections import Section

_KEPT = Lifetimes()
_MILDER = {
    "report_yellow_days": "report_green_days",
    "report_red_days": "report_yellow_days",
}


class RetentionOptions(Section):
    """How long each class of data is kept; docs/privacy.md says what is in each."""

    model_config = ConfigDict(validate_default=True)

    report_green_days: int = Field(default=_KEPT.report_green.days, ge=16, le=365)
    """After the last touch. A green report lives 14 days and can be reopened for two more."""
    report_yellow_days: int = Field(default=_KEPT.report_yellow.days, ge=3, le=365)
    report_red_days: int = Field(default=_KEPT.report_red.days, ge=3, le=730)
    notice_days: int = Field(default=_KEPT.notice.days, ge=2, le=365)
    relayed_message_days: int = Field(default=_KEPT.relayed_message.days, ge=2, le=90)
    """Carried words that never arrived; those that did are forgotten at once."""
    note_days: int = Field(default=_KEPT.note.days, ge=1, le=30)
    """What the bot said to somebody, after its buttons end."""
    passer_by_days: int = Field(default=_KEPT.passer_by.days, ge=2, le=365)
    """Somebody who agreed to nothing and of whom nothing else is stored."""
    update_seen_hours: int = Field(default=_KEPT.update_seen // timedelta(hours=1), ge=24, le=168)
    """Marks of handled updates; platforms repeat theirs for a day."""
    dead_letter_days: int = Field(default=_KEPT.dead_letter.days, ge=7, le=90)
    """Updates that could not be handled."""
    audit_days: int = Field(default=_KEPT.audit.days, ge=30, le=1825)
    web_message_days: int = Field(default=_KEPT.web_message.days, ge=16, le=730)
    """The chat in the browser; its cards must outlive the reports that are open."""
    tip_days: int = Field(default=_KEPT.tip.days, ge=1, le=180)
    """After a tip was closed. What the organisation has copied for itself is its own matter."""
    tip_open_days: int = Field(default=_KEPT.tip_open.days, ge=7, le=365)
    """A tip to which nobody has added for so long closes by itself."""
    gone_area_days: int = Field(default=_KEPT.gone_area.days, ge=2, le=365)
    """An area that has left the map, with who follows it; they choose another until then."""

    official_post_days: int = Field(default=_KEPT.official_post.days, ge=30, le=1825)
    """That an organisation has posted something: so long a forwarded card can be checked."""
    verified_role_days: int = Field(default=_KEPT.verified_role.days, ge=31, le=365)
    """How long a role holds that was proved by mail; reminders come 30 and 7 days before."""
    application_days: int = Field(default=_KEPT.application.days, ge=1, le=60)
    """How long a wish for such a role waits for approval."""
    mail_code_days: int = Field(default=_KEPT.mail_code.days, ge=1, le=60)
    """That a code was sent to a mailbox, and what raises the alarm if it was not asked for."""

    @field_validator("report_yellow_days", "report_red_days")
    @classmethod
    def _outlasts_the_milder(cls, days: int, info: ValidationInfo) -> int:
        """The more a report matters, the longer it is kept: so people are told."""
        milder = _MILDER[info.field_name or ""]
        # A wrong value of the milder one is told by itself.
        least = info.data.get(milder, days)
        if days < least:
            raise ValueError(
                f"is {days}, less than {milder} ({least}); raise it to {least} or lower {milder}"
            )
        return days

    @property
    def lifetimes(self) -> Lifetimes:
        """The same as the rest of the bot knows it."""
        return Lifetimes(
            report_green=timedelta(days=self.report_green_days),
            report_yellow=timedelta(days=self.report_yellow_days),
            report_red=timedelta(days=self.report_red_days),
            notice=timedelta(days=self.notice_days),
            relayed_message=timedelta(days=self.relayed_message_days),
            note=timedelta(days=self.note_days),
            passer_by=timedelta(days=self.passer_by_days),
            update_seen=timedelta(hours=self.update_seen_hours),
            dead_letter=timedelta(days=self.dead_letter_days),
            audit=timedelta(days=self.audit_days),
            web_message=timedelta(days=self.web_message_days),
            tip=timedelta(days=self.tip_days),
            tip_open=timedelta(days=self.tip_open_days),
            gone_area=timedelta(days=self.gone_area_days),
            official_post=timedelta(days=self.official_post_days),
            verified_role=timedelta(days=self.verified_role_days),
            application=timedelta(days=self.application_days),
            mail_code=timedelta(days=self.mail_code_days),
        )
