"""What people can be told to do: one verb each, as in `POST /control/people/Anna/writes`."""

from collections.abc import Callable
from typing import TypeAlias

from tests.emulators.telegram.callbacks import Press
from tests.emulators.telegram.chats import Chat, InviteLink, Topic
from tests.emulators.telegram.composing import How
from tests.emulators.telegram.control.naming import Wish
from tests.emulators.telegram.control.showing import show_chat, show_message, show_press
from tests.emulators.telegram.managing import Management
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.wire import Json, as_list, as_objects

Done: TypeAlias = Message | Press | Chat | Topic | InviteLink | None


def show_done(done: Done) -> Json:
    """Tell what came of a deed."""
    match done:
        case Message():
            return show_message(done)
        case Press():
            return show_press(done)
        case Chat():
            return show_chat(done)
        case Topic() | InviteLink():
            return done.to_json()
        case None:
            return {"ok": True}


def _how(wish: Wish) -> How:
    how = How(silent=bool(wish.said.get("silent")))
    if "reply_to" in wish.said:
        how["reply_to"] = wish.message("reply_to")
    if "quote" in wish.said:
        how["quote"] = wish.text("quote")
    if "topic" in wish.said:
        how["topic"] = wish.topic()
    if "as" in wish.said:
        how["as_chat"] = wish.chat("as")
    return how


def _writes(wish: Wish) -> Done:
    entities = as_objects(wish.said.get("entities"))
    return wish.person.writes(wish.where(), wish.text(), entities=entities, **_how(wish))


def _sends(wish: Wish) -> Done:
    caption = wish.text("caption")
    return wish.person.sends(wish.where(), wish.sendable(), caption=caption, **_how(wish))


def _sends_album(wish: Wish) -> Done:
    parts = [Wish(wish.town, wish.person, p).sendable() for p in as_objects(wish.said["parts"])]
    caption = wish.text("caption")
    return wish.person.sends_album(wish.where(), parts, caption=caption, **_how(wish))[0]


def _votes(wish: Wish) -> None:
    chosen = [int(str(n)) for n in as_list(wish.said.get("options"))]
    wish.person.votes(wish.message(), *chosen)


def _moves(wish: Wish) -> Done:
    return wish.person.moves(wish.message(), wish.number("lat"), wish.number("lon"))


def _manages(wish: Wish) -> Management:
    return wish.person.manages(wish.chat())


def _promotes(wish: Wish) -> None:
    title, is_anonymous = wish.text("title") or None, bool(wish.said.get("is_anonymous"))
    rights = wish.texts("rights")
    _manages(wish).promotes(wish.member(), *rights, title=title, is_anonymous=is_anonymous)


def _accepts(wish: Wish) -> None:
    _manages(wish).accepts(wish.town.person(wish.text("who")))


VERBS: dict[str, Callable[[Wish], Done]] = {
    "writes": _writes,
    "sends": _sends,
    "sends_album": _sends_album,
    "starts": lambda w: w.person.starts(w.bot(), w.text("payload")),
    "edits": lambda w: w.person.edits(w.message(), w.text()),
    "deletes": lambda w: w.person.deletes(w.message()),
    "forwards": lambda w: w.person.forwards(w.message(), w.where("to")),
    "reacts": lambda w: w.person.reacts(w.message(), *w.texts("emoji")),
    "presses": lambda w: w.person.presses(w.message(), w.text("label")),
    "votes": _votes,
    "moves": _moves,
    "stops_moving": lambda w: w.person.stops_moving(w.message()),
    "joins": lambda w: w.person.joins(w.chat()),
    "asks_to_join": lambda w: w.person.asks_to_join(w.chat()),
    "leaves": lambda w: w.person.leaves(w.chat()),
    "blocks": lambda w: w.person.blocks(w.bot()),
    "unblocks": lambda w: w.person.unblocks(w.bot()),
    "adds": lambda w: _manages(w).adds(w.member(), *w.texts("rights")),
    "removes": lambda w: _manages(w).removes(w.member()),
    "promotes": _promotes,
    "demotes": lambda w: _manages(w).demotes(w.member()),
    "restricts": lambda w: _manages(w).restricts(w.member(), *w.texts("permissions")),
    "locks": lambda w: _manages(w).locks(*w.texts("permissions")),
    "deletes_account": lambda w: w.person.deletes_account(),
    "accepts": _accepts,
    "invites": lambda w: _manages(w).invites(asks=bool(w.said.get("asks"))),
    "renames": lambda w: _manages(w).renames(w.text("title")),
    "pins": lambda w: _manages(w).pins(w.message()),
    "unpins": lambda w: _manages(w).unpins(w.message()),
    "creates_topic": lambda w: _manages(w).creates_topic(w.text("name")),
    "renames_topic": lambda w: _manages(w).renames_topic(w.topic(), w.text("name")),
    "closes_topic": lambda w: _manages(w).closes_topic(w.topic()),
    "reopens_topic": lambda w: _manages(w).reopens_topic(w.topic()),
    "deletes_topic": lambda w: _manages(w).deletes_topic(w.topic()),
    "upgrades": lambda w: _manages(w).upgrades(),
}
