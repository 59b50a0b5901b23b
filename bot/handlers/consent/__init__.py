"""`/start` and `/consent`: welcoming somebody, asking for each purpose, taking the answers."""

from bot.handlers.consent.answers import FEATURE
from bot.handlers.consent.questions import ask
from bot.handlers.consent.renewing import HOLDING

__all__ = ["FEATURE", "HOLDING", "ask"]
