"""HTML that means harm: nothing of it runs, hides, leads astray or holds anybody up."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.matrix.hostile import MAX_TAGS, TooManyTags, cleaned
from bot.bridges.matrix.markup import HTML, to_html, to_matrix
from bot.bridges.matrix.reading import from_html
from bot.domain.cleaning import clean_text
from bot.domain.incoming import IncomingMessage
from bot.domain.richtext import Bullets, Link, Mention, Node, Quote, RichText, Styled
from tests.bridges.matrix.events import says

CORPUS = {
    "script": ("a<script>alert('x')</script>b", "ab"),
    "script in pieces": ("a<scr<script>ipt>x()</script>b", "aipt&gt;x()b"),
    "script never closed": ("a<script>steal()", "a"),
    "script with space": ("a<script\n>x()</script\t\n foo>b", "ab"),
    "style": ("a<style>*{display:none}</style>b", "ab"),
    "style attribute": ('<b style="position:fixed;top:0">a</b>', "a"),
    "event handler": ("<b onmouseover=steal() ONCLICK='x'>a</b>", "a"),
    "picture with handler": ("a<img src=x onerror=steal()>b", "ab"),
    "vector graphic": ("a<svg onload=x()><script>y()</script><p>z</svg>b", "a zb"),
    "formula": ("<math><mtext><script>x()</script></mtext></math>a", "a"),
    "frame": ("a<iframe srcdoc='<script>x()</script>'></iframe>b", "ab"),
    "form": ("<form action=//evil><input value=x><button>a</button></form>", "a"),
    "object": ("a<object data=x><embed src=y></object>b", "ab"),
    "base": ("<base href=//evil/><a href=x>a</a>", "a"),
    "comment": ("a<!-- b --><!--> c <!--->d", "a c d"),
    "comment with script": ("a<!--<script>-->b", "ab"),
    "declaration": ("<!DOCTYPE html><?php x() ?>a", "a"),
    "character data": ("a<![CDATA[<script>x()</script>]]>b", "ax()]]&gt;b"),
    "template": ("a<template><b>x</b></template>b", "ab"),
    "noscript": ('<noscript><p title="</noscript><script>x()</script>">a', "&quot;&gt;a"),
    "quote of an old client": ("<mx-reply>x<script>y</script></mx-reply>a", "a"),
    "quotes within quotes": ("<mx-reply><mx-reply>x</mx-reply>y</mx-reply>a", "a"),
    "quote never closed": ("<mx-reply>a", ""),
    "null bytes": ("a\0b<b\0>c</b>", None),
    "direction overrides": ("ab\u202egnp.exe\u2066x", "abgnp.exex"),
    "direction by entity": ("ab&#x202e;cd&rlm;", "abcd"),
    "direction by tag": ('<bdo dir="rtl">ab</bdo>', "ab"),
    "hidden spaces": ("a&#8203;b&shy;c&#xfeff;", "abc"),
    "entity that never ends": ("&" * 5_000, None),
    "entities of numbers": ("&#99999999999;&#0;&#x110000;a", None),
    "tags never closed": ("<b><i><u><del><p><ul><li>a", "• a"),
    "tags closed twice": ("a</b></i></p></ul></b>b", None),
    "tags across each other": ("<b>a<i>b</b>c</i>", "abc"),
    "attribute without end": ('<a href="' + "x" * 9_000, None),
    "attributes": ("<b " + "a=b " * 9_000 + ">a</b>", "a"),
    "many spans": ("<span>" * 4_000 + "a", "a"),
    "lists in lists": ("<ul><li>" * 2_000 + "a", None),
    "tables in cells": ("<table><tr><td>" * 1_500 + "a", None),
    "quotes in quotes": ("<blockquote>" * 4_000 + "a", None),
    "sections": ("<div>" * 4_900 + "a", "a"),
    "lists": ("<ul>" * 4_900 + "a", None),
    "looks that must be repeated": ("<b><i>" * 200 + "<p>" * 4_000 + "a", "a"),
    "looks closed late": ("<b>" * 500 + "<div>" * 2_000 + "</b>" * 2_000 + "a", None),
    "links in links": ("<a href='https://x.se'>" * 4_000 + "a", "a"),
    "rows without tables": ("<td>a<td>b<tr><li>c", None),
    "cells": ("<table>" + "<td>a" * 4_000, None),
    "lines": ("<p>a" * 4_000, None),
    "pictures with words": ('<img alt="' + "a" * 60_000 + '">', "a" * 60_000),
}
"""What comes, and the words that remain of it; None where only the rules below hold."""
EVERY_CASE = pytest.mark.parametrize(("html", "plain"), CORPUS.values(), ids=CORPUS)
SHADY = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:x()",
    "\x01javascript:x()",
    "&#106;avascript:x()",
    "javascript&colon;x()",
    " javascript:x()",
    "vbscript:x",
    "data:text/html,x",
    "data:image/svg+xml;base64,x",
    "tg://resolve?domain=x",
    "file:///etc/passwd",
    "//evil.se",
    "/x",
    "x",
    "https:",
    "blob:https://x.se/1",
    "view-source:https://x.se",
    "intent://x",
    "",
]


def all_nodes(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node of a tree."""
    for node in nodes:
        yield node
        match node:
            case Styled(children=inner) | Link(children=inner) | Mention(children=inner):
                yield from all_nodes(inner)
            case Quote(inner):
                yield from all_nodes(inner)
            case Bullets(items):
                for item in items:
                    yield from all_nodes(item)
            case _:
                pass


