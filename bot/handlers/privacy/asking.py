"""`/privacy`, `/export`, `/forget`: what is held about somebody, and ending it."""

import json
from collections import Counter
from dataclasses import replace

from bot.conversation import answer, choice, note_to_sender
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.messages import Media, MediaKind
from bot.domain.notes import Note
from bot.domain.richtext_json import Json
from bot.domain.words import Words, under_each_other, words
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
            await answer(ctx, NAME, await _what_ends(ctx), rows=sure)
        case _:
            rows = [
                [choice("menu-choices", "/consent")],
                [choice("privacy-export", "/export"), choice("privacy-forget", "/forget")],
            ]
            await answer(ctx, NAME, await _held(ctx), rows=rows)


async def _held(ctx: Context) -> Words:
    """Say what is held and why, a line for each, and who answers for it."""
    told = [await holding.told(ctx.sender, ctx.upkeep) for holding in ctx.holdings]
    controllers = {g.controller for g in await ctx.uow.groups.written_in_by(ctx.sender.id)}
    answers_for_it = words(
        "privacy-controllers",
        names=", ".join(sorted(controllers)),
        any_controller="yes" if controllers else "no",
    )
    lines = [*(line for lines in told for line in lines), answers_for_it]
    return words("privacy-held", lines=under_each_other(lines))


async def _what_ends(ctx: Context) -> Words:
    said = [await holding.parting(ctx.sender.id, ctx.upkeep) for holding in ctx.holdings]
    return under_each_other([words("forget-sure"), *(line for lines in said for line in lines)])


async def _decide(note: Note, action: str, ctx: Context) -> None:
    if action == "keep":
        await ctx.uow.notes.change(replace(note, words=words("forget-kept"), choices=()))
        return
    # The account itself is forgotten a little later, so that this last word arrives.
    erased = Counter(reports=0, subscriptions=0, copies=0, written=0)
    for holding in ctx.holdings:
        erased.update(await holding.erase(ctx.sender.id, ctx.upkeep))
    await answer(ctx, NAME, words("forget-done", **erased))


async def _export(ctx: Context) -> None:
    """Send all that is held as a JSON file, and the files themselves with it."""
    held: dict[str, Json] = {"exported_at": ctx.now.isoformat()}
    copies: list[Media] = []
    for holding in ctx.holdings:
        exported = await holding.export(ctx.sender, ctx.upkeep)
        held.update(exported.fields)
        duplicates = [await ctx.media.duplicate(file) for file in exported.files]
        copies += [copy for copy in duplicates if copy is not None]
    data = json.dumps(held, ensure_ascii=False, indent=2).encode()
    file = await ctx.media.keep(data, kind=MediaKind.FILE, name="grannbro.json")
    note = note_to_sender(ctx, NAME, words("export-here"))
    await ctx.uow.notes.say(replace(note, media=(file, *copies)), ctx.private)


FEATURE = Feature(
    name=NAME,
    commands=COMMANDS,
    accepts=lambda incoming, ctx: ctx.has_pressed(NAME) or is_command(incoming, *COMMANDS),
    handle=_handle,
)
