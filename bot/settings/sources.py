"""Where the value of an option comes from, for whoever has to mend it."""

from dataclasses import dataclass
from pathlib import Path

from bot.settings.options import FILE_SUFFIX, PREFIX

FILE = "grannbro.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """A config folder and the environment over it.

    Attributes:
        variables: Names that are set in the environment, in capitals.
    """

    folder: Path
    variables: frozenset[str] = frozenset()

    @property
    def file(self) -> Path:
        """The file of the options."""
        return self.folder / FILE

    def of(self, *path: str) -> str:
        """Say which variable holds an option, or else the file where it stands or belongs."""
        parts = [part.upper() for part in path]
        names = [PREFIX + "__".join(parts[:length]) for length in range(1, len(parts) + 1)]
        names.append(names[-1] + FILE_SUFFIX)
        found = next((name for name in names if name in self.variables), None)
        return f"environment ({found})" if found else str(self.file)
