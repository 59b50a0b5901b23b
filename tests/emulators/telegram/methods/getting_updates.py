"""Getting updates by asking for them."""

from tests.emulators.telegram.methods.call import Call
from tests.emulators.telegram.updates import HAS_WEBHOOK
from tests.emulators.telegram.wire import bad_request, conflict

LONGEST_POLL_S = 50


async def get_updates(call: Call) -> object:
    """Wait for updates from an offset on; what lies before it is confirmed and forgotten."""
    if call.bot.webhook is not None:
        raise conflict(HAS_WEBHOOK)
    limit = call.params.integer("limit", 100)
    if not 1 <= limit <= 100:
        raise bad_request("limit must be from 1 to 100")
    if "allowed_updates" in call.params:
        kinds = call.params.entry("allowed_updates")
        if kinds is not None:
            call.bot.queue.allow(call.params.listing("allowed_updates"))
    timeout_s = min(call.params.integer("timeout"), LONGEST_POLL_S)
    return await call.bot.queue.get(call.params.integer("offset"), limit, timeout_s)
