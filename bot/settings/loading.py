"""Reading a whole config folder, with the environment over it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError

from bot.domain.areas import AreaMap
from bot.domain.groups import Group
from bot.errors import ConfigError
from bot.settings.areas import load_areas
from bot.settings.files import config_error, read_toml, unknown_key
from bot.settings.groups import load_groups
from bot.settings.options import PREFIX, Options
from bot.settings.organisations import ConfiguredOrganisation, load_organisations

FILE_SUFFIX = "_FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything that the config folder and the environment say."""

    options: Options
    areas: AreaMap
    groups: tuple[Group, ...]
    organisations: tuple[ConfiguredOrganisation, ...]

    def with_options(self, options: Options) -> "Installation":
        """Return the same installation with other options."""
        return replace(self, options=options)


def load_installation(folder: Path) -> Installation:
    """Read everything.

    Raises:
        ConfigError: Something is missing, unknown or wrong.
    """
    options = load_options(folder)
    areas = load_areas(folder)
    return Installation(
        options=options,
        areas=areas,
        groups=load_groups(folder, areas),
        organisations=load_organisations(folder, areas),
    )


def load_options(folder: Path) -> Options:
    """Read grannbro.toml and the environment.

    Raises:
        ConfigError: Something is unknown or wrong, in the file or in the environment.
    """
    path = folder / "grannbro.toml"
    values = read_toml(path) if path.exists() else {}
    _require_known_variables(os.environ)
    _read_secret_files(values, os.environ)
    try:
        return Options(**values)
    except ValidationError as error:
        raise _located(error, path, values) from error


def _require_known_variables(environment: Mapping[str, str]) -> None:
    known = {name for name, _, _ in _variables(Options)}
    secret_files = {name + FILE_SUFFIX for name, _, secret in _variables(Options) if secret}
    for name in environment:
        if name.startswith(PREFIX) and name not in known | secret_files:
            raise ConfigError(
                where="environment", key=name, fix=unknown_key(name, known | secret_files)
            )


def _read_secret_files(values: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, path, is_secret in _variables(Options):
        file = environment.get(name + FILE_SUFFIX)
        if not is_secret or file is None or name in environment:
            continue
        try:
            secret = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(
                where="environment",
                key=name + FILE_SUFFIX,
                fix=f"{file} cannot be read ({error.strerror})",
            ) from error
        _put(values, path, secret)


def _variables(
    model: type[BaseModel], prefix: str = PREFIX, path: tuple[str, ...] = ()
) -> list[tuple[str, tuple[str, ...], bool]]:
    """List the environment's names: name, path in the options, and whether it is a secret."""
    found = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        variable, here = f"{prefix}{key.upper()}", (*path, key)
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _variables(kind, f"{variable}__", here)
        else:
            is_secret = SecretStr in getattr(kind, "__args__", ()) or key.endswith("_url")
            found.append((variable, here, is_secret))
    return found


def _put(values: dict[str, Any], path: tuple[str, ...], value: str) -> None:
    for part in path[:-1]:
        values = values.setdefault(part, {})
    values[path[-1]] = value


def _located(error: ValidationError, path: Path, values: Mapping[str, Any]) -> ConfigError:
    """Say whether the wrong value stands in the file or in the environment."""
    loc = [str(part) for part in error.errors()[0]["loc"]]
    inside: Any = values
    for part in loc:
        inside = inside.get(part) if isinstance(inside, Mapping) else None
    variable = PREFIX + "__".join(loc).upper()
    in_environment = any(name.startswith(variable) for name in os.environ)
    if in_environment or inside is None:
        return config_error(error, where=f"environment ({variable})", model=Options)
    return config_error(error, where=str(path), model=Options)
