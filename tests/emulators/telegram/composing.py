"""How a message comes to be: what it answers, where it stands, under which name it shows."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from tests.emulators.telegram.chats import Chat, Topic
from tests.emulators.telegram.entities import units
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.standing import ChatKind
from tests.emulators.telegram.users import ANONYMOUS, CHANNEL, TELEGRAM, User
from tests.emulators.telegram.wire import Json, present

if TYPE_CHECKING:
    from tests.emulators.telegram.town import Town


class How(TypedDict, total=False):
    """What may be said about a message besides its content.

    Attributes:
        as_chat: The group itself for an anonymous administrator, or a channel of the writer.
    """

    reply_to: Message
    quote: str
    topic: Topic
    as_chat: Chat
    silent: bool


@dataclass(kw_only=True)
class Draft:
    """A message before it has a number."""

    chat: Chat
    author: User
    content: Json
    fixed: Json = field(default_factory=dict)
    reply_to: Message | None = None
    quote: str | None = None
    topic_id: int | None = None
    as_chat: Chat | None = None
    signature: str | None = None
    markup: Json | None = None
    is_silent: bool = False
    is_service: bool = False


def compose(town: "Town", draft: Draft) -> Message:
    """Number and date a message, and put it where it belongs."""
    chat = draft.chat
    answered = draft.reply_to if draft.reply_to and draft.reply_to.chat is chat else None
    thread_id, in_topic = _thread(draft, answered)
    if in_topic and answered is None and thread_id != 0 and not draft.is_service:
        answered = chat.messages.get(thread_id or 0)
    shown_as, sender_chat = _names(draft)
    made = town.post(
        Message(
            chat=chat,
            message_id=town.number(chat),
            date_s=town.now_s(),
            author=draft.author,
            shown_as=shown_as,
            sender_chat=sender_chat,
            content=draft.content,
            fixed=draft.fixed | _answering(draft) | present(author_signature=draft.signature),
            reply_to=answered,
            thread_id=thread_id,
            in_topic=in_topic,
            markup=draft.markup,
            is_silent=draft.is_silent,
            is_service=draft.is_service,
        )
    )
    if chat.discussion is not None and not draft.is_service:
        compose(town, _carried_over(made, chat.discussion))
    return made


def _carried_over(post: Message, discussion: Chat) -> Draft:
    """A channel's post as it appears by itself in the channel's group."""
    fixed: Json = {"forward_origin": origin_of(post), "is_automatic_forward": True}
    content, channel = post.content, post.chat
    return Draft(chat=discussion, author=TELEGRAM, content=content, fixed=fixed, as_chat=channel)


def origin_of(message: Message, *, is_hidden: bool = False) -> Json:
    """Tell where a forwarded message comes from; a forwarded forward keeps its origin."""
    known = message.fixed.get("forward_origin")
    if isinstance(known, dict):
        return known
    told: Json = {"date": message.date_s}
    if message.sender_chat is not None and message.sender_chat.kind is ChatKind.CHANNEL:
        told |= {"chat": message.sender_chat.to_json(), "message_id": message.message_id}
        return told | {"type": "channel"} | _signed(message)
    if message.sender_chat is not None:
        told |= {"type": "chat", "sender_chat": message.sender_chat.to_json()}
        return told | _signed(message)
    if is_hidden:
        return told | {"type": "hidden_user", "sender_user_name": message.author.name}
    return told | {"type": "user", "sender_user": message.author.to_json()}


def _signed(message: Message) -> Json:
    return present(author_signature=message.fixed.get("author_signature"))


def _thread(draft: Draft, answered: Message | None) -> tuple[int | None, bool]:
    """Say which thread it is in; answers in a plain supergroup make threads too."""
    if draft.topic_id is not None:
        return draft.topic_id, True
    if answered is None or draft.chat.kind is not ChatKind.SUPERGROUP:
        return None, False
    if answered.in_topic:
        return answered.thread_id, True
    return answered.thread_id or answered.message_id, False


def _names(draft: Draft) -> tuple[User | None, Chat | None]:
    if draft.chat.kind is ChatKind.CHANNEL:
        return None, draft.chat
    if draft.author is TELEGRAM:
        return TELEGRAM, draft.as_chat
    if draft.as_chat is draft.chat:
        return ANONYMOUS, draft.chat
    if draft.as_chat is not None:
        return CHANNEL, draft.as_chat
    return draft.author, None


def _answering(draft: Draft) -> Json:
    answered = draft.reply_to
    if answered is None:
        return {}
    told: Json = {}
    if answered.chat is not draft.chat:
        told["external_reply"] = {"origin": origin_of(answered)} | _where(answered)
    if draft.quote is not None:
        position = units(answered.text[: answered.text.find(draft.quote)])
        told["quote"] = {"text": draft.quote, "position": position, "is_manual": True}
    return told


def _where(answered: Message) -> Json:
    """Only messages of supergroups and channels can be named from elsewhere."""
    if answered.chat.kind not in {ChatKind.SUPERGROUP, ChatKind.CHANNEL}:
        return {}
    return {"chat": answered.chat.to_json(), "message_id": answered.message_id}
