"""`/group`: what this room's group is; `/group new`: making one of the room, in private."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.conversation import answer
from bot.domain.areas import Area, AreaId
from bot.domain.cleaning import clean_title
from bot.domain.consent import Need, Purpose
from bot.domain.group_drafts import (
    MAX_TOLD_CHARS,
    GroupDraft,
    GroupStep,
    group_draft_from_json,
)
from bot.domain.groups import Access, GroupId, GroupKind
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note
from bot.domain.people import Role
from bot.domain.reserved_names import is_reserved
from bot.domain.words import words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.groups.linking import offer_code, welcome
from bot.handlers.groups.questions import NAME, question
from bot.handlers.groups.standing import offers, require_administers, require_room
from bot.ports.features import Context, Feature, is_command, shares_a_place
from bot.room_setup import correct_setup
from bot.whereabouts import area_meant, areas_like, unknown_area

_NEW = frozenset({"new", "ny", "nytt"})
_OPENING_WORDS = 4


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        await _told(ctx.awaited, incoming, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        first, *rest = incoming.command.words or [""]
        if first.casefold() in _NEW:
            await _begin(incoming, " ".join(rest), ctx)
        else:
            await _describe(incoming, ctx)


async def _describe(incoming: Incoming, ctx: Context) -> None:
    """Say what the group of this room is for, and who answers for its data."""
    require_room(incoming)
    group = ctx.group
    if group is None:
        await answer(ctx, NAME, words("group-none-here"))
        return
    said = words(
        "group-described",
        group=group.name,
        area=ctx.areas.name(group.area),
        purpose=group.purpose,
        controller=group.controller,
        rooms=len(group.rooms),
        access=group.access.value,
    )
    await answer(ctx, NAME, said)


async def _begin(incoming: IncomingMessage, name: str, ctx: Context) -> None:
    require_room(incoming)
    require_administers(ctx, ctx.group)
    if ctx.group is not None:
        raise Unacceptable("group-room-taken", group=ctx.group.name)
    if await ctx.uow.organisations.of_desk(ctx.here) is not None:
        raise Unacceptable("group-room-is-desk")
    title = ctx.membership.title if ctx.membership else ""
    draft = GroupDraft(
        room=ctx.here,
        language=ctx.sender.language,
        name=clean_title(name) or clean_title(title) or "",
    )
    await _ask(draft, ctx)


async def _ask(draft: GroupDraft, ctx: Context) -> None:
    """Ask for the next thing in a message of its own: what was told stands above it."""
    await ctx.uow.notes.say(question(draft, ctx), ctx.private)


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    """Take an answer given by a button; the same message then asks the next."""
    draft = group_draft_from_json(note.state)
    verb, _, value = action.partition(" ")
    match verb:
        case "start":
            await _start(draft, note, ctx)
        case "cancel":
            await _close(note, "form-cancelled", ctx)
        case _:
            asked = question(_answered(draft, verb, value, ctx), ctx)
            await ctx.uow.notes.change(replace(asked, id=note.id))


def _answered(draft: GroupDraft, verb: str, value: str, ctx: Context) -> GroupDraft:
    match verb:
        case "area":
            return replace(draft, area=AreaId(value))
        case "kind":
            return replace(draft, kind=GroupKind(value))
        case "purpose" if draft.kind is not None:
            usual = words(f"group-purpose-{draft.kind.value}")
            return replace(draft, purpose=ctx.texts.say(usual, draft.language).plain)
        case "access":
            return replace(draft, access=Access(value))
        case _:
            raise UnknownButton


async def _told(note: Note, incoming: IncomingMessage, ctx: Context) -> None:
    """Take an answer in words; the question it answers is closed."""
    draft = await _with_words(group_draft_from_json(note.state), incoming, ctx)
    await ctx.uow.notes.change(
        replace(note, choices=(), awaits=None, state={}, expires_at=ctx.now)
    )
    await _ask(draft, ctx)


async def _with_words(draft: GroupDraft, incoming: IncomingMessage, ctx: Context) -> GroupDraft:
    told = " ".join(incoming.text.plain.split())
    match draft.next_step:
        case GroupStep.NAME:
            name = clean_title(told)
            if name is None:
                raise Unacceptable("group-name-unfit")
            return replace(draft, name=name)
        case GroupStep.AREA:
            return replace(draft, area=(await _area(incoming, ctx)).id)
        case GroupStep.PURPOSE:
            _require_own_name(_opening(told), draft, ctx)
            return replace(draft, purpose=_fitting(told))
        case GroupStep.CONTROLLER:
            _require_own_name(told, draft, ctx)
            return replace(draft, controller=_fitting(told))
        case GroupStep.KIND | GroupStep.PREVIEW:
            raise Unacceptable("group-press-a-button")
        case _ as never:
            assert_never(never)


async def _area(incoming: IncomingMessage, ctx: Context) -> Area:
    """Return the area that was named or shared.

    Raises:
        Unacceptable: No such area is known; says which are near.
    """
    if incoming.position is not None:
        area, near = ctx.areas.at(incoming.position), ctx.areas.near(incoming.position)
    else:
        area = await area_meant(incoming.text.plain, ctx, NAME)
        near = await areas_like(incoming.text.plain, ctx)
    if area is None:
        raise unknown_area(incoming.text.plain, near, ctx)
    return area


def _opening(told: str) -> str:
    """Return the words that say whose group it is; further on the police may well be spoken of."""
    return " ".join(told.split()[:_OPENING_WORDS])


def _fitting(told: str) -> str:
    if not told:
        raise Unacceptable("group-needs-words")
    if len(told) > MAX_TOLD_CHARS:
        raise Unacceptable("report-too-long", length=len(told), most=MAX_TOLD_CHARS)
    return told


def _require_own_name(said: str, draft: GroupDraft, ctx: Context) -> None:
    """Let nobody but who coordinates there speak in the name of an authority.

    Raises:
        Unacceptable: It could be taken for one.
    """
    chain = ctx.chain(draft.area) if draft.area else ()
    may_speak_for_it = Role.COORDINATOR in ctx.sender.roles_at(chain, ctx.now)
    if not may_speak_for_it and any(map(is_reserved, _pieces(said))):
        raise Unacceptable("group-words-unfit")


def _pieces(said: str) -> Sequence[str]:
    """Cut a text into names: those are short, and are looked at as such."""
    spoken = said.split()
    return [" ".join(spoken[at : at + 4]) for at in range(max(1, len(spoken) - 3))]


async def _start(draft: GroupDraft, note: Note, ctx: Context) -> None:
    """Make the group, unless the room has become another's meanwhile, or is no longer theirs."""
    require_administers(ctx, None)
    taken = await ctx.uow.groups.of_room(draft.room)
    if taken is not None:
        raise Unacceptable("group-room-taken", group=taken.name)
    group = draft.to_group(GroupId(f"chat-{secrets.token_hex(6)}"))
    await ctx.uow.groups.put(group, by_chat=True)
    await correct_setup(draft.room, uow=ctx.uow, now=ctx.now)
    await ctx.uow.audit.note("group.made", group.id, by=ctx.sender.id, now=ctx.now)
    await _close(note, "group-started", ctx)
    await welcome(group, draft.room, ctx)
    await offer_code(group, ctx)


async def _close(note: Note, text_id: str, ctx: Context) -> None:
    await ctx.uow.notes.change(
        replace(note, words=words(text_id), choices=(), awaits=None, state={})
    )


FEATURE = Feature(
    name=NAME,
    commands=("group",),
    accepts=lambda incoming, ctx: (
        is_command(incoming, "group") or ctx.has_pressed(NAME) or ctx.is_awaited(NAME)
    ),
    handle=_handle,
    needs=lambda incoming, _ctx: Need(Purpose.PLACE) if shares_a_place(incoming) else None,
    asks_membership=lambda incoming: is_command(incoming, "group"),
    asks_membership_in=lambda note: (
        group_draft_from_json(note.state).room if offers(note, "start") else None
    ),
)
