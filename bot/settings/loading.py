"""Reading a whole config folder, with the environment over it."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_origin

from pydantic import BaseModel, SecretStr, ValidationError

from bot.domain.areas import AreaMap
from bot.domain.groups import Group
from bot.errors import ConfigError
from bot.settings.areas import load_areas
from bot.settings.files import config_error, read_toml, unknown_key
from bot.settings.groups import load_groups
from bot.settings.options import FILE_SUFFIX, PREFIX, Options
from bot.settings.organisations import ConfiguredOrganisation, load_organisations
from bot.settings.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything that the config folder and the environment say."""

    options: Options
    sources: Sources
    areas: AreaMap
    groups: tuple[Group, ...]
    organisations: tuple[ConfiguredOrganisation, ...]

    def with_options(self, options: Options) -> "Installation":
        """Return the same installation with other options."""
        return replace(self, options=options)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variable:
    """A name in the environment.

    Attributes:
        path: Where it belongs in the options.
        is_secret: It may come from a file, too.
        is_json: It holds a list or a table.
    """

    name: str
    path: tuple[str, ...]
    is_secret: bool
    is_json: bool


def load_installation(folder: Path) -> Installation:
    """Read everything.

    Raises:
        ConfigError: Something is missing, unknown or wrong.
    """
    if not folder.is_dir():
        # A slip in its name would else start an empty bot, which forgets its groups.
        raise ConfigError(
            where=str(folder), key="--config", fix="is no folder; give the right one"
        )
    sources = sources_of(folder)
    options = load_options(folder)
    areas = load_areas(folder)
    return Installation(
        options=options,
        sources=sources,
        areas=areas,
        groups=load_groups(folder, areas),
        organisations=load_organisations(folder, areas),
    )


def sources_of(folder: Path) -> Sources:
    """Return where the options of a config folder can come from."""
    return Sources(folder=folder, variables=frozenset(name.upper() for name in os.environ))


def load_options(folder: Path) -> Options:
    """Read grannbro.toml and the environment.

    Raises:
        ConfigError: Something is unknown or wrong, in the file or in the environment.
    """
    sources = sources_of(folder)
    values = read_toml(sources.file) if sources.file.exists() else {}
    environment = {name.upper(): value for name, value in os.environ.items()}
    variables = list(_variables(Options))
    _require_known(variables, environment)
    _require_json(variables, environment)
    _read_secret_files(variables, environment, values)
    try:
        return Options(**values)
    except ValidationError as error:
        where = sources.of(*(str(part) for part in error.errors()[0]["loc"]))
        raise config_error(error, where=where, model=Options) from error


def _require_known(variables: Iterable[_Variable], environment: Mapping[str, str]) -> None:
    known = {variable.name for variable in variables}
    known |= {variable.name + FILE_SUFFIX for variable in variables if variable.is_secret}
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            fix = unknown_key(name, known, prefix=PREFIX)
            raise ConfigError(where="environment", key=name, fix=fix)


def _require_json(variables: Iterable[_Variable], environment: Mapping[str, str]) -> None:
    for variable in variables:
        if variable.is_json and variable.name in environment:
            try:
                json.loads(environment[variable.name])
            except ValueError as error:
                fix = 'is no JSON; write it like ["a", "b"] or {"a": "b"}'
                raise ConfigError(where="environment", key=variable.name, fix=fix) from error


def _read_secret_files(
    variables: Iterable[_Variable], environment: Mapping[str, str], values: dict[str, Any]
) -> None:
    for variable in variables:
        key = variable.name + FILE_SUFFIX
        if not variable.is_secret or key not in environment:
            continue
        if variable.name in environment:
            fix = f"{variable.name} is set, too; keep one of them"
            raise ConfigError(where="environment", key=key, fix=fix)
        _put(values, variable.path, _read_secret(Path(environment[key]), key))


def _read_secret(file: Path, key: str) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        fix = f"{file} cannot be read ({error.strerror})"
        raise ConfigError(where="environment", key=key, fix=fix) from error
    except UnicodeDecodeError as error:
        raise ConfigError(where="environment", key=key, fix=f"{file} holds no text") from error
    if not secret:
        raise ConfigError(where="environment", key=key, fix=f"{file} is empty")
    return secret


def _variables(
    model: type[BaseModel], prefix: str = PREFIX, path: tuple[str, ...] = ()
) -> Iterator[_Variable]:
    """Yield the environment's names."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        variable, here = f"{prefix}{key.upper()}", (*path, key)
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _variables(kind, f"{variable}__", here)
        else:
            yield _Variable(
                name=variable,
                path=here,
                is_secret=SecretStr in getattr(kind, "__args__", ()) or key.endswith("_url"),
                is_json=get_origin(kind) in {tuple, dict},
            )


def _put(values: dict[str, Any], path: tuple[str, ...], value: str) -> None:
    section: Any = values
    for part in path[:-1]:
        section = section.setdefault(part, {})
        if not isinstance(section, dict):
            return  # The file has something else there, and that is told.
    section[path[-1]] = value
