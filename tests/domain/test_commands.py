"""Commands: `/red text`, `!red text`, in two languages, and the nearest one when it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cleaning import clean_text
from bot.domain.commands import ALIASES, Command, nearest_command, parse_command
from bot.domain.richtext import Quote, RichText, Style, Styled, Text, rich
from tests.domain.examples import texts, trees
from tests.styles import bold

SLASH, BOTH = ("/",), ("!", "/")
FIXED = (
    "start", "help", "language", "red", "yellow", "green", "report", "update", "resolve",
    "withdraw", "confirm", "false", "subscribe", "subscriptions", "unsubscribe", "flag", "areas",
    "status", "consent", "privacy", "export", "forget", "delete", "group", "link", "unlink",
    "mute_relay", "duplicate", "quiet", "digest", "pause", "tip",
    "notice", "notices", "correct", "recall", "official", "check", "missing", "wanted",
    "witnesses", "verify", "approve", "revoke", "organisations", "organisation", "vouch",
)  # fmt: skip


def parse(text: str, prefixes: tuple[str, ...] = SLASH) -> tuple[str, str] | None:
    """Read a plain text; the command's name and what follows it."""
    command = parse_command(rich(text), prefixes=prefixes)
    return None if command is None else (command.name, command.rest.plain)


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("/red rök ur fönster", "red", "rök ur fönster"),
        ("/red", "red", ""),
        ("/RED Rök", "red", "Rök"),
        ("/rod rök", "red", "rök"),
        ("/röd rök", "red", "rök"),
        ("/RÖD rök", "red", "rök"),
        ("/red@grannbro_bot rök", "red", "rök"),
        ("/red@grannbro_bot", "red", ""),
        ("/red\nrök\nur fönster", "red", "rök\nur fönster"),
        ("/red   rök  ", "red", "rök"),
        ("/red: rök", "red", "rök"),
        ("/red, rök", "red", "rök"),
        ("/red:", "red", ""),
        ("/bevaka albyberget", "subscribe", "albyberget"),
        ("/dra_tillbaka 7K3", "withdraw", "7K3"),
        ("/lagesbild", "lagesbild", ""),
        ("/radera 7K3", "delete", "7K3"),
    ],
    ids=[
        "plain",
        "alone",
        "capitals",
        "Swedish without dots",
        "Swedish",
        "Swedish capitals",
        "to a bot by name",
        "to a bot by name alone",
        "over lines",
        "blanks",
        "as in RED:",
        "as in a sentence",
        "the tag alone",
        "another noun",
        "underscore",
        "unknown keeps its name",
        "a report's number",
    ],
)
def test_command_is_read(typed: str, name: str, rest: str):
    """Every alias has one English name; what follows is left as it was written."""
    assert parse(typed) == (name, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "red",
        " /red",
        "/",
        "/ red",
        "//red",
        "/red,rök",
        "/red::",
        "/red-rök",
        "se /red",
        "/home/anna/bild.jpg",
        "/" + "a" * 33,
        "/red@",
        "/red@!",
        "och/eller",
        "1/2",
    ],
    ids=ascii,
)
def test_other_texts_are_no_commands(text: str):
    """A path, a fraction or a slash in a sentence is none; what begins like one is no report."""
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "prefixes", "is_command"),
    [
        ("!red rök", BOTH, True),
        ("/red rök", BOTH, True),
        ("!red rök", SLASH, False),
        ("/red rök", ("!",), False),
        ("!red rök", (), False),
    ],
    ids=["! on Matrix", "/ on Matrix", "! on Telegram", "/ where it is none", "nowhere"],
)
def test_prefix_is_the_platforms(text: str, prefixes: tuple[str, ...], *, is_command: bool):
    """`!viktigt` on Telegram is an exclamation, not a command."""
    assert (parse(text, prefixes) is not None) is is_command


def test_letters_composed_of_two_are_read_after_cleaning():
    """Some phones send ö as o with two dots: a red report must not be lost for it."""
    command = parse_command(clean_text(rich("/ro\u0308d rök")), prefixes=SLASH)

    assert command is not None
    assert command.name == "red"


def test_rest_keeps_its_form():
    """Bold stays bold when the command before it leaves."""
    text = RichText((Text("/red "), Styled(Style.BOLD, (Text("rök"),)), Quote((Text("sa hon"),))))
    command = parse_command(text, prefixes=SLASH)

    assert command is not None
    assert command.rest == bold("rök") + RichText((Quote((Text("sa hon"),)),))


def test_words_are_what_stands_after_it():
    """Arguments are split at white space of any kind."""
    command = Command(name="subscribe", rest=rich("  albyberget\n red  "))

    assert command.words == ["albyberget", "red"]
    assert Command(name="help", rest=rich("")).words == []


def test_aliases_lead_to_english_names():
    """No alias leads to another alias, and none hides a command of its own."""
    assert not set(ALIASES) & set(ALIASES.values())
    assert not set(ALIASES) & set(FIXED)
    assert set(ALIASES.values()) <= set(FIXED)


@given(st.sampled_from(sorted(ALIASES)), texts)
def test_every_alias_is_its_command(alias: str, rest: str):
    """In any case, on both platforms."""
    assert parse(f"/{alias} {rest}") == (ALIASES[alias], rest.strip())
    assert parse(f"!{alias.upper()} {rest}", BOTH) == (ALIASES[alias], rest.strip())


@given(st.one_of(trees, st.text(max_size=60).map(rich), st.text().map(lambda t: rich("/" + t))))
def test_no_text_breaks_the_reading(text: RichText):
    """Anything may be written; what is read is never longer than that."""
    command = parse_command(text, prefixes=BOTH)

    if command is not None:
        assert text.plain[0] in BOTH
        assert len(command.rest.plain) < len(text.plain)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rde", "red"),
        ("subscribee", "subscribe"),
        ("subcsribe", "subscribe"),
        ("bevka", "bevaka"),
        ("bevaka", "bevaka"),
        ("hjlp", "hjalp"),
        ("raport", "rapport"),
        ("glömm", "glöm"),
        ("forgett", "forget"),
        ("xyzzy", None),
        ("", None),
        ("a" * 32, None),
    ],
    ids=ascii,
)
def test_nearest_command_is_suggested(typed: str, meant: str | None):
    """A slip of the finger finds it in the language it was typed in; a riddle finds none."""
    assert nearest_command(typed, FIXED) == meant


def test_only_known_commands_are_suggested():
    """An alias of something that this installation does not do leads nowhere."""
    assert nearest_command("glömm", ["help", "red"]) is None
    assert nearest_command("help", []) is None


@given(st.text(max_size=40), st.lists(st.sampled_from(FIXED)))
def test_nothing_typed_breaks_the_suggestion(typed: str, known: list[str]):
    """Whatever is typed, what is suggested can be done."""
    near = nearest_command(typed, iter(known))
    assert near is None or ALIASES.get(near, near) in known
