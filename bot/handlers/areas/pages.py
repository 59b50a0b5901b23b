"""One area: its picture, what lies in it, and the ways up and down."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Rows, choice, note_to_sender
from bot.domain.areas import Area
from bot.domain.messages import MediaKind
from bot.domain.notes import Choice
from bot.domain.words import Words, under_each_other, words
from bot.handlers.areas.lines import (
    SHOWN_AT_MOST,
    areas_of_sender,
    follow_rows,
    how_followed,
    line_of,
    way_up,
    ways_down,
)
from bot.ports.features import Context

NAME = "areas"


async def show_area(area: Area, ctx: Context, *, page: int = 1) -> None:
    """Show an area with its picture, what lies in it, and the ways up and down."""
    inside = ctx.areas.inside(area.id)
    shown = inside[(page - 1) * SHOWN_AT_MOST : page * SHOWN_AT_MOST]
    followed = await areas_of_sender(ctx)
    around = ctx.areas.get(area.parent) if area.parent else None
    said = words(
        "areas-page",
        area=area.name,
        kind=words(f"area-kind-{area.kind.value}"),
        around=around.name if around else "",
        has_around="yes" if around else "no",
        followed=how_followed(area, followed, ctx),
        number=len(inside),
        first=(page - 1) * SHOWN_AT_MOST + 1,
        last=(page - 1) * SHOWN_AT_MOST + len(shown),
        has_inside="yes" if shown else "no",
        lines=under_each_other([line_of(one, followed, ctx) for one in shown]),
    )
    rows = [*follow_rows([area], followed), *_ways(area, shown, page, len(inside), around)]
    await say_with_picture(area, said, rows, ctx)


def _ways(
    area: Area, shown: Sequence[Area], page: int, number: int, around: Area | None
) -> Iterator[Sequence[Choice]]:
    yield from ways_down(shown)
    turns = []
    if page > 1:
        turns.append(choice("areas-before", f"/areas {area.id} {page - 1}"))
    if page * SHOWN_AT_MOST < number:
        turns.append(choice("areas-after", f"/areas {area.id} {page + 1}"))
    if turns:
        yield turns
    yield [way_up(around)]


async def say_with_picture(area: Area, said: Words, rows: Rows, ctx: Context) -> None:
    """Say something about an area under its picture."""
    alt = ctx.texts.plain(words("areas-picture", area=area.name), ctx.sender.language)
    drawn = await ctx.pictures.of(area)
    kept = await ctx.media.keep(drawn, kind=MediaKind.PHOTO, name=f"{area.name}.jpg")
    note = note_to_sender(ctx, NAME, said, rows=rows)
    await ctx.uow.notes.say(replace(note, media=(replace(kept, alt=alt),)), ctx.private)
