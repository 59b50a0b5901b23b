"""What is asked at each step of making a group, and with which buttons."""

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from bot.conversation import Rows, choice, note_to_sender
from bot.domain.areas import AreaId
from bot.domain.group_drafts import KINDS, GroupDraft, GroupStep
from bot.domain.groups import Access
from bot.domain.notes import Note
from bot.domain.words import Words, words
from bot.ports.features import Context

NAME = "groups"
_WAITS_FOR = timedelta(hours=1)
_CANCEL = choice("form-cancel", "cancel")
_BY_BUTTON = frozenset({GroupStep.KIND, GroupStep.PREVIEW})


def question(draft: GroupDraft, ctx: Context) -> Note:
    """Return the note that asks for what a draft lacks, or shows what would be made."""
    step = draft.next_step
    said, rows = _ask(step, draft, ctx)
    return replace(
        note_to_sender(ctx, NAME, said, rows=(*rows, (_CANCEL,))),
        awaits=None if step in _BY_BUTTON else step.value,
        asks_place=step is GroupStep.AREA,
        state=draft.to_json(),
        expires_at=ctx.now + _WAITS_FOR,
    )


def _ask(step: GroupStep, draft: GroupDraft, ctx: Context) -> tuple[Words, Rows]:
    match step:
        case GroupStep.NAME:
            return words("group-ask-name"), ()
        case GroupStep.AREA:
            return words("group-ask-area", group=draft.name), _areas_in(draft.name, ctx)
        case GroupStep.KIND:
            kinds = [[choice(f"group-kind-{kind.value}", f"kind {kind.value}")] for kind in KINDS]
            return words("group-ask-kind", group=draft.name), kinds
        case GroupStep.PURPOSE:
            kind = draft.kind.value if draft.kind else ""
            usual = words(f"group-purpose-{kind}")
            rows = ((choice("group-purpose-usual", "purpose"),),)
            return words("group-ask-purpose", usual=usual), rows
        case GroupStep.CONTROLLER:
            return words("group-ask-controller"), ()
        case GroupStep.PREVIEW:
            return _preview(draft, ctx), _preview_rows(draft)
        case _ as never:
            assert_never(never)


def _areas_in(name: str, ctx: Context) -> Rows:
    """Offer the areas that the group's name speaks of: `Alby grannar` is about Alby."""
    spoken = [area for word in name.split() for area in ctx.areas.suggest(word)]
    near = [AreaId(ctx.sender.shared_area)] if ctx.sender.shared_area else []
    offered = list(dict.fromkeys([*near, *(area.id for area in spoken)]))[:4]
    return [[choice("area-button", f"area {area}", name=ctx.areas.name(area))] for area in offered]


def _preview(draft: GroupDraft, ctx: Context) -> Words:
    kind = draft.kind.value if draft.kind else ""
    return words(
        "group-preview",
        group=draft.name,
        kind=words(f"group-kind-{kind}"),
        area=ctx.areas.name(draft.area or ""),
        purpose=draft.purpose,
        controller=draft.controller,
        locked="yes" if draft.is_locked else "no",
    )


def _preview_rows(draft: GroupDraft) -> Rows:
    other = Access.OPEN if draft.is_locked else Access.LOCKED
    return (
        (choice("group-start", "start"),),
        (choice(f"group-make-{other.value}", f"access {other.value}"),),
    )
