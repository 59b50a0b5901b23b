"""`/organisation`: what is known of a body, its desk, its mail domains and how it is reached."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import BUTTONS_WORK_FOR, Rows, answer, choice, new_note_id, note_to_sender
from bot.coordinators import tell_coordinators
from bot.domain.copies import PersonRef, Place
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import RoomRef
from bot.domain.notes import Note
from bot.domain.opening_hours import opening_hours_words
from bot.domain.organisation_changes import FIELDS, NOTHING, Field, with_area, with_words
from bot.domain.organisations import Organisation, named
from bot.domain.permissions import Action, Phase, may
from bot.domain.verification import LostBadge
from bot.domain.words import Words, words
from bot.errors import NotPermitted, Unacceptable
from bot.handlers.organisations.ending import end_roles_at
from bot.handlers.organisations.making import EVERYWHERE
from bot.ports.features import Context, Feature, is_command
from bot.standings import actor_before
from bot.whereabouts import area_meant, unknown_area

NAME = "organisation"
CHANGE = frozenset({"change", "ändra", "andra", "edit"})
DESK = frozenset({"desk", "rum", "skrivbord"})
REMOVE = frozenset({"remove", "delete", "ta_bort", "radera"})
MOST_LISTED = 10
_TOLD = frozenset({Field.DOMAIN, Field.AREA, Field.NAME, Field.PHONE})
"""What makes somebody else speak in an organisation's name, or be called in its place."""


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        await _told(ctx.awaited, incoming.text.plain, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        await _commanded(incoming.command.words, incoming, ctx)


async def _commanded(said: list[str], incoming: IncomingMessage, ctx: Context) -> None:
    verb = said[0].casefold() if said else ""
    if len(said) < 2 or (verb not in CHANGE | DESK | REMOVE and verb not in FIELDS):
        await _list(ctx)
        return
    organisation = await _required(said[1], ctx)
    rest = " ".join(said[2:])
    if verb in CHANGE:
        await _show(organisation, ctx)
    elif verb in DESK:
        await _change_desk(organisation, rest, incoming, ctx)
    elif verb in REMOVE:
        await _ask_remove(organisation, ctx)
    elif rest:
        await _change(organisation, FIELDS[verb], rest, ctx)
    else:
        await _ask_field(organisation, FIELDS[verb], ctx)


async def _required(typed: str, ctx: Context) -> Organisation:
    """Return the organisation that is meant, if the sender may change it.

    Raises:
        Unacceptable: There is none such, or the configuration holds it.
        NotPermitted: The sender does not coordinate all of its places.
    """
    organisation = named(await ctx.uow.organisations.all(), typed)
    if organisation is None:
        raise Unacceptable("organisation-unknown", name=typed[:60])
    if not may(actor_before(organisation, ctx), Action.CHANGE_ORGANISATION, Phase.ACTIVE):
        raise NotPermitted("report-may-not-change-organisation")
    if not await ctx.uow.organisations.is_by_chat(organisation.id):
        raise Unacceptable("organisation-configured", name=organisation.name)
    return organisation


async def _list(ctx: Context) -> None:
    known = [
        one
        for one in await ctx.uow.organisations.all()
        if may(actor_before(one, ctx), Action.CHANGE_ORGANISATION, Phase.ACTIVE)
        and await ctx.uow.organisations.is_by_chat(one.id)
    ]
    rows = [
        [choice("verify-organisation", f"/organisation change {one.id}", name=one.name)]
        for one in known[:MOST_LISTED]
    ]
    rows.append([choice("organisation-new", "/organisation new")])
    await answer(ctx, NAME, words("organisation-usage"), rows=rows)


async def _show(organisation: Organisation, ctx: Context) -> None:
    """Show all that is known, with a button to change each thing."""
    buttons = [
        choice(f"organisation-field-{field.value}", f"field {field.value}") for field in Field
    ]
    rows: Rows = [buttons[:3], buttons[3:], [choice("organisation-remove", "remove")]]
    note = note_to_sender(ctx, NAME, _known(organisation, ctx), rows=rows)
    state = {"organisation": organisation.id}
    await ctx.uow.notes.say(replace(note, state=state), ctx.private)


def _known(organisation: Organisation, ctx: Context) -> Words:
    return words(
        "organisation-known",
        name=organisation.name,
        id=organisation.id,
        role=words(f"role-{organisation.role.value}"),
        areas=", ".join(ctx.areas.name(area) for area in sorted(organisation.areas)),
        has_areas="yes" if organisation.areas else "no",
        domains=", ".join(organisation.mail_domains) or "–",
        desks=len(organisation.desk_rooms),
        phone=organisation.phone or "–",
        hours=opening_hours_words(organisation.hours),
        has_hours="yes" if organisation.hours else "no",
        ask=organisation.may_be_asked(ctx.sender.language) or "–",
    )


async def _ask_field(organisation: Organisation, field: Field, ctx: Context) -> None:
    said = words(f"organisation-ask-new-{field.value}", name=organisation.name)
    note = replace(
        note_to_sender(ctx, NAME, said, rows=[[choice("verify-cancel", "cancel")]]),
        awaits="field",
        state={"organisation": organisation.id, "field": field.value},
    )
    await ctx.uow.notes.say(note, ctx.private)


async def _told(note: Note, said: str, ctx: Context) -> None:
    organisation = await _required(str(note.state["organisation"]), ctx)
    await _change(organisation, Field(str(note.state["field"])), said, ctx)
    closed = replace(note, choices=(), awaits=None, state={}, expires_at=ctx.now)
    await ctx.uow.notes.change(closed)


async def _change(before: Organisation, field: Field, said: str, ctx: Context) -> None:
    """Change one thing; the roles of its people follow, and those it no longer proves end."""
    after = (
        await _with_area(before, said, ctx)
        if field is Field.AREA
        else with_words(before, field, said, language=ctx.sender.language)
    )
    if not may(actor_before(after, ctx), Action.CHANGE_ORGANISATION, Phase.ACTIVE):
        raise NotPermitted("report-may-not-change-organisation")
    await _keep(after, f"{after.id} {field.value}", ctx)
    for domain in set(before.mail_domains) - set(after.mail_domains):
        await end_roles_at(domain, after, ctx)
    if field is Field.AREA:
        speakers = await ctx.uow.verifications.speakers(after.id, ctx.now)
        await ctx.uow.lost_badges.note([LostBadge(one, after.id) for one in speakers], ctx.now)
    if field in _TOLD:
        await _tell_of_change(
            before, field.value, ctx, rooms=after.desk_rooms, now=_as_it_is(after, field)
        )
    await _show(after, ctx)


def _as_it_is(organisation: Organisation, field: Field) -> str:
    return organisation.name if field is Field.NAME else organisation.phone or "–"


async def _tell_of_change(
    organisation: Organisation,
    what: str,
    ctx: Context,
    *,
    rooms: Sequence[RoomRef],
    now: str = "",
) -> None:
    """Tell all who would know that something is wrong: who speaks there, and coordinators."""
    told = words("organisation-told-changed", name=organisation.name, field=what, now=now)
    await tell_coordinators(told, uow=ctx.uow, now=ctx.now)
    people = await ctx.uow.verifications.speakers(organisation.id, ctx.now)
    places: Sequence[Place] = (*rooms, *(PersonRef(person) for person in people))
    for place in places:
        await _say(told, place, ctx)


async def _with_area(before: Organisation, said: str, ctx: Context) -> Organisation:
    if said.casefold() in EVERYWHERE:
        return replace(before, areas=frozenset())
    area = ctx.areas.get(said) or await area_meant(said, ctx, NAME)
    if area is None:
        raise unknown_area(said, (), ctx)
    return with_area(before, area.id)


async def _keep(organisation: Organisation, about: str, ctx: Context) -> None:
    await ctx.uow.organisations.put(organisation, by_chat=True)
    await ctx.uow.verifications.follow(organisation)
    await ctx.uow.audit.note("organisation.changed", about, by=ctx.sender.id, now=ctx.now)


async def _change_desk(
    organisation: Organisation, rest: str, incoming: IncomingMessage, ctx: Context
) -> None:
    """Let a room be the organisation's desk, or no longer."""
    if incoming.is_direct:
        raise Unacceptable("group-not-in-private")
    others = tuple(room for room in organisation.desk_rooms if room != ctx.here)
    is_off = rest.casefold() in NOTHING
    if not is_off:
        if ctx.group is not None:
            raise Unacceptable("group-room-taken", group=ctx.group.name)
        owner = await ctx.uow.organisations.of_desk(ctx.here)
        if owner is not None and owner.id != organisation.id:
            raise Unacceptable("group-room-is-desk")
    rooms = others if is_off else (*others, ctx.here)
    await _keep(replace(organisation, desk_rooms=rooms), f"{organisation.id} desk", ctx)
    if set(rooms) != set(organisation.desk_rooms):
        await _tell_of_change(organisation, "desk", ctx, rooms=others)
    said = words(
        "organisation-desk-ends" if is_off else "organisation-desk", name=organisation.name
    )
    await _say(said, ctx.here, ctx)


async def _ask_remove(organisation: Organisation, ctx: Context) -> None:
    rows = [[choice("organisation-remove-yes", "remove-yes"), choice("revoke-no", "keep")]]
    said = words("organisation-remove-sure", name=organisation.name)
    note = note_to_sender(ctx, NAME, said, rows=rows)
    state = {"organisation": organisation.id}
    await ctx.uow.notes.say(replace(note, state=state), ctx.private)


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    verb, _, value = action.partition(" ")
    if verb in {"cancel", "keep"}:
        kept = words("revoke-kept")
        await ctx.uow.notes.change(replace(note, words=kept, choices=(), awaits=None, state={}))
        return
    organisation = await _required(str(note.state["organisation"]), ctx)
    if verb == "field":
        await _ask_field(organisation, Field(value), ctx)
    elif verb == "remove":
        await _ask_remove(organisation, ctx)
    elif verb == "remove-yes":
        await _remove(organisation, note, ctx)


async def _remove(organisation: Organisation, note: Note, ctx: Context) -> None:
    for room in organisation.desk_rooms:
        await _say(words("organisation-removed", name=organisation.name), room, ctx)
    # While it is there still: at its desk tips may stand open, and are taken out with the roles.
    await end_roles_at(None, organisation, ctx)
    await ctx.uow.organisations.remove(organisation.id)
    await ctx.uow.verifications.end_orphans()
    await ctx.uow.audit.note(
        "organisation.removed", organisation.id, by=ctx.sender.id, now=ctx.now
    )
    done = words("organisation-removed", name=organisation.name)
    await ctx.uow.notes.change(replace(note, words=done, choices=(), state={}))
    await tell_coordinators(done, uow=ctx.uow, now=ctx.now)


async def _say(said: Words, place: Place, ctx: Context) -> None:
    note = Note(
        id=new_note_id(),
        feature=NAME,
        person=place.person if isinstance(place, PersonRef) else None,
        words=said,
        expires_at=ctx.now + BUTTONS_WORK_FOR,
    )
    await ctx.uow.notes.say(note, place)


FEATURE = Feature(
    name=NAME,
    commands=("organisation",),
    accepts=lambda incoming, ctx: (
        is_command(incoming, "organisation") or ctx.has_pressed(NAME) or ctx.is_awaited(NAME)
    ),
    handle=_handle,
)
