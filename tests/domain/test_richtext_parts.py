"""Formatted texts parted in two."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.richtext import Bullets, Link, Quote, RichText, Style, Styled, Text
from bot.domain.richtext_parts import characters, part_at
from tests.domain.examples import trees


@given(trees, st.integers(0, 200))
def test_no_character_is_lost_and_none_comes_twice(text: RichText, count: int) -> None:
    """Wherever it is cut."""
    before, after = part_at(text, count)

    assert characters(before) == characters(text)[:count]
    assert characters(after) == characters(text)[count:]


def test_what_is_cut_goes_on_as_it_was() -> None:
    """However deep it lies."""
    link = Link("https://hem.se", (Text("abcd"),))
    text = RichText((Quote((Styled(Style.SPOILER, (link,)),)), Bullets(((Text("e"),),))))
    before, after = part_at(text, 2)

    def quoted(said: str) -> Quote:
        return Quote((Styled(Style.SPOILER, (Link("https://hem.se", (Text(said),)),)),))

    assert before.nodes == (quoted("ab"),)
    assert after.nodes == (quoted("cd"), Bullets(((Text("e"),),)))


def test_items_of_a_list_stay_apart() -> None:
    """Those before the cut, the one that is cut, and those behind it."""
    text = RichText((Bullets(((Text("ab"),), (Text("cd"),), (Text("ef"),))),))
    before, after = part_at(text, 3)

    assert before.nodes == (Bullets(((Text("ab"),), (Text("c"),))),)
    assert after.nodes == (Bullets(((Text("d"),), (Text("ef"),))),)
