"""How one message of the bot's becomes events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.bridges.matrix.api import Object
from bot.bridges.matrix.buttons import BUTTONS, legend, to_field
from bot.bridges.matrix.inbound import MARK
from bot.bridges.matrix.markup import HTML, Formatted
from bot.bridges.matrix.media import ALT, Upload, file_content, named
from bot.bridges.matrix.messages import TRAIL
from bot.bridges.matrix.profiles import PROFILE, fits, to_profile
from bot.bridges.matrix.splitting import split
from bot.bridges.matrix.threads import is_event
from bot.domain.messages import Platform
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import joined, rich
from bot.domain.richtext_json import Json

_WORDS = frozenset({"body", "format", "formatted_body"})
_RELATES = "m.relates_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """How what the bot says is marked.

    Attributes:
        msgtype: `m.notice` makes no sound anywhere, and other bots don't answer it.
        mark: Tells what this installation has sent.
    """

    msgtype: str
    mark: str


def tone_of(message: OutgoingMessage, *, is_private: bool, mark: str) -> Tone:
    """Return how a message is marked: what the bot remarks in a room makes no sound."""
    is_aside = message.is_remark and not message.rings and not is_private
    is_quiet = message.silent or is_aside
    return Tone(msgtype="m.notice" if is_quiet else "m.text", mark=mark)


def lay_out(message: OutgoingMessage, files: Sequence[Object], tone: Tone) -> list[Object]:
    """Return the contents of a message's events: the files first, the words below the first one.

    Args:
        message: What to say.
        files: What shows its files, or those that stand there.
        tone: How it is marked.
    """
    lines = (message.text, legend(message.rows))
    speaker = message.speaker if message.speaker and fits(message.speaker) else None
    text = joined((line for line in lines if line.nodes), "\n\n")
    texts = split(text, name=speaker.name if speaker else "")
    parts = [_captioned(file, Formatted("")) for file in files]
    if parts and texts:
        parts[0] = _captioned(files[0], texts.pop(0))
    contents = [*parts, *({"msgtype": tone.msgtype, **_as_words(text)} for text in texts)]
    beside: Object = {MARK: tone.mark, TRAIL: [*message.trail]}
    contents = [{**content, "m.mentions": {}, **beside} for content in contents]
    if speaker:
        contents = [
            {**content, PROFILE: to_profile(speaker, begins=number == 0)}
            for number, content in enumerate(contents)
        ]
    if contents:
        contents[0] = {**contents[0], "m.mentions": _told(message)}
    if contents and message.rows:
        contents[-1] = {**contents[-1], BUTTONS: to_field(message.rows)}
    return contents


def _told(message: OutgoingMessage) -> Object:
    """Return who is told of a message, once even if it comes in parts."""
    people = sorted(user.user_id for user in message.pings if user.platform is Platform.MATRIX)
    return {"user_ids": [*people]} if people else {}


def without(message: OutgoingMessage, uploads: Sequence[Upload]) -> OutgoingMessage:
    """Return a message that tells in words of those of its files which can't be shown."""
    shown = [upload.media for upload in uploads]
    missing = [media for media in message.media if media not in shown]
    if not missing:
        return message
    return replace(message, text=message.text + rich("\n" + named(missing)))


def contents_of(message: OutgoingMessage, uploads: Sequence[Upload], tone: Tone) -> list[Object]:
    """Return the contents of all events that show a message with its files."""
    files = [file_content(upload) for upload in uploads]
    return lay_out(without(message, uploads), files, tone)


def answering(content: Object, message: OutgoingMessage, thread: str) -> Object:
    """Return a content that answers a message; older clients' quotes are not written any more.

    Args:
        content: What begins the message.
        message: What is said.
        thread: What began the thread in which it shall stand; empty for none.
    """
    target = message.reply_to.message_id if message.reply_to else ""
    if not is_event(target):
        return in_thread(content, thread)
    answered: Json = {"event_id": target}
    if not thread:
        return {**content, _RELATES: {"m.in_reply_to": answered}}
    # What the bot says itself goes on in the thread; only people answer one line among others.
    goes_on = target == thread or message.speaker is None
    return {**content, _RELATES: _relation(thread, answers=target, goes_on=goes_on)}


def in_thread(content: Object, thread: str) -> Object:
    """Return a content that stands in a thread, if there is one."""
    if not thread:
        return content
    return {**content, _RELATES: _relation(thread, answers=thread, goes_on=True)}


def _relation(thread: str, *, answers: str, goes_on: bool) -> Json:
    return {
        "rel_type": "m.thread",
        "event_id": thread,
        "is_falling_back": goes_on,
        "m.in_reply_to": {"event_id": answers},
    }


def as_edit(content: Object, event_id: str, *, before: Object) -> Object:
    """Return what puts a content in the place of an event's, always of the first one's.

    Whom the message mentions was told when it came: an edit tells those alone whom it adds.

    Args:
        content: What is shown from now on.
        event_id: The event.
        before: What it shows until now.

    Source: Matrix client-server API, "User and room mentions".
    """
    beside = {name: value for name, value in content.items() if name not in _WORDS}
    told = _mentioned(before)
    added: list[Json] = [user for user in _mentioned(content) if user not in told]
    return {
        **beside,
        "body": f"* {content.get('body', '')}",
        "m.mentions": {"user_ids": added} if added else {},
        "m.new_content": content,
        _RELATES: {"rel_type": "m.replace", "event_id": event_id},
    }


def _mentioned(content: Object) -> Sequence[Json]:
    told = content.get("m.mentions")
    people = told.get("user_ids") if isinstance(told, dict) else None
    return people if isinstance(people, list) else []


def _captioned(file: Object, words: Formatted) -> Object:
    """Return a file with words below it, in place of those that stood there before.

    Without any it is told what a picture shows, or what the file is called: where `body` and
    `filename` differ, clients show the first below the picture and read it out for it.

    Source: Matrix client-server API, "Media captions" (MSC2530).
    """
    bare: Object = {name: value for name, value in file.items() if name not in _WORDS}
    for name in (BUTTONS, PROFILE, _RELATES):
        bare.pop(name, None)
    if words.body:
        return {**bare, **_as_words(words)}
    return {**bare, "body": bare.get(ALT) or bare.get("filename", "file")}


def _as_words(words: Formatted) -> Object:
    content: Object = {"body": words.body}
    if words.html is not None:
        content |= {"format": HTML, "formatted_body": words.html}
    return content
