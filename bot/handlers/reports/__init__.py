"""Reports, from the first line to the last correction."""

from bot.domain.copies import SubjectKind
from bot.handlers.reports import (
    answering,
    appealing,
    changing,
    deleting,
    filing,
    form,
    keeping,
    linking,
    marks,
    placing,
    receipts,
    till,
    updates,
)
from bot.handlers.reports.answer_lines import RENDERER
from bot.handlers.reports.card import show_report
from bot.ports.showing import Renderer

FEATURES = (
    receipts.FEATURE,
    till.FEATURE,
    answering.FEATURE,
    appealing.FEATURE,
    form.FEATURE,
    placing.FEATURE,
    filing.FEATURE,
    marks.FEATURE,
    changing.FEATURE,
    linking.FEATURE,
    deleting.FEATURE,
    updates.COMMAND,
    updates.REPLIES,
    updates.ORIGINS,
)
SHOWS = {
    SubjectKind.REPORT: Renderer(show_report),
    SubjectKind.OFFICIAL_ANSWER: RENDERER,
}
HOLDING = keeping.HOLDING
