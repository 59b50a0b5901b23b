"""The tree of places, up and down, with a picture of each and a button to follow it."""

from bot.handlers.areas import asking

FEATURE = asking.FEATURE
