"""Taking GeoJSON files into the configuration: what would change, and the change itself."""

import json
import re
import shutil
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.areas import Area, AreaMap
from bot.errors import ConfigError
from bot.settings.area_guess import Wishes, guess_entry
from bot.settings.areas import FILE, AreaFile, AreaSource, listed_areas, load_areas, read_areas
from bot.settings.files import require_unique
from bot.settings.geojson import as_text, read_properties
from bot.settings.groups import load_groups
from bot.settings.organisations import load_organisations

FOLDER = "areas"
_ENTRY = re.compile(r"^(?=[ \t]*\[\[file\]\])", re.MULTILINE)
_HEAD = "# Which GeoJSON files hold which areas, from the large to the small.\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What becomes of the map.

    Attributes:
        changed: What each was and what it is: another name, border, or place in the tree.
    """

    new: tuple[Area, ...]
    changed: tuple[tuple[Area, Area], ...]
    gone: tuple[Area, ...]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaImport:
    """Files that are ready to be taken in.

    Attributes:
        entries: What the new files' properties mean.
        replaced: Paths of entries that the new ones take the place of.
        toml: What areas.toml will say.
    """

    folder: Path
    entries: tuple[AreaSource, ...]
    replaced: tuple[str, ...]
    toml: str
    changes: Changes

    def carry_out(self) -> None:
        """Copy the files and write the list; half an import is never listed.

        Raises:
            ConfigError: The folder can't be written.
        """
        try:
            (self.folder / FOLDER).mkdir(parents=True, exist_ok=True)
            for source in self.entries:
                _copy(source.path, self.folder / source.entry.path)
            unfinished = self.folder / f"{FILE}.part"
            unfinished.write_text(self.toml, encoding="utf-8")
            unfinished.replace(self.folder / FILE)
        except OSError as error:
            fix = f"cannot be written ({error.strerror})"
            raise ConfigError(where=str(self.folder), key=FILE, fix=fix) from error


def plan_import(folder: Path, files: Sequence[Path], wishes: Wishes) -> AreaImport:
    """Read files and say what taking them in would change; nothing is written.

    Args:
        folder: The config folder.
        files: GeoJSON files.
        wishes: What their properties mean, as far as that is not to be guessed.

    Raises:
        ConfigError: A file can't be used, or a group or an organisation would lose its area.
    """
    before, listed = load_areas(folder), listed_areas(folder).file
    require_unique(Path("FILE"), (file.name for file in files), "name")
    codes = {area.code for area in before if area.code}
    new = [_new(file, wishes, codes) for file in files]
    holds = {source.entry.path: set(_codes(source)) for source in new}
    replaced = [entry for entry in listed if _is_replaced(entry, new, holds, folder)]
    new = [_with_names_of(source, replaced, holds[source.entry.path]) for source in new]
    kept = [
        AreaSource(entry=entry, path=folder / entry.path)
        for entry in listed
        if entry not in replaced
    ]
    sources = sorted([*kept, *new], key=lambda source: source.entry.kind.level)
    after = AreaMap(read_areas(sources))
    load_groups(folder, after)
    load_organisations(folder, after)
    return AreaImport(
        folder=folder,
        entries=tuple(new),
        replaced=tuple(entry.path for entry in replaced),
        toml=_list(folder, [source.entry for source in sources]),
        changes=changes_between(before, after),
    )


def changes_between(before: AreaMap, after: AreaMap) -> Changes:
    """Compare two maps by what their areas are known by."""
    old = {area.identity: area for area in before}
    now = {area.identity: area for area in after}
    both = [(old[key], area) for key, area in now.items() if key in old]
    changed = [(was, area) for was, area in both if _differs(was, area)]
    return Changes(
        new=tuple(area for key, area in now.items() if key not in old),
        changed=tuple(changed),
        gone=tuple(area for key, area in old.items() if key not in now),
        same=len(both) - len(changed),
    )


def _differs(was: Area, now: Area) -> bool:
    return (was.id, was.name, was.parent) != (now.id, now.name, now.parent) or not (
        was.border.equals_exact(now.border, 0)
    )


def _new(file: Path, wishes: Wishes, known_codes: Collection[str]) -> AreaSource:
    path = f"{FOLDER}/{file.name}"
    return AreaSource(
        entry=guess_entry(file, wishes, path=path, known_codes=known_codes), path=file
    )


def _is_replaced(
    entry: AreaFile,
    new: Sequence[AreaSource],
    holds: Mapping[str, Collection[str]],
    folder: Path,
) -> bool:
    """Whether the new files hold everything that a listed one does."""
    if entry.path in holds:
        return True
    codes = set(_codes(AreaSource(entry=entry, path=folder / entry.path)))
    alike = [source.entry.path for source in new if source.entry.kind is entry.kind]
    among = {code for path in alike for code in holds[path]}
    return bool(codes) and "" not in codes and codes <= among


def _codes(source: AreaSource) -> Iterator[str]:
    return (as_text(one.get(source.entry.code)) for one in read_properties(source.path))


def _with_names_of(
    source: AreaSource, replaced: Sequence[AreaFile], own: Collection[str]
) -> AreaSource:
    """Keep what people here call the areas."""
    names: dict[str, str] = {}
    for entry in replaced:
        if entry.kind is source.entry.kind:
            names |= entry.rename
    kept = {code: name for code, name in names.items() if code in own}
    return AreaSource(entry=source.entry.model_copy(update={"rename": kept}), path=source.path)


def _list(folder: Path, entries: Sequence[AreaFile]) -> str:
    """Write the list; what stays in it stays word for word, with its comments."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    head, *blocks = _ENTRY.split(text)
    said = {_entry_in(block): block for block in blocks}
    written = [said.get(_key(entry)) or _block(entry) for entry in entries]
    return head + "\n".join(block.rstrip() + "\n" for block in written)


def _entry_in(block: str) -> str:
    return _key(AreaFile.model_validate(tomllib.loads(block)["file"][0]))


def _key(entry: AreaFile) -> str:
    return entry.model_dump_json()


def _block(entry: AreaFile) -> str:
    said: Mapping[str, str | None] = {
        "path": entry.path, "kind": entry.kind.value, "name": entry.name, "code": entry.code,
        "parent": entry.parent,
    }  # fmt: skip
    lines = [f"{key} = {_quoted(value)}" for key, value in said.items() if value is not None]
    names = [f"{_quoted(code)} = {_quoted(name)}" for code, name in entry.rename.items()]
    renamed = ["", "[file.rename]", *names] if names else []
    return "\n".join(["[[file]]", *lines, *renamed])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _copy(source: Path, target: Path) -> None:
    if target.exists() and source.samefile(target):
        return
    unfinished = target.with_name(f"{target.name}.part")
    shutil.copyfile(source, unfinished)
    unfinished.replace(target)
