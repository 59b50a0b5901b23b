"""Values of the domain: made once, never changed, and alike if they say the same."""

import importlib
import pkgutil
from dataclasses import is_dataclass
from enum import Enum

import pytest

import bot.domain

MODULES = [
    importlib.import_module(f"bot.domain.{module.name}")
    for module in pkgutil.iter_modules(bot.domain.__path__)
]
VALUES = [
    value
    for module in MODULES
    for value in vars(module).values()
    if is_dataclass(value) and isinstance(value, type) and value.__module__ == module.__name__
]
CHOICES = [
    choice
    for module in MODULES
    for choice in vars(module).values()
    if isinstance(choice, type)
    and issubclass(choice, Enum)
    and choice.__module__ == module.__name__
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_value_can_not_be_changed(value: type):
    """Whoever holds a value may rely on it; a change is a new value."""
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(value)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.__name__)
def test_choices_are_all_different(choice: type[Enum]):
    """Stored by their value: two of the same would be one."""
    assert len(choice.__members__) == len(list(choice))


def test_there_are_values():
    """The two tests above look at something."""
    assert len(VALUES) > 40
    assert len(CHOICES) > 15
