"""`/subscribe`, `/subscriptions`, `/unsubscribe`: what somebody hears of in private."""

from bot.handlers.subscriptions import answering, holding

FEATURE = answering.FEATURE
HOLDING = holding.HOLDING
