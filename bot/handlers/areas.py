"""`/areas`: the tree of places, up and down, with a picture of each and a button to follow it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.conversation import Rows, answer, choice, note_to_sender
from bot.domain.areas import Area, AreaId
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import MediaKind
from bot.domain.notes import Choice
from bot.domain.words import Words, under_each_other, words
from bot.ports.features import Context, Feature, is_command
from bot.whereabouts import area_meant, areas_like, own_areas

NAME = "areas"
SHOWN_AT_MOST = 8
MOST_BUTTONS = 40
_EVERYTHING = "all"
_ALL = frozenset({_EVERYTHING, "alla"})


async def _handle(incoming: Incoming, ctx: Context) -> None:
    command = incoming.command if isinstance(incoming, IncomingMessage) else None
    name = command.rest.plain.strip() if command else ""
    if name.casefold() in _ALL:
        await _everything(ctx)
    elif name:
        await _named(name, ctx)
    elif ctx.group is not None:
        await _of_group(ctx.group, ctx)
    else:
        await _own(ctx)


async def _named(name: str, ctx: Context) -> None:
    slug, _, page = name.rpartition(" ")
    turned_to = ctx.areas.get(slug) if page.isdecimal() and len(page) < 4 else None
    if turned_to is not None:
        await _show(turned_to, ctx, page=int(page))
        return
    area = ctx.areas.get(name) or await area_meant(name, ctx, NAME)
    if area is not None:
        await _show(area, ctx)
        return
    near = await areas_like(name, ctx)
    said = words(
        "area-unknown",
        name=name[:60],
        near=", ".join(ctx.areas.title(found) for found in near),
        any_near="yes" if near else "no",
    )
    rows = [[choice("area-button", f"/areas {a.id}", name=ctx.areas.title(a))] for a in near]
    await answer(ctx, NAME, said, rows=rows)


async def _show(area: Area, ctx: Context, *, page: int = 1) -> None:
    """Show an area with its picture, what lies in it, and the ways up and down."""
    inside = ctx.areas.inside(area.id)
    shown = inside[(page - 1) * SHOWN_AT_MOST : page * SHOWN_AT_MOST]
    followed = await _followed(ctx)
    around = ctx.areas.get(area.parent) if area.parent else None
    said = words(
        "areas-page",
        area=area.name,
        kind=words(f"area-kind-{area.kind.value}"),
        around=around.name if around else "",
        has_around="yes" if around else "no",
        followed=_how_followed(area, followed, ctx),
        number=len(inside),
        first=(page - 1) * SHOWN_AT_MOST + 1,
        last=(page - 1) * SHOWN_AT_MOST + len(shown),
        has_inside="yes" if shown else "no",
        lines=under_each_other([_line(one, followed, ctx) for one in shown]),
    )
    rows = [*_follow_rows([area], followed), *_ways(area, shown, page, len(inside), around)]
    await _say_with_picture(area, said, rows, ctx)


def _ways(
    area: Area, shown: Sequence[Area], page: int, number: int, around: Area | None
) -> Iterator[Sequence[Choice]]:
    yield from _down(shown)
    turns = []
    if page > 1:
        turns.append(choice("areas-before", f"/areas {area.id} {page - 1}"))
    if page * SHOWN_AT_MOST < number:
        turns.append(choice("areas-after", f"/areas {area.id} {page + 1}"))
    if turns:
        yield turns
    yield [_up(around)]


def _up(around: Area | None) -> Choice:
    if around is None:
        return choice("areas-top", f"/areas {_EVERYTHING}")
    return choice("areas-up", f"/areas {around.id}", area=around.name)


def _down(areas: Sequence[Area]) -> Rows:
    buttons = [choice("area-button", f"/areas {one.id}", name=one.name) for one in areas]
    return [buttons[i : i + 2] for i in range(0, len(buttons), 2)]


async def _everything(ctx: Context) -> None:
    """Show the largest areas there are."""
    roots = ctx.areas.roots()
    rows = _down(roots[:MOST_BUTTONS])
    await answer(ctx, NAME, words("areas-everything", number=len(roots)), rows=rows)


async def _of_group(group: Group, ctx: Context) -> None:
    area = ctx.areas.get(group.area)
    if area is None:
        await _own(ctx)
        return
    followed, inside = await _followed(ctx), ctx.areas.inside(area.id)
    said = _listed("group", [area, *inside], followed, ctx, area=area.name, group=group.name)
    rows: Rows = [
        *_follow_rows([area, *inside][:SHOWN_AT_MOST], followed),
        [_up(ctx.areas.get(area.parent or ""))],
    ]
    await _say_with_picture(area, said, rows, ctx)


async def _say_with_picture(area: Area, said: Words, rows: Rows, ctx: Context) -> None:
    alt = ctx.texts.plain(words("areas-picture", area=area.name), ctx.sender.language)
    drawn = await ctx.pictures.of(area)
    kept = await ctx.media.keep(drawn, kind=MediaKind.PHOTO, name=f"{area.name}.jpg")
    note = note_to_sender(ctx, NAME, said, rows=rows)
    await ctx.uow.notes.say(replace(note, media=(replace(kept, alt=alt),)), ctx.private)


async def _own(ctx: Context) -> None:
    """Show where the sender is, writes and follows, what lies in it, and what is next to it."""
    own = await own_areas(ctx)
    known = [area for slug in own if (area := ctx.areas.get(slug))]
    if not known:
        rows = [
            [choice("menu-subscribe", "/subscribe")],
            [choice("areas-all", f"/areas {_EVERYTHING}")],
        ]
        await answer(ctx, NAME, words("areas-none"), rows=rows)
        return
    around = chain.from_iterable(ctx.areas.around(area) for area in known)
    found = list(dict.fromkeys([*_with_inside(own, ctx), *around]))
    followed = await _followed(ctx)
    buttons: Rows = [
        *_follow_rows(found[:SHOWN_AT_MOST], followed),
        [choice("areas-open", f"/areas {known[0].id}", area=known[0].name)],
    ]
    await answer(ctx, NAME, _listed("own", found, followed, ctx), rows=buttons)


def _with_inside(slugs: Sequence[str], ctx: Context) -> Iterator[Area]:
    for area in (ctx.areas.get(slug) for slug in slugs):
        if area is not None:
            yield area
            yield from ctx.areas.inside(area.id)


async def _followed(ctx: Context) -> frozenset[AreaId]:
    return frozenset(one.area for one in await ctx.uow.subscriptions.of(ctx.sender.id))


def _listed(
    where: str,
    found: Sequence[Area],
    followed: Collection[AreaId],
    ctx: Context,
    **values: str,
) -> Words:
    lines = [_line(one, followed, ctx) for one in found[:SHOWN_AT_MOST]]
    if len(found) > SHOWN_AT_MOST:
        lines.append(words("areas-more", number=len(found) - SHOWN_AT_MOST))
    named = {"area": "", "group": "", **values}
    return words("areas-listed", where=where, lines=under_each_other(lines), **named)


def _line(area: Area, followed: Collection[AreaId], ctx: Context) -> Words:
    said = _how_followed(area, followed, ctx)
    return words("areas-line", area=ctx.areas.title(area), followed=said)


def _how_followed(area: Area, followed: Collection[AreaId], ctx: Context) -> str:
    """Return whether an area is followed by itself, with what lies around it, or not."""
    if area.id in followed:
        return "yes"
    return "around" if any(one in followed for one in ctx.chain(area.id)) else "no"


def _follow_rows(
    shown: Sequence[Area], followed: Collection[AreaId]
) -> Sequence[Sequence[Choice]]:
    buttons = [
        choice("group-follow", f"/subscribe {area.id}", area=area.name)
        for area in shown
        if area.id not in followed
    ]
    return [buttons[i : i + 2] for i in range(0, len(buttons), 2)]


FEATURE = Feature(
    name=NAME,
    commands=("areas",),
    accepts=lambda incoming, _ctx: is_command(incoming, "areas"),
    handle=_handle,
)
