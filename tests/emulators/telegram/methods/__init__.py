"""The methods of the Bot API, one file per noun."""

from tests.emulators.telegram.methods import (
    attachments,
    callbacks,
    cards,
    chats,
    commands,
    copies,
    deleting,
    editing,
    files,
    identity,
    invite_links,
    members,
    pins,
    places,
    polls,
    reactions,
    texts,
    topics,
    webhooks,
)
from tests.emulators.telegram.methods.call import Method

NOUNS = (
    attachments, callbacks, cards, chats, commands, copies, deleting, editing, files, identity,
    invite_links, members, pins, places, polls, reactions, texts, topics, webhooks,
)  # fmt: skip
METHODS: dict[str, Method] = {name: m for noun in NOUNS for name, m in noun.METHODS.items()}
