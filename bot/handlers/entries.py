"""People who ask to be let into a room: told there, and decided by those who administer it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.bylines import byline_said
from bot.conversation import Rows, answer, as_rows, new_note_id
from bot.domain.cleaning import clean_name
from bot.domain.copies import Subject, SubjectKind
from bot.domain.entries import Entry, entry_from_json
from bot.domain.groups import Group
from bot.domain.incoming import Incoming
from bot.domain.messages import RoomRef
from bot.domain.notes import Choice, Note, NoteId
from bot.domain.room_news import Coming, IncomingMembership
from bot.domain.words import Value, Words, words
from bot.errors import NotPermitted
from bot.ports.features import Context, Feature
from bot.ports.holdings import Chore, Holding, Pace, Upkeep
from bot.ports.store import UnitOfWork

NAME = "entries"
STANDS_FOR = timedelta(days=7)
"""Who was not answered for so long can ask again."""
DECIDED_STANDS_FOR = timedelta(days=3)
_ANSWERS: Rows = (
    (
        Choice(words("entry-admit"), "admit"),
        Choice(words("entry-reject"), "reject"),
    ),
)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    match incoming:
        case IncomingMembership(coming=Coming.ASKS):
            await _ask(incoming, ctx)
        case IncomingMembership():
            await _note_joined(incoming, ctx)
        case _ if ctx.pressed is not None and ctx.pressed.note is not None:
            await _decide(ctx.pressed.note, ctx.pressed.action, incoming, ctx)
        case _:
            pass


async def _ask(incoming: IncomingMembership, ctx: Context) -> None:
    """Say in a group's room who asks; whoever asks twice waits for one answer."""
    found = await _group_at(incoming.room, ctx) if ctx.capabilities.can_admit else None
    if found is None or await _open_for(incoming, ctx) is not None:
        return
    group, where = found
    name = clean_name(incoming.sender.name) or words("entry-somebody")
    note = Note(
        id=new_note_id(),
        feature=NAME,
        person=ctx.sender.id,
        words=words("entry-asks", name=name, group=group.name),
        choices=as_rows(_ANSWERS),
        state=Entry(room=incoming.room, user=incoming.sender.user).to_json(),
        expires_at=ctx.now + STANDS_FOR,
    )
    await ctx.uow.notes.say(note, where)
    if incoming.may_be_told:
        await _tell(group, incoming, ctx)


async def _tell(group: Group, incoming: IncomingMembership, ctx: Context) -> None:
    """Say to whoever asks what the group is for, and in what tone.

    It may be the only word that gets through before they begin a chat themselves.
    """
    user = incoming.sender.user
    was_out_of_reach = await ctx.uow.people.set_reachable(user, is_reachable=True)
    said = words(
        "entry-told", group=group.name, purpose=group.purpose, controller=group.controller
    )
    await answer(ctx, NAME, said)
    if was_out_of_reach:
        await ctx.uow.people.set_reachable(user, is_reachable=False)


async def _decide(note: Note, action: str, incoming: Incoming, ctx: Context) -> None:
    """Ask the platform to let somebody in or not, and say on the card who decided.

    Raises:
        NotPermitted: The sender does not administer the room, as the platform says.
    """
    entry = entry_from_json(note.state)
    if ctx.membership is None or not ctx.membership.administers:
        raise NotPermitted("entry-needs-administrator")
    admits = action == "admit"
    await ctx.uow.copies.decide_entry(_subject(note.id), admits=admits)
    said = words(
        "entry-admitted" if admits else "entry-rejected",
        name=_called(note),
        by=await _decided_by(entry, incoming, ctx),
    )
    await _close(note, said, uow=ctx.uow, now=ctx.now)
    found = await _group_at(entry.room, ctx)
    about = found[0].id if found else ""
    verb = "entry.admitted" if admits else "entry.rejected"
    await ctx.uow.audit.note(verb, about, by=ctx.sender.id, now=ctx.now)


