"""What comes later: alerts that are held back, and the messages that tell of several."""

from bot.domain.copies import SubjectKind
from bot.handlers.digests import asking, keeping
from bot.handlers.digests.message import show_digest
from bot.ports.showing import Renderer

FEATURE = asking.FEATURE
SHOWS = {SubjectKind.DIGEST: Renderer(show_digest)}
HOLDING = keeping.HOLDING
