"""Everything that can happen in the emulated Telegram, once: what clients should understand."""

from tests.emulators.telegram import media
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.media import Sendable
from tests.emulators.telegram.person import Person
from tests.emulators.telegram.town import Town
from tests.pictures import jpeg, png

KINDS = [
    "message", "edited_message", "channel_post", "edited_channel_post", "message_reaction",
    "message_reaction_count", "callback_query", "poll", "poll_answer", "my_chat_member",
    "chat_member", "chat_join_request",
]  # fmt: skip


def prepare(town: Town) -> tuple[Person, Bot, Chat]:
    """Make a group that the bot administers, listening to every kind of update."""
    anna, bo = town.person("Anna", last_name="Ek", username="anna_ek"), town.person("Bo")
    granne = town.bot("granne_bot")
    granne.queue.allow([*KINDS])
    group = town.supergroup("Alby", anna, bo, username="albygrannar")
    anna.manages(group).adds(granne)
    anna.manages(group).promotes(granne)
    return anna, granne, group


def walk(town: Town) -> None:
    """Do all that people can do."""
    anna, granne, group = prepare(town)
    bo = town.person("Bo")
    anna.starts(granne, "grupp-7")
    _write(anna, bo, group)
    _send_media(anna, group)
    _manage(town, anna, bo, group)
    _come_and_go(town, anna, granne, group)
    _publish(town, anna, granne)
    anna.manages(town.group("Gammal", anna, granne)).upgrades()


def _write(anna: Person, bo: Person, group: Chat) -> None:
    said = anna.writes(group, "/red rök @bo #alby https://alby.se a@b.se")
    bo.writes(group, "Var?", reply_to=said, quote="rök")
    anna.edits(said, "/red eld")
    styles = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote")
    look = [{"type": kind, "offset": n, "length": 1} for n, kind in enumerate(styles)]
    link = {"type": "text_link", "offset": 8, "length": 1, "url": "https://alby.se/"}
    who = {"type": "text_mention", "offset": 9, "length": 1, "user": bo.user.to_json()}
    anna.writes(group, "abcdefg hi", entities=[*look, link, who])
    anna.writes(group, "som gruppen", as_chat=group)
    bo.reacts(said, "👍", "👀")
    bo.reacts(said)
    anna.reacts(said, "🔥", as_chat=group)
    anna.forwards(said, group)


def _send_media(anna: Person, group: Chat) -> None:
    photo = anna.sends(group, media.photo(jpeg(width=640)), caption="Se *här*")
    anna.edits(photo, "Se där")
    anna.replaces(photo, media.photo(jpeg(turned=6)), caption="En annan")
    story = {"chat": group.to_json(), "id": 1}
    anna.sends(group, Sendable(kind="story", fields=story))
    for sendable in (
        media.document(b"%PDF", "karta.pdf", "application/pdf"),
        media.voice(b"OggS"),
        media.audio(b"ID3", title="Visa", performer="Bo"),
        media.video(b"film"),
        media.video_note(b"film"),
        media.animation(b"film"),
        media.sticker(b"RIFF"),
        media.location(59.24, 17.84),
        media.venue(59.24, 17.84, "Centrum", "Albyvägen 1"),
        media.contact("+46701740605", "Cilla", 17),
        media.dice(),
        media.poll("När?", ["Nu", "Sen"], is_anonymous=False),
    ):
        anna.sends(group, sendable)
    anna.sends_album(group, [media.photo(jpeg()), media.photo(png())], caption="Två")
    walked = anna.sends(group, media.location(59.24, 17.84, live_s=900, accuracy_m=8.5))
    anna.moves(walked, 59.25, 17.85)
    anna.stops_moving(walked)


def _manage(town: Town, anna: Person, bo: Person, group: Chat) -> None:
    keeper = anna.manages(group)
    keeper.renames("Alby grannar")
    keeper.changes_photo(jpeg())
    keeper.leaves_note({"video_chat_started": {}})
    keeper.pins(anna.reads(group)[3])
    keeper.restricts(bo, "can_send_messages")
    keeper.promotes(bo, title="Ombud", is_anonymous=True)
    bo.writes(group, "dolt")
    keeper.demotes(bo)
    group.is_forum = True
    topic = keeper.creates_topic("Klotter")
    anna.writes(group, "i ämnet", topic=topic)
    keeper.renames_topic(topic, "Klotter och skräp")
    keeper.closes_topic(topic)
    keeper.reopens_topic(topic)
    keeper.deletes_topic(topic)
    group.is_forum = False
    assert town.chats[group.id] is group


def _come_and_go(town: Town, anna: Person, granne: Bot, group: Chat) -> None:
    cilla, dan = town.person("Cilla", language="en"), town.person("Dan")
    cilla.joins(group)
    cilla.leaves(group)
    dan.asks_to_join(group, anna.manages(group).invites(asks=True))
    anna.manages(group).accepts(dan)
    anna.manages(group).removes(dan)
    cilla.writes(granne, "hej")
    cilla.blocks(granne)
    cilla.unblocks(granne)


def _publish(town: Town, anna: Person, granne: Bot) -> None:
    channel = town.channel("Nytt", anna, granne, username="albynytt")
    channel.discussion = next(c for c in town.chats.values() if c.username == "albygrannar")
    post = anna.writes(channel, "Post")
    anna.edits(post, "Post 2")
    anna.reacts(post, "❤")
    town.person("Bo").forwards(post, granne)
