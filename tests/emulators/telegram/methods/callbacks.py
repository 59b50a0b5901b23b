"""Answers to presses on buttons."""

from tests.emulators.telegram.entities import units
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.town import CALLBACK_LIFETIME_S
from tests.emulators.telegram.wire import bad_request

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
LONGEST_UNITS = 200


def answer_callback_query(call: Call) -> object:
    """Stop the wheel on a button and show a note, while the person waits."""
    press = call.bot.presses.get(call.params.text("callback_query_id"))
    now_s = call.town.clock.monotonic_s()
    if press is None or now_s - press.at_s > CALLBACK_LIFETIME_S:
        raise bad_request(TOO_OLD)
    if units(call.params.text("text")) > LONGEST_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = call.params.text("text")
    press.is_alert = call.params.flag("show_alert")
    call.town.change()
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query}
