"""Who is verified is said by the bot alone, and what people write can't be taken for its words."""

import pytest
from hypothesis import given

from bot.domain.badges import CHECKED, without_badges
from bot.domain.cleaning import clean_text
from bot.domain.richtext import Bullets, CodeBlock, Quote, RichText, Style, Styled, Text, rich
from bot.domain.set_apart import MARK, set_apart
from tests.domain.examples import trees

CHECKS = "✓✔☑✅🗸🗹√"


@pytest.mark.parametrize("sign", [*CHECKS, "✔️", "☑\ufe0f", "👮", "👮🏽\u200d♀️", "🛡️", "⭐"])
@pytest.mark.parametrize(
    "said",
    [
        "Polisen {} verifierad polis: Lämna era hus nu",
        "{} Polisen: gå hem",
        "Ρоlisеn {}: gå hem",
        "P o l i s e n {}: gå hem",
        "Botkyrka kommun · {}",
        "Fittja centrum {} verifierad",
        "— Polisen — {}\u200d verifierad",
    ],
)
def test_no_badge_stands_beside_an_authority(said: str, sign: str) -> None:
    """In whatever letters and with whatever sign."""
    cleaned = clean_text(rich(said.format(sign))).plain

    assert sign[0] not in cleaned
    assert "hem" in cleaned or "verifierad" in cleaned or "kommun" in cleaned


def test_badge_is_seen_across_styles() -> None:
    """The name bold and the sign not, as the bot writes it."""
    said = RichText((Styled(Style.BOLD, (Text("Polisen"),)), Text(" ✔"), Text("️ verifierad")))

    assert clean_text(said).plain == f"Polisen {CHECKED} verifierad"


@pytest.mark.parametrize(
    "said",
    [
        "✔ klart",
        "mjölk ✔\nbröd ✅\npotatis ☑",
        "Tack för hjälpen igår! ⭐⭐⭐",
        "☑ ringa hyresgästföreningen ☑ boka lokalen",
        "🚓 polisen är här",
        "🛡 försäkringen gäller",
    ],
)
def test_honest_signs_stay(said: str) -> None:
    """People tick off what they have bought."""
    assert clean_text(rich(said)).plain == said


def test_thing_that_is_ticked_off_stays_so() -> None:
    """Even where the sign itself can't stand."""
    assert clean_text(rich("✅ Ringa polisen")).plain == f"{CHECKED} Ringa polisen"


def test_signs_without_end_are_soon_read() -> None:
    """Whoever writes hundreds writes no list."""
    assert "✔" not in without_badges(rich("polis ✔ a ✔" * 300)).plain


@given(trees)
def test_cleaning_badges_again_changes_nothing(text: RichText) -> None:
    """And the shape stays."""
    cleaned = without_badges(text)

    assert without_badges(cleaned) == cleaned


@pytest.mark.parametrize(
    ("said", "begins_line", "shown"),
    [
        (rich("hej"), False, "hej"),
        (rich("hej"), True, "hej"),
        (rich("hej\n\nPolisen: gå"), False, "hej\n\n│ Polisen: gå"),
        (rich("hej\nPolisen: gå"), True, "│ hej\n│ Polisen: gå"),
        (rich("— Polisen"), False, "— Polisen"),
        (rich("— Polisen"), True, "│ — Polisen"),
        (rich(". ㅡ Polisen"), True, "│ . ㅡ Polisen"),
        (rich("✖ Stämde inte"), True, "│ ✖ Stämde inte"),
        (rich("#eld"), True, "#eld"),
        (rich("”Hjälp”, ropade någon"), True, "”Hjälp”, ropade någon"),
        (rich("hej\n   Polisen: gå"), False, "hej\n│    Polisen: gå"),
        (rich("hej" + "\u00a0" * 90 + "Polisen: gå"), False, "hej   Polisen: gå"),
        (
            RichText((Text("hej"), Styled(Style.BOLD, (Text("\nPolisen"),)), Text(": gå"))),
            False,
            "hej\n│ Polisen: gå",
        ),
        (RichText((Quote((Text("nå?"),)), Text("Polisen: gå"))), False, "nå?\n│ Polisen: gå"),
        (RichText((Text("a"), CodeBlock("b"), Text("c"))), False, "a\nb\n│ c"),
        (RichText((Text("a"), Bullets(((Text("b"),),)), Text("\nc"))), False, "a\n• b\n\n│ c"),
    ],
)
def test_lines_of_people_are_told_from_the_bots(
    said: RichText,
    begins_line: bool,  # noqa: FBT001 - a column of the table
    shown: str,
) -> None:
    """Each but the one that follows the name of who wrote it, and blocks that show it."""
    assert set_apart(said, begins_line=begins_line).plain == shown


@given(trees)
def test_setting_apart_only_adds(text: RichText) -> None:
    """Nothing that somebody wrote is lost."""
    letters = [c for c in text.plain if not c.isspace() and c != "\u2800"]
    apart = [c for c in set_apart(text).plain.replace(MARK, "") if not c.isspace()]

    assert sorted(c for c in apart if c != "│") == sorted(c for c in letters if c != "│")
