"""`/organisations`: who looks after a place, and how to reach them."""

from dataclasses import replace

from bot.conversation import answer, choice, note_to_sender
from bot.domain.areas import Area
from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.opening_hours import is_open, opening_hours_words
from bot.domain.organisations import Organisation
from bot.domain.words import Words, under_each_other, words
from bot.errors import Unacceptable
from bot.ports.features import Context, Feature, is_command, shares_a_place
from bot.whereabouts import area_meant, areas_like, own_areas, unknown_area

NAME = "organisations"
HERE = frozenset({"here", "här", "har"})
MOST_LISTED = 10


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage):
        return
    if ctx.awaited is not None:
        await _answered(incoming, ctx)
        return
    said = incoming.command.rest.plain.strip() if incoming.command else ""
    if said and said.casefold() not in HERE:
        await _show(await _named(said, ctx), ctx)
        return
    is_here = bool(said)
    own = [ctx.sender.shared_area] if is_here and ctx.sender.shared_area else []
    own = own or ([] if is_here and incoming.is_direct else list(await own_areas(ctx)))
    area = ctx.areas.get(own[0] or "") if own else None
    if area is None:
        await _ask_where(ctx)
    else:
        await _show(area, ctx)


async def _answered(incoming: IncomingMessage, ctx: Context) -> None:
    if incoming.position is not None:
        area = ctx.areas.at(incoming.position)
        if area is None:
            near = ctx.areas.near(incoming.position)
            raise Unacceptable(
                "place-outside",
                near=", ".join(one.name for one in near),
                any_near="yes" if near else "no",
            )
    else:
        area = await _named(incoming.text.plain, ctx)
    if ctx.awaited is not None:
        await ctx.uow.notes.change(replace(ctx.awaited, awaits=None, expires_at=ctx.now))
    await _show(area, ctx)


async def _named(name: str, ctx: Context) -> Area:
    area = ctx.areas.get(name) or await area_meant(name, ctx, NAME)
    if area is None:
        raise unknown_area(name, await areas_like(name, ctx), ctx)
    return area


async def _ask_where(ctx: Context) -> None:
    note = note_to_sender(ctx, NAME, words("organisations-where"))
    note = replace(note, awaits="area", asks_place=True)
    await ctx.uow.notes.say(note, ctx.private)


async def _show(area: Area, ctx: Context) -> None:
    found = list(await ctx.uow.organisations.covering(ctx.chain(area.id)))[:MOST_LISTED]
    if not found:
        rows = [[choice("menu-report", "/report")]]
        await answer(ctx, NAME, words("organisations-none", area=area.name), rows=rows)
        return
    said = words(
        "organisations-here",
        area=area.name,
        lines=under_each_other([_line(one, ctx) for one in found]),
    )
    rows = [
        [choice("organisations-tip", f"/tip {one.id}", name=one.name)]
        for one in found
        if one.desk_rooms
    ]
    await answer(ctx, NAME, said, rows=rows)


def _line(organisation: Organisation, ctx: Context) -> Words:
    """Say what somebody looks after, what to ask of them, and whether they answer now."""
    answers = is_open(organisation.hours, ctx.now, ctx.zone)
    return words(
        "organisations-line",
        name=organisation.name,
        role=organisation.role.value,
        ask=organisation.may_be_asked(ctx.sender.language),
        has_ask="yes" if organisation.asks else "no",
        phone=organisation.phone,
        how="none" if not organisation.phone else "open" if answers else "closed",
        hours=opening_hours_words(organisation.hours),
        has_desk="yes" if organisation.desk_rooms else "no",
    )


def _needs(incoming: Incoming, ctx: Context) -> Need | None:
    is_place = ctx.is_awaited(NAME) and shares_a_place(incoming)
    return Need(Purpose.PLACE) if is_place else None


FEATURE = Feature(
    name=NAME,
    commands=("organisations",),
    accepts=lambda incoming, ctx: is_command(incoming, "organisations") or ctx.is_awaited(NAME),
    handle=_handle,
    needs=_needs,
)
