"""Places, those that stay and those that move."""

from tests.emulators.telegram import media
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.methods.drafts import send
from tests.emulators.telegram.methods.editing import change, own_message
from tests.emulators.telegram.wire import Json, as_object, bad_request, present


def send_location(call: Call) -> object:
    """Send a place, for a while a moving one."""
    place = media.location(
        call.params.number("latitude"),
        call.params.number("longitude"),
        live_s=call.params.integer("live_period"),
        accuracy_m=call.params.number("horizontal_accuracy")
        if "horizontal_accuracy" in call.params
        else None,
    )
    if not -90 <= call.params.number("latitude") <= 90:
        raise bad_request("wrong location specified")
    return send(call, call.town.files.hold(place), "text").to_json()


def send_venue(call: Call) -> object:
    """Send a place with a name."""
    named = media.venue(
        call.params.number("latitude"),
        call.params.number("longitude"),
        call.params.text("title"),
        call.params.text("address"),
    )
    content = call.town.files.hold(named)
    return send(call, content | {"location": named.fields["location"]}, "text").to_json()


def edit_live_location(call: Call) -> object:
    """Move a live location."""
    message = own_message(call)
    old = as_object(message.content.get("location"))
    if "live_period" not in old:
        raise bad_request("message can't be edited")
    place: Json = {name: call.params.number(name) for name in ("latitude", "longitude")}
    extra = present(
        horizontal_accuracy=call.params.number("horizontal_accuracy")
        if "horizontal_accuracy" in call.params
        else None,
        heading=call.params.integer("heading"),
        live_period=call.params.integer("live_period"),
    )
    return change(call, message, {"location": old | place | extra})


def stop_live_location(call: Call) -> object:
    """End a live location."""
    message = own_message(call)
    old = as_object(message.content.get("location"))
    if "live_period" not in old:
        raise bad_request("message can't be edited")
    kept = {k: v for k, v in old.items() if k != "live_period"}
    return change(call, message, {"location": kept})


METHODS: dict[str, Method] = {
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "editMessageLiveLocation": edit_live_location,
    "stopMessageLiveLocation": stop_live_location,
}
