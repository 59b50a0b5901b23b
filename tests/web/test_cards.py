"""How messages look in the browser: cards stand out while they matter, and markup is only ours."""

from datetime import UTC, datetime

import pytest

from bot.bridges.web.markup import from_markdown, to_html
from bot.domain.outgoing import Button
from bot.domain.richtext import Link, RichText, Style, Styled, Text, rich
from bot.domain.web_chat import WebMessage
from bot.web.cards import card_html, is_card, tone
from tests.styles import bold

BUTTONS = ((Button(label="👁 Sett", data="t.seen"),),)
CARD = rich("🔴 ") + bold("#7K3 Brand") + rich(" · Alby\nRök\n↳ Granne 2: Ja\n✅ Löst\n— Granne 1")


def message(
    text: RichText, *, author: str | None = None, rows: tuple[tuple[Button, ...], ...] = BUTTONS
) -> WebMessage:
    """A message on the square."""
    at = datetime(2026, 11, 21, tzinfo=UTC)
    return WebMessage(id=1, room="torget", author=author, text=text, rows=rows, sent_at=at)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (message(CARD), "red"),
        (message(CARD, rows=()), ""),
        (message(CARD, author="anna"), ""),
        (message(rich("🔴 #7K3 är skickad.")), ""),
        (message(rich("🟡 ") + bold("#7K4 Hund")), "yellow"),
        (message(rich("Hej")), ""),
        (message(RichText()), ""),
    ],
    ids=["active", "over", "typed by somebody", "receipt", "yellow", "talk", "nothing"],
)
def test_only_a_card_that_matters_has_a_colour(shown: WebMessage, expected: str):
    """What is over is calm, and nobody can type a card."""
    assert tone(shown) == expected


def test_card_that_is_over_is_still_a_card():
    """It keeps its shape."""
    assert is_card(message(CARD, rows=()))


def test_each_line_of_a_card_is_what_it_is():
    """Head, words, what was answered, how it stands, and who."""
    parts = [part.split('"')[0] for part in card_html(CARD).split('class="gb-card-')[1:]]

    assert parts == ["head", "text", "update", "state", "byline"]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        (
            "**fet** *lutad* ~~struken~~ `kod`",
            "<b>fet</b> <i>lutad</i> <s>struken</s> <code>kod</code>",
        ),
        ("<b>x</b> & y", "&lt;b&gt;x&lt;/b&gt; &amp; y"),
        ("ett\ntvå\n\ntre", "ett<br>två<br><br>tre"),
        ("> citat", "<blockquote>citat</blockquote>"),
        ("```\na < b\n```", "<pre>a &lt; b</pre>"),
        ("- ett\n- två", "<ul><li>ett</li><li>två</li></ul>"),
        ("1. ett", "<ol><li>ett</li></ol>"),
        ("# ingen rubrik", "# ingen rubrik"),
        (
            "[x](https://a.se/?x=1&y=2)",
            '<a href="https://a.se/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">x</a>',
        ),
    ],
)
def test_what_is_typed_is_written_with_our_tags_alone(typed: str, html: str):
    """Light Markdown; all else is text."""
    assert to_html(from_markdown(typed)) == html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " https://x", "//x"])
def test_link_to_anything_but_a_page_is_only_words(url: str):
    """Wherever it came from."""
    assert to_html(RichText((Link(url, (Text("här"),)),))) == "här"


def test_spoiler_can_be_opened_by_keyboard():
    """It takes the focus."""
    spoiler = Styled(Style.SPOILER, (Text("Molly är hemma"),))

    assert 'tabindex="0">Molly' in to_html(RichText((spoiler,)))
