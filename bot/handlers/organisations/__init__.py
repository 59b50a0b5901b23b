"""`/organisations`: who looks after a place; `/organisation`: adding and changing one by chat."""

from bot.handlers.organisations import changing, listing, making

FEATURES = (listing.FEATURE, making.FEATURE, changing.FEATURE)
