"""Carrying lines between the rooms of a group."""

from bot.handlers.relay import carrying, keeping, muting, showing

FEATURES = (muting.FEATURE, carrying.FEATURE)
SHOWS = showing.SHOWS
HOLDING = keeping.HOLDING
