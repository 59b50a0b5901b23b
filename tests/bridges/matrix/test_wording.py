"""Buttons, long texts and commands, as they are written on Matrix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.buttons import data_of, keyed, legend, presses_in, to_field
from bot.bridges.matrix.layout import lay_out, tone_of
from bot.bridges.matrix.markup import MAX_ADDRESS_CHARS
from bot.bridges.matrix.media import Upload, file_content
from bot.bridges.matrix.splitting import MAX_TEXT_BYTES, split
from bot.bridges.matrix.wording import worded
from bot.domain.messages import Media, MediaId, MediaKind
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import Link, Node, RichText, Style, Styled, Text, rich

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


def test_long_texts_lose_no_address_and_keep_what_is_hidden_readable() -> None:
    """Each part looks as it would alone, and only the first is said by somebody."""
    hidden = Styled(Style.SPOILER, (Text("hemligheten"),))
    link = Link("https://polisen.se/anmal", (Text("här"),))
    name = Styled(Style.BOLD, (Text("Granne 14"),))
    said = (name, Text(": "), Text("Привіт " * 3000), hidden, Text(" "), link)
    parts = split(RichText(said), name="Granne 14")

    assert len(parts) > 2
    assert all(part.size_bytes <= MAX_TEXT_BYTES for part in parts)
    assert ["Granne 14" in part.body for part in parts] == [True] + [False] * (len(parts) - 1)
    assert parts[-1].body.endswith("███████████ här")
    assert parts[-1].html is not None
    assert parts[-1].html.endswith(
        '<span data-mx-spoiler>hemligheten</span> <a href="https://polisen.se/anmal">här</a>'
    )


LONGEST = "https://hem.se/".ljust(MAX_ADDRESS_CHARS, "a")
"""The longest address that a link has."""


@pytest.mark.parametrize(
    "addresses", [["https://hem.se/" + "a" * 16_100], [LONGEST] * 8], ids=["long", "nested"]
)
def test_looks_that_leave_no_room_are_left_out_around_the_words(addresses: list[str]) -> None:
    """One line would become hundreds of events, with the same around each character."""
    said: tuple[Node, ...] = (Text("hej " * 500 + "då"),)
    for address in addresses:
        said = (Link(address, said),)
    parts = split(RichText((Text("se "), *said)))

    assert "".join(part.body for part in parts) == "se " + "hej " * 500 + "då"
    assert all(part.size_bytes <= MAX_TEXT_BYTES for part in parts)
    assert len(parts) <= 2


def test_many_long_addresses_are_kept() -> None:
    """However few words fit between them."""
    parts = split(
        RichText(tuple(Link(f"{LONGEST[:-2]}{n}", (Text("här "),)) for n in range(10, 60)))
    )
    html = "".join(part.html or "" for part in parts)

    assert all(part.size_bytes <= MAX_TEXT_BYTES for part in parts)
    assert html.count(LONGEST[:-2]) == 50


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
    ("said", "shown"),
    [
        ("Äkta? Skriv /kolla K7F3", "Äkta? Skriv !kolla K7F3"),
        ("gå hem · /check K7F3", "gå hem · !check K7F3"),
        ("jag skrev /kolla och /gul", "jag skrev /kolla och /gul"),
        ("hemma.se/kolla K7F3", "hemma.se/kolla K7F3"),
    ],
    ids=["on a card", "in an answer", "of people", "an address"],
)
def test_how_to_ask_for_a_code_is_written_as_it_is_typed_here(said: str, shown: str) -> None:
    """On cards, too, though words of people stand there, which are left as they are."""
    assert worded(OutgoingMessage(text=rich(said))).text.plain == shown


@pytest.mark.parametrize(
    ("message", "is_private", "kind"),
    [
        (OutgoingMessage(text=rich("Rök!")), False, "m.text"),
        (OutgoingMessage(text=rich("Grönt"), silent=True), False, "m.notice"),
        (OutgoingMessage(text=rich("Så blir rummet klart"), is_remark=True), False, "m.notice"),
        (OutgoingMessage(text=rich("Är det okej?"), is_remark=True), True, "m.text"),
        (OutgoingMessage(text=rich("Godkänn?"), is_remark=True, rings=True), False, "m.text"),
    ],
    ids=["card", "silent", "remark in a room", "remark in private", "remark that rings"],
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


def _picture(alt: str | None) -> Upload:
    media = Media(
        id=MediaId("m1"),
        kind=MediaKind.PHOTO,
        mime="image/jpeg",
        name="Alby.jpg",
        size_bytes=9,
        alt=alt,
    )
    return Upload(media=media, url="mxc://hem.se/1", info={})


@pytest.mark.parametrize(
    ("alt", "words", "body"),
    [
        ("Karta över Alby", "", "Karta över Alby"),
        ("Karta över Alby", "Alby ligger här", "Alby ligger här"),
        (None, "", "Alby.jpg"),
    ],
    ids=["alone", "with words", "somebody's own"],
)
def test_picture_says_what_it_shows(alt: str | None, words: str, body: str) -> None:
    """The words below it, else what can be seen; its name is the file's alone."""
    message = OutgoingMessage(text=rich(words))
    tone = tone_of(message, is_private=True, mark="m")
    (content,) = lay_out(message, [file_content(_picture(alt))], tone)

    assert content["body"] == body
    assert content["filename"] == "Alby.jpg"


def test_words_that_are_taken_away_leave_what_a_picture_shows() -> None:
    """An edit is made of what stands there."""
    with_words = OutgoingMessage(text=rich("Alby ligger här"))
    bare = OutgoingMessage(text=rich(""))
    tone = tone_of(bare, is_private=True, mark="m")
    standing = lay_out(with_words, [file_content(_picture("Karta över Alby"))], tone)
    (content,) = lay_out(bare, standing, tone)

    assert content["body"] == "Karta över Alby"
