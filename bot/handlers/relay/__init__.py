"""Carrying lines between the rooms of a group."""

from bot.handlers.relay import burst_showing, carrying, keeping, muting, showing

FEATURES = (muting.FEATURE, carrying.FEATURE)
SHOWS = {**showing.SHOWS, **burst_showing.SHOWS}
HOLDING = keeping.HOLDING
