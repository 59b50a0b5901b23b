"""Reading `/tip polisen text`: which organisation is meant, and what is told it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.organisations import Organisation
from bot.domain.people import Role
from bot.domain.richtext import RichText
from bot.domain.tips import MAX_TIP_CHARS
from bot.domain.told_texts import require_text

_SPOKEN = {
    "polis": Role.POLICE, "polisen": Role.POLICE, "police": Role.POLICE,
    "kommun": Role.MUNICIPALITY, "kommunen": Role.MUNICIPALITY,
    "municipality": Role.MUNICIPALITY, "council": Role.MUNICIPALITY,
    "brandkår": Role.FIRE_SERVICE, "brandkåren": Role.FIRE_SERVICE,
    "räddningstjänsten": Role.FIRE_SERVICE,
    "väktare": Role.GUARD, "väktarna": Role.GUARD, "ordningsvakt": Role.GUARD,
    "guards": Role.GUARD,
    "hyresvärd": Role.LANDLORD, "hyresvärden": Role.LANDLORD, "landlord": Role.LANDLORD,
}  # fmt: skip
"""What people call them; which one is meant follows from the place."""
_MOST_WORDS = 5
_LEAST_CHARS = 4
_AROUND = " \n\t:,;.!_–-"
_TYPED = re.compile(
    r"[^\w/!]{0,3}(?:\\?[/／]\s?|[!！])(?:tip|tips|tipsa|tipp|tipps|tippa)(?:@\w+)?(?![^\W_])",
    re.IGNORECASE,
)
"""However the command is begun, ended or misspelt: who means it does not mean the neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TipLineRead:
    """What somebody typed after `/tip`; `organisation` is None if none is meant surely."""

    organisation: Organisation | None
    text: RichText


def read_tip_line(said: RichText, organisations: Sequence[Organisation]) -> TipLineRead:
    """Split what follows `/tip` into the organisation and the words for it.

    Args:
        said: All that follows the command.
        organisations: Those there are, the likeliest first.
    """
    for number in range(_MOST_WORDS, 0, -1):
        end = _end_of_words(said.plain, number)
        meant = _meant(said.plain[:end], organisations) if end else None
        if meant is not None:
            return TipLineRead(organisation=meant, text=_trimmed(said.without_start(end)))
    return TipLineRead(organisation=None, text=_trimmed(said))


def tip_typed(said: RichText) -> RichText | None:
    """Return what follows the command in a line that begins a tip; None if it begins none.

    More than a platform's own way to write a command counts: where others read, a tip that is
    taken for talk would be carried to still more of them.
    """
    found = _TYPED.match(said.plain)
    return _trimmed(said.without_start(found.end())) if found else None


def require_tip_text(text: RichText) -> RichText:
    """Let pass a text that tells something and is not longer than a desk can read at once.

    Raises:
        Unacceptable: It is too long, or holds no word.
    """
    return require_text(
        text, most_chars=MAX_TIP_CHARS, too_long="tip-too-long", needs_words="tip-needs-words"
    )


def _end_of_words(said: str, number: int) -> int:
    """Return where so many words end; 0 if there are fewer."""
    end = 0
    for _ in range(number):
        while end < len(said) and said[end].isspace():
            end += 1
        if end == len(said):
            return 0
        while end < len(said) and not said[end].isspace():
            end += 1
    return end


def _meant(typed: str, organisations: Sequence[Organisation]) -> Organisation | None:
    name = _folded(typed)
    for organisation in organisations:
        if name in {_folded(organisation.id), _folded(organisation.name)}:
            return organisation
    if name in _SPOKEN:
        return next((o for o in organisations if o.role is _SPOKEN[name]), None)
    if len(name) < _LEAST_CHARS:
        return None
    begun = [o for o in organisations if f"{_folded(o.name)} ".startswith(f"{name} ")]
    return begun[0] if len(begun) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.replace("-", " ").split()).strip(_AROUND).casefold()


def _trimmed(text: RichText) -> RichText:
    plain = text.plain
    return text.without_start(len(plain) - len(plain.lstrip(_AROUND)))
