"""How long each kind of data is kept. docs/privacy.md shows this table to people."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from bot.domain.reports import Priority


class DataClass(StrEnum):
    """A kind of stored data with one lifetime."""

    REPORT_GREEN = "report_green"
    REPORT_YELLOW = "report_yellow"
    REPORT_RED = "report_red"
    NOTICE = "notice"
    RELAYED_MESSAGE = "relayed_message"
    NOTE = "note"
    PASSER_BY = "passer_by"
    UPDATE_SEEN = "update_seen"
    DEAD_LETTER = "dead_letter"
    AUDIT = "audit"
    WEB_MESSAGE = "web_message"


LIFETIMES: Mapping[DataClass, timedelta] = {
    DataClass.REPORT_GREEN: timedelta(days=30),
    DataClass.REPORT_YELLOW: timedelta(days=90),
    DataClass.REPORT_RED: timedelta(days=180),
    DataClass.NOTICE: timedelta(days=30),
    DataClass.RELAYED_MESSAGE: timedelta(days=30),
    DataClass.NOTE: timedelta(days=7),
    DataClass.PASSER_BY: timedelta(days=30),
    DataClass.UPDATE_SEEN: timedelta(hours=48),
    DataClass.DEAD_LETTER: timedelta(days=30),
    DataClass.AUDIT: timedelta(days=730),
    DataClass.WEB_MESSAGE: timedelta(days=180),
}

REPORT_CLASSES: Mapping[Priority, DataClass] = {
    Priority.GREEN: DataClass.REPORT_GREEN,
    Priority.YELLOW: DataClass.REPORT_YELLOW,
    Priority.RED: DataClass.REPORT_RED,
}
