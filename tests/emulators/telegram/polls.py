"""Votes in polls."""

from typing import TYPE_CHECKING

from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json, as_object, as_objects

if TYPE_CHECKING:
    from tests.emulators.telegram.town import Town


def vote(town: "Town", message: Message, who: User, chosen: list[int]) -> None:
    """Choose answers instead of one's earlier ones; the bot whose poll it is hears of it."""
    poll = as_object(message.content["poll"])
    message.votes[who.id] = chosen
    if not chosen:
        del message.votes[who.id]
    message.content = {"poll": _counted(poll, message.votes)}
    bot = next((b for b in town.bots.values() if b.id == message.author.id), None)
    if bot is not None:
        town.tell(bot, "poll", as_object(message.content["poll"]))
        if not poll["is_anonymous"]:
            answer: Json = {
                "poll_id": poll["id"],
                "user": who.to_json(),
                "option_ids": chosen,
                "option_persistent_ids": [str(n) for n in chosen],
            }
            town.tell(bot, "poll_answer", answer)
    town.change()


def closed(message: Message) -> Json:
    """End a poll."""
    poll = as_object(message.content["poll"]) | {"is_closed": True}
    message.content = {"poll": poll}
    return poll


def _counted(poll: Json, votes: dict[int, list[int]]) -> Json:
    options: list[Json] = [
        option | {"voter_count": sum(number in chosen for chosen in votes.values())}
        for number, option in enumerate(as_objects(poll["options"]))
    ]
    return poll | {"options": options, "total_voter_count": len(votes)}
