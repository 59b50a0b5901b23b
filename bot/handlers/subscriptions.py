"""`/subscribe`, `/subscriptions`, `/unsubscribe`: hearing of an area in private."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import answer, choice, note_to_sender, say_outside
from bot.domain.areas import Area, AreaId
from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.people import Person, PersonId
from bot.domain.reports import Priority
from bot.domain.subscriptions import (
    DEFAULT_AT_LEAST,
    Subscription,
    WholeArea,
    change_choices,
    followed_areas,
    followed_words,
)
from bot.domain.subscriptions_json import subscription_to_json
from bot.domain.words import Words, under_each_other, words
from bot.errors import Unacceptable
from bot.ports.features import Context, Feature, is_command, shares_a_place
from bot.ports.holdings import Erased, Exported, Holding, Upkeep
from bot.whereabouts import area_meant, areas_like

NAME = "subscriptions"
COMMANDS = ("subscribe", "subscriptions", "unsubscribe")
_HERE = frozenset({"here", "här", "har"})
_PRIORITIES = {
    "red": Priority.RED, "röd": Priority.RED, "röda": Priority.RED, "rod": Priority.RED,
    "yellow": Priority.YELLOW, "gul": Priority.YELLOW, "gula": Priority.YELLOW,
    "green": Priority.GREEN, "grön": Priority.GREEN, "gröna": Priority.GREEN,
    "gron": Priority.GREEN, "alla": Priority.GREEN, "all": Priority.GREEN,
}  # fmt: skip
_WAITS_FOR = timedelta(hours=1)


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage):
        return
    if incoming.command is None:
        await _told(incoming, ctx)
        return
    given = incoming.command.words
    match incoming.command.name:
        case "subscriptions":
            await _list(ctx)
        case "unsubscribe":
            await _unsubscribe(" ".join(given), ctx)
        case _:
            await _subscribe(given, ctx)


async def _subscribe(given: Sequence[str], ctx: Context) -> None:
    name, at_least = _split(given)
    if not name:
        await _ask_which(ctx)
        return
    is_here = name.casefold() in _HERE
    area = _here(ctx) if is_here else await area_meant(name, ctx, NAME)
    if area is None:
        await _suggest(name, "/subscribe", ctx)
        return
    wanted = Subscription(person=ctx.sender.id, followed=WholeArea(area.id), at_least=at_least)
    await ctx.uow.subscriptions.put(wanted, ctx.now)
    await _end_question(ctx)
    await answer(ctx, NAME, followed_words(wanted, area), rows=change_choices(wanted))


def _split(given: Sequence[str]) -> tuple[str, Priority]:
    """Read `gamla stan red`: the name, and the least priority if it stands last."""
    last = _PRIORITIES.get(given[-1].casefold()) if len(given) > 1 else None
    if last is None:
        return " ".join(given), DEFAULT_AT_LEAST
    return " ".join(given[:-1]), last


def _here(ctx: Context) -> Area:
    area = ctx.areas.get(ctx.sender.shared_area) if ctx.sender.shared_area else None
    if area is None:
        raise Unacceptable("subscribe-share-place")
    return area


async def _ask_which(ctx: Context) -> None:
    """Offer what is near; a name may be written or a place shared as well."""
    own = [group.area for group in await ctx.uow.groups.written_in_by(ctx.sender.id)]
    near = [AreaId(ctx.sender.shared_area)] if ctx.sender.shared_area else []
    areas = list(dict.fromkeys([*near, *own]))[:6]
    rows = [
        [choice("area-button", f"/subscribe {area}", name=ctx.areas.name(area))] for area in areas
    ]
    note = note_to_sender(ctx, NAME, words("subscribe-which"), rows=rows)
    await ctx.uow.notes.say(
        replace(note, awaits="area", asks_place=True, expires_at=ctx.now + _WAITS_FOR),
        ctx.private,
    )


async def _end_question(ctx: Context) -> None:
    """Wait no longer for a place, whichever way it was told."""
    asked = await ctx.uow.notes.awaiting(ctx.sender.id, ctx.now)
    if asked is not None and asked.feature == NAME:
        await ctx.uow.notes.change(replace(asked, awaits=None))


async def _told(incoming: IncomingMessage, ctx: Context) -> None:
    """Take the name or the place that was asked for."""
    area = ctx.areas.at(incoming.position) if incoming.position else None
    if incoming.position is not None and area is None:
        await say_outside(ctx, NAME, incoming.position, offers=True)
        return
    await _subscribe([area.id] if area else incoming.text.plain.split(), ctx)
    await _end_question(ctx)


async def _suggest(name: str, command: str, ctx: Context) -> None:
    near = await areas_like(name, ctx)
    said = words(
        "area-unknown",
        name=name[:60],
        near=_or([ctx.areas.title(area) for area in near]),
        any_near="yes" if near else "no",
    )
    rows = [
        [choice("area-button", f"{command} {area.id}", name=ctx.areas.title(area))]
        for area in near
    ]
    await answer(ctx, NAME, said, rows=rows)


async def _list(ctx: Context) -> None:
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    if not own:
        await answer(
            ctx,
            NAME,
            words("subscriptions-none"),
            rows=[[choice("menu-subscribe", "/subscribe")]],
        )
        return
    rows = [
        [choice("subscriptions-stop", f"/unsubscribe {area}", name=ctx.areas.name(area))]
        for area in followed_areas(own)
    ]
    rows.append([choice("subscriptions-more", "/subscribe")])
    lines = [
        words("subscriptions-line", area=ctx.areas.name(s.area), at_least=s.at_least.word)
        for s in own
        if s.area is not None
    ]
    said = words("subscriptions-list", number=len(own), lines=under_each_other(lines))
    await answer(ctx, NAME, said, rows=rows)


async def _unsubscribe(name: str, ctx: Context) -> None:
    if not name:
        await _list(ctx)
        return
    area = await area_meant(name, ctx, NAME)
    followed = WholeArea(area.id if area else AreaId(name))
    gone = await ctx.uow.subscriptions.remove(ctx.sender.id, followed)
    if area is None and not gone:
        await _suggest(name, "/unsubscribe", ctx)
        return
    said = words(
        "unsubscribe-done" if gone else "unsubscribe-was-not", area=area.name if area else name
    )
    # An area that has left the map can be left, and not followed again.
    rows = [[choice("unsubscribe-undo", f"/subscribe {area.id}")]] if area else ()
    await answer(ctx, NAME, said, rows=rows)


def _or(names: Sequence[str]) -> Words:
    if not names:
        return words("nothing")
    if len(names) == 1:
        return words("just", text=names[0])
    return words("one-or-other", first=", ".join(names[:-1]), last=names[-1])


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    return is_command(incoming, *COMMANDS) or ctx.is_awaited(NAME)


def _needs(incoming: Incoming, ctx: Context) -> Need | None:
    if shares_a_place(incoming) and Purpose.REPORTS in ctx.sender.consents:
        return Need(Purpose.PLACE)
    keeps = is_command(incoming, "subscribe") or ctx.is_awaited(NAME)
    return Need(Purpose.REPORTS) if keeps else None


async def _held(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    own = await upkeep.uow.subscriptions.of(person.id)
    return (words("privacy-followed", number=len(own)),)


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    own = await upkeep.uow.subscriptions.of(person.id)
    return Exported(
        fields={"subscriptions": [subscription_to_json(subscription) for subscription in own]}
    )


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    return {"subscriptions": await upkeep.uow.subscriptions.erase(person)}


FEATURE = Feature(name=NAME, commands=COMMANDS, accepts=_accepts, handle=_handle, needs=_needs)
HOLDING = Holding(name=NAME, told=_held, export=_export, erase=_erase)
