"""Buttons, long texts and commands, as they are written on Matrix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.buttons import data_of, keyed, legend, presses_in, to_field
from bot.bridges.matrix.layout import lay_out, tone_of
from bot.bridges.matrix.splitting import MAX_TEXT_BYTES, split
from bot.bridges.matrix.wording import worded
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import rich

ROWS = (
    (Button(label="👁 Sett", data="t.seen", emoji="👁"), Button(label="Ja", data="t.0")),
    (Button(label="Nej", data="t.1"), Button(label="Läs mer", url="https://polisen.se")),
)


def test_buttons_become_lines_that_say_what_to_react_with() -> None:
    """Row by row; a page is a link, and what has an emoji has no number."""
    assert legend(ROWS).plain == "👁 Sett · 1️⃣ Ja\n2️⃣ Nej · Läs mer"
    assert [key for key, _ in keyed(ROWS)] == ["👁", "1️⃣", "2️⃣"]


def test_numbers_carry_what_their_buttons_do() -> None:
    """The message itself says so; a card's own emoji are reactions."""
    presses = presses_in(to_field(ROWS))

    assert presses == {"1️⃣": "t.0", "2️⃣": "t.1"}
    assert data_of("1⃣", presses) == "t.0"
    assert data_of("👁", presses) is None
    assert presses_in("nonsense") == presses_in([[1, {"key": 2}], 3]) == {}


def test_more_buttons_than_numbers_go_on_with_letters() -> None:
    """Each has another sign."""
    row = tuple(Button(label=str(n), data=f"t.{n}") for n in range(40))

    signs = [key for key, _ in keyed((row,))]
    assert len(signs) == len(set(signs)) == 36


@given(st.text(st.characters(codec="utf-8"), max_size=50), st.integers(1, 3000))
def test_long_texts_lose_no_word(piece: str, times: int) -> None:
    """Whatever they are cut into fits."""
    text = f"{piece}a" * times
    parts = split(rich(text))

    assert "".join(part.body for part in parts) == text
    assert all(part.size_bytes <= MAX_TEXT_BYTES for part in parts)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Skriv /group new här.", "Skriv !group new här."),
        ("/hjalp och /glom", "!hjalp och !glom"),
        ("och/eller https://hem.se/help /etc", "och/eller https://hem.se/help /etc"),
    ],
)
def test_commands_are_shown_as_they_are_typed_here(said: str, shown: str) -> None:
    """In what the bot says; people's words are theirs."""
    remark = OutgoingMessage(text=rich(said), is_remark=True)

    assert worded(remark).text.plain == shown
    assert worded(OutgoingMessage(text=rich(said))).text.plain == said


@pytest.mark.parametrize(
    ("message", "is_private", "kind"),
    [
        (OutgoingMessage(text=rich("Rök!")), False, "m.text"),
        (OutgoingMessage(text=rich("Grönt"), silent=True), False, "m.notice"),
        (OutgoingMessage(text=rich("Så blir rummet klart"), is_remark=True), False, "m.notice"),
        (OutgoingMessage(text=rich("Är det okej?"), is_remark=True), True, "m.text"),
    ],
    ids=["card", "silent", "remark in a room", "remark in private"],
)
def test_what_the_bot_remarks_in_a_room_makes_no_sound(
    message: OutgoingMessage,
    is_private: bool,  # noqa: FBT001
    kind: str,
) -> None:
    """Cards and people's words do, and what somebody is asked in private."""
    (content,) = lay_out(message, (), tone_of(message, is_private=is_private, mark="m"))

    assert content["msgtype"] == kind
    assert content["m.mentions"] == {}
