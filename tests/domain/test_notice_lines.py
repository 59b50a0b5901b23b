"""A notice in one line, and a text per language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notice_lines import (
    NoticeHead,
    beginnings,
    read_head,
    read_texts,
    split_head,
)
from bot.domain.reports import Priority

TEXT = st.text(max_size=200) | st.text("sven:\n ,;ab12", max_size=60)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Alby: vattnet", ("Alby", "vattnet")),
        ("Alby, 23/11 08:00: vattnet", ("Alby, 23/11 08:00", "vattnet")),
        ("Alby\nVattnet: av", ("Alby", "Vattnet: av")),
        ("vattnet stängs kl 13:00", ("", "vattnet stängs kl 13:00")),
        ("", ("", "")),
    ],
)
def test_head_ends_with_a_colon_or_its_line(said: str, parts: tuple[str, str]) -> None:
    """The colon of a time has no space after it."""
    assert split_head(said) == parts


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("Alby", NoticeHead(names=("Alby",))),
        ("gul, Alby; Fittja", NoticeHead(names=("Alby", "Fittja"), priority=Priority.YELLOW)),
        ("röd Alby", NoticeHead(names=("Alby",), priority=Priority.RED)),
        ("🟢 Alby", NoticeHead(names=("Alby",), priority=Priority.GREEN)),
        ("Alby, imorgon 8", NoticeHead(names=("Alby",), at="imorgon 8")),
        (
            "Alby, kl 8, till fredag",
            NoticeHead(names=("Alby",), at="kl 8", until="fredag"),
        ),
        (" , ", NoticeHead()),
    ],
)
def test_head_tells_where_how_urgent_and_when(head: str, meant: NoticeHead) -> None:
    """What is nothing else is a name."""
    assert read_head(head) == meant


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ("sv: Hej\nen: Hello", {"sv": "Hej", "en": "Hello"}),
        ("EN: Hello\nand more\nSV: Hej", {"en": "Hello\nand more", "sv": "Hej"}),
        ("sv: Hej", {"sv": "Hej"}),
        ("Hej\nen: Hello", {}),
        ("fi: Moi", {}),
        ("sv:", {}),
    ],
)
def test_text_per_language_begins_its_line(said: str, texts: dict[str, str]) -> None:
    """All of it, or it is one text that only happens to look so."""
    assert read_texts(said, ()) == {}
    assert read_texts(said, ("sv", "en")) == texts
    assert list(read_texts(said, ("sv", "en"))) == list(texts)


@given(TEXT)
def test_no_word_is_lost_between_head_and_text(said: str) -> None:
    """What is not understood is still the author's."""
    head, text = split_head(said)

    assert all(part in said for part in (head, text))
    assert not head or read_head(head) is not None
    for first, rest in beginnings(said):
        assert said.index(first) == len(said) - len(said.lstrip()) or first in said
        assert rest


@given(st.dictionaries(st.sampled_from(["sv", "en"]), st.text("abc \n", min_size=1), min_size=1))
def test_texts_read_back_as_they_were_written(texts: dict[str, str]) -> None:
    """In their order, without the space around them."""
    said = "\n".join(f"{language}: {text}" for language, text in texts.items())

    assert read_texts(said, ("sv", "en")) == {
        language: text.strip() for language, text in texts.items() if text.strip()
    }
