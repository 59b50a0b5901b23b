"""What is held about somebody: shown, handed out, and ended."""

from bot.handlers.privacy import asking, person

FEATURE = asking.FEATURE
HOLDING = person.HOLDING