def require_harmless(text: RichText) -> None:
    """See that a text can be stored, shown anywhere, and leads to pages alone."""
    text.plain.encode()
    for node in all_nodes(text.nodes):
        if isinstance(node, Link):
            assert re.match(r"(?:https?|ftp|mailto|magnet):.", node.url, re.IGNORECASE)
    assert not re.search(r"<(?!/?(?:a|b|strong|em|u|del|span|code|pre|br|blockquote|[ou]l|li)\b)",
                         to_html(text))  # fmt: skip
    to_matrix(text)


@EVERY_CASE
def test_nothing_but_words_is_left(html: str, plain: str | None) -> None:
    """However they are wrapped."""
    text = clean_text(from_html(html))

    require_harmless(text)
    if plain is not None:
        expected = plain.replace("&gt;", ">").replace("&quot;", '"')
        assert text.plain.split() == expected.split()


@pytest.mark.parametrize("url", SHADY)
def test_link_that_leads_astray_is_text(url: str) -> None:
    """However it is written."""
    text = clean_text(from_html(f'<a href="{url}">tryck</a>'))

    assert not [node for node in all_nodes(text.nodes) if isinstance(node, Link)]
    assert text.plain == "tryck"


@pytest.mark.parametrize("tag", ["table", "div", "b", "span", "ul", "blockquote", "x"])
def test_what_nobody_can_have_written_is_read_from_the_plain_words(tag: str) -> None:
    """Ten thousand tables within each other say nothing."""
    deep = f"<{tag}>" * 10_000 + "djupt"
    found = says(body="så här", format=HTML, formatted_body=deep)

    with pytest.raises(TooManyTags):
        cleaned(deep)
    assert isinstance(found, IncomingMessage)
    assert found.text.plain == "så här"


PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol>",
        "<a href='https://x.se'>",
        "</a>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<mx-reply>",
        "</mx-reply>",
        "<svg>",
        "</svg>",
        "<math>",
        "<title>",
        "</title>",
        "<textarea>",
        "<template>",
        "<noscript>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<pre>",
        "<code class='language-x'>",
        "</pre>",
        "<blockquote>",
        "</blockquote>",
        "<span data-mx-spoiler>",
        "</span>",
        "<img alt='x' onerror=y>",
        "<br>",
        "<hr>",
        "&lt;",
        "&#0;",
        "&#x202e;",
        "\0",
        "\u202e",
        "\u2028",
        "<",
        ">",
        "'",
        '"',
        "a",
        " ",
        "\n",
        "<select>",
        "<font>",
        "<a href=javascript:x>",
        "<strong data-mx-profile-fallback>",
        "</strong>",
        "<plaintext>",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=60))
def test_any_mixture_is_harmless(pieces: list[str]) -> None:
    """Also if it is cleaned twice: what a browser makes of broken lists changes with each time."""
    html = "".join(pieces)

    require_harmless(clean_text(from_html(html)))
    require_harmless(clean_text(from_html(cleaned(html))))


@given(PIECES, PIECES, PIECES)
def test_repetition_is_as_harmless(one: str, other: str, third: str) -> None:
    """Any three pieces, as often as they are let through."""
    tags = max(1, (one + other + third).count("<"))
    html = (one + other + third) * min(MAX_TAGS // tags, 2_000)

    require_harmless(clean_text(from_html(html)))
