"""Topics of a forum."""

from tests.emulators.telegram.chats import Chat, Topic
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.topics import change_topic, create_topic, delete_topic
from tests.emulators.telegram.wire import bad_request

LONGEST_NAME = 128
COLORS = {7322096, 16766590, 13338331, 9367192, 16749490, 16478047}


def create(call: Call) -> object:
    """Open a topic."""
    chat = _forum(call, "not enough rights to create a topic")
    name, color = call.params.text("name"), call.params.integer("icon_color", 7322096)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if color not in COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    return create_topic(call.town, chat, call.bot.user, name, icon_color=color).to_json()


def edit(call: Call) -> object:
    """Rename a topic."""
    topic = _topic(call)
    name = call.params.text("name") or topic.name
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    change_topic(call.town, call.chat(), call.bot.user, topic, name=name)
    return True


def close(call: Call) -> object:
    """Let only administrators write there."""
    return _set_closed(call, is_closed=True)


def reopen(call: Call) -> object:
    """Let everybody write there again."""
    return _set_closed(call, is_closed=False)


def delete(call: Call) -> object:
    """Take a topic away with all that stands in it."""
    topic = _topic(call)
    chat = call.chat()
    call.require_right(chat, "can_delete_messages", "not enough rights to delete a topic")
    delete_topic(call.town, chat, topic)
    return True


def _set_closed(call: Call, *, is_closed: bool) -> object:
    topic = _topic(call)
    if topic.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    change_topic(call.town, call.chat(), call.bot.user, topic, is_closed=is_closed)
    return True


def _forum(call: Call, refusal: str) -> Chat:
    chat = call.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    call.require_right(chat, "can_manage_topics", refusal)
    return chat


def _topic(call: Call) -> Topic:
    chat = _forum(call, "not enough rights to edit the topic")
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


METHODS: dict[str, Method] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
}
