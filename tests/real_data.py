"""Where real data lies that is not the project's to give away; elsewhere its tests are skipped."""

import os
from pathlib import Path

_BESIDE = Path(__file__).parents[2] / "shared"
REAL_DATA = Path(os.environ.get("GRANNBRO_SHARED", _BESIDE)) / "data"
