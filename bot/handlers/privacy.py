"""`/privacy`, `/export`, `/forget`: what is held about somebody, and ending it."""

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import answer, choice, note_to_sender
from bot.domain.consent import Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import MediaKind
from bot.domain.notes import Note
from bot.domain.words import Words, under_each_other, words
from bot.erasure import erase_person
from bot.export import everything_held
from bot.ports.features import Context, Feature, is_command

NAME = "privacy"
COMMANDS = ("privacy", "export", "forget")


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is not None and ctx.pressed.note is not None:
        await _decide(ctx.pressed.note, ctx.pressed.action, ctx)
        return
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    match incoming.command.name:
        case "export":
            await _export(ctx)
        case "forget":
            sure = [[choice("forget-yes", "forget"), choice("forget-no", "keep")]]
            await answer(ctx, NAME, words("forget-sure"), rows=sure)
        case _:
            rows = [
                [choice("menu-choices", "/consent")],
                [choice("privacy-export", "/export"), choice("privacy-forget", "/forget")],
            ]
            said = words("privacy-held", lines=under_each_other(await _held(ctx)))
            await answer(ctx, NAME, said, rows=rows)


async def _held(ctx: Context) -> Sequence[Words]:
    """Say what is held and why, a line for each."""
    person = ctx.sender
    controllers = {g.controller for g in await ctx.uow.groups.written_in_by(person.id)}
    return [
        words("privacy-reports", number=len(await ctx.uow.reports.of_author(person.id))),
        words("privacy-added", number=len(await ctx.uow.reports.contributions_of(person.id))),
        words("privacy-followed", number=len(await ctx.uow.subscriptions.of(person.id))),
        words("privacy-language"),
        words("privacy-name", is_shown="yes" if Purpose.NAME in person.consents else "no"),
        words(
            "privacy-place",
            area=ctx.areas.name(person.shared_area or ""),
            is_known="yes" if person.shared_area else "no",
        ),
        words(
            "privacy-controllers",
            names=", ".join(sorted(controllers)),
            any_controller="yes" if controllers else "no",
        ),
    ]


async def _decide(note: Note, action: str, ctx: Context) -> None:
    if action == "keep":
        await ctx.uow.notes.change(replace(note, words=words("forget-kept"), choices=()))
        return
    # The account itself is forgotten a little later, so that this last word arrives.
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


FEATURE = Feature(
    name=NAME,
    commands=COMMANDS,
    accepts=lambda incoming, ctx: ctx.has_pressed(NAME) or is_command(incoming, *COMMANDS),
    handle=_handle,
)
