"""One file or folder per feature. FEATURES is the order in which they are asked."""

from collections.abc import Mapping
from itertools import chain

from bot import conversation, doorway, room_setup
from bot.domain.copies import SubjectKind
from bot.handlers import (
    alert_settings,
    areas,
    consent,
    digests,
    entries,
    gone_areas,
    groups,
    help,  # noqa: A004 - the feature's name
    languages,
    notices,
    organisations,
    places,
    polls,
    privacy,
    relay,
    reports,
    rooms,
    sealed_rooms,
    subscriptions,
    troubles,
    unreadable,
    verification,
)
from bot.ports.features import Feature
from bot.ports.holdings import Holding
from bot.ports.showing import Renderer

_ASKED: tuple[Feature, ...] = (
    *unreadable.FEATURES,
    consent.FEATURE,
    privacy.FEATURE,
    *verification.FEATURES,
    sealed_rooms.FEATURE,
    *reports.FEATURES,
    subscriptions.FEATURE,
    alert_settings.FEATURE,
    digests.FEATURE,
    areas.FEATURE,
    gone_areas.FEATURE,
    *groups.FEATURES,
    *organisations.FEATURES,
    places.FEATURE,
    languages.FEATURE,
    help.FEATURE,
    entries.FEATURE,
    rooms.FEATURE,
    troubles.FEATURE,
    *polls.FEATURES,
    *relay.FEATURES,
)
COMMANDS = tuple(chain.from_iterable(feature.commands for feature in _ASKED))
FEATURES: tuple[Feature, ...] = (*_ASKED, help.last_resort(COMMANDS))

SHOWS: Mapping[SubjectKind, Renderer] = {
    **conversation.SHOWS,
    **reports.SHOWS,
    **notices.SHOWS,
    **digests.SHOWS,
    **polls.SHOWS,
    **relay.SHOWS,
}

HOLDINGS: tuple[Holding, ...] = (
    reports.HOLDING,
    subscriptions.HOLDING,
    gone_areas.HOLDING,
    alert_settings.HOLDING,
    digests.HOLDING,
    verification.HOLDING,
    places.HOLDING,
    polls.HOLDING,
    relay.HOLDING,
    conversation.HOLDING,
    notices.HOLDING,
    room_setup.HOLDING,
    entries.HOLDING,
    doorway.HOLDING,
)
PERSON: Holding = privacy.HOLDING
"""Let go last: by the person's accounts the others find what is theirs."""
