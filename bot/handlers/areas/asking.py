"""`/areas`: what is asked for, by a name, from a group, or from where somebody is."""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.conversation import Rows, answer, choice
from bot.domain.areas import Area
from bot.domain.groups import Group
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.words import words
from bot.handlers.areas.lines import (
    EVERYTHING,
    SHOWN_AT_MOST,
    areas_of_sender,
    follow_rows,
    listed,
    way_up,
    ways_down,
)
from bot.handlers.areas.pages import NAME, say_with_picture, show_area
from bot.ports.features import Context, Feature, is_command
from bot.whereabouts import area_meant, areas_like, own_areas

MOST_BUTTONS = 40
_ALL = frozenset({EVERYTHING, "alla"})


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
        await show_area(turned_to, ctx, page=int(page))
        return
    area = ctx.areas.get(name) or await area_meant(name, ctx, NAME)
    if area is not None:
        await show_area(area, ctx)
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


async def _everything(ctx: Context) -> None:
    """Show the largest areas there are."""
    roots = ctx.areas.roots()
    rows = ways_down(roots[:MOST_BUTTONS])
    await answer(ctx, NAME, words("areas-everything", number=len(roots)), rows=rows)


async def _of_group(group: Group, ctx: Context) -> None:
    area = ctx.areas.get(group.area)
    if area is None:
        await _own(ctx)
        return
    followed, inside = await areas_of_sender(ctx), ctx.areas.inside(area.id)
    said = listed("group", [area, *inside], followed, ctx, area=area.name, group=group.name)
    rows: Rows = [
        *follow_rows([area, *inside][:SHOWN_AT_MOST], followed),
        [way_up(ctx.areas.get(area.parent or ""))],
    ]
    await say_with_picture(area, said, rows, ctx)


async def _own(ctx: Context) -> None:
    """Show where the sender is, writes and follows, what lies in it, and what is next to it."""
    own = await own_areas(ctx)
    known = [area for slug in own if (area := ctx.areas.get(slug))]
    if not known:
        rows = [
            [choice("menu-subscribe", "/subscribe")],
            [choice("areas-all", f"/areas {EVERYTHING}")],
        ]
        await answer(ctx, NAME, words("areas-none"), rows=rows)
        return
    around = chain.from_iterable(ctx.areas.around(area) for area in known)
    found = list(dict.fromkeys([*_with_inside(own, ctx), *around]))
    followed = await areas_of_sender(ctx)
    buttons: Rows = [
        *follow_rows(found[:SHOWN_AT_MOST], followed),
        [choice("areas-open", f"/areas {known[0].id}", area=known[0].name)],
    ]
    await answer(ctx, NAME, listed("own", found, followed, ctx), rows=buttons)


def _with_inside(slugs: Sequence[str], ctx: Context) -> Iterator[Area]:
    for area in (ctx.areas.get(slug) for slug in slugs):
        if area is not None:
            yield area
            yield from ctx.areas.inside(area.id)


FEATURE = Feature(
    name=NAME,
    commands=("areas",),
    accepts=lambda incoming, _ctx: is_command(incoming, "areas"),
    handle=_handle,
)
