"""Every sentence: there in each language, whole, and in the voice of a calm neighbour."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from bot.domain.consent import Purpose
from bot.domain.kinds import Kind
from bot.domain.lifecycle import OUTCOMES
from bot.domain.people import VERIFIED_ROLES, Role
from bot.domain.permissions import Action
from bot.domain.reports import Mark, Priority, State
from bot.domain.words import Moment, words
from bot.errors import BotError, UserError
from bot.texts import load_texts
from tests.town import ROOT, START

LANGUAGES = ("en", "sv")
TEXTS = load_texts(zone=ZoneInfo("Europe/Stockholm"))
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?")
_SAYS = {"words", "choice"}


def _files(language: str) -> list[Path]:
    return sorted((ROOT / "bot" / "locales" / language).glob("*.ftl"))


def _entries(language: str) -> list[fluent.EntryType]:
    parser = FluentParser()
    return [
        entry
        for file in _files(language)
        for entry in parser.parse(file.read_text(encoding="utf-8")).body
    ]


def _messages(language: str) -> dict[str, fluent.Message]:
    return {e.id.name: e for e in _entries(language) if isinstance(e, fluent.Message)}


MESSAGES = {language: _messages(language) for language in LANGUAGES}


def _placeholders(node: object) -> set[str]:
    found: set[str] = set()
    for child in _walk(node):
        if isinstance(child, fluent.VariableReference):
            found.add(child.id.name)
    return found


def _walk(node: object) -> Iterator[object]:
    yield node
    if isinstance(node, fluent.BaseNode):
        for child in vars(node).values():
            for each in child if isinstance(child, list) else [child]:
                yield from _walk(each)


def _variants(message_id: str, language: str, placeholder: str) -> set[str]:
    """The values of a placeholder for which a text has its own words."""
    found = set()
    for node in _walk(MESSAGES[language][message_id].value):
        if isinstance(node, fluent.SelectExpression) and _placeholders(node.selector) == {
            placeholder
        }:
            found |= {
                key.name if isinstance(key, fluent.Identifier) else key.value
                for key in (variant.key for variant in node.variants)
            }
    return found


def _at_most(pattern: fluent.Pattern | None) -> int:
    """The most emoji that a text can show at once, but for what is set into it."""
    total = 0
    for element in pattern.elements if pattern else []:
        if isinstance(element, fluent.TextElement):
            total += len(_EMOJI.findall(element.value))
        elif isinstance(element.expression, fluent.SelectExpression):
            total += max(_at_most(variant.value) for variant in element.expression.variants)
        elif isinstance(element.expression, fluent.StringLiteral):
            total += len(_EMOJI.findall(element.expression.value))
    return total


def _used() -> Iterator[tuple[str, str]]:
    """Every text id in the code, with where it stands; `*` where a value is set in."""
    for file in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in _SAYS | _ERRORS:
                    yield from _ids(node.args[0], f"{file.name}:{node.lineno}")
                if name == "_say_to":
                    yield from _ids(node.args[1], f"{file.name}:{node.lineno}")
                if name == "require_text":
                    for refusal in node.keywords:
                        yield from _ids(refusal.value, f"{file.name}:{node.lineno}")


def _ids(node: ast.expr, where: str) -> Iterator[tuple[str, str]]:
    match node:
        case ast.Constant(value=str(text)):
            yield text, where
        case ast.JoinedStr(values=parts):
            yield (
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts
                ),
                where,
            )
        case ast.IfExp(body=one, orelse=other):
            yield from _ids(one, where)
            yield from _ids(other, where)


def _subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    sub: type[Exception]
    for sub in kind.__subclasses__():
        yield sub
        yield from _subclasses(sub)


_ERRORS = {"UserError", *(kind.__name__ for kind in _subclasses(UserError))}
USED = sorted(set(_used()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_text_file_is_left_unread(language):
    """A line that Fluent can't read cuts a text short without an error."""
    junk = [entry.content for entry in _entries(language) if isinstance(entry, fluent.Junk)]

    assert junk == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_there_twice(language):
    """The second would win, and nobody would know."""
    ids = [e.id.name for e in _entries(language) if isinstance(e, fluent.Message)]

    assert len(ids) == len(set(ids))


def test_every_language_has_every_text():
    """Swedish and English, whole."""
    assert MESSAGES["sv"].keys() == MESSAGES["en"].keys()
    assert {file.name for file in _files("sv")} == {file.name for file in _files("en")}


@pytest.mark.parametrize("message_id", sorted(MESSAGES["sv"]))
def test_text_has_the_same_placeholders_in_every_language(message_id):
    """What one language is told, the other is told too."""
    in_swedish = _placeholders(MESSAGES["sv"][message_id].value)

    assert _placeholders(MESSAGES["en"][message_id].value) == in_swedish
    assert MESSAGES["sv"][message_id].value is not None


