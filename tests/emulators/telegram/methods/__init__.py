"""The methods of the Bot API, one file per noun."""

from tests.emulators.telegram.methods import (
    attachments,
    callbacks,
    deleting,
    editing,
    identity,
    texts,
)
from tests.emulators.telegram.methods.call import Method

NOUNS = (identity, texts, attachments, editing, deleting, callbacks)
METHODS: dict[str, Method] = {name: m for noun in NOUNS for name, m in noun.METHODS.items()}
