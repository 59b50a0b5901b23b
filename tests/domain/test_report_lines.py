"""A report in one line: `/red text`, `🔴 text`, `RÖD: text`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import parse_command
from bot.domain.report_lines import ReportLine, read_report_line, require_report_text
from bot.domain.reports import MAX_TEXT_CHARS, Priority
from bot.domain.richtext import RichText, Style, Styled, Text, rich
from bot.errors import Unacceptable
from tests.domain.examples import trees
from tests.styles import bold

RED, YELLOW, GREEN = Priority.RED, Priority.YELLOW, Priority.GREEN


def read(text: RichText) -> ReportLine | None:
    """Read a line as it comes from a platform with both prefixes."""
    return read_report_line(text, parse_command(text, prefixes=("/", "!")))


@pytest.mark.parametrize(
    ("line", "priority"),
    [
        ("/red rök ur fönster", RED),
        ("/rod rök ur fönster", RED),
        ("/röd rök ur fönster", RED),
        ("!red rök ur fönster", RED),
        ("/RÖD rök ur fönster", RED),
        ("/red@grannbro_bot rök ur fönster", RED),
        ("🔴 rök ur fönster", RED),
        ("🔴rök ur fönster", RED),
        ("🔴\ufe0f rök ur fönster", RED),
        ("🔴\ufe0e rök ur fönster", RED),
        ("  🔴 rök ur fönster", RED),
        ("🔴\nrök ur fönster", RED),
        ("RÖD: rök ur fönster", RED),
        ("RED: rök ur fönster", RED),
        ("röd: rök ur fönster", RED),
        ("Röd:rök ur fönster", RED),
        ("Red : rök ur fönster", RED),
        ("  RÖD: rök ur fönster", RED),
        ("rÖd:\nrök ur fönster", RED),
        ("/yellow rök ur fönster", YELLOW),
        ("/gul rök ur fönster", YELLOW),
        ("🟡 rök ur fönster", YELLOW),
        ("🟡\ufe0f rök ur fönster", YELLOW),
        ("GUL: rök ur fönster", YELLOW),
        ("Yellow: rök ur fönster", YELLOW),
        ("/green rök ur fönster", GREEN),
        ("/gron rök ur fönster", GREEN),
        ("/grön rök ur fönster", GREEN),
        ("🟢 rök ur fönster", GREEN),
        ("🟢\ufe0f rök ur fönster", GREEN),
        ("GRÖN: rök ur fönster", GREEN),
        ("green: rök ur fönster", GREEN),
    ],
    ids=ascii,
)
def test_tagged_line_is_a_report(line: str, priority: Priority):
    """All the ways in which people tag a line; the tag goes, the words stay."""
    assert read(rich(line)) == ReportLine(priority, rich("rök ur fönster"))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "rök ur fönster",
        "rödbetor till salu",
        "Rödbetor: tio kronor kilot",
        "röda huset: någon hemma?",
        "röd bil: vems?",
        "en röd: ja",
        "red",
        "RÖD",
        "rod: he saw it too",
        "redan: ute",
        "gult ljus: stanna",
        "jag såg 🔴 på skylten",
        "🟥 rött",
        "🟠 orange",
        "❤️ tack",
        "/reda ut",
        "/help röd: rök",
        "/report",
        "/redaktionen",
        "🔴 #7K3 Stöldliga · Gamla stan · 14:32\nTre personer",
        "🟢\ufe0f #ABC23 Lost and found · Albyberget · 21 Nov",
    ],
    ids=ascii,
)
def test_untagged_line_is_no_report(line: str):
    """Talk about colours, beets and houses disturbs nobody."""
    assert read(rich(line)) is None


@pytest.mark.parametrize(
    ("line", "priority"),
    [("/red", RED), ("🟡", YELLOW), ("GRÖN:", GREEN), ("🔴 \n", RED)],
    ids=ascii,
)
def test_tag_alone_is_a_report_without_words(line: str, priority: Priority):
    """It opens the form: somebody wants to report but has not said what."""
    assert read(rich(line)) == ReportLine(priority, RichText())


@pytest.mark.parametrize("said", ["#7K3 de är här igen", "#7K3", "bron · tunneln · nu"])
def test_report_that_names_another_is_one(said: str):
    """Only the whole head of a card makes a copy: nothing urgent is held back."""
    assert read(rich(f"🔴 {said}")) == ReportLine(RED, rich(said))


def test_tag_goes_out_of_formatted_text():
    """Who writes the tag in bold still reports; the rest keeps its form."""
    tagged = RichText((Styled(Style.BOLD, (Text("RÖD: rök"),)), Text(" ur fönster")))

    assert read(tagged) == ReportLine(RED, bold("rök") + rich(" ur fönster"))


def test_only_the_first_tag_is_taken():
    """What stands after it is the author's own text."""
    assert read(rich("/red RÖD: rök")) == ReportLine(RED, rich("RÖD: rök"))


@given(st.one_of(trees, st.text(max_size=40).map(rich)))
def test_no_text_breaks_the_reading(text: RichText):
    """Anything may be written; a report's words are among those that were."""
    line = read(text)

    if line is not None:
        assert len(line.text.plain) < len(text.plain)


@given(st.sampled_from(Priority), st.text(max_size=40))
def test_sign_of_every_card_is_read_back(priority: Priority, said: str):
    """The sign that the bot prints is one that people may write."""
    line = read(rich(f"{priority.emoji} {said}"))

    assert line is not None
    assert line.priority is priority


@pytest.mark.parametrize(
    "text",
    ["rök", "112", "a" * MAX_TEXT_CHARS, "火", "🔥 här"],
    ids=["word", "number", "longest", "script", "emoji and word"],
)
def test_text_that_tells_something_passes(text: str):
    """One word may be all that somebody has time for."""
    assert require_report_text(rich(text)) == rich(text)


@pytest.mark.parametrize(
    ("text", "reason", "values"),
    [
        ("", "report-needs-words", {}),
        (" \n ", "report-needs-words", {}),
        ("🔥🔥🔥", "report-needs-words", {}),
        ("!!!", "report-needs-words", {}),
        ("a" * (MAX_TEXT_CHARS + 1), "report-too-long", {"length": 2001, "most": 2000}),
        ("🔥" * (MAX_TEXT_CHARS + 1), "report-too-long", {"length": 2001, "most": 2000}),
    ],
    ids=["empty", "white space", "only emoji", "only signs", "too long", "too long emoji"],
)
def test_text_that_tells_nothing_or_too_much_is_refused(
    text: str, reason: str, values: dict[str, int]
):
    """With a reason the author can act on."""
    with pytest.raises(Unacceptable) as refused:
        require_report_text(rich(text))

    assert refused.value.text_id == reason
    assert refused.value.values == values
