"""What the form asks at each step, with which buttons, and the preview."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias, assert_never

from bot.conversation import BUTTONS_WORK_FOR, Rows, choice, note_to_sender
from bot.domain.areas import AreaId
from bot.domain.cleaning import clean_name
from bot.domain.incoming import Incoming, IncomingMessage, IncomingPress
from bot.domain.messages import Platform
from bot.domain.notes import Choice, Note
from bot.domain.organisations import Organisation
from bot.domain.set_apart import set_apart
from bot.domain.tip_drafts import TipDraft, TipStep
from bot.domain.tips import takers
from bot.domain.words import Words, under_each_other, words
from bot.errors import Unacceptable
from bot.handlers.tips.card import tip_about, tip_from
from bot.handlers.tips.naming import FORM
from bot.ports.features import Context
from bot.whereabouts import own_areas

WAITS_FOR = timedelta(hours=1)
MOST_OFFERED = 8
_CANCEL = choice("form-cancel", "cancel")
_BY_BUTTON = frozenset({TipStep.WHO, TipStep.PREVIEW})
Asked: TypeAlias = tuple[Words, Rows]


async def question(draft: TipDraft, incoming: Incoming, ctx: Context) -> Note:
    """Return the note that asks for what a draft lacks, or shows what would be sent.

    Raises:
        Unacceptable: Nobody takes tips here.
    """
    step = draft.next_step
    said, rows = await _ask(step, draft, incoming, ctx)
    lasts = BUTTONS_WORK_FOR if draft.group else WAITS_FOR
    return replace(
        note_to_sender(ctx, FORM, said, rows=(*rows, (_cancel(draft),))),
        awaits=None if step in _BY_BUTTON else step.value,
        asks_place=step is TipStep.PLACE,
        state={**draft.to_json(), "draft": True},
        expires_at=ctx.now + lasts,
    )


async def those_there_are(ctx: Context) -> Sequence[Organisation]:
    """Return all organisations, those first that take tips and look after the sender's place."""
    chain = [area for own in await own_areas(ctx) for area in ctx.chain(own)]
    everybody = await ctx.uow.organisations.all()
    first = takers(everybody, chain)
    return (*first, *(o for o in everybody if o not in first))


def shown_name(incoming: Incoming) -> str | None:
    """Return as whom a tipster can be shown; None if the name could mislead a reader."""
    return clean_name(incoming.sender.name)


def _cancel(draft: TipDraft) -> Choice:
    return choice("tip-group-no", "cancel") if draft.group else _CANCEL


async def _ask(step: TipStep, draft: TipDraft, incoming: Incoming, ctx: Context) -> Asked:
    match step:
        case TipStep.ORGANISATION:
            return words("tip-ask-organisation"), await organisation_rows(ctx)
        case TipStep.TEXT:
            name = await _name_in(draft, ctx)
            return words("tip-ask-text", organisation=name, photos=len(draft.media)), ()
        case TipStep.PLACE:
            return words("tip-ask-place"), await _place_rows(ctx)
        case TipStep.WHO:
            return await _ask_who(draft, incoming, ctx)
        case TipStep.PREVIEW:
            return await _preview(draft, incoming, ctx)
        case _ as never:
            assert_never(never)


async def organisation_rows(ctx: Context) -> Rows:
    """Offer the organisations that take tips.

    Raises:
        Unacceptable: There are none.
    """
    offered = [o for o in await those_there_are(ctx) if o.desk_rooms]
    if not offered:
        raise Unacceptable("tip-nobody")
    return [[choice("tip-to", f"to {o.id}", organisation=o.name)] for o in offered[:MOST_OFFERED]]


async def _place_rows(ctx: Context) -> Rows:
    areas = [AreaId(area) for area in await own_areas(ctx) if ctx.areas.get(area)]
    near = [[choice("area-button", f"place {area}", name=ctx.areas.name(area))] for area in areas]
    return (*near[:4], (choice("tip-place-none", "place"),))


async def _ask_who(draft: TipDraft, incoming: Incoming, ctx: Context) -> Asked:
    name = shown_name(incoming)
    anonymous = choice("tip-anonymous", "who anonymous")
    open_ = [choice("tip-as-named", "who named", name=name)] if name else []
    asked = words("tip-ask-who", organisation=await _name_in(draft, ctx))
    return asked, ([anonymous], open_) if open_ else ([anonymous],)


async def _preview(draft: TipDraft, incoming: Incoming, ctx: Context) -> Asked:
    """Show what the desk would see, and say what happens to it, before anything is sent."""
    organisation = await ctx.uow.organisations.get(draft.organisation or "")
    name = await _name_in(draft, ctx)
    as_whom = shown_name(incoming) if draft.is_named else None
    said = words(
        "tip-preview",
        why=_why(draft, name),
        organisation=name,
        area=ctx.areas.name(draft.area) if draft.area else "",
        has_area="yes" if draft.area else "no",
        text=set_apart(draft.text, begins_line=True),
        sender=under_each_other([*tip_about(draft.about), tip_from(as_whom)]),
        photos=len(draft.media),
        readers=who_can_read(incoming, organisation),
        days=ctx.lifetimes.tip.days,
    )
    return said, _preview_rows(draft, name, shown_name(incoming))


def _why(draft: TipDraft, organisation: str) -> Words:
    """Say why it is asked, to whoever typed the tip in a group."""
    if not draft.group:
        return words("tip-before")
    removed = "yes" if draft.was_removed else "no"
    return words("tip-group", group=draft.group, organisation=organisation, removed=removed)


def _preview_rows(draft: TipDraft, organisation: str, name: str | None) -> Rows:
    send = choice("tip-send", "send", organisation=organisation)
    if draft.is_named:
        who = [choice("tip-anonymous", "who anonymous")]
    else:
        who = [choice("tip-as-named", "who named", name=name)] if name else []
    changes = [
        choice("tip-change-text", "change text"),
        choice("tip-change-place", "change place"),
    ]
    other = [choice("tip-change-organisation", "change organisation")]
    return [row for row in ([send], who, changes, other) if row]


def who_can_read(incoming: Incoming, organisation: Organisation | None) -> Words:
    """Say honestly on which platforms somebody besides the desk can read it."""
    open_: set[Platform] = set() if is_sealed(incoming) else {incoming.room.platform}
    if organisation is not None:
        open_ |= {room.platform for room in organisation.desk_rooms}
    return under_each_other(
        [words("tip-readers", platform=platform.value) for platform in sorted(open_)]
    )


def is_sealed(incoming: Incoming) -> bool:
    """Whether it was said in private, in a chat that is encrypted up to the bot."""
    match incoming:
        case IncomingMessage() | IncomingPress():
            return incoming.is_direct and incoming.is_sealed
        case _:
            return False


async def _name_in(draft: TipDraft, ctx: Context) -> str:
    organisation = await ctx.uow.organisations.get(draft.organisation or "")
    return organisation.name if organisation else ""
