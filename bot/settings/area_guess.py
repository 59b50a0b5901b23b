"""What the properties of a published GeoJSON file probably mean."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.areas import AreaKind, slug_of
from bot.errors import ConfigError
from bot.settings.areas import AreaFile
from bot.settings.geojson import as_text, read_properties

Properties = Mapping[str, object]

_NAMES: Mapping[AreaKind, tuple[str, ...]] = {
    AreaKind.COUNTY: ("lansnamn", "lan_namn", "lannamn", "county_name"),
    AreaKind.MUNICIPALITY: ("kommunnamn", "kommun_namn", "kom_namn", "municipality_name"),
    AreaKind.DISTRICT: ("stadsdelsnamn", "stadsdel", "distriktsnamn", "distrikt", "district"),
    AreaKind.NEIGHBOURHOOD: ("regsonamn", "regso_namn", "desonamn", "omrade", "område"),
    AreaKind.CENTRE: ("centrum", "centre"),
}
_CODES: Mapping[AreaKind, tuple[str, ...]] = {
    AreaKind.COUNTY: ("lanskod", "lan_kod", "lankod", "lan_code", "county_code", "l_id"),
    AreaKind.MUNICIPALITY: (
        "kommunkod", "kommun_kod", "kom_kod", "kommun_code", "municipality_code",
    ),
    AreaKind.DISTRICT: ("stadsdelskod", "distriktskod"),
    AreaKind.NEIGHBOURHOOD: ("regsokod", "regso_kod", "regso", "desokod", "deso"),
    AreaKind.CENTRE: (),
}  # fmt: skip
_ANY_NAME = ("name", "namn", "title", "benamning", "benämning")
_ANY_CODE = ("code", "kod", "id")
_ANY_PARENT = ("parent", "municipality", "county", "kommun", "lan")
_IN_FILE_NAME: Mapping[AreaKind, tuple[str, ...]] = {
    AreaKind.NEIGHBOURHOOD: ("regso", "deso", "neighbo"),
    AreaKind.DISTRICT: ("stadsdel", "distrikt", "district"),
    AreaKind.MUNICIPALITY: ("kommun", "municipal"),
    AreaKind.COUNTY: ("lan", "county", "counties", "region"),
    AreaKind.CENTRE: ("centr",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the operator says; None is to be guessed."""

    kind: AreaKind | None = None
    name: str | None = None
    parent: str | None = None


def guess_entry(
    file: Path, wishes: Wishes, *, path: str, known_codes: Collection[str]
) -> AreaFile:
    """Say what the properties of a file mean.

    Args:
        file: The file.
        wishes: What is known already.
        path: Under which the entry lists it.
        known_codes: Of the areas that may lie around.

    Raises:
        ConfigError: It is no GeoJSON, or what it holds can't be guessed.
    """
    found = read_properties(file)
    if not found:
        raise ConfigError(where=str(file), key="features", fix="are none; take another file")
    kind = wishes.kind or _kind(file, found)
    return AreaFile(
        path=path,
        kind=kind,
        name=_name(file, found, kind, wishes.name),
        code=_code(found, kind),
        parent=_parent(file, found, kind, wishes.parent, known_codes),
    )


def _kind(file: Path, found: Sequence[Properties]) -> AreaKind:
    """Return what the properties speak of, else what the file's name does."""
    keys = {key.casefold() for key in found[0]}
    for kind in reversed(AreaKind):
        named = _NAMES[kind] if kind in {AreaKind.COUNTY, AreaKind.MUNICIPALITY} else ()
        own = set(named) | set(_CODES[kind] if kind is AreaKind.NEIGHBOURHOOD else _NAMES[kind])
        # RegSO tell their municipality as well: the smallest that is spoken of is meant.
        if keys & own:
            return kind
    stem = slug_of(file.name.split(".")[0])
    for kind, words in _IN_FILE_NAME.items():
        if any(word in stem for word in words):
            return kind
    kinds = ", ".join(AreaKind)
    raise ConfigError(where=str(file), key="--kind", fix=f"can't be guessed; give one of {kinds}")


def _name(file: Path, found: Sequence[Properties], kind: AreaKind, wish: str | None) -> str:
    if wish is not None:
        return _wished(file, found, "--name", wish)
    for key in _keys(found, (*_NAMES[kind], *_ANY_NAME)):
        if all(isinstance(one.get(key), str) and slug_of(as_text(one[key])) for one in found):
            return key
    fix = f"can't be guessed; give one of {', '.join(found[0]) or 'the properties'}"
    raise ConfigError(where=str(file), key="--name", fix=fix)


def _code(found: Sequence[Properties], kind: AreaKind) -> str:
    """Return the property in which every feature has a code of its own."""
    for key in _keys(found, (*_CODES[kind], *_ANY_CODE)):
        codes = {as_text(one.get(key)) for one in found}
        if "" not in codes and len(codes) == len(found):
            return key
    return "code"


def _parent(
    file: Path,
    found: Sequence[Properties],
    kind: AreaKind,
    wish: str | None,
    known_codes: Collection[str],
) -> str | None:
    """Return the property whose codes are all known; None if it is found by place."""
    if wish is not None:
        return _wished(file, found, "--parent", wish)
    larger = [one for one in reversed(AreaKind) if one.level < kind.level]
    keys = [key for one in larger for key in _CODES[one]]
    for key in _keys(found, (*keys, *_ANY_PARENT)):
        if all(as_text(one.get(key)) in known_codes for one in found):
            return key
    return None


def _keys(found: Sequence[Properties], wanted: Sequence[str]) -> Iterator[str]:
    """Yield the properties that are called so, in any case."""
    there = {key.casefold(): key for key in found[0]}
    return (there[key] for key in wanted if key in there)


def _wished(file: Path, found: Sequence[Properties], option: str, key: str) -> str:
    if key not in found[0]:
        fix = f"{key} is no property there; there is {', '.join(found[0]) or 'none'}"
        raise ConfigError(where=str(file), key=option, fix=fix)
    return key
