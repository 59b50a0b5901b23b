"""Reading `/red text` and `!red text`, in Swedish and in English."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.domain.richtext import RichText

ALIASES = {
    "rod": "red", "röd": "red", "gul": "yellow", "gron": "green", "grön": "green",
    "rapport": "report", "rapportera": "report", "anmal": "flag", "flagga": "flag",
    "hjalp": "help", "hjälp": "help", "sprak": "language", "språk": "language",
    "bevaka": "subscribe", "bevakningar": "subscriptions",
    "tyst": "quiet", "tysta": "quiet", "tystnad": "quiet", "sammanfattning": "digest",
    "sammanfatta": "digest", "paus": "pause", "pausa": "pause",
    "omraden": "areas", "områden": "areas", "avsluta": "unsubscribe",
    "uppdatera": "update", "löst": "resolve", "klart": "resolve",
    "dra_tillbaka": "withdraw", "angra": "withdraw", "ångra": "withdraw",
    "kolla": "check", "officiellt": "official", "vittnen": "witnesses",
    "forsvunnen": "missing", "försvunnen": "missing", "efterlyst": "wanted",
    "dubblett": "duplicate", "bekrafta": "confirm", "bekräfta": "confirm", "falsk": "false",
    "bara_har": "mute_relay", "bara_här": "mute_relay",
    "samtycke": "consent", "integritet": "privacy", "exportera": "export",
    "grupp": "group", "lanka": "link", "länka": "link", "avlanka": "unlink", "avlänka": "unlink",
    "tips": "tip", "tipsa": "tip",
    "meddelande": "notice", "meddelanden": "notices", "ratta": "correct", "rätta": "correct",
    "aterkalla": "recall", "återkalla": "recall",
    "verifiera": "verify", "godkann": "approve", "godkänn": "approve",
    "aterta": "revoke", "återta": "revoke",
    "organisationer": "organisations", "myndigheter": "organisations",
    "glom": "forget", "glöm": "forget", "radera": "delete", "ta_bort": "delete",
    "intyga": "vouch",
}  # fmt: skip

KEPT_FOR_THE_BOT = frozenset(
    {
        "verify", "approve", "revoke", "flag", "appeal", "warn", "mute", "ban",
        "unban", "delete",
    }
)  # fmt: skip
"""Commands of later versions whose words are for few: a room's neighbours are not shown them."""
NEAR_MATCH = 0.6  # of 1
_COMMAND = re.compile(r"^(?P<prefix>[/!])(?P<name>\w{1,32})(?P<bot>@\w+)?[:,]?(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command and what stands after it.

    Attributes:
        name: The English name for every alias; what was typed if it is unknown.
        names_a_bot: It was written as `/vader@vaderbot`, as clients do in rooms with many bots.
    """

    name: str
    rest: RichText
    names_a_bot: bool = False

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
    return Command(
        name=ALIASES.get(typed, typed),
        rest=text.without_start(match.end()),
        names_a_bot=match["bot"] is not None,
    )


def is_for_a_bot(command: Command | None) -> bool:
    """Whether words that no feature answers to were all the same meant for a bot alone."""
    return command is not None and (command.names_a_bot or command.name in KEPT_FOR_THE_BOT)


def nearest_command(typed: str, known: Iterable[str]) -> str | None:
    """Return what was probably meant, in the language in which it was typed; None if none is near.

    Args:
        typed: What was typed.
        known: The English names of the commands that there are.
    """
    names = set(known)
    names |= {alias for alias, name in ALIASES.items() if name in names}
    # Letters that changed places are one slip: "/rde" is "/red", not "/radera".
    likeness = DamerauLevenshtein.normalized_similarity
    found = process.extractOne(typed, sorted(names), scorer=likeness, score_cutoff=NEAR_MATCH)
    return found[0] if found else None
