"""Questions with answers to choose from."""

from tests.emulators.telegram import media
from tests.emulators.telegram.entities import units
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.methods.drafts import send
from tests.emulators.telegram.polls import closed
from tests.emulators.telegram.wire import bad_request


def send_poll(call: Call) -> object:
    """Ask with answers to choose from."""
    options = [_option(o) for o in call.params.listing("options")]
    question = call.params.text("question")
    if not 2 <= len(options) <= 12:
        raise bad_request("poll must have from 2 to 12 options")
    if not question or units(question) > 300:
        raise bad_request("poll question length must not exceed 300")
    if any(not o or units(o) > 100 for o in options):
        raise bad_request("poll options length must not exceed 100")
    asked = media.poll(
        question,
        options,
        is_anonymous=call.params.flag("is_anonymous", default=True),
        several=call.params.flag("allows_multiple_answers"),
    )
    return send(call, call.town.files.hold(asked), "poll").to_json()


def stop_poll(call: Call) -> object:
    """End a poll of one's own."""
    message = call.message("message with poll to stop not found")
    if message.kind() != "poll" or message.author.id != call.bot.id:
        raise bad_request("message with poll to stop not found")
    if (found := message.content["poll"]) and isinstance(found, dict) and found["is_closed"]:
        raise bad_request("poll has already been closed")
    poll = closed(message)
    call.town.change()
    return poll


def _option(given: object) -> str:
    return str(given.get("text", "")) if isinstance(given, dict) else str(given)


METHODS: dict[str, Method] = {"sendPoll": send_poll, "stopPoll": stop_poll}
