"""Signs in people's own text that could be taken for a badge; only the bot prints those."""

import re
from collections.abc import Iterator

from bot.domain.reserved_names import is_reserved, skeleton
from bot.domain.richtext import RichText

CHECKED = "[x]"
"""Stands for a check mark beside an authority: what is ticked off stays so, and is no badge."""

VOUCHING = (
    "verif", "bekräft", "confirm", "offici", "auktori", "authori", "legitim", "certif",
    "myndighet", "weryfik", "vahvist", "xaqiiji", "подтвержд", "підтвердж", "موثق", "تایید",
)  # fmt: skip
"""Words that begin so say, beside a sign, that somebody has been looked into."""

_CHECK = "[✓✔☑✅🗸🗹√⍻\U00010102\U0001fbb1]"
_EMOJI = "[👮💂🛡🎖🏅🔰⭐🌟★☆✪✯🔵🌐]|[🧑👨👩][\U0001f3fb-\U0001f3ff]?\u200d🚒"
_DRESS = "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[♀♂]"
_SIGN = re.compile(f"(?P<check>{_CHECK})(?:{_DRESS})*|(?:{_EMOJI})(?:{_DRESS})*")
_VOUCHES = re.compile("|".join(re.escape(skeleton(word)) for word in VOUCHING))
_NEAR_CHARS, _BESIDE_CHARS = 32, 20
"""How far from an authority a check mark still vouches for it, and another sign."""
_LOOKED_AT = 200
"""So many signs of a text are looked at one by one; whoever writes more writes no list."""


def without_badges(text: RichText) -> RichText:
    """Take the signs of badges away from words that name an authority or vouch for somebody.

    A check mark elsewhere stays: people tick off what they have bought.
    """
    runs = _runs_of(text)
    whole = "".join(runs)
    if _SIGN.search(whole) is None:
        return text
    written = list(whole)
    for badge in _badges(whole):
        instead = CHECKED if badge["check"] else ""
        written[badge.start() : badge.end()] = [instead] + [""] * (len(badge[0]) - 1)
    ends = iter(_ends(runs))
    return text.map_text(lambda run: "".join(written[(end := next(ends)) - len(run) : end]))


def _runs_of(text: RichText) -> list[str]:
    runs: list[str] = []

    def note(run: str) -> str:
        runs.append(run)
        return run

    text.map_text(note)
    return runs


def _badges(whole: str) -> Iterator[re.Match[str]]:
    for number, sign in enumerate(_SIGN.finditer(whole)):
        if number >= _LOOKED_AT or _is_beside_an_authority(sign, whole):
            yield sign


def _is_beside_an_authority(sign: re.Match[str], whole: str) -> bool:
    reach = _NEAR_CHARS if sign["check"] else _BESIDE_CHARS
    before = whole[max(0, sign.start() - reach) : sign.start()].rpartition("\n")[2]
    after = whole[sign.end() : sign.end() + reach].partition("\n")[0]
    return any(
        is_reserved(words) or _VOUCHES.search(skeleton(words)) is not None
        for words in (before, after)
        if words
    )


def _ends(runs: list[str]) -> Iterator[int]:
    end = 0
    for run in runs:
        end += len(run)
        yield end
