"""Formatted text on its way to Matrix and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.markup import MAX_ADDRESS_CHARS, to_html, to_matrix
from bot.bridges.matrix.reading import from_html
from bot.domain.richtext import (
    Bullets,
    CodeBlock,
    Link,
    Node,
    Quote,
    RichText,
    Style,
    Styled,
    Text,
    rich,
)
from tests.domain.examples import trees


def bold(*nodes: Node) -> Styled:
    """A run in bold."""
    return Styled(Style.BOLD, nodes)


SHAPES = [
    RichText((Text("rök ur "), bold(Text("ett "), Styled(Style.ITALIC, (Text("fönster"),))))),
    RichText((Link("https://polisen.se/?a=1&b=2", (Text("<polisen>"),)),)),
    RichText((Text("läs:"), Quote((Text("två\nrader"),)), Text("svar"))),
    RichText((CodeBlock("a  <b>\n\n c", "py"), Text("efter"))),
    RichText((Bullets(((Text("ett"),), (Text("två"), bold(Text("!")))), ordered=True),)),
    RichText((Styled(Style.SPOILER, (Text("hemligt"),)), Text(" 👩‍👩‍👧 slut"))),
]


@pytest.mark.parametrize("tree", SHAPES, ids=range(len(SHAPES)))
def test_tree_comes_back_as_it_was(tree: RichText) -> None:
    """What a person formats arrives formatted, on whatever way."""
    assert from_html(to_html(tree)) == tree


@given(trees)
def test_what_was_read_once_stays_as_it_is(tree: RichText) -> None:
    """However odd a tree is, a second way there and back changes nothing."""
    once = from_html(to_html(tree))

    assert from_html(to_html(once)).plain == once.plain


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40))
def test_words_are_never_markup(words: str) -> None:
    """Whoever writes `</b><script>` has written that and no more."""
    kept = " ".join(words.split())

    assert from_html(to_html(rich(kept))).plain == " ".join(kept.split(" "))


@given(st.text(max_size=200), st.lists(st.sampled_from(list("<>/=\"' &;abpreliu#")), max_size=80))
def test_any_html_is_read(text: str, pieces: list[str]) -> None:
    """What anybody sends is somebody's message."""
    assert isinstance(from_html(text + "".join(pieces)), RichText)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>ett</p>\n<p>två</p>", "ett\n\ntvå"),
        ("<mx-reply><blockquote>gammalt</blockquote></mx-reply>svar", "svar"),
        ("a<script>x()</script>b", "ab"),
        ('hej <a href="https://matrix.to/#/@anna:hem.se">Anna</a>!', "hej Anna!"),
        ('<img data-mx-emoticon src="mxc://a/b" alt=":katt:">', ":katt:"),
        ("<ul><li>a<li>b</ul>", "• a\n• b"),
        ("<h2>Rubrik</h2>text", "Rubrik\ntext"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a  b\nc"),
        ("<b>aldrig stängd", "aldrig stängd"),
        ("</b></p>slut", "slut"),
        ("a<br/>b<br>c", "a\nb\nc"),
        ("<div><div>djupt</div></div>ned", "djupt\nned"),
    ],
)
def test_html_of_clients_is_read_as_it_looks(html: str, plain: str) -> None:
    """What clients send, and what they should not."""
    assert from_html(html).plain == plain


def test_deep_html_is_read() -> None:
    """Nobody can make the bot run out of stack."""
    assert from_html("<b>" * 5000 + "djupt").plain == "djupt"


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", "tg://user?id=1", ""),
        pytest.param("https://hem.se/" + "a" * MAX_ADDRESS_CHARS, id="too long"),
    ],
)
def test_links_that_run_something_or_lead_nowhere_are_text(url: str) -> None:
    """In either direction."""
    link = RichText((Link(url, (Text("tryck"),)),))

    assert to_html(link) == "tryck"
    assert from_html(f'<a href="{url}">tryck</a>') == rich("tryck")


def test_plain_words_need_no_html() -> None:
    """And hidden ones stay hidden where notifications show the plain form."""
    assert to_matrix(rich("hej\nhej & hå")).html is None
    hidden = to_matrix(RichText((Text("svar: "), Styled(Style.SPOILER, (Text("ja visst"),)))))

    assert hidden.body == "svar: ██ █████"
    assert "ja visst" in str(hidden.html)
