"""`python -m tests.branches`, after the tests: was every branch of the core taken?

In these packages it is decided who hears what, who may do what, and what is sent. A line or a
branch there that no test takes is a rule that nobody has stated.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict

from coverage import Coverage
from coverage.exceptions import CoverageException

CORE = ("bot/domain", "bot/dispatch", "bot/outbox")


class Measured(TypedDict):
    """What coverage says of one file."""

    missing_lines: list[int]
    missing_branches: list[list[int]]


def main() -> None:
    """End with the list of what no test has taken, if there is anything."""
    try:
        files = measured()
    except CoverageException as error:
        sys.exit(f"nothing was measured ({error}); run `make test`")
    gaps = [*unseen(files), *gaps_in(files)]
    if gaps:
        sys.exit("\n".join(["No test takes these:", *gaps]))


def measured() -> Mapping[str, Measured]:
    """Return what the tests have left out, by file.

    Raises:
        CoverageException: There are no data, or they fit no file.
    """
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        coverage.json_report(outfile=str(report), include=[f"{package}/*" for package in CORE])
        files: dict[str, Measured] = json.loads(report.read_text(encoding="utf-8"))["files"]
    return files


def gaps_in(files: Mapping[str, Measured]) -> Iterator[str]:
    """Yield each line and branch that was not taken, as `file:line`."""
    for file, seen in sorted(files.items()):
        missed = set(seen["missing_lines"])
        yield from (f"{file}:{line}" for line in sorted(missed))
        for start, end in seen["missing_branches"]:
            if start not in missed and end not in missed:
                yield f"{file}:{start} (to {f'line {end}' if end > 0 else 'the end'})"


def unseen(files: Mapping[str, Measured]) -> Iterator[str]:
    """Yield each package of which no file was measured: it was renamed, or left out."""
    for package in CORE:
        if not any(file.startswith(f"{package}/") for file in files):
            yield f"{package}: no file of it was measured"


if __name__ == "__main__":
    main()
