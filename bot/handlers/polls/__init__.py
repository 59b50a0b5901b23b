"""Polls: one question to all rooms of a group, with one tally."""

from bot.domain.copies import SubjectKind
from bot.handlers.polls import asking, keeping, voting
from bot.handlers.polls.card import show_poll
from bot.ports.showing import Renderer

FEATURES = (voting.SIGNS, voting.FEATURE, asking.FEATURE, asking.CHANGES)
SHOWS = {SubjectKind.POLL: Renderer(show_poll, minds_the_room=True)}
HOLDING = keeping.HOLDING
