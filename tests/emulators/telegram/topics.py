"""Topics of a forum, and the notes that tell of them."""

from typing import TYPE_CHECKING

from tests.emulators.telegram.chats import Chat, Topic
from tests.emulators.telegram.composing import Draft, compose
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json

if TYPE_CHECKING:
    from tests.emulators.telegram.town import Town


def create_topic(
    town: "Town", chat: Chat, by: User, name: str, *, icon_color: int = 7322096
) -> Topic:
    """Open a topic; the note of it has the topic's id and stands in it."""
    topic = Topic(chat.last_message_id + 1, name, icon_color)
    chat.topics[topic.id] = topic
    note: Json = {"name": name, "icon_color": icon_color}
    _note(town, chat, by, topic, {"forum_topic_created": note})
    return topic


def change_topic(
    town: "Town",
    chat: Chat,
    by: User,
    topic: Topic,
    *,
    name: str | None = None,
    is_closed: bool | None = None,
) -> None:
    """Rename, close or open a topic."""
    if name is not None:
        topic.name = name
        _note(town, chat, by, topic, {"forum_topic_edited": {"name": name}})
    if is_closed is not None:
        topic.is_closed = is_closed
        kind = "forum_topic_closed" if is_closed else "forum_topic_reopened"
        _note(town, chat, by, topic, {kind: {}})


def delete_topic(town: "Town", chat: Chat, topic: Topic) -> None:
    """Take a topic away with all that stands in it; nobody is told."""
    del chat.topics[topic.id]
    for message in chat.messages.values():
        if message.in_topic and message.thread_id == topic.id:
            message.is_deleted = True
    town.change()


def _note(town: "Town", chat: Chat, by: User, topic: Topic, content: Json) -> None:
    draft = Draft(
        chat=chat,
        author=by,
        content=content,
        topic_id=topic.id,
        is_service=True,
        is_silent=True,
    )
    compose(town, draft)
