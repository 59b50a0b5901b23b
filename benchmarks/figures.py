"""Figures, goals, and how both are printed."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number.

    Attributes:
        goal: What it shall be at most (or at least, if `more_is_better`); None for a yardstick
            measured in the same run.
        how: How it was measured, in a few words.
    """

    what: str
    value: float
    unit: str
    how: str
    goal: float | None = None
    more_is_better: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.more_is_better else self.value <= self.goal


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of all lies; nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def publish(figures: Sequence[Figure], path: Path) -> None:
    """Print a table and write the same as JSON."""
    table = Table("what", "measured", "goal", "", "how", title="Grannbro in numbers")
    for figure in figures:
        met = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}[figure.is_met]
        sign = "≥" if figure.more_is_better else "≤"
        goal = "" if figure.goal is None else f"{sign} {figure.goal:g} {figure.unit}"
        table.add_row(figure.what, f"{figure.value:.3g} {figure.unit}", goal, met, figure.how)
    Console().print(table)
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    found = [{**asdict(figure), "met": figure.is_met} for figure in figures]
    path.write_text(json.dumps({"machine": machine, "figures": found}, indent=2), encoding="utf-8")
