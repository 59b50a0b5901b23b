"""Which reports that are under way may tell of the same thing as another."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import Rows, choice
from bot.domain.duplicates import is_one_circle
from bot.domain.likeness import MOST_SUGGESTED, SUGGEST_AT, Sighting, likeness
from bot.domain.reports import Priority, Report
from bot.domain.words import Moment, Words, words
from bot.moderation.language import language_of
from bot.ports.features import Context

_COMPARED_AT_MOST = 50
"""The newest in these areas: when there are more at once, people are busy with something else."""


async def alike(report: Report, ctx: Context) -> Sequence[Report]:
    """Return up to three active reports of others that tell of the same, the likeliest first.

    Args:
        report: One that was sent, or is about to be.
        ctx: Whose eyes they are for.
    """
    beside = ctx.areas.beside(report.area)
    found = await ctx.uow.reports.active_in(
        {*ctx.chain(report.area), *beside}, limit=_COMPARED_AT_MOST
    )
    mine = replace(_sighting_of(report, ctx), beside=beside)
    rated = [
        (_rate(mine, _sighting_of(other, ctx), ctx), other)
        for other in found
        if other.author != report.author and is_one_circle(report, other)
    ]
    likely = [pair for pair in rated if pair[0] >= SUGGEST_AT]
    likely.sort(key=lambda pair: (-pair[0], pair[1].created_at, pair[1].id))
    return [other for _, other in likely[:MOST_SUGGESTED]]


def short_line(report: Report, ctx: Context) -> Words:
    """Say which report is meant as its card does, without anybody's words.

    Whoever gets this keeps it when the report is erased.
    """
    return words(
        "duplicate-line",
        emoji=report.priority.emoji,
        id=report.id,
        kind=words(f"kind-{report.kind.value}") if report.kind else words("kind-none"),
        area=ctx.areas.name(report.area),
        time=Moment(report.created_at, with_day=report.priority is Priority.GREEN),
    )


def link_rows(report: Report, others: Sequence[Report]) -> Rows:
    """Offer to link a report with each of some others."""
    return [
        [choice("duplicate-link", f"/duplicate {report.id} {other.id}", id=other.id)]
        for other in others
    ]


def _rate(mine: Sighting, other: Sighting, ctx: Context) -> float:
    """Rate a pair; to tell a language takes time, and is done only where it may decide."""
    rated = likeness(mine, other)
    if rated >= SUGGEST_AT or mine.kind is None or mine.kind is not other.kind:
        return rated
    return likeness(_with_language(mine, ctx), _with_language(other, ctx))


def _with_language(sighting: Sighting, ctx: Context) -> Sighting:
    return replace(sighting, language=language_of(sighting.text, ctx.texts.languages))


def _sighting_of(report: Report, ctx: Context) -> Sighting:
    return Sighting(
        chain=ctx.chain(report.area),
        first_at=report.created_at,
        last_at=report.touched_at,
        kind=report.kind,
        priority=report.priority,
        text=report.text.plain,
        cell=report.cell,
    )
