"""Takes the pictures of docs/alerts.md anew: `python -m tests.web.take_pictures`, a minute or two.

The first ten messages of somebody who follows Albyberget, in the chat of the example installation.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from tests.town import ROOT
from tests.web.program import Program
from tests.web.screen import Screen

FOLDER = ROOT / "docs" / "pictures" / "alerts"
SIZE = (900, 1100)
COLOURS = 48
"""Enough for text and buttons; a picture stays at some kilobytes."""
SETTLES_MS = 1500
COMES_WITHIN_MS = 200_000
ZONE = ZoneInfo("Europe/Stockholm")
ROOM, TITLE = "alby-torget", "Alby grannar · torget"
PRIVATE = "Grannbro"


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """What somebody writes and presses in a language."""

    name: str
    yes: str
    follow: str
    area: str
    yellow: str
    red: str
    resolve: str
    quiet: str
    night: str
    digest: str
    daily: str
    more: Sequence[str]
    together: str
    listed: str
    pause: str
    week: str


TONGUES: Mapping[str, Tongue] = {
    "sv": Tongue(
        name="Nina",
        yes="Ja, det är okej",
        follow="Bevaka mitt område",
        area="Albyberget",
        yellow="/gul Någon känner på källardörrarna på Albyvägen",
        red="/rod Rök ur ett fönster på Albyvägen 10",
        resolve="/klart",
        quiet="/tyst",
        night="från 22 till 7",
        digest="/sammanfattning",
        daily="Varje dag 18:00",
        more=("/gul Glas på cykelbanan vid skolan", "/gul Klotter i tunneln vid centrum"),
        together="Det här har hänt sedan sist",
        listed="/bevakningar",
        pause="/paus",
        week="7 dagar",
    ),
    "en": Tongue(
        name="Nora",
        yes="Yes, that's okay",
        follow="Follow my area",
        area="Albyberget",
        yellow="/yellow Somebody is trying the cellar doors on Albyvägen",
        red="/red Smoke from a window at Albyvägen 10",
        resolve="/resolve",
        quiet="/quiet",
        night="from 22 to 7",
        digest="/digest",
        daily="Every day 18:00",
        more=("/yellow Broken glass by the school", "/yellow Graffiti in the tunnel"),
        together="This has happened since last time",
        listed="/subscriptions",
        pause="/pause",
        week="7 days",
    ),
}


def main() -> None:
    """Take all of them."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser,
    ):
        for language, tongue in TONGUES.items():
            with tempfile.TemporaryDirectory() as folder:
                program = Program(Path(folder), ("run",))
                program.start()
                _take_all(language, tongue, program, browser)
                program.stop()


def _take_all(language: str, tongue: Tongue, program: Program, browser: Browser) -> None:
    reader = _comes(tongue.name, language, program, browser)
    neighbour = _comes("Anna", language, program, browser, ROOM)
    for screen in (reader, neighbour):
        screen.entry(PRIVATE).click()
        screen.page.wait_for_timeout(SETTLES_MS)
    neighbour.writes("/start")
    neighbour.taps(tongue.yes)
    neighbour.page.wait_for_timeout(SETTLES_MS)
    neighbour.entry(TITLE).click()
    neighbour.page.wait_for_timeout(SETTLES_MS)
    for number, shown in enumerate(_story(tongue, reader, neighbour), start=1):
        _shoot(shown, FOLDER / f"{language}-{number:02}.png")


def _story(tongue: Tongue, reader: Screen, neighbour: Screen) -> Iterator[Locator]:
    """Yield what the newcomer sees, one message after the other."""
    reader.writes("/start")
    yield _latest(reader)
    reader.taps(tongue.yes)
    yield _latest(reader)
    reader.taps(tongue.follow)
    yield _latest(reader)
    reader.writes(tongue.area)
    yield _latest(reader)
    neighbour.writes(tongue.yellow)
    yield _latest(reader)
    neighbour.writes(tongue.red)
    yield _latest(reader)
    neighbour.writes(f"{tongue.resolve} {_id_on(_latest(reader))}")
    yield _latest(reader)
    reader.writes(tongue.quiet)
    _latest(reader)
    reader.writes(tongue.night)
    yield _latest(reader)
    reader.writes(tongue.digest)
    _latest(reader)
    reader.taps(tongue.daily)
    yield _latest(reader)
    reader.writes(tongue.listed)
    yield _latest(reader)
    # A minute or two from now, as the clock on the wall shows it.
    reader.writes(f"{tongue.digest} {datetime.now(ZONE) + timedelta(seconds=80):%H:%M}")
    _latest(reader)
    for line in tongue.more:
        neighbour.writes(line)
    expect(reader.line(tongue.together)).to_be_visible(timeout=COMES_WITHIN_MS)
    yield _latest(reader)
    reader.writes(tongue.pause)
    _latest(reader)
    reader.taps(tongue.week)
    yield _latest(reader)


def _comes(name: str, language: str, program: Program, browser: Browser, *rooms: str) -> Screen:
    let_into = [word for room in rooms or ("alby-backen",) for word in ("--room", room)]
    said = program.says(
        "web", "invite", name.casefold(), "--name", name, "--language", language, *let_into
    )
    width, height = SIZE
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale=language
    )
    screen = Screen(context.new_page())
    screen.comes_to(said.splitlines()[-1])
    return screen


def _latest(screen: Screen) -> Locator:
    """Return the latest message once nothing changes any more."""
    screen.page.wait_for_timeout(SETTLES_MS)
    latest = screen.page.get_by_role("article").last
    expect(latest).to_be_visible()
    return latest


def _id_on(card: Locator) -> str:
    return card.inner_text().split("#")[1][:3]


def _shoot(shown: Locator, path: Path) -> None:
    shown.page.mouse.move(0, 0)
    shown.scroll_into_view_if_needed()
    shown.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
