"""Who the bot is."""

from tests.emulators.telegram.methods.call import Call, Method


def get_me(call: Call) -> object:
    """Say who asks."""
    return call.bot.to_json()


METHODS: dict[str, Method] = {"getMe": get_me}
