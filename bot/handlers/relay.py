"""Carrying lines between the rooms of a group."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.bylines import byline_said
from bot.domain.cleaning import clean_name
from bot.domain.commands import is_for_a_bot
from bot.domain.copies import Copy, Subject, SubjectKind
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingDeletion, IncomingEdit, IncomingMessage
from bot.domain.messages import MessageRef, Position, RoomRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import Person, PersonId
from bot.domain.relays import Relay
from bot.domain.richtext import Quote, RichText, Text, rich
from bot.domain.richtext_json import Json
from bot.domain.routing import Audience, RoomRoute
from bot.domain.words import Words, words
from bot.ports.features import Context, Feature
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep
from bot.ports.showing import Renderer, Showing
from bot.ports.store import UnitOfWork

RELAY = "relay"


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingMessage() if ctx.group is not None:
            await _carry(incoming, ctx.group, ctx)
        case IncomingEdit():
            await _change(incoming, ctx)
        case IncomingDeletion():
            await _remove(incoming, ctx)
        case _:
            pass


async def _carry(message: IncomingMessage, group: Group, ctx: Context) -> None:
    if await ctx.uow.relays.by_origin(message.ref) is not None:
        # It went on when it came; what waited for its author's consent was something else.
        return
    byline = await ctx.byline(message.sender, group=group.id, area=group.area)
    others = group.others(message.ref.room)
    if not others:
        return
    media = ctx.files.take()
    forwarded_from = message.forwarded_from
    relay = Relay(
        id=secrets.token_urlsafe(9),
        group=group.id,
        author=ctx.sender.id,
        # What somebody passes on is not what the badge says.
        byline=byline if forwarded_from is None else byline.without_badge(),
        origin=message.ref,
        text=message.text,
        media=media,
        had_media=bool(media),
        place=_place_at(message.position, ctx),
        reply_to=message.reply_to,
        quote=await _quote(message, ctx),
        forwarded_from=None if forwarded_from is None else clean_name(forwarded_from) or "",
        extra=message.extra,
        sent_at=ctx.now,
    )
    await ctx.uow.relays.add(relay)
    await ctx.uow.copies.spread(
        _subject(relay.id),
        [RoomRoute(room=room, audience=Audience.ROOM) for room in others],
        urgency=Urgency.TALK,
        on_doubt=OnDoubt.REPEAT_ONCE,
    )


def _place_at(position: Position | None, ctx: Context) -> str | None:
    """Return the area that somebody shares; where in it is for the room alone to know."""
    if position is None:
        return None
    area = ctx.areas.at(position)
    return area.id if area else ""


async def _quote(message: IncomingMessage, ctx: Context) -> str:
    """Return the words that are quoted, chosen or because nothing else shows what is answered."""
    if message.quoted is None:
        return ""
    is_known = ctx.answered is not None or (
        message.reply_to is not None
        and await ctx.uow.relays.by_origin(message.reply_to) is not None
    )
    return "" if is_known and not message.quoted.is_chosen else message.quoted.text


async def _change(edit: IncomingEdit, ctx: Context) -> None:
    relay = await ctx.uow.relays.by_origin(edit.ref)
    if relay is None or relay.author != ctx.sender.id or ctx.group is None:
        return
    if edit.position is not None:
        await _follow(relay, edit.position, ctx)
        return
    byline = await ctx.byline(edit.sender, group=relay.group, area=ctx.group.area)
    if relay.forwarded_from is not None:
        byline = byline.without_badge()
    await ctx.uow.relays.save(replace(relay, text=edit.text, byline=byline, is_edited=True))
    await ctx.uow.copies.refresh(_subject(relay.id), urgency=Urgency.TALK, after=timedelta(0))


async def _follow(relay: Relay, position: Position, ctx: Context) -> None:
    """Show where somebody is by now; who goes about within an area changes nothing."""
    place = _place_at(position, ctx)
    if relay.text is None or place == relay.place:
        return
    await ctx.uow.relays.save(replace(relay, place=place))
    await ctx.uow.copies.refresh(_subject(relay.id), urgency=Urgency.LATER, after=timedelta(0))


async def _remove(deletion: IncomingDeletion, ctx: Context) -> None:
    relay = await ctx.uow.relays.by_origin(deletion.ref)
    if relay is None:
        return
    await ctx.uow.copies.withdraw(_subject(relay.id))
    for media in await ctx.uow.relays.erase(relay.id):
        await ctx.media.discard(media)


async def show_relay(showing: Showing) -> OutgoingMessage | None:
    """Write a carried line as it stands in another room; None once its words are forgotten."""
    relay = await showing.uow.relays.get(showing.subject.id)
    if relay is None or relay.text is None:
        return None
    line = words(
        "relay-line",
        byline=await _byline(relay, showing),
        forwarded=_forwarded(relay),
        origin=relay.forwarded_from or "",
        text=_said(relay, relay.text),
        extra=relay.extra.value if relay.extra else "none",
        edited="yes" if relay.is_edited else "no",
        place=showing.areas.name(relay.place or ""),
        where=_where(relay),
    )
    return OutgoingMessage(
        text=showing.say(line).stripped(),
        media=relay.media,
        keeps_media=relay.had_media and not relay.media,
        reply_to=await _counterpart(relay, showing),
    )


def _said(relay: Relay, text: RichText) -> RichText:
    """Return the words, after what they answer and before what follows on the same line."""
    quote = RichText((Quote((Text(relay.quote),)),) if relay.quote else ())
    goes_on = relay.place is not None or relay.extra is not None
    return quote + (text + rich(" ") if text and goes_on else text)


def _forwarded(relay: Relay) -> str:
    if relay.forwarded_from is None:
        return "no"
    return "named" if relay.forwarded_from else "unnamed"


def _where(relay: Relay) -> str:
    if relay.place is None:
        return "none"
    return "area" if relay.place else "outside"


async def _byline(relay: Relay, showing: Showing) -> Words:
    """Say who wrote it; a name also says from where, for it can't be answered to there."""
    said = await byline_said(relay.byline, showing.uow)
    came_from = relay.origin.room.platform
    if said.text_id != "byline-name" or came_from is showing.reader.platform:
        return said
    return words("byline-from", byline=said, platform=came_from.value)


