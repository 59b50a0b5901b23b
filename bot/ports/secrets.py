"""What an installation has that nobody else does."""

from collections.abc import Callable
from typing import TypeAlias

Secret: TypeAlias = Callable[[str], bytes]
"""Returns 32 bytes for a purpose, always the same; lies where the keys of sealed fields do."""
