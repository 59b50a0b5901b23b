"""Reading `/red text` and `!red text`, in Swedish and in English."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.domain.richtext import RichText

ALIASES = {
    "rod": "red", "röd": "red", "gul": "yellow", "gron": "green", "grön": "green",
    "rapport": "report", "rapportera": "report", "anmal": "flag", "flagga": "flag",
    "hjalp": "help", "hjälp": "help", "sprak": "language", "språk": "language",
    "bevaka": "subscribe", "bevakningar": "subscriptions", "avsluta": "unsubscribe",
    "uppdatera": "update", "lost": "resolve", "löst": "resolve", "klart": "resolve",
    "dra_tillbaka": "withdraw", "angra": "withdraw", "ångra": "withdraw",
    "bekrafta": "confirm", "bekräfta": "confirm", "falsk": "false",
    "samtycke": "consent", "integritet": "privacy", "exportera": "export",
    "glom": "forget", "glöm": "forget", "radera": "forget",
}  # fmt: skip

_COMMAND = re.compile(r"^(?P<prefix>[/!])(?P<name>\w{1,32})(?:@\w+)?(?=\s|$)", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command and what stands after it.

    Attributes:
        name: The English name for every alias; what was typed if it is unknown.
    """

    name: str
    rest: RichText

    @property
    def words(self) -> list[str]:
        """The plain words after the command."""
        return self.rest.plain.split()


def parse_command(text: RichText, *, prefixes: Collection[str]) -> Command | None:
    """Read a text that begins with a command; None if it does not."""
    match = _COMMAND.match(text.plain)
    if match is None or match["prefix"] not in prefixes:
        return None
    typed = match["name"].lower()
    return Command(name=ALIASES.get(typed, typed), rest=text.without_start(match.end()))


def nearest_command(typed: str, known: Iterable[str]) -> str | None:
    """Return the known command that was probably meant, None if none is near."""
    found = process.extractOne(
        typed, sorted({*known, *ALIASES}), scorer=fuzz.ratio, score_cutoff=60
    )
    return ALIASES.get(found[0], found[0]) if found else None