@pytest.mark.parametrize(("used", "where"), USED)
def test_text_that_the_code_names_exists(used, where):
    """A missing text is a bug that only its reader would find."""
    pattern = re.compile(re.escape(used).replace(r"\*", ".+"))
    found = [known for known in MESSAGES["sv"] if pattern.fullmatch(known)]

    assert found, f"{used} in {where}"


def test_code_names_most_texts():
    """The search above is worth something."""
    patterns = [re.compile(re.escape(used).replace(r"\*", ".+")) for used, _ in USED]
    unused = [m for m in MESSAGES["sv"] if not any(p.fullmatch(m) for p in patterns)]

    assert len(unused) < len(MESSAGES["sv"]) / 4, unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shows_more_than_two_emoji(language):
    """The priority's is one of them."""
    loud = {
        name: count
        for name, message in MESSAGES[language].items()
        if (count := _at_most(message.value)) > 2
    }

    assert loud == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shouts(language):
    """Never exclaims in rows; red is the only thing that may look urgent."""
    for file in _files(language):
        text = file.read_text(encoding="utf-8")
        assert "!!" not in text
        assert not re.search(r"\b[A-ZÅÄÖ]{5,}\b", text.replace("JPEG", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_name(kind, language):
    """Each its own."""
    names = [TEXTS.plain(words(f"kind-{other.value}"), language) for other in Kind]

    assert TEXTS.has(f"kind-{kind.value}", language)
    assert len(set(names)) == len(Kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("priority", Priority)
def test_every_priority_has_its_texts(priority, language):
    """In the form, on the receipt and for a subscription."""
    assert TEXTS.plain(words(f"priority-{priority.word}"), language).startswith(priority.emoji)
    assert TEXTS.has(f"subscribe-{priority.word}", language)
    receipt = words("report-receipt", priority=priority.word, id="7K3", reached="x", byline="y")
    assert TEXTS.plain(receipt, language).startswith(priority.emoji)
    assert priority.word in _variants("summary-what", language, "at_least")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mark", Mark)
def test_every_mark_has_a_label(mark, language):
    """A sign alone is not read by everybody."""
    assert len(TEXTS.plain(words(f"mark-{mark.value}"), language)) > 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
def test_every_state_has_its_words(state, language):
    """On the card, on the receipt, and as news where it is over."""
    assert state.value in _variants("report-receipt-state", language, "state")
    if state is not State.OPEN:
        assert state.value in _variants("card-state", language, "state")
        said = words("card-state", state=state.value, time=Moment(START))
        assert TEXTS.plain(said, language)
    if state in {State.RESOLVED, State.FALSE, State.WITHDRAWN, State.HIDDEN}:
        assert TEXTS.has(f"news-{state.value}", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_its_question_and_its_switch(purpose, language):
    """Each can be given and withdrawn alone."""
    assert TEXTS.has(f"consent-ask-{purpose.value}", language)
    assert TEXTS.plain(words(f"consent-{purpose.value}-on"), language).startswith("✅")
    assert TEXTS.plain(words(f"consent-{purpose.value}-off"), language).startswith("⬜")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", sorted(VERIFIED_ROLES))
def test_every_verified_role_has_its_badge(role, language):
    """Only the bot prints them, so it must know them all; others bear no badge."""
    said = words("byline-verified", organisation="Polisen", role=role.value)

    assert role.value in _variants("byline-verified", language, "role")
    assert "✔" in TEXTS.plain(said, language)
    assert set(Role) > VERIFIED_ROLES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", [a for a in Action if a not in {"file", "file_restricted"}])
def test_every_refusal_says_why(action, language):
    """Who may not do something is told what to do instead."""
    text_id = f"report-may-not-{action.value.replace('_', '-')}"

    assert TEXTS.has(text_id, language)
    assert set(OUTCOMES) <= set(Action)


@pytest.mark.parametrize("error", sorted(_subclasses(BotError), key=str))
def test_every_error_for_people_has_its_text(error):
    """An error without words would be silence."""
    text_id = getattr(error, "text_id", None)

    assert text_id is None or all(TEXTS.has(text_id, language) for language in LANGUAGES)


def test_missing_text_or_value_is_a_bug_that_shows():
    """It must not be sent half."""
    with pytest.raises(LookupError):
        TEXTS.say(words("no-such-text"), "sv")
    with pytest.raises(LookupError):
        TEXTS.say(words("kind-none-at-all"), "sv")
    with pytest.raises(LookupError):
        TEXTS.say(words("report-undone"), "sv")


def test_unknown_language_is_answered_in_english():
    """The one that most can read."""
    assert TEXTS.plain(words("report-undo"), "xx") == "Undo"
    assert TEXTS.languages == LANGUAGES


def test_pictures_of_a_subscriber_s_first_messages_are_all_shown():
    """Each in both languages, and none that the page does not show."""
    page = (ROOT / "docs" / "alerts.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"pictures/alerts/([\w-]+\.png)", page))
    taken = {file.name for file in (ROOT / "docs" / "pictures" / "alerts").iterdir()}

    assert shown == taken
    assert len(taken) >= 10 * len(LANGUAGES)
