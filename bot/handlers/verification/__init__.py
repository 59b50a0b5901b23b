"""`/verify`, `/approve`, `/revoke`: how somebody comes to speak for an organisation, and stops."""

from bot.handlers.verification import asking, deciding, keeping, revoking

FEATURES = (asking.FEATURE, deciding.FEATURE, revoking.FEATURE)
HOLDING = keeping.HOLDING
