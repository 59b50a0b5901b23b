"""Who the bot is and what it says about itself."""

from tests.emulators.telegram.entities import units
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.wire import bad_request


def get_me(call: Call) -> object:
    """Say who asks."""
    return call.bot.to_json()


def sign_off(call: Call) -> object:
    """Leave this server; a local one could take over."""
    return True


def setter(shelf: str, field: str, longest_units: int) -> Method:
    """Make the method that sets a text per language; an empty one removes it."""

    def method(call: Call) -> object:
        text = call.params.text(field)
        if units(text) > longest_units:
            raise bad_request(f"{field} is too long")
        _shelf(call, shelf)[call.params.text("language_code")] = text
        return True

    return method


def getter(shelf: str, field: str, default: str = "") -> Method:
    """Make the method that reads a text per language, else the one for all."""

    def method(call: Call) -> object:
        texts = _shelf(call, shelf)
        text = texts.get(call.params.text("language_code")) or texts.get("") or default
        return {field: text or (call.bot.user.first_name if field == "name" else "")}

    return method


def _shelf(call: Call, name: str) -> dict[str, str]:
    profile = call.bot.profile
    shelves = {
        "names": profile.names,
        "descriptions": profile.descriptions,
        "short_descriptions": profile.short_descriptions,
    }
    return shelves[name]


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "logOut": sign_off,
    "close": sign_off,
    "setMyName": setter("names", "name", 64),
    "getMyName": getter("names", "name"),
    "setMyDescription": setter("descriptions", "description", 512),
    "getMyDescription": getter("descriptions", "description"),
    "setMyShortDescription": setter("short_descriptions", "short_description", 120),
    "getMyShortDescription": getter("short_descriptions", "short_description"),
}
