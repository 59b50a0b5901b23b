"""Statements of which the text is made once, and then given to SQLite as they are.

For a statement that was executed a thousand times before, SQLAlchemy takes ten times as long as
SQLite does. What runs for every message is a constant of its module: it is known again when it
comes the second time, and from then on only its values are put in.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Protocol, Self
from weakref import WeakKeyDictionary

from sqlalchemy import ExecutableDDLElement, Row, TextClause, UpdateBase
from sqlalchemy.engine import Dialect, result_tuple
from sqlalchemy.sql import CompoundSelect, Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | CompoundSelect[Any] | UpdateBase | ExecutableDDLElement | TextClause
Values = Mapping[str, object]
_Change = Callable[[Any], Any] | None

_LIST = re.compile(r"__\[POSTCOMPILE_(\w+)\]")
_NONE_OF_ANY = "SELECT 1 WHERE 1 != 1"
"""Stands in the brackets of IN where there is nothing."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A value's place in a statement.

    Attributes:
        usual: The value where none is given, if `has_usual`.
        change: Makes of it what the database takes; None if it takes it as it is.
    """

    name: str
    is_list: bool
    has_usual: bool
    usual: object
    change: _Change

    def in_(self, given: Values) -> object:
        """Return what is to be put in; of a list all that is in it."""
        value = given.get(self.name, self.usual)
        if value is None and not self.has_usual and self.name not in given:
            raise LookupError(f"nothing is given for {self.name}")
        if not self.is_list:
            return value if self.change is None else self.change(value)
        values = list(value) if isinstance(value, Iterable) else [value]
        return values if self.change is None else [self.change(one) for one in values]


class Finished(Protocol):
    """What a statement gave."""

    @property
    def rows(self) -> Sequence[tuple[Any, ...]]:
        """Its rows."""

    @property
    def description(self) -> Any:  # noqa: ANN401 - as the DB-API has it
        """What the columns are called."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement's text, with what goes in and what comes out."""

    text: str
    places: Sequence[_Place]
    has_lists: bool
    columns: Sequence[_Change]

    def filled(self, given: Values) -> tuple[str, list[object]]:
        """Return the text and the values in the order of their places."""
        if not self.has_lists:
            return self.text, [place.in_(given) for place in self.places]
        values: list[object] = []
        lists: dict[str, str] = {}
        for place in self.places:
            put_in = place.in_(given)
            if isinstance(put_in, list):
                lists[place.name] = ", ".join("?" * len(put_in)) or _NONE_OF_ANY
                values += put_in
            else:
                values.append(put_in)
        return _LIST.sub(lambda found: lists[found[1]], self.text), values

    def rows_of(self, finished: Finished) -> Sequence[Row[Any]]:
        """Return the rows as SQLAlchemy would."""
        if not finished.rows:
            return []
        make = _row_maker(tuple(column[0] for column in finished.description))
        changes = [(number, change) for number, change in enumerate(self.columns) if change]
        return [make(_changed(row, changes)) for row in finished.rows]


class Preparations:
    """The statements that have come more than once, for one kind of database.

    They are constants of their modules, so all databases of a kind in a process share them.
    """

    _of_kinds: ClassVar[dict[str, Self]] = {}

    @classmethod
    def for_kind(cls, dialect: Dialect) -> Self:
        """Return those of a kind of database."""
        return cls._of_kinds.setdefault(dialect.name, cls(dialect))

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: WeakKeyDictionary[Statement, dict[frozenset[str], Prepared | None]]
        self._known = WeakKeyDictionary()

    def of(self, statement: Statement, given: Iterable[str]) -> Prepared | None:
        """Return a statement prepared for the names that are given; None if it is new."""
        by_names = self._known.get(statement)
        if by_names is None:
            self._known[statement] = {}
            return None
        names = frozenset(given)
        if names not in by_names:
            by_names[names] = _prepared(statement, names, self._dialect)
        return by_names[names]


def _prepared(statement: Statement, names: frozenset[str], dialect: Dialect) -> Prepared | None:
    """Prepare a statement; None if SQLAlchemy would have to think of values itself."""
    columns = sorted(names) if isinstance(statement, UpdateBase) else None
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    if not isinstance(compiled, SQLCompiler):
        return None
    if compiled.literal_execute_params or compiled.insert_prefetch or compiled.update_prefetch:
        return None
    places = [_place(name, compiled, dialect) for name in compiled.positiontup or ()]
    return Prepared(
        text=compiled.string,
        places=places,
        has_lists=any(place.is_list for place in places),
        columns=[_reader(column.type, dialect) for column in _exported(statement)],
    )


def _place(name: str, compiled: SQLCompiler, dialect: Dialect) -> _Place:
    bind = compiled.binds[name]
    return _Place(
        name=name,
        is_list=bind.expanding,
        has_usual=not bind.required,
        usual=bind.effective_value,
        change=bind.type.dialect_impl(dialect).bind_processor(dialect),
    )


def _exported(statement: Statement) -> Iterable[Any]:
    if isinstance(statement, ExecutableDDLElement | TextClause):
        return ()
    return statement.exported_columns


def _reader(of: TypeEngine[Any], dialect: Dialect) -> _Change:
    return of.dialect_impl(dialect).result_processor(dialect, None)


@cache
def _row_maker(names: tuple[str, ...]) -> Callable[[Iterable[Any]], Row[Any]]:
    return result_tuple(names)


def _changed(
    row: tuple[Any, ...], changes: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Sequence[Any]:
    if not changes:
        return row
    values = list(row)
    for number, change in changes:
        values[number] = change(values[number])
    return values
