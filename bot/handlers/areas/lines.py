"""How areas are listed, and the buttons that lead from one to the next."""

from collections.abc import Collection, Sequence

from bot.conversation import Rows, choice
from bot.domain.areas import Area, AreaId
from bot.domain.notes import Choice
from bot.domain.subscriptions import followed_areas
from bot.domain.words import Words, under_each_other, words
from bot.ports.features import Context

SHOWN_AT_MOST = 8
EVERYTHING = "all"


async def areas_of_sender(ctx: Context) -> frozenset[AreaId]:
    """Return the areas that the sender follows whole."""
    return frozenset(followed_areas(await ctx.uow.subscriptions.of(ctx.sender.id)))


def listed(
    where: str,
    found: Sequence[Area],
    followed: Collection[AreaId],
    ctx: Context,
    **values: str,
) -> Words:
    """Say which areas there are, and how many more."""
    lines = [line_of(one, followed, ctx) for one in found[:SHOWN_AT_MOST]]
    if len(found) > SHOWN_AT_MOST:
        lines.append(words("areas-more", number=len(found) - SHOWN_AT_MOST))
    named = {"area": "", "group": "", **values}
    return words("areas-listed", where=where, lines=under_each_other(lines), **named)


def line_of(area: Area, followed: Collection[AreaId], ctx: Context) -> Words:
    """Name an area, and whether it is followed."""
    said = how_followed(area, followed, ctx)
    return words("areas-line", area=ctx.areas.title(area), followed=said)


def how_followed(area: Area, followed: Collection[AreaId], ctx: Context) -> str:
    """Return whether an area is followed by itself, with what lies around it, or not."""
    if area.id in followed:
        return "yes"
    return "around" if any(one in followed for one in ctx.chain(area.id)) else "no"


def follow_rows(shown: Sequence[Area], followed: Collection[AreaId]) -> Sequence[Sequence[Choice]]:
    """Offer to follow what is not followed yet."""
    buttons = [
        choice("group-follow", f"/subscribe {area.id}", area=area.name)
        for area in shown
        if area.id not in followed
    ]
    return [buttons[i : i + 2] for i in range(0, len(buttons), 2)]


def ways_down(areas: Sequence[Area]) -> Rows:
    """Offer to look into areas."""
    buttons = [choice("area-button", f"/areas {one.id}", name=one.name) for one in areas]
    return [buttons[i : i + 2] for i in range(0, len(buttons), 2)]


def way_up(around: Area | None) -> Choice:
    """Offer to look at what lies around; at the whole map if nothing does."""
    if around is None:
        return choice("areas-top", f"/areas {EVERYTHING}")
    return choice("areas-up", f"/areas {around.id}", area=around.name)
