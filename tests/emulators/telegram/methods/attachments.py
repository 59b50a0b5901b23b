"""Sending files."""

import random
from dataclasses import replace

from tests.emulators.telegram import media
from tests.emulators.telegram.entities import format_text, units
from tests.emulators.telegram.html_texts import parse_html
from tests.emulators.telegram.media import Sendable
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.methods.drafts import (
    LONGEST_CAPTION_UNITS,
    read_caption,
    send,
    send_all,
)
from tests.emulators.telegram.params import Upload
from tests.emulators.telegram.wire import Json, as_objects, bad_request, present

CAPTIONED = {"photo", "video", "audio", "voice", "animation", "document"}
IN_ALBUMS = {"photo", "video", "audio", "document"}
ALONE = {"audio", "document"}


def send_file(kind: str) -> Method:
    """Make the method that sends files of one kind."""

    def method(call: Call) -> object:
        content = _read_file(call, kind, call.params.text(kind), call.params.upload(kind))
        words = read_caption(call) if kind in CAPTIONED else {}
        return send(call, content | words, kind).to_json()

    return method


def send_media_group(call: Call) -> object:
    """Send two to ten pictures, films, files or pieces of music as one."""
    parts = call.params.records("media")
    kinds = {str(part.get("type")) for part in parts}
    if not 2 <= len(parts) <= 10:
        raise bad_request("expected from 2 to 10 messages in an album")
    if not kinds <= IN_ALBUMS or (kinds & ALONE and len(kinds) > 1):
        raise bad_request("Wrong message content type specified: can't be mixed in an album")
    if "reply_markup" in call.params:
        raise bad_request("an album can't have buttons")
    contents = [read_input_media(call, part) for part in parts]
    fixed: Json = {"media_group_id": str(random.randrange(10**16, 10**17))}
    return [message.to_json() for message in send_all(call, contents, kinds.pop(), fixed)]


def read_input_media(call: Call, part: Json) -> Json:
    """Read one InputMedia: its file, its words, its size."""
    kind, reference = str(part.get("type")), str(part.get("media", ""))
    if kind not in CAPTIONED - {"voice"}:
        raise bad_request(f"can't parse InputMedia: type {kind} is not allowed")
    upload = call.params.attached(reference) if reference.startswith("attach://") else None
    part_call = replace(call, params=replace(call.params, values=part))
    content = _read_file(part_call, kind, reference, upload)
    text, entities = str(part.get("caption", "")), as_objects(part.get("caption_entities"))
    if str(part.get("parse_mode", "")).lower() == "html":
        text, entities = parse_html(text)
    said = format_text(text, entities)
    if units(said.text) > LONGEST_CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return content | present(
        caption=said.text,
        caption_entities=said.entities,
        has_media_spoiler=part.get("has_spoiler"),
        show_caption_above_media=part.get("show_caption_above_media"),
    )


def _read_file(call: Call, kind: str, reference: str, upload: Upload | None) -> Json:
    if upload is None:
        if reference.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        if not reference:
            raise bad_request(f"there is no {kind} in the request")
        return call.town.files.find(reference, kind)
    if not upload.content:
        raise bad_request("file must be non-empty")
    content = call.town.files.hold(_described(call, kind, upload))
    thumbnail = call.params.upload("thumbnail")
    told = content.get(kind)
    if thumbnail is not None and isinstance(told, dict):
        told["thumbnail"] = call.town.files.hold_thumbnail(thumbnail.content)
    return content


def _described(call: Call, kind: str, upload: Upload) -> Sendable:
    given = {n: call.params.integer(n) for n in ("width", "height", "duration", "length")}
    named = present(file_name=upload.name, mime_type=upload.mime_type)
    match kind:
        case "photo":
            return media.photo(upload.content)
        case "document":
            return media.document(upload.content, upload.name, upload.mime_type)
        case "sticker":
            return media.sticker(upload.content, emoji=call.params.text("emoji", "👍"))
        case "voice":
            made = media.voice(upload.content)
        case "audio":
            title, performer = call.params.text("title"), call.params.text("performer")
            made = media.audio(upload.content, title=title, performer=performer)
        case "video":
            made = media.video(upload.content)
        case "video_note":
            made, named = media.video_note(upload.content), {}
        case _:
            made = media.animation(upload.content)
    told = {n: v for n, v in given.items() if n in made.fields and v}
    named = {n: v for n, v in named.items() if n in made.fields}
    return replace(made, fields=made.fields | named | told, name=upload.name)


METHODS: dict[str, Method] = {
    "sendPhoto": send_file("photo"),
    "sendVideo": send_file("video"),
    "sendAudio": send_file("audio"),
    "sendVoice": send_file("voice"),
    "sendVideoNote": send_file("video_note"),
    "sendAnimation": send_file("animation"),
    "sendDocument": send_file("document"),
    "sendSticker": send_file("sticker"),
    "sendMediaGroup": send_media_group,
}
