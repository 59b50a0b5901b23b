"""Messages sent on, with or without their origin."""

from tests.emulators.telegram import media
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.composing import origin_of
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.methods.drafts import read_caption, send
from tests.emulators.telegram.wire import Json, as_integer, as_object, as_objects, bad_request

WORDS = ("caption", "caption_entities", "show_caption_above_media")


def forward(call: Call) -> object:
    """Send a message on with its origin."""
    return _forward(call, _source(call, call.params.integer("message_id"))).to_json()


def copy(call: Call) -> object:
    """Send what a message says as one's own."""
    source = _source(call, call.params.integer("message_id"))
    content = _copied(source)
    if "caption" in call.params:
        kept = {k: v for k, v in content.items() if k not in WORDS}
        content = kept | read_caption(call)
    return {"message_id": send(call, content, source.kind()).message_id}


def forward_several(call: Call) -> object:
    """Send up to a hundred messages on; what can't be found is passed over."""
    return [{"message_id": _forward(call, m).message_id} for m in _sources(call)]


def copy_several(call: Call) -> object:
    """Send up to a hundred messages as one's own."""
    dropped = set(WORDS) if call.params.flag("remove_caption") else set()
    copies = [
        send(call, {k: v for k, v in _copied(m).items() if k not in dropped}, m.kind())
        for m in _sources(call)
    ]
    return [{"message_id": copied.message_id} for copied in copies]


def _forward(call: Call, source: Message) -> Message:
    writer = call.town.people.get(source.author.first_name)
    hides = writer is not None and writer.hides and writer.user is source.author
    fixed: Json = {"forward_origin": origin_of(source, is_hidden=hides)}
    return send(call, source.content, source.kind(), fixed)


def _copied(source: Message) -> Json:
    """What a message says; a poll is asked anew."""
    poll = as_object(source.content.get("poll"))
    if not poll:
        return source.content
    options = [str(option["text"]) for option in as_objects(poll["options"])]
    anew = media.poll(
        str(poll["question"]),
        options,
        is_anonymous=bool(poll["is_anonymous"]),
        several=bool(poll["allows_multiple_answers"]),
    )
    return {"poll": anew.fields}


def _source(call: Call, message_id: int) -> Message:
    found = call.message_in(_origin(call), message_id, "message to forward not found")
    if found.is_service or found.fixed.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    return found


def _sources(call: Call) -> list[Message]:
    ids = [as_integer(n) for n in call.params.listing("message_ids")]
    if ids != sorted(set(ids)) or not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers must be in a strictly increasing order")
    chat = _origin(call)
    found = [m for n in ids if (m := chat.messages.get(n)) and not m.is_deleted]
    if not found:
        raise bad_request("there are no messages to forward")
    return found


def _origin(call: Call) -> Chat:
    return call.chat("from_chat_id")


METHODS: dict[str, Method] = {
    "forwardMessage": forward,
    "copyMessage": copy,
    "forwardMessages": forward_several,
    "copyMessages": copy_several,
}
