"""What the guided form asks at each step, and with which buttons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from bot.bylines import byline_said
from bot.conversation import Rows, as_rows, choice, note_to_sender
from bot.domain.appeals import ENDS_AFTER_H, has_to_end
from bot.domain.drafts import Draft, Step
from bot.domain.groups import Group, GroupKind
from bot.domain.kinds import Kind
from bot.domain.notes import Choice, Note
from bot.domain.reports import Priority, Report, ReportId
from bot.domain.senders import Sender
from bot.domain.subscriptions import followed_areas
from bot.domain.words import Words, under_each_other, words
from bot.handlers.reports.audience import reach_said
from bot.handlers.reports.card import preview_lines
from bot.handlers.reports.filing_rights import kinds_for
from bot.handlers.reports.likening import alike, short_line
from bot.handlers.reports.publishing import (
    byline_in,
    filing_of,
    routes_of,
    spread_of,
)
from bot.ports.features import Context
from bot.whereabouts import areas_like

FORM = "form"
WAITS_FOR = timedelta(hours=1)
AT_THE_TILL = (
    Kind.THEFT_RING, Kind.THEFT, Kind.THREAT, Kind.VIOLENCE, Kind.SUSPICIOUS, Kind.FIRE,
)  # fmt: skip
_AT_HOME = (
    Kind.SUSPICIOUS, Kind.BURGLARY, Kind.THEFT, Kind.VANDALISM, Kind.FIRE, Kind.TRAFFIC,
    Kind.SAFETY_ENVIRONMENT, Kind.LOST_FOUND,
)  # fmt: skip
_CANCEL = choice("form-cancel", "cancel")


async def question(draft: Draft, sender: Sender, ctx: Context, *, all_kinds: bool = False) -> Note:
    """Return the note that asks for what a draft lacks, or shows what would be sent."""
    draft = await still_true(draft, ctx)
    groups = await _groups_for(draft, ctx)
    if draft.area is not None and not groups:
        draft = replace(draft, audience_known=True)
    step = draft.next_step
    said, rows = await _ask(step, draft, groups, sender, ctx, all_kinds=all_kinds)
    return replace(
        note_to_sender(ctx, FORM, said, rows=(*rows, (_CANCEL,))),
        awaits=_awaited(step, draft),
        asks_place=step is Step.PLACE,
        state=draft.to_json(),
        expires_at=ctx.now + WAITS_FOR,
    )


def _awaited(step: Step, draft: Draft) -> str | None:
    """Return what a free answer would be; where the kind says it all, words may still come."""
    if step in {Step.PLACE, Step.TEXT}:
        return step.value
    return Step.TEXT.value if step is Step.PREVIEW and draft.kind_says_it else None


async def still_true(draft: Draft, ctx: Context) -> Draft:
    """Return a draft without what it names and the configuration no longer knows."""
    if draft.area is not None and ctx.areas.get(draft.area) is None:
        draft = replace(draft, area=None, cell=None, group=None, audience_known=False)
    if draft.group is not None and await ctx.uow.groups.get(draft.group) is None:
        draft = replace(draft, group=None, audience_known=False)
    return draft


async def _ask(
    step: Step,
    draft: Draft,
    groups: Sequence[Group],
    sender: Sender,
    ctx: Context,
    *,
    all_kinds: bool,
) -> tuple[Words, Rows]:
    match step:
        case Step.PRIORITY:
            return words("form-priority"), [[_priority(p)] for p in reversed(Priority)]
        case Step.KIND:
            return words("form-kind"), await _kind_rows(draft, ctx, all_kinds=all_kinds)
        case Step.PLACE:
            waits = "yes" if draft.priority is Priority.RED and draft.text else "no"
            return words("form-place", red_waits=waits), await _place_rows(ctx)
        case Step.TEXT:
            return _text_words(draft), _text_rows(draft)
        case Step.END:
            return words("appeal-end"), [[_end(hours)] for hours in ENDS_AFTER_H]
        case Step.AUDIENCE:
            return words("form-audience"), _audience_rows(draft, groups, ctx)
        case Step.PREVIEW:
            return await _preview(draft, sender, ctx)
        case _ as never:
            assert_never(never)


_SEND: Rows = ((choice("form-send", "send"),),)
_CHANGES: Rows = (
    (choice("form-change-text", "change text"), choice("form-change-kind", "change kind")),
    (choice("form-change-place", "change place"),),
)


def _priority(priority: Priority) -> Choice:
    return choice(f"priority-{priority.word}", f"priority {priority.word}")


async def _kind_rows(draft: Draft, ctx: Context, *, all_kinds: bool) -> Rows:
    group = await ctx.uow.groups.get(draft.group) if draft.group else None
    at_a_till = group is not None and group.kind is GroupKind.RETAIL_CENTRE
    common = AT_THE_TILL if at_a_till else _AT_HOME
    kinds = kinds_for(draft.area, ctx) if all_kinds else common
    buttons = [choice(f"kind-{kind.value}", f"kind {kind.value}") for kind in kinds]
    last = [choice("form-kind-none", "kind")]
    if not all_kinds:
        last.append(choice("form-kind-more", "kinds"))
    return [*in_pairs(buttons), last]


async def _place_rows(ctx: Context) -> Rows:
    """Offer where the sender is, what the sender follows, and the areas of own groups."""
    near = [ctx.sender.shared_area] if ctx.sender.shared_area else []
    followed = followed_areas(await ctx.uow.subscriptions.of(ctx.sender.id))
    own = [group.area for group in await ctx.uow.groups.written_in_by(ctx.sender.id)]
    areas = [area for slug in [*near, *followed, *own] if (area := ctx.areas.get(slug))]
    return in_pairs(
        [
            choice("form-area", f"place {area.id}", name=area.name)
            for area in list(dict.fromkeys(areas))[:6]
        ]
    )


async def place_again(asked: Note, name: str, ctx: Context) -> Note:
    """Return the question for the place, after a name that is none, with the nearest to choose."""
    near = await areas_like(name, ctx)
    said = words(
        "place-unknown",
        name=name[:60],
        near=", ".join(ctx.areas.title(area) for area in near),
        any_near="yes" if near else "no",
    )
    rows = [[choice("form-area", f"place {area.id}", name=ctx.areas.title(area))] for area in near]
    return replace(asked, words=said, choices=as_rows((*rows, (_CANCEL,))))


def _text_words(draft: Draft) -> Words:
    if has_to_end(draft.kind) and draft.kind is not None:
        return words(f"appeal-text-{draft.kind.value}")
    if draft.is_appeal:
        return words("appeal-text-witnesses")
    return words("form-text", photos=len(draft.media))


def _end(hours: int) -> Choice:
    return Choice(words("appeal-hours", hours=hours), f"end {hours}")


def _text_rows(draft: Draft) -> Rows:
    if draft.needs_end:
        return ()  # what is asked for can't be guessed
    return ((choice("form-text-none", "text"),),) if draft.kind else ()


def _audience_rows(draft: Draft, groups: Sequence[Group], ctx: Context) -> Rows:
    area = ctx.areas.name(draft.area or "")
    everybody = choice("form-audience-area", "audience", area=area)
    own = [
        [choice("form-audience-group", f"audience {group.id}", group=group.name)]
        for group in groups
    ]
    return [[everybody], *own]


async def _groups_for(draft: Draft, ctx: Context) -> Sequence[Group]:
    """Return the sender's own groups that look after the draft's area."""
    if draft.area is None:
        return []
    chain = ctx.chain(draft.area)
    own = await ctx.uow.groups.written_in_by(ctx.sender.id)
    return [group for group in own if group.area in chain]


async def _preview(draft: Draft, sender: Sender, ctx: Context) -> tuple[Words, Rows]:
    """Show what would be sent, and ask about reports that tell of the same."""
    filing = await filing_of(draft, ctx)
    byline = await byline_in(filing, sender, ctx)
    said = await byline_said(byline, ctx.uow)
    spread = spread_of(filing, ctx)
    unsent = Report(
        id=ReportId("···"),
        area=filing.area,
        cell=filing.cell,
        group=draft.group,
        reach=filing.reach,
        kind=filing.kind,
        priority=filing.priority,
        text=filing.text,
        author=ctx.sender.id,
        byline=byline,
        created_at=ctx.now,
        touched_at=ctx.now,
        ends_at=filing.ends_at,
    )
    preview = words(
        "form-preview",
        card=under_each_other(await preview_lines(unsent, ctx.uow, ctx.areas)),
        reached=await reach_said(spread, await routes_of(spread, ctx), ctx),
        byline=said,
        photos=len(filing.media),
        may_add="yes" if draft.kind_says_it else "no",
    )
    likely = await alike(unsent, ctx)
    if not likely:
        return preview, (*_SEND, *_CHANGES, *_end_rows(draft))
    lines = under_each_other([short_line(report, ctx) for report in likely])
    asked = words("duplicate-ask", preview=preview, number=len(likely), others=lines)
    return asked, (*_answers(draft, likely), *_CHANGES, *_end_rows(draft))


def _end_rows(draft: Draft) -> Rows:
    return ((choice("appeal-change-end", "change end"),),) if draft.needs_end else ()


def _answers(draft: Draft, likely: Sequence[Report]) -> Rows:
    """Let red be sent first, as if nothing was asked."""
    same: Rows = [
        [choice("duplicate-yes", f"same {report.id}", id=report.id)] for report in likely
    ]
    if draft.priority is Priority.RED:
        return (*_SEND, *same)
    return (*same, (choice("duplicate-no", "send another"),))


def in_pairs(buttons: Sequence[Choice]) -> Rows:
    """Put two buttons in each row."""
    return [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
