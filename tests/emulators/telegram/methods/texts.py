"""Texts: sending and changing them."""

from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.methods.drafts import read_message_text, send


def send_message(call: Call) -> object:
    """Send a text."""
    return send(call, read_message_text(call), "text").to_json()


METHODS: dict[str, Method] = {"sendMessage": send_message}
