"""`/start` and `/consent`: welcoming somebody, asking for each purpose, taking the answers."""

from bot.handlers.consent.answers import FEATURE
from bot.handlers.consent.questions import ask

__all__ = ["FEATURE", "ask"]
