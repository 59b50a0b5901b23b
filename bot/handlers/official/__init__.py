"""Whether a post is an authority's, and names that could be taken for one."""

from bot.handlers.official import checking, forwards, impostors, keeping

FEATURES = (checking.FEATURE, forwards.FEATURE, impostors.FEATURE)
HOLDING = keeping.HOLDING