async def _counterpart(relay: Relay, showing: Showing) -> MessageRef | None:
    """Return what stands, in the room where the line is shown, for what it replies to."""
    if relay.reply_to is None or showing.reader.room is None:
        return None
    answered = await showing.uow.copies.by_message(relay.reply_to)
    if answered is not None:
        return await _of_copy(answered, showing.reader.room, showing.uow)
    original = await showing.uow.relays.by_origin(relay.reply_to)
    if original is None:
        return None
    return await _shown_in(showing.reader.room, _subject(original.id), showing.uow)


async def _of_copy(answered: Copy, room: RoomRef, uow: UnitOfWork) -> MessageRef | None:
    if answered.subject.kind is SubjectKind.RELAY:
        original = await uow.relays.get(answered.subject.id)
        if original is not None and original.origin.room == room:
            return original.origin
    return await _shown_in(room, answered.subject, uow)


async def _shown_in(room: RoomRef, subject: Subject, uow: UnitOfWork) -> MessageRef | None:
    copies = await uow.copies.of(subject)
    return next((copy.parts[0] for copy in copies if copy.to == room and copy.parts), None)


def _subject(relay: str) -> Subject:
    return Subject(SubjectKind.RELAY, relay)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if ctx.group is None:
        return False
    if isinstance(incoming, IncomingMessage):
        says_something = (
            incoming.text or incoming.attachments or incoming.position or incoming.extra
        )
        # A command that comes this far is nobody's: "!Viktigt: möte kl 18" is talk.
        return not is_for_a_bot(incoming.command) and bool(says_something)
    return isinstance(incoming, IncomingEdit | IncomingDeletion)


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    carried = await upkeep.uow.relays.of_person(person.id)
    days = upkeep.lifetimes.relayed_message.days
    return [words("privacy-carried", number=len(carried), days=days)] if carried else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    uow = upkeep.uow
    carried = [await uow.relays.get(relay) for relay in await uow.relays.of_person(person.id)]
    known = [relay for relay in carried if relay is not None]
    return Exported(
        fields={"carried_lines": [_line(relay) for relay in known]},
        files=tuple(file for relay in known for file in relay.media),
    )


def _line(relay: Relay) -> Json:
    return {
        "group": relay.group,
        "room": str(relay.origin.room),
        "message": relay.origin.message_id,
        "sent_at": relay.sent_at.isoformat(),
        "text": relay.text.plain if relay.text is not None else None,
        "place": relay.place,
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    copies = 0
    for relay in await upkeep.uow.relays.of_person(person):
        copies += await upkeep.uow.copies.withdraw(_subject(relay))
        await upkeep.discard(await upkeep.uow.relays.erase(relay))
    return {"copies": copies}


async def _wipe_delivered(_piece: str, upkeep: Upkeep) -> int:
    """Forget the words of carried lines that have arrived."""
    files = await upkeep.uow.relays.wipe_delivered()
    await upkeep.discard(files)
    return len(files)


async def _wipe_old(_piece: str, upkeep: Upkeep) -> int:
    """Forget all of old lines but where they stand: their authors may still want them gone."""
    before = upkeep.now - upkeep.lifetimes.relayed_message
    files = await upkeep.uow.relays.wipe_old(before)
    await upkeep.discard(files)
    return len(files)


async def _of_ended_groups(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.relays.of_ended_groups()


async def _forget(piece: str, upkeep: Upkeep) -> int:
    await upkeep.uow.copies.forget(_subject(piece))
    await upkeep.discard(await upkeep.uow.relays.erase(piece))
    return 1


FEATURE = Feature(name=RELAY, accepts=_accepts, handle=_handle)
SHOWS = {SubjectKind.RELAY: Renderer(show_relay, minds_the_room=True)}
HOLDING = Holding(
    name=RELAY,
    told=_told,
    export=_export,
    erase=_erase,
    chores=(
        Chore(name="wipe_delivered_lines", pace=Pace.SOON, do=_wipe_delivered),
        Chore(name="wipe_old_lines", pace=Pace.SELDOM, do=_wipe_old),
        Chore(
            name="forget_lines_of_ended_groups",
            pace=Pace.SELDOM,
            find=_of_ended_groups,
            do=_forget,
        ),
    ),
)
