"""`/privacy`, `/consent`, `/export`, `/forget`: what is held about somebody, and ending it."""

import json
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.conversation import Rows, answer, as_rows, choice, note_to_sender
from bot.domain.consent import Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import MediaKind
from bot.domain.notes import Note
from bot.domain.words import words
from bot.erasure import erase_person
from bot.export import everything_held
from bot.ports.features import Context, Feature, is_command

NAME = "privacy"
COMMANDS = ("privacy", "consent", "export", "forget")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _pressed(ctx.pressed.note, ctx.pressed.action, ctx)
        return
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    match incoming.command.name:
        case "export":
            await _export(ctx)
        case "forget":
            sure = [[choice("forget-yes", "forget"), choice("forget-no", "keep")]]
            await answer(ctx, NAME, words("forget-sure"), rows=sure)
        case "consent":
            rows = _choices(ctx.sender.consents)
            await answer(ctx, NAME, words("consent-choices"), rows=rows)
        case _:
            await _show(ctx)


async def _show(ctx: Context) -> None:
    reports = await ctx.uow.reports.of_author(ctx.sender.id)
    followed = await ctx.uow.subscriptions.of(ctx.sender.id)
    controllers = {g.controller for g in await ctx.uow.groups.written_in_by(ctx.sender.id)}
    said = words(
        "privacy-held",
        reports=len(reports),
        subscriptions=len(followed),
        controllers=", ".join(sorted(controllers)),
        any_controller="yes" if controllers else "no",
    )
    rows = [
        [choice("menu-choices", "/consent")],
        [choice("privacy-export", "/export"), choice("privacy-forget", "/forget")],
    ]
    await answer(ctx, NAME, said, rows=rows)


async def _pressed(note: Note, action: str, ctx: Context) -> None:
    match action:
        case "forget":
            await _forget(ctx)
        case "keep":
            await ctx.uow.notes.change(replace(note, words=words("forget-kept"), choices=()))
        case _:
            after = await _toggle(Purpose(action), ctx)
            await ctx.uow.notes.change(replace(note, choices=as_rows(_choices(after))))


async def _toggle(purpose: Purpose, ctx: Context) -> AbstractSet[Purpose]:
    given = ctx.sender.consents
    if purpose in given:
        await ctx.uow.people.withdraw_consent(ctx.sender.id, purpose, ctx.now)
        verb, after = "consent.withdrawn", given - {purpose}
    else:
        await ctx.uow.people.consent(ctx.sender.id, purpose, ctx.now)
        verb, after = "consent.given", given | {purpose}
    await ctx.uow.audit.note(verb, purpose.value, by=ctx.sender.id, now=ctx.now)
    return after


def _choices(given: AbstractSet[Purpose]) -> Rows:
    return [
        [choice(f"consent-{purpose.value}-{'on' if purpose in given else 'off'}", purpose.value)]
        for purpose in Purpose
    ]


async def _forget(ctx: Context) -> None:
    """Erase everything and say what was erased; the account itself is forgotten after that."""
    erased = await erase_person(ctx.sender.id, uow=ctx.uow, media=ctx.media, now=ctx.now)
    said = words(
        "forget-done",
        reports=erased.reports,
        subscriptions=erased.subscriptions,
        copies=erased.copies,
    )
    await answer(ctx, NAME, said)


async def _export(ctx: Context) -> None:
    """Send all that is held as a JSON file."""
    held = await everything_held(ctx.sender, uow=ctx.uow, now=ctx.now)
    data = json.dumps(held, ensure_ascii=False, indent=2).encode()
    file = await ctx.media.keep(data, kind=MediaKind.FILE, name="grannbro.json")
    note = note_to_sender(ctx, NAME, words("export-here"))
    await ctx.uow.notes.say(replace(note, media=(file,)), ctx.private)


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    return ctx.has_pressed(NAME) or is_command(incoming, *COMMANDS)


FEATURE = Feature(name=NAME, commands=COMMANDS, accepts=_accepts, handle=_handle)
