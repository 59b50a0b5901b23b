"""Small things: somebody's number, a throw of dice."""

import random

from tests.emulators.telegram import media
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.methods.drafts import send
from tests.emulators.telegram.wire import bad_request

FACES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


def send_contact(call: Call) -> object:
    """Send somebody's number."""
    card = media.contact(call.params.text("phone_number"), call.params.text("first_name"))
    return send(call, call.town.files.hold(card), "text").to_json()


def send_dice(call: Call) -> object:
    """Throw."""
    emoji = call.params.text("emoji", "🎲")
    if emoji not in FACES:
        raise bad_request("wrong dice emoji specified")
    thrown = media.dice(emoji, random.randint(1, FACES[emoji]))
    return send(call, call.town.files.hold(thrown), "text").to_json()


METHODS: dict[str, Method] = {"sendContact": send_contact, "sendDice": send_dice}
