"""Corpora of names: none that is spoofed passes for an authority, and no real one is refused."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from bot.domain.badges import without_badges
from bot.domain.bylines import byline_words
from bot.domain.cleaning import clean_name, clean_spoken_as, clean_title
from bot.domain.reports import Byline
from bot.domain.reserved_names import imitates_authority
from bot.domain.richtext import rich

NAMES = Path(__file__).parents[1] / "names"


def names(corpus: str) -> dict[str, list[str]]:
    """The names of a corpus, by what they have in common."""
    return tomllib.loads((NAMES / f"{corpus}.toml").read_text(encoding="utf-8"))


SPOOFED, REAL = names("spoofed"), names("real")
ALL_SPOOFED = sorted({name for group in SPOOFED.values() for name in group})
ALL_REAL = sorted({name for group in REAL.values() for name in group})
LANGUAGES = {
    "english", "finnish", "arabic", "somali", "polish", "spanish", "ukrainian", "persian", "plain",
}  # fmt: skip
_BADGES = re.compile("[✓✔☑✅🗸√★☆⭐👮💂🛡🏅🔰🔵]")


def test_corpora_are_large_enough():
    """Two hundred of each; spoofs in nine languages, names in eight scripts or more."""
    assert len(ALL_SPOOFED) >= 200
    assert len(ALL_REAL) >= 200
    assert SPOOFED.keys() >= LANGUAGES
    assert len(REAL) >= 8


@pytest.mark.parametrize("name", ALL_SPOOFED, ids=ascii)
def test_no_spoofed_name_is_printed(name: str):
    """Neither as somebody's own, nor as another program calls them, nor as a group's."""
    assert clean_name(name) is None
    assert clean_spoken_as(name) is None
    assert clean_title(name) is None


@pytest.mark.parametrize("name", ALL_SPOOFED, ids=ascii)
def test_moderators_hear_of_every_spoofed_name(name: str):
    """What is not printed is not silent."""
    assert imitates_authority(name)


@pytest.mark.parametrize("name", ALL_SPOOFED, ids=ascii)
def test_byline_of_a_spoofed_name_is_a_number(name: str):
    """Who is called like an authority is a neighbour like others."""
    said = byline_words(Byline(alias=14, name=clean_name(name)), organisation=None)

    assert said.text_id == "byline-alias"


@pytest.mark.parametrize("name", ALL_SPOOFED, ids=ascii)
def test_sign_beside_a_spoofed_name_is_no_badge(name: str):
    """In a text, where the name itself may stand, no sign stands beside it."""
    line = name.replace("\n", " ").replace("\u2028", " ")
    cleaned = without_badges(rich(f"{line} ✔")).plain

    assert not _BADGES.search(cleaned.removeprefix(line[:1]))


@pytest.mark.parametrize("name", ALL_REAL, ids=ascii)
def test_no_real_name_is_refused_or_mangled(name: str):
    """Nobody's own name is a forgery, in whatever script it is written."""
    whole = unicodedata.normalize("NFKC", name)

    assert clean_name(name) == whole
    assert clean_spoken_as(name) == whole
    assert not imitates_authority(name)


@pytest.mark.parametrize("name", ["Granne 14", "Granne14", "Neighbour 3"])
def test_neighbour_s_number_is_printed_by_the_bot_alone_and_tells_no_moderator(name: str):
    """People keep what the bot calls them; that imitates no authority."""
    assert clean_name(name) is None
    assert not imitates_authority(name)
