"""`/quiet`, `/digest`, `/pause`: when somebody wants to be alerted."""

from bot.handlers.alert_settings import answering, holding

FEATURE = answering.FEATURE
HOLDING = holding.HOLDING
