"""Takes small pictures of what stands in the chat, for the docs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from tests.town import ROOT
from tests.web.screen import Screen

PICTURES = ROOT / "docs" / "pictures"
SIZE = (900, 1100)
COLOURS = 128
"""Enough for text and buttons; a picture stays at some kilobytes."""
SETTLES_MS = 1500
COMES_WITHIN_MS = 200_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    expect.set_options(timeout=COMES_WITHIN_MS)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=["--no-sandbox"]) as browser,
    ):
        yield browser


def open_screen(
    browser: Browser, address: str, *, locale: str, size: tuple[int, int] = SIZE
) -> Screen:
    """Open an address on a screen."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale=locale
    )
    context.set_default_timeout(COMES_WITHIN_MS)
    screen = Screen(context.new_page())
    screen.comes_to(address)
    return screen


def shoot(shown: Locator, path: Path) -> None:
    """Keep what a message looks like, in few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shown.page.mouse.move(0, 0)
    shown.scroll_into_view_if_needed()
    shown.page.wait_for_timeout(SETTLES_MS)
    shown.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
