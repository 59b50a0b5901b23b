"""Getting updates by being told."""

import re
from urllib.parse import urlsplit

from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.webhooks import Webhook
from tests.emulators.telegram.wire import Json, bad_request, present

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def set_webhook(call: Call) -> object:
    """Deliver to an address from now on; an empty one ends it."""
    url = call.params.text("url")
    if not url:
        return delete_webhook(call)
    secret = call.params.text("secret_token")
    if urlsplit(url).hostname not in LOOPBACK:
        raise bad_request("bad webhook: this emulator delivers to loopback alone")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in call.params:
        call.bot.queue.allow(call.params.listing("allowed_updates"))
    stop(call)
    most = call.params.integer("max_connections", 40)
    if not 1 <= most <= 100:
        raise bad_request("max_connections must be from 1 to 100")
    call.bot.webhook = Webhook(
        url=url,
        queue=call.bot.queue,
        clock=call.town.clock,
        faults=call.town.faults,
        secret=secret,
        max_connections=most,
    )
    call.bot.deliver()
    return True


def delete_webhook(call: Call) -> object:
    """Go back to being asked."""
    stop(call)
    return True


def get_webhook_info(call: Call) -> object:
    """Say how delivery goes."""
    queue = call.bot.queue
    if call.bot.webhook is not None:
        return call.bot.webhook.to_json(queue.allowed)
    told: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue.waiting),
    }
    return told | present(allowed_updates=sorted(queue.allowed or ()))


def stop(call: Call) -> None:
    """End a delivery, and forget what waits if that is asked for."""
    if call.bot.delivery is not None:
        call.bot.delivery.cancel()
    call.bot.webhook = call.bot.delivery = None
    if call.params.flag("drop_pending_updates"):
        call.bot.queue.waiting.clear()


METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
