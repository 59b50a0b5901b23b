"""What is left to `make chaos`, so that everything else is told of within minutes."""

import os

import pytest

LONG = pytest.mark.skipif("CHAOS_KILLS" not in os.environ, reason="a part of `make chaos`")
