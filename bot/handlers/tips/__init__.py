"""Tips: a private talk between one person and one organisation's desk."""

from bot.domain.copies import SubjectKind
from bot.handlers.tips import card, desk, following, form, grouped, keeping, talking
from bot.ports.showing import Renderer

FEATURES = (
    desk.PRESSES,
    grouped.FEATURE,
    desk.REPLIES,
    talking.FEATURE,
    form.FEATURE,
    following.FEATURE,
)
BEFORE_TALK = desk.ASIDES
"""Asked after all that answers to commands and before all that carries lines on."""
SHOWS = {
    SubjectKind.TIP: Renderer(card.show_tip, minds_the_room=True),
    SubjectKind.TIP_LINE: Renderer(card.show_tip_line, minds_the_room=True),
}
HOLDING = keeping.HOLDING
