"""Roles have force only on devices that their holders have signed, where that can be seen."""

from bot.handlers.owner_keys import confirming, keeping
from bot.handlers.owner_keys.vouching import Vouched, vouch_for

FEATURE = confirming.FEATURE
HOLDING = keeping.HOLDING
__all__ = ["FEATURE", "HOLDING", "Vouched", "vouch_for"]
