"""`/areas`: what can be followed here, with a button for each."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from itertools import chain

from bot.conversation import Rows, answer, choice
from bot.domain.areas import Area, AreaId
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.subscriptions import followed_areas
from bot.domain.words import Words, under_each_other, words
from bot.ports.features import Context, Feature, is_command

NAME = "areas"
SHOWN_AT_MOST = 8


async def _handle(incoming: Incoming, ctx: Context) -> None:
    command = incoming.command if isinstance(incoming, IncomingMessage) else None
    name = command.rest.plain.strip() if command else ""
    if name:
        await _named(name, ctx)
    elif ctx.group is not None:
        area, group = ctx.areas.name(ctx.group.area), ctx.group.name
        await _show("group", _with_inside([ctx.group.area], ctx), ctx, area=area, group=group)
    else:
        await _own(ctx)


async def _named(name: str, ctx: Context) -> None:
    area = ctx.areas.find(name)
    if area is not None:
        await _show("named", _with_inside([area.id], ctx), ctx, area=area.name)
        return
    near = ctx.areas.suggest(name)
    said = words(
        "area-unknown",
        name=name[:60],
        near=", ".join(found.name for found in near),
        any_near="yes" if near else "no",
    )
    rows = [[choice("area-button", f"/areas {found.id}", name=found.name)] for found in near]
    await answer(ctx, NAME, said, rows=rows)


async def _own(ctx: Context) -> None:
    """Show where the sender is, writes and follows, what lies in it, and what is next to it."""
    own = list(dict.fromkeys([area async for area in _places_of_sender(ctx)]))
    known = [area for slug in own if (area := ctx.areas.get(slug))]
    if not known:
        rows = ((choice("menu-subscribe", "/subscribe"),),)
        await answer(ctx, NAME, words("areas-none"), rows=rows)
        return
    around = chain.from_iterable(ctx.areas.around(area) for area in known)
    await _show("own", [*_with_inside(own, ctx), *around], ctx)


async def _places_of_sender(ctx: Context) -> AsyncIterator[AreaId]:
    if ctx.sender.shared_area is not None:
        yield AreaId(ctx.sender.shared_area)
    for group in await ctx.uow.groups.written_in_by(ctx.sender.id):
        yield group.area
    for followed in followed_areas(await ctx.uow.subscriptions.of(ctx.sender.id)):
        yield followed


def _with_inside(slugs: Sequence[str], ctx: Context) -> Iterator[Area]:
    for area in (ctx.areas.get(slug) for slug in slugs):
        if area is not None:
            yield area
            yield from ctx.areas.inside(area.id)


async def _show(
    where: str, areas: Iterable[Area], ctx: Context, *, area: str = "", group: str = ""
) -> None:
    found = list(dict.fromkeys(areas))
    shown, left_out = found[:SHOWN_AT_MOST], len(found) - SHOWN_AT_MOST
    followed = set(followed_areas(await ctx.uow.subscriptions.of(ctx.sender.id)))
    lines = [_line(one, followed) for one in shown]
    if left_out > 0:
        lines.append(words("areas-more", number=left_out))
    said = words(
        "areas-listed", where=where, area=area, group=group, lines=under_each_other(lines)
    )
    await answer(ctx, NAME, said, rows=_follow_rows(shown, followed))


def _line(area: Area, followed: Collection[AreaId]) -> Words:
    is_followed = "yes" if area.id in followed else "no"
    return words("areas-line", area=area.name, followed=is_followed)


def _follow_rows(shown: Sequence[Area], followed: Collection[AreaId]) -> Rows:
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
