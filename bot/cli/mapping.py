"""`grannbro areas`: the map."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.process import HERE, Config, console
from bot.domain.areas import Area, AreaKind
from bot.settings.area_guess import Wishes
from bot.settings.area_import import AreaImport, Changes, plan_import

NAMED = 10
areas = typer.Typer(no_args_is_help=True, help="The map.")


@areas.callback()
def _areas() -> None:
    """The map."""  # so that `import` is a command of its own


@areas.command("import")
def import_areas(
    files: Annotated[list[Path], typer.Argument(help="GeoJSON, packed by gzip or not.")],
    config: Config = HERE,
    *,
    kind: Annotated[AreaKind | None, typer.Option(help="What the areas are.")] = None,
    parent: Annotated[
        str | None, typer.Option(help="Property with the code of the area around.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Property with the name.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Show what would change, and stop.")] = False,
) -> None:
    """Take files of areas into the configuration, after showing what that changes.

    What is not said is guessed from the properties. Restart the bot to use the new map.
    """
    wishes = Wishes(kind=kind, name=name, parent=parent)
    planned = plan_import(config, files, wishes)
    _tell_meaning(planned)
    _tell_changes(planned.changes)
    if dry_run:
        console.print("Nothing is written.")
        return
    planned.carry_out()
    console.print("Written. Restart the bot to use the new map.")


def _tell_meaning(planned: AreaImport) -> None:
    for source in planned.entries:
        entry = source.entry
        around = f"lies in {entry.parent}" if entry.parent else "lies where its border is"
        said = (
            f"{source.path.name}: {entry.kind}, called {entry.name}, coded {entry.code}, {around}"
        )
        console.print(said, soft_wrap=True, markup=False)
    for path in planned.replaced:
        console.print(f"Takes the place of {path}", soft_wrap=True, markup=False)


def _tell_changes(changes: Changes) -> None:
    _tell("new", changes.new)
    _tell("changed", [now for _, now in changes.changed])
    _tell("gone", changes.gone)
    console.print(f"unchanged: {changes.same}")
    for was, now in changes.changed[:NAMED]:
        if was.name != now.name or was.id != now.id:
            said = f"{was.name} ({was.id}) becomes {now.name} ({now.id}); its followers stay"
            console.print(said, soft_wrap=True, markup=False)


def _tell(what: str, found: Sequence[Area]) -> None:
    names = ", ".join(area.name for area in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    said = f"{what}: {len(found)}" + (f" ({names}{more})" if found else "")
    console.print(said, soft_wrap=True, markup=False)
