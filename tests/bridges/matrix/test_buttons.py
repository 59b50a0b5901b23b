"""Buttons as emoji: no two look the same."""

from bot.bridges.matrix.buttons import bare_key, keyed, legend
from bot.domain.outgoing import Button

ROWS = (
    (Button(label="Lördag", data="t.0", emoji="1\u20e3"),),
    (Button(label="Söndag", data="t.1", emoji="2\u20e3"),),
    (Button(label="Stäng", data="t.close"),),
)


def test_number_that_a_button_has_chosen_is_no_other_buttons() -> None:
    """Whoever presses it would do something else than they see."""
    keys = [bare_key(key) for key, _ in keyed(ROWS)]

    assert len(set(keys)) == 3
    assert legend(ROWS).plain.endswith("3\ufe0f\u20e3 Stäng")
