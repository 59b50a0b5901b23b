"""Reading a TOML file into a model; what is wrong is told with file, key and fix."""

import difflib
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a file.

    Raises:
        ConfigError: It is missing, not readable or no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        fix = f"cannot be read ({error.strerror}); create it or give another --config"
        raise ConfigError(where=str(path), key="file", fix=fix) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(where=str(path), key="file", fix=f"is no TOML: {error}") from error


def read_model(path: Path, model: type[Model]) -> Model:
    """Read a file into a model.

    Raises:
        ConfigError: It is missing, no TOML, or a key in it is unknown or wrong.
    """
    values = read_toml(path)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise config_error(error, where=str(path), model=model) from error


def config_error(error: ValidationError, *, where: str, model: type[BaseModel]) -> ConfigError:
    """Name the first thing that is wrong, and how to mend it."""
    first = error.errors(include_input=False, include_url=False)[0]
    path = first["loc"]
    key = ".".join(str(part) for part in path)
    if first["type"] == "extra_forbidden":
        known = known_keys(model, path[:-1])
        return ConfigError(where=where, key=key, fix=unknown_key(str(path[-1]), known))
    if first["type"] == "missing":
        return ConfigError(where=where, key=key, fix="is missing; add it")
    return ConfigError(where=where, key=key, fix=first["msg"].removeprefix("Value error, "))


def require_unique(path: Path, values: Iterable[str], key: str) -> None:
    """Let pass what is there once.

    Raises:
        ConfigError: A value is there twice.
    """
    for value, times in Counter(values).items():
        if times > 1:
            fix = f"{value} stands there twice; keep one"
            raise ConfigError(where=str(path), key=key, fix=fix)


def unknown_key(typed: str, known: Iterable[str], *, prefix: str = "") -> str:
    """Say which key was probably meant; a prefix that all share makes none of them nearer."""
    names = sorted(name.removeprefix(prefix) for name in known)
    near = difflib.get_close_matches(typed.removeprefix(prefix), names, n=1)
    if near:
        return f"is unknown; did you mean {prefix}{near[0]}?"
    return f"is unknown; remove it (known here: {', '.join(prefix + name for name in names)})"


def known_keys(model: type[BaseModel], path: Iterable[int | str]) -> Mapping[str, object]:
    """Return the fields of the model that a path leads to."""
    for part in path:
        if isinstance(part, int):
            continue
        inner = _model_in(_field_types(model).get(str(part)))
        if inner is None:
            return {}
        model = inner
    return _field_types(model)


def _field_types(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any type expression
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = getattr(annotation, "__args__", ())
    return next((found for arg in inner if (found := _model_in(arg))), None)
