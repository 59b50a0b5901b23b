"""How far a line may go, and when it is the same again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.richtext import rich
from bot.domain.trails import MAX_HOPS, goes_on, room_tag, without_bylines
from tests.town import MX_ROOM, SHOPS, TG_ROOM


def test_line_goes_to_each_room_once():
    """Whoever brings it."""
    trail = (room_tag(TG_ROOM),)

    assert goes_on(trail, MX_ROOM)
    assert not goes_on((*trail, room_tag(MX_ROOM)), MX_ROOM)
    assert goes_on((*trail, room_tag(MX_ROOM)), SHOPS)


@given(st.lists(st.text(max_size=5), min_size=MAX_HOPS))
def test_no_trail_is_longer_than_the_limit(trail):
    """Whatever stands in it: another bot has written it."""
    assert not goes_on(trail, MX_ROOM)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hej", "hej"),
        ("Granne 1: hej", "hej"),
        ("Granne 3: Granne 1: hej", "hej"),
        ("Anna (Matrix): Granne 1: Möte: klockan 18", "klockan 18"),
        ("rad ett\nGranne 1: rad två", "rad ett\nGranne 1: rad två"),
        ("Granne 1: ", "Granne 1: "),
    ],
)
def test_words_are_the_same_under_any_number_of_names(text, said):
    """Each round puts another before them."""
    assert without_bylines(rich(text)) == said
