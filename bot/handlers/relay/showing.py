"""Writing a carried line as it stands in another room."""

import hashlib
from dataclasses import replace

from bot.bylines import byline_said
from bot.domain.copies import Copy, Subject, SubjectKind
from bot.domain.mentions import address, mentioned_in
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.outgoing import OutgoingMessage, Speaker
from bot.domain.relays import Relay
from bot.domain.richtext import Quote, RichText, Text, rich
from bot.domain.set_apart import set_apart
from bot.domain.trails import room_tag
from bot.domain.words import Moment, Words, words
from bot.handlers.relay.addressing import addressed
from bot.handlers.relay.tallies import show_tally_alone, tally_rows
from bot.ports.showing import Renderer, Showing
from bot.ports.store import UnitOfWork


def relay_subject(relay: str) -> Subject:
    """Return what the copies of a carried line show."""
    return Subject(SubjectKind.RELAY, relay)


async def show_relay(showing: Showing) -> OutgoingMessage | None:
    """Write a carried line as it stands in another room.

    Once its words are forgotten, only what people feel about it; nothing where it never stood.
    """
    relay = await showing.uow.relays.get(showing.subject.id)
    if relay is None:
        return None
    reactions = await showing.uow.reactions.of_relay(relay.id)
    if relay.text is None:
        return None if showing.reader.is_untouched else show_tally_alone(reactions, showing)
    line = await write_line(relay, relay.text, showing)
    return replace(line, rows=tally_rows(reactions, showing))


async def write_line(relay: Relay, text: RichText, showing: Showing) -> OutgoingMessage:
    """Write a line with the name of who said it."""
    text = await addressed(text, relay.group, showing)
    byline = await _byline(relay, showing)
    by = words(
        "relay-by",
        byline=byline,
        forwarded=_forwarded(relay),
        origin=relay.forwarded_from or "",
        late="no" if relay.written_at is None else "yes",
        written=Moment(relay.written_at or relay.sent_at),
    )
    line = words(
        "relay-line",
        by=by,
        text=_said(relay, text),
        extra=relay.extra.value if relay.extra else "none",
        edited="yes" if relay.is_edited else "no",
        place=showing.areas.name(relay.place or ""),
        where=_where(relay),
    )
    return OutgoingMessage(
        text=showing.say(line).stripped(),
        media=relay.media,
        keeps_media=relay.had_media and not relay.media,
        reply_to=await _counterpart(relay.reply_to, showing),
        thread=await _counterpart(relay.thread, showing),
        pings=frozenset(mentioned_in(text)),
        trail=trail_of(relay),
        speaker=Speaker(id=_speaker_id(relay, byline), name=showing.label(by)),
    )


def trail_of(*relays: Relay) -> tuple[str, ...]:
    """Return by which rooms lines came that go on as one message, each room once."""
    tags = (tag for relay in relays for tag in (*relay.trail, room_tag(relay.origin.room)))
    return tuple(dict.fromkeys(tags))


def _said(relay: Relay, text: RichText) -> RichText:
    """Return the words, after what they answer and before what follows on the same line."""
    quote = RichText((Quote((Text(relay.quote),)),) if relay.quote else ())
    quote = address(quote, {})
    goes_on = relay.place is not None or relay.extra is not None
    said = set_apart(text, begins_line=bool(relay.quote))
    return quote + (said + rich(" ") if text and goes_on else said)


def _forwarded(relay: Relay) -> str:
    if relay.forwarded_from is None:
        return "no"
    return "named" if relay.forwarded_from else "unnamed"


def _where(relay: Relay) -> str:
    if relay.place is None:
        return "none"
    return "area" if relay.place else "outside"


def _speaker_id(relay: Relay, byline: Words) -> str:
    """Return what all lines share that somebody says in a group under one sort of name.

    Of two sorts it is another: whoever agrees to be named has not agreed for what came before.
    """
    said_by = f"{relay.group} {relay.author} {byline.text_id} {relay.spoken_as}"
    return hashlib.blake2b(said_by.encode(), digest_size=12).hexdigest()


async def _byline(relay: Relay, showing: Showing) -> Words:
    """Say who wrote it, and by whom it comes if that is shown under another name."""
    said = await _own_byline(relay, showing)
    return words("byline-via", name=relay.spoken_as, byline=said) if relay.spoken_as else said


async def _own_byline(relay: Relay, showing: Showing) -> Words:
    """Say who wrote it; a name also says from where, for it can't be answered to there."""
    said = await byline_said(relay.byline, showing.uow)
    came_from = relay.origin.room.platform
    if said.text_id != "byline-name" or came_from is showing.reader.platform:
        return said
    return words("byline-from", byline=said, platform=came_from.value)


async def _counterpart(message: MessageRef | None, showing: Showing) -> MessageRef | None:
    """Return what stands for a message in the room where the line is shown."""
    if message is None or showing.reader.room is None:
        return None
    answered = await showing.uow.copies.by_message(message)
    if answered is not None:
        return await _of_copy(answered, showing.reader.room, showing.uow)
    original = await showing.uow.relays.by_origin(message)
    if original is None:
        return await _poll_in(showing.reader.room, message, showing.uow)
    return await _line_in(showing.reader.room, original.id, showing.uow)


async def _of_copy(answered: Copy, room: RoomRef, uow: UnitOfWork) -> MessageRef | None:
    if answered.subject.kind is SubjectKind.RELAY:
        original = await uow.relays.get(answered.subject.id)
        if original is not None and original.origin.room == room:
            return original.origin
        return await _line_in(room, answered.subject.id, uow)
    return await _shown_in(room, answered.subject, uow)


async def _line_in(room: RoomRef, relay: str, uow: UnitOfWork) -> MessageRef | None:
    """Return where a line stands in a room, perhaps among others."""
    alone = await _shown_in(room, relay_subject(relay), uow)
    if alone is not None:
        return alone
    bursts = await uow.bursts.holding(relay)
    among = [Subject(SubjectKind.BURST, burst.id) for burst in bursts if burst.room == room]
    return await _shown_in(room, among[0], uow) if among else None


async def _poll_in(room: RoomRef, origin: MessageRef, uow: UnitOfWork) -> MessageRef | None:
    poll = await uow.polls.by_origin(origin)
    return await _shown_in(room, Subject(SubjectKind.POLL, poll.id), uow) if poll else None


async def _shown_in(room: RoomRef, subject: Subject, uow: UnitOfWork) -> MessageRef | None:
    copies = await uow.copies.of(subject)
    return next((copy.parts[0] for copy in copies if copy.to == room and copy.parts), None)


SHOWS = {SubjectKind.RELAY: Renderer(show_relay, minds_the_room=True)}
