"""`/organisation new`: adding a body that looks after places, step by step in private."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.conversation import Rows, answer, choice, note_to_sender
from bot.coordinators import tell_coordinators
from bot.domain.areas import slug_of
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note
from bot.domain.organisation_changes import NOTHING, fitting_domain, fitting_name
from bot.domain.organisation_drafts import (
    ROLES,
    OrganisationDraft,
    OrganisationStep,
    organisation_draft_from_json,
)
from bot.domain.organisations import OrganisationId
from bot.domain.people import Role
from bot.domain.permissions import Action, Actor, Phase, may
from bot.domain.words import Words, words
from bot.errors import NotPermitted, Unacceptable, UnknownButton
from bot.ports.features import Context, Feature, is_command
from bot.standings import actor_before
from bot.whereabouts import area_meant, unknown_area

NAME = "organisation_form"
NEW = frozenset({"new", "ny", "add"})
EVERYWHERE = frozenset({"everywhere", "all", "överallt", "overallt", "hela"})


def begins_new(incoming: Incoming) -> bool:
    """Whether a new organisation is asked for."""
    command = incoming.command if isinstance(incoming, IncomingMessage) else None
    said = command.words if command and command.name == "organisation" else []
    return bool(said) and said[0].casefold() in NEW


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
    elif ctx.awaited is not None and isinstance(incoming, IncomingMessage):
        await _told(ctx.awaited, incoming, ctx)
    elif isinstance(incoming, IncomingMessage) and incoming.command is not None:
        _require_coordinator(ctx)
        name = " ".join(incoming.command.words[1:])
        await _ask(OrganisationDraft(name=fitting_name(name) if name else ""), ctx)


def _require_coordinator(ctx: Context) -> None:
    """Refuse whoever coordinates nowhere; where, is looked at when the places are known."""
    held = {g.role for g in ctx.sender.grants}
    roles = ctx.sender.roles_at([a for g in ctx.sender.grants for a in g.areas], ctx.now)
    if not may(Actor(roles=roles & held), Action.CHANGE_ORGANISATION, Phase.NEW):
        raise NotPermitted("report-may-not-change-organisation")


async def _ask(draft: OrganisationDraft, ctx: Context) -> None:
    await ctx.uow.notes.say(_question(draft, ctx), ctx.private)


def _question(draft: OrganisationDraft, ctx: Context) -> Note:
    step = draft.next_step
    said, rows = _asked(step, draft, ctx)
    by_button = step in {OrganisationStep.ROLE, OrganisationStep.PREVIEW}
    return replace(
        note_to_sender(ctx, NAME, said, rows=(*rows, (choice("verify-cancel", "cancel"),))),
        awaits=None if by_button else step.value,
        state=draft.to_json(),
    )


def _asked(step: OrganisationStep, draft: OrganisationDraft, ctx: Context) -> tuple[Words, Rows]:
    match step:
        case OrganisationStep.NAME:
            return words("organisation-ask-name"), ()
        case OrganisationStep.ROLE:
            rows = [[choice(f"role-{role.value}", f"role {role.value}")] for role in ROLES]
            return words("organisation-ask-role", name=draft.name), rows
        case OrganisationStep.AREA:
            everywhere = [[choice("organisation-everywhere", "everywhere")]]
            return words("organisation-ask-area", name=draft.name), everywhere
        case OrganisationStep.DOMAIN:
            return words("organisation-ask-domain"), [[choice("organisation-no-domain", "none")]]
        case OrganisationStep.PREVIEW:
            return _preview(draft, ctx), [[choice("organisation-add", "add")]]
        case _ as never:
            assert_never(never)


def _preview(draft: OrganisationDraft, ctx: Context) -> Words:
    return words(
        "organisation-preview",
        name=draft.name,
        role=words(f"role-{draft.role.value if draft.role else ''}"),
        areas=", ".join(ctx.areas.name(area) for area in draft.areas or ()),
        has_areas="yes" if draft.areas else "no",
        domains=", ".join(draft.domains or ()),
        has_domains="yes" if draft.domains else "no",
    )


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    draft = organisation_draft_from_json(note.state)
    verb, _, value = action.partition(" ")
    match verb:
        case "cancel":
            closed = replace(note, words=words("form-cancelled"), choices=(), awaits=None)
            await ctx.uow.notes.change(replace(closed, state={}))
            return
        case "add":
            await _add(draft, note, ctx)
            return
        case "role":
            draft = replace(draft, role=Role(value))
        case "everywhere":
            draft = replace(draft, areas=())
        case "none":
            draft = replace(draft, domains=())
        case _:
            raise UnknownButton
    await ctx.uow.notes.change(replace(_question(draft, ctx), id=note.id))


async def _told(note: Note, incoming: IncomingMessage, ctx: Context) -> None:
    draft = await _with_words(organisation_draft_from_json(note.state), incoming, ctx)
    closed = replace(note, choices=(), awaits=None, state={}, expires_at=ctx.now)
    await ctx.uow.notes.change(closed)
    await _ask(draft, ctx)


async def _with_words(
    draft: OrganisationDraft, incoming: IncomingMessage, ctx: Context
) -> OrganisationDraft:
    said = " ".join(incoming.text.plain.split())
    match draft.next_step:
        case OrganisationStep.NAME:
            return replace(draft, name=fitting_name(said))
        case OrganisationStep.AREA:
            if said.casefold() in EVERYWHERE:
                return replace(draft, areas=())
            area = await area_meant(said, ctx, NAME)
            if area is None:
                raise unknown_area(said, (), ctx)
            return replace(draft, areas=(area.id,))
        case OrganisationStep.DOMAIN:
            is_none = said.casefold() in NOTHING
            return replace(draft, domains=() if is_none else _domains(said))
        case OrganisationStep.ROLE | OrganisationStep.PREVIEW:
            raise Unacceptable("group-press-a-button")
        case _ as never:
            assert_never(never)


def _domains(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fitting_domain(one) for one in said.replace(",", " ").split()))


async def _add(draft: OrganisationDraft, note: Note, ctx: Context) -> None:
    """Add it, if whoever asks coordinates all of its places."""
    known = [one.id for one in await ctx.uow.organisations.all()]
    organisation = draft.to_organisation(_free_slug(draft.name, known))
    actor = actor_before(organisation, ctx)
    if not may(actor, Action.CHANGE_ORGANISATION, Phase.NEW):
        raise NotPermitted("report-may-not-change-organisation")
    await ctx.uow.organisations.put(organisation, by_chat=True)
    await ctx.uow.audit.note("organisation.added", organisation.id, by=ctx.sender.id, now=ctx.now)
    done = words("organisation-added", name=organisation.name, id=organisation.id)
    await ctx.uow.notes.change(replace(note, words=done, choices=(), awaits=None, state={}))
    told = words("organisation-told-added", name=organisation.name)
    await tell_coordinators(told, uow=ctx.uow, now=ctx.now)
    rows = [[choice("organisation-change", f"/organisation change {organisation.id}")]]
    await answer(ctx, NAME, words("organisation-next", id=organisation.id), rows=rows)


def _free_slug(name: str, taken: Sequence[str]) -> OrganisationId:
    """Return a slug that no organisation has."""
    plain = slug_of(name) or "organisation"
    number, slug = 1, str(plain)
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return OrganisationId(slug)


FEATURE = Feature(
    name=NAME,
    accepts=lambda incoming, ctx: (
        (is_command(incoming, "organisation") and begins_new(incoming))
        or ctx.has_pressed(NAME)
        or ctx.is_awaited(NAME)
    ),
    handle=_handle,
)