async def _decided_by(entry: Entry, incoming: Incoming, ctx: Context) -> Words:
    found = await _group_at(entry.room, ctx)
    if found is None:
        return words("entry-administrator")
    group = found[0]
    byline = await ctx.byline(incoming.sender, group=group.id, area=group.area)
    return await byline_said(byline, ctx.uow)


async def _note_joined(incoming: IncomingMembership, ctx: Context) -> None:
    """Close the cards of those who came in by another way, as by the platform's own list."""
    users = {person.user for person in incoming.people}
    for note in await _open_cards(ctx.uow):
        entry = entry_from_json(note.state)
        if entry.room == incoming.room and entry.user in users:
            said = words("entry-joined", name=_called(note))
            await _close(note, said, uow=ctx.uow, now=ctx.now)


async def ask_again(card: NoteId, *, uow: UnitOfWork, now: datetime) -> None:
    """Say on a card that the platform refused what was decided, and let it be tried again."""
    note = await uow.notes.get(card)
    if note is None or note.feature != NAME:
        return
    said = words("entry-refused", name=_called(note))
    asked = replace(note, words=said, choices=as_rows(_ANSWERS), expires_at=now + STANDS_FOR)
    await uow.notes.change(asked)


async def _close(note: Note, said: Words, *, uow: UnitOfWork, now: datetime) -> None:
    """Take the buttons off a card; whom it is about stays with it until it goes."""
    closed = replace(note, words=said, choices=(), expires_at=now + DECIDED_STANDS_FOR)
    await uow.notes.change(closed)


async def _open_for(incoming: IncomingMembership, ctx: Context) -> Note | None:
    """Return the card on which somebody waits for an answer from a room."""
    for note in await _open_cards(ctx.uow):
        entry = entry_from_json(note.state)
        if (entry.room, entry.user) == (incoming.room, incoming.sender.user):
            return note
    return None


async def _open_cards(uow: UnitOfWork) -> Sequence[Note]:
    notes = [await uow.notes.get(note) for note in await uow.notes.of_feature(NAME)]
    return [note for note in notes if note is not None and note.choices]


async def _group_at(chat: RoomRef, ctx: Context) -> tuple[Group, RoomRef] | None:
    """Return the group of a chat or of a part of it, and the room of it to speak in."""
    mark = ctx.capabilities.inner_room_mark
    for room in (chat, *await ctx.uow.rooms.within(chat, mark=mark)):
        group = await ctx.uow.groups.of_room(room)
        if group is not None:
            return group, room
    return None


async def _cards(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notes.of_feature(NAME)


async def _take_away(piece: str, upkeep: Upkeep) -> int:
    """Take a card out of its room when its time is over, with all that it holds of a person."""
    note = await upkeep.uow.notes.get(NoteId(piece))
    if note is None or note.expires_at > upkeep.now:
        return 0
    if note.state:
        await upkeep.uow.copies.withdraw(_subject(note.id))
    else:
        await upkeep.uow.copies.forget(_subject(note.id))
    await upkeep.discard(await upkeep.uow.notes.erase(note.id))
    return 1


def _called(note: Note) -> Value:
    """Return whom a card is about, as it says."""
    return note.words.values.get("name", words("entry-somebody"))


def _subject(note: NoteId) -> Subject:
    return Subject(SubjectKind.NOTE, note)


FEATURE = Feature(
    name=NAME,
    accepts=lambda incoming, ctx: (
        (isinstance(incoming, IncomingMembership) and incoming.coming is not Coming.LEFT)
        or ctx.has_pressed(NAME)
    ),
    handle=_handle,
    asks_membership_in=lambda note: entry_from_json(note.state).room,
)
HOLDING = Holding(
    name=NAME,
    chores=(Chore(name="take_away_entries", pace=Pace.SELDOM, find=_cards, do=_take_away),),
)
