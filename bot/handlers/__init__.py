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
    official,
    organisations,
    owner_keys,
    places,
    polls,
    privacy,
    relay,
    reports,
    rooms,
    sealed_rooms,
    shared_chats,
    subscriptions,
    tips,
    troubles,
    unreadable,
    verification,
)
from bot.ports.features import Feature
from bot.ports.holdings import Holding
from bot.ports.showing import Renderer

_ASKED: tuple[Feature, ...] = (
    shared_chats.FEATURE,
    *unreadable.FEATURES,
    # Before all that carries words on: what is for one desk alone must not get further.
    *tips.FEATURES,
    consent.FEATURE,
    privacy.FEATURE,
    *verification.FEATURES,
    sealed_rooms.FEATURE,
    owner_keys.FEATURE,
    *official.FEATURES,
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
    *notices.FEATURES,
    tips.BEFORE_TALK,
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
    **tips.SHOWS,
}

HOLDINGS: tuple[Holding, ...] = (
    tips.HOLDING,
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
    consent.HOLDING,
    notices.HOLDING,
    official.HOLDING,
    room_setup.HOLDING,
    entries.HOLDING,
    doorway.HOLDING,
    owner_keys.HOLDING,
)
PERSON: Holding = privacy.HOLDING
"""Let go last: by the person's accounts the others find what is theirs."""
