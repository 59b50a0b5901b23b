"""What the Bot API's own description allows in requests, answers and updates."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.emulators.telegram.wire import Json, as_list, as_object, as_objects, decoded
from tests.real_data import REAL_DATA

FILE = REAL_DATA / "telegram" / "bot_api_schema.json"
ARRAY = "Array of "
NUMBERS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "String": (str,),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a type, or one parameter of a method."""

    name: str
    types: tuple[str, ...]
    required: bool


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type with its fields, or one that is any of its `subtypes`."""

    fields: dict[str, Field]
    subtypes: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """Says what is wrong with a value, as a list of sentences; empty when all is well."""

    methods: dict[str, Kind] = field(default_factory=dict)
    types: dict[str, Kind] = field(default_factory=dict)

    def check_request(self, method: str, values: Json, uploads: set[str]) -> list[str]:
        """Look at names, presence and types of parameters; texts of forms are read first."""
        kind = self.methods.get(method)
        if kind is None:
            return []
        wrong = [f'unknown parameter "{n}" in {method}' for n in values if n not in kind.fields]
        for parameter in kind.fields.values():
            value = values.get(parameter.name)
            if value is None or value == "null":
                if parameter.required and parameter.name not in uploads:
                    wrong.append(f'parameter "{parameter.name}" of {method} is required')
            elif parameter.name not in uploads:
                readings = [value, *([decoded(value)] if isinstance(value, str) else [])]
                wrong += self._nearest(parameter.types, readings, parameter.name)
        return wrong

    def check_answer(self, method: str, result: object) -> list[str]:
        """Look at what a method returns."""
        kind = self.methods.get(method)
        return self._check(kind.returns, result, f"answer of {method}") if kind else []

    def check(self, name: str, value: object) -> list[str]:
        """Look at a value that should be of the named type."""
        return self._check((name,), value, name) if self.types else []

    def _nearest(self, types: tuple[str, ...], readings: list[object], where: str) -> list[str]:
        found = [self._check(types, self._loose(types, r), where) for r in readings]
        return min(found, key=len)

    def _loose(self, types: tuple[str, ...], value: object) -> object:
        """A form has only texts: `True`, `1` and `12` mean what they say."""
        if "Boolean" in types and value in ("True", "False", 0, 1):
            return value in ("True", 1)
        return str(value) if types == ("String",) and not isinstance(value, dict | list) else value

    def _check(self, types: tuple[str, ...], value: object, where: str) -> list[str]:
        found = [self._check_one(name, value, where) for name in types]
        return min(found, key=len) if found else []

    def _check_one(self, name: str, value: object, where: str) -> list[str]:
        if name.startswith(ARRAY):
            if not isinstance(value, list):
                return [f"{where} is no array"]
            inner = (name.removeprefix(ARRAY),)
            return [w for n, v in enumerate(value) for w in self._check(inner, v, f"{where}[{n}]")]
        if name in NUMBERS:
            is_right = isinstance(value, NUMBERS[name])
            is_odd_bool = isinstance(value, bool) and name != "Boolean"
            return [] if is_right and not is_odd_bool else [f"{where} is no {name}: {value!r}"]
        if name == "InputFile":
            return [] if isinstance(value, str) else [f"{where} is no file"]
        return self._check_object(name, value, where)

    def _check_object(self, name: str, value: object, where: str) -> list[str]:
        kind = self.types.get(name)
        if kind is None:
            return [f"{where}: there is no type {name}"]
        if not isinstance(value, dict):
            return [f"{where} is no {name}"]
        if kind.subtypes:
            return self._check(kind.subtypes, value, where)
        wrong = [f"{where} has no field {n} in {name}" for n in value if n not in kind.fields]
        for known in kind.fields.values():
            if known.name in value:
                wrong += self._check(known.types, value[known.name], f"{where}.{known.name}")
            elif known.required:
                wrong.append(f"{where}.{known.name} is missing in {name}")
        return wrong


def find_schema() -> Schema:
    """Read the description where it lies; without it everything is allowed."""
    return _read(FILE) if FILE.exists() else Schema()


@cache
def _read(path: Path) -> Schema:
    whole = as_object(json.loads(path.read_text(encoding="utf-8")))
    return Schema(_kinds(whole["methods"]), _kinds(whole["types"]))


def _kinds(described: object) -> dict[str, Kind]:
    return {name: _kind(as_object(kind)) for name, kind in as_object(described).items()}


def _kind(described: Json) -> Kind:
    fields = [
        Field(name=str(f["name"]), types=_names(f["types"]), required=bool(f["required"]))
        for f in as_objects(described.get("fields"))
    ]
    return Kind(
        fields={f.name: f for f in fields},
        subtypes=_names(described.get("subtypes")),
        returns=_names(described.get("returns")),
    )


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in as_list(value))
