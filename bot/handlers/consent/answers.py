"""Taking the answers: what a yes lets go on, and what ends when it is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta

from bot.bursts import show_in_bursts, take_out_of_bursts
from bot.conversation import Rows, answer, as_rows, choice
from bot.domain.circles import Circle
from bot.domain.consent import Purpose
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming
from bot.domain.notes import Note
from bot.domain.relays import Relay
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.handlers.consent.questions import (
    ANEW,
    MENU,
    NAME,
    QUESTION,
    YES_NO,
    about,
    asked_for,
    kept_for,
    more,
)
from bot.handlers.consent.starting import go_on, start
from bot.ports.features import Context, Feature, is_command

COMMANDS = ("start", "consent")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
    elif is_command(incoming, "start"):
        await start(incoming, ctx)
    else:
        rows = _toggles(Purpose, ctx.sender.consents)
        await answer(ctx, NAME, words("consent-choices"), rows=rows)


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    purpose = Purpose(str(note.state.get("purpose", Purpose.REPORTS.value)))
    match action:
        case "yes":
            await _agree(purpose, ctx)
            await _thank(note, ctx.sender.consents | {purpose}, ctx)
            await go_on(note, ctx)
        case "no":
            await _decline(note, purpose, ctx)
        case "more":
            await _change(note, more(ctx), YES_NO, ctx, state=note.state)
        case "remove-lines":
            await _remove_named_lines(ctx)
            await _change(note, words("name-lines-removed"), (), ctx, state={})
        case "leave-lines":
            await _change(note, words("name-lines-left"), (), ctx, state={})
        case _:
            await _toggle(Purpose(action), note, ctx)


async def _thank(note: Note, given: AbstractSet[Purpose], ctx: Context) -> None:
    """Say what can be done now; without a yes to reports that is little, so it is asked for."""
    if Purpose.REPORTS in given:
        said, rows = words("consent-thanks"), _start_rows(given)
        await _change(note, said, rows, ctx, state={"at_start": True})
        return
    said = words("consent-thanks-but", question=asked_for(Purpose.REPORTS, ctx.lifetimes))
    state = about(Purpose.REPORTS, is_urgent=False)
    await _change(note, said, QUESTION, ctx, state=state)


async def _decline(note: Note, purpose: Purpose, ctx: Context) -> None:
    """Let go of what has waited for it; say what becomes of a red report that is out already."""
    if note.state.get(ANEW):
        # What rested on the older yes does not go on against somebody's word.
        await _change(note, words("consent-declined-anew"), (), ctx, state={})
        await _withdraw(purpose, ctx)
        return
    await ctx.uow.held_updates.drop(ctx.sender.id, purpose)
    own = await ctx.uow.reports.of_author(ctx.sender.id)
    said = words(
        "consent-declined",
        about=purpose.value,
        is_out="yes" if any(report.is_provisional for report in own) else "no",
    )
    await _change(note, said, ((choice("menu-start", "/start"),),), ctx, state={})


async def _toggle(purpose: Purpose, note: Note, ctx: Context) -> None:
    given = ctx.sender.consents
    if purpose in given:
        await _withdraw(purpose, ctx)
        after = given - {purpose}
    else:
        await _agree(purpose, ctx)
        after = given | {purpose}
    rows = _start_rows(after) if note.state.get("at_start") else _toggles(Purpose, after)
    await _change(note, note.words, rows, ctx, state=note.state)


async def _agree(purpose: Purpose, ctx: Context) -> None:
    """Remember the yes, and let go on what has waited for it."""
    await ctx.uow.consents.give(ctx.sender.id, purpose, ctx.now)
    await ctx.uow.audit.note("consent.given", purpose.value, by=ctx.sender.id, now=ctx.now)
    if purpose is Purpose.REPORTS:
        await ctx.uow.reports.settle_provisional(ctx.sender.id)
    await ctx.uow.held_updates.release(ctx.sender.id, purpose)


async def _withdraw(purpose: Purpose, ctx: Context) -> None:
    """Take a yes back: what rested on it ends at once."""
    await ctx.uow.consents.withdraw(ctx.sender.id, purpose, ctx.now)
    await ctx.uow.audit.note("consent.withdrawn", purpose.value, by=ctx.sender.id, now=ctx.now)
    match purpose:
        case Purpose.REPORTS:
            await _end_alerts(ctx)
        case Purpose.NAME:
            await _hide_name(ctx)
        case Purpose.PLACE:
            await ctx.uow.people.share_area(ctx.sender.id, "", ctx.now)
            await _end_circles(ctx)
        case Purpose.CAMPAIGNS | Purpose.SURVEYS:
            pass


async def _end_alerts(ctx: Context) -> None:
    """Stop what needs the consent, and offer to erase what was written under it."""
    await ctx.uow.subscriptions.erase(ctx.sender.id)
    await ctx.uow.alert_settings.erase(ctx.sender.id)
    await ctx.uow.held_alerts.erase(ctx.sender.id)
    rows = ((choice("privacy-forget", "/forget"),),)
    await answer(
        ctx, NAME, words("consent-withdrawn", kept_for=kept_for(ctx.lifetimes)), rows=rows
    )


async def _end_circles(ctx: Context) -> None:
    """Forget the rough spots around which somebody follows what happens."""
    own = await ctx.uow.subscriptions.of(ctx.sender.id)
    circles = [one.followed for one in own if isinstance(one.followed, Circle)]
    for circle in circles:
        await ctx.uow.subscriptions.remove(ctx.sender.id, circle)
    if circles:
        await answer(ctx, NAME, words("consent-circles-ended", number=len(circles)))


async def _hide_name(ctx: Context) -> None:
    """Put the alias on the cards that bear the name."""
    for report in await ctx.uow.report_bylines.hide_name(ctx.sender.id):
        await _refresh(Subject(SubjectKind.REPORT, report), ctx)
    for poll in await ctx.uow.polls.of_author(ctx.sender.id):
        await _refresh(Subject(SubjectKind.POLL, poll.id), ctx)
    left = [line for line in await _named_lines(ctx) if not await _hide_on(line, ctx)]
    if left:
        rows = (
            (
                choice("name-remove-lines", "remove-lines"),
                choice("name-leave-lines", "leave-lines"),
            ),
        )
        await answer(ctx, NAME, words("name-on-lines", number=len(left)), rows=rows)


async def _named_lines(ctx: Context) -> Sequence[Relay]:
    named = await ctx.uow.relays.named_by(ctx.sender.id)
    lines = [await ctx.uow.relays.get(relay) for relay in named]
    return [line for line in lines if line is not None]


async def _hide_on(line: Relay, ctx: Context) -> bool:
    """Put the alias on a carried line; False if its words are forgotten, and the line stands."""
    if line.text is None:
        return False
    await ctx.uow.relays.save(replace(line, byline=replace(line.byline, name=None)))
    await _refresh(Subject(SubjectKind.RELAY, line.id), ctx)
    await show_in_bursts(line.id, ctx.uow, ctx.now)
    return True


async def _remove_named_lines(ctx: Context) -> None:
    for line in await _named_lines(ctx):
        await ctx.uow.copies.withdraw(Subject(SubjectKind.RELAY, line.id))
        await take_out_of_bursts(line.id, ctx.uow)
        await ctx.uow.relays.erase(line.id)


async def _refresh(subject: Subject, ctx: Context) -> None:
    await ctx.uow.copies.refresh(subject, urgency=Urgency.LATER, after=timedelta(0))


def _start_rows(given: AbstractSet[Purpose]) -> Rows:
    """Offer what is chosen freely, each by itself, and then what can be done."""
    free = [purpose for purpose in Purpose if purpose is not Purpose.REPORTS]
    return (*_toggles(free, given), *MENU)


def _toggles(purposes: Iterable[Purpose], given: AbstractSet[Purpose]) -> Rows:
    return [
        [choice(f"consent-{purpose.value}-{'on' if purpose in given else 'off'}", purpose.value)]
        for purpose in purposes
    ]


async def _change(
    note: Note, said: Words, rows: Rows, ctx: Context, *, state: Mapping[str, Json]
) -> None:
    await ctx.uow.notes.change(replace(note, words=said, choices=as_rows(rows), state=state))


FEATURE = Feature(
    name=NAME,
    commands=COMMANDS,
    accepts=lambda incoming, ctx: ctx.has_pressed(NAME) or is_command(incoming, *COMMANDS),
    handle=_handle,
)
