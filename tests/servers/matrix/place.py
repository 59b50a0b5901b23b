"""Where the servers' programs lie: an environment of their own, made by scripts/matrix-servers."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[3]
PLACE = Path(os.environ.get("MATRIX_TEST_SERVERS", "") or _ROOT / "build" / "matrix-servers")


def program(name: str) -> Path:
    """Return a program of the environment; skip the test where nobody has made it."""
    if not (PLACE / "made-from").exists():
        pytest.skip("no Matrix servers here: scripts/matrix-servers sets them up")
    return PLACE / "bin" / name
