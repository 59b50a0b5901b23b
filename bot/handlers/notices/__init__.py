"""Notices, from the form to the last correction."""

from bot.domain.copies import SubjectKind
from bot.handlers.notices import composing, keeping, naming
from bot.handlers.notices.card import show_notice
from bot.handlers.notices.spreading import spread_notice
from bot.ports.showing import Renderer

__all__ = ["FEATURES", "HOLDING", "SHOWS", "spread_notice"]

FEATURES = (composing.FEATURE, naming.FEATURE)
SHOWS = {SubjectKind.NOTICE: Renderer(show_notice)}
HOLDING = keeping.HOLDING
