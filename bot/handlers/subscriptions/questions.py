"""Asking what somebody wants to follow, and where that is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import answer, choice, note_to_sender
from bot.domain.areas import AreaId
from bot.domain.words import Words, words
from bot.ports.features import Context
from bot.whereabouts import areas_like

NAME = "subscriptions"
WANTED = "wanted"
"""What a question for a place remembers: the line that lacked it."""
_WAITS_FOR = timedelta(hours=1)


async def ask_which(ctx: Context) -> None:
    """Offer what is near and the sender's groups; a name may be written or a place shared."""
    groups = await ctx.uow.groups.written_in_by(ctx.sender.id)
    near = [AreaId(ctx.sender.shared_area)] if ctx.sender.shared_area else []
    areas = list(dict.fromkeys([*near, *(group.area for group in groups)]))[:6]
    rows = [
        *([choice("area-button", f"/subscribe {a}", name=ctx.areas.name(a))] for a in areas),
        *(
            [choice("group-button", f"/subscribe group:{group.id}", name=group.name)]
            for group in groups[:3]
        ),
    ]
    note = note_to_sender(ctx, NAME, words("subscribe-which"), rows=rows)
    await ctx.uow.notes.say(
        replace(note, awaits="area", asks_place=True, expires_at=ctx.now + _WAITS_FOR),
        ctx.private,
    )


async def ask_where(line: str, question: Words, ctx: Context) -> None:
    """Ask for the position that a line lacks."""
    note = note_to_sender(ctx, NAME, question)
    await ctx.uow.notes.say(
        replace(
            note,
            awaits="place",
            asks_place=True,
            state={WANTED: line},
            expires_at=ctx.now + _WAITS_FOR,
        ),
        ctx.private,
    )


async def end_question(ctx: Context) -> None:
    """Wait no longer for a place, whichever way it was told."""
    asked = await ctx.uow.notes.awaiting(ctx.sender.id, ctx.now)
    if asked is not None and asked.feature == NAME:
        await ctx.uow.notes.change(replace(asked, awaits=None))


async def suggest(name: str, command: str, ctx: Context, *, wishes: Sequence[str] = ()) -> None:
    """Say that nothing is called so, and offer what is called nearly so, as it was wished."""
    near = await areas_like(name, ctx)
    said = words(
        "area-unknown",
        name=name[:60],
        near=_or([ctx.areas.title(area) for area in near]),
        any_near="yes" if near else "no",
    )
    rows = [
        [choice("area-button", " ".join([command, area.id, *wishes]), name=ctx.areas.title(area))]
        for area in near
    ]
    await answer(ctx, NAME, said, rows=rows)


def _or(names: Sequence[str]) -> Words:
    if not names:
        return words("nothing")
    if len(names) == 1:
        return words("just", text=names[0])
    return words("one-or-other", first=", ".join(names[:-1]), last=names[-1])
