"""A real browser before the real program."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.web.program import Program
from tests.web.screen import WIDE, Screen

PATIENCE_MS = 20_000
NewScreen = Callable[..., Screen]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, if the machine has it. It ends with the module: async tests follow."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium here: install the package chromium to run the browser tests")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The demo with its day paused; the tests of a module share it."""
    program = Program(tmp_path_factory.mktemp("demo"), ("demo", "--paused"))
    program.start()
    yield program
    program.stop()


@pytest.fixture
def new_screen(browser: Browser) -> Iterator[NewScreen]:
    """Opens screens; at the end none of them may have had trouble."""
    screens: list[Screen] = []

    def make(size: tuple[int, int] = WIDE, **options: object) -> Screen:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **{"locale": "sv-SE", **options},  # type: ignore[arg-type]  # options of a context
        )
        context.set_default_timeout(PATIENCE_MS)
        screens.append(Screen(context.new_page()))
        return screens[-1]

    yield make
    for screen in screens:
        screen.has_no_trouble()
        screen.page.context.close()


@pytest.fixture
def screen(new_screen: NewScreen, demo: Program) -> Screen:
    """A wide screen with the demo on it."""
    screen = new_screen()
    screen.comes_to(demo.address)
    expect(screen.entry("Pia")).to_contain_text("igång")
    return screen


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """Where a program of one test keeps its things."""
    return tmp_path
