"""How the pages look and behave: calm paper, and nothing that shouts but red."""

import json
from importlib.resources import files
from typing import TypeVar

from nicegui import ui
from nicegui.element import Element

from bot.domain.words import words
from bot.texts import Texts

_TOLD = ("connection_lost", "trying_to_reconnect")
_E = TypeVar("_E", bound=Element)


def apply_theme(texts: Texts, language: str) -> None:
    """Dress the page that is being built, and tell the browser its language."""
    ui.add_css(_file("grannbro.css"))
    lost = [texts.plain(words(f"web-{told.replace('_', '-')}"), language) for told in _TOLD]
    ui.add_head_html(
        f"<script>{_file('grannbro.js')}\n"
        f"document.documentElement.lang = {_in_script(language)};\n"
        f'addEventListener("DOMContentLoaded", () => {_in_script(lost)}.forEach((said, n) =>'
        ' { document.querySelectorAll("#popup > span")[n].textContent = said; }));</script>'
    )
    ui.colors(primary="#2f6b4f", secondary="#5b6f66", accent="#c8372d")
    ui.query(".nicegui-content").classes("gb-page")


def named(element: _E, label: str, *, focus: str | None = None) -> _E:
    """Say what a screen reader calls an element.

    Args:
        element: The element.
        label: What it is called.
        focus: A name under which the focus finds it again after it was drawn anew.
    """
    element.props["aria-label"] = label
    return element if focus is None else found_again(element, focus)


def found_again(element: _E, focus: str) -> _E:
    """Let the focus find an element after it was drawn anew."""
    element.props["data-focus"] = focus
    return element


def _file(name: str) -> str:
    return files("bot.web").joinpath(name).read_text(encoding="utf-8")


def _in_script(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")
