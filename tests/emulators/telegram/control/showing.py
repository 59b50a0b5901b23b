"""What people see, as JSON."""

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.callbacks import Press
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.reactions import count_reactions
from tests.emulators.telegram.town import Town
from tests.emulators.telegram.wire import Json, as_object


def show_town(town: Town) -> Json:
    """Show who and what there is."""
    people: list[Json] = [person.user.to_json() for person in town.people.values()]
    return {
        "bots": [show_bot(bot) for bot in town.bots.values()],
        "people": people,
        "chats": [show_chat(chat) for chat in [*town.chats.values(), *town.privates.values()]],
    }


def show_bot(bot: Bot) -> Json:
    """Show a bot and how it has been used."""
    return bot.to_json() | {
        "token": bot.token,
        "calls": dict(bot.calls),
        "refusals": {str(code): times for code, times in bot.refusals.items()},
        "waiting_updates": len(bot.queue.waiting),
        "pollers": bot.queue.pollers,
        "actions": bot.actions,
    }


def show_chat(chat: Chat) -> Json:
    """Show a chat and who stands how to it."""
    members = {m.user.first_name: m.status.value for m in chat.members.values()}
    topics = {topic.name: topic.id for topic in chat.topics.values()}
    told: Json = {"members": members, "topics": topics, "pinned": chat.pinned}
    if chat.bot_id is not None:
        told |= {"bot_id": chat.bot_id, "is_blocked": chat.is_blocked}
    return chat.to_json() | told | {"migrated_to": chat.migrated_to}


def show_message(message: Message) -> Json:
    """Show a message as the app does."""
    counts = {
        str(as_object(c["type"])["emoji"]): c["total_count"] for c in count_reactions(message)
    }
    shown_as = message.sender_chat.title if message.sender_chat else message.author.name
    return {
        "id": message.message_id,
        "from": shown_as,
        "date": message.date_s,
        "kind": message.kind(),
        "text": message.text,
        "entities": message.entities,
        "buttons": message.rows,
        "content": message.content,
        "reply_to": message.reply_to.message_id if message.reply_to else None,
        "topic": message.thread_id if message.in_topic else None,
        "reactions": counts,
        "edits": message.edits,
        "is_deleted": message.is_deleted,
        "is_pinned": message.is_pinned,
        "is_silent": message.is_silent,
        "is_service": message.is_service,
    }


def show_press(press: Press) -> Json:
    """Show a press and what came of it."""
    return {"id": press.id, "answer": press.answer, "is_alert": press.is_alert}


def show_counters(town: Town) -> Json:
    """Show how much was sent, and how much was too much."""
    return {
        bot.user.username or "": {
            "calls": dict(bot.calls),
            "refusals": {str(code): times for code, times in bot.refusals.items()},
            "too_many": bot.refusals[429],
            "sends_per_s": town.limits.sends_per_s(bot.id),
        }
        for bot in town.bots.values()
    }
