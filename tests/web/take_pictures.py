"""Takes the pictures of docs/alerts.md anew: `python -m tests.web.take_pictures`, a minute or two.

The first ten messages of somebody who follows Albyberget, in the chat of the example installation.
"""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, expect

from tests.web.camera import PICTURES, SETTLES_MS, chromium, open_screen, shoot
from tests.web.program import Program
from tests.web.screen import Screen

FOLDER = PICTURES / "alerts"
ZONE = ZoneInfo("Europe/Stockholm")
ROOM, TITLE = "alby-torget", "Alby grannar · torget"
PRIVATE = "Grannbro"
LANGUAGES = ("sv", "en")
Said = Mapping[str, str]

SAID: Mapping[str, tuple[str, str]] = {
    "name": ("Nina", "Nora"),
    "yes": ("Ja, det är okej", "Yes, that's okay"),
    "follow": ("Bevaka mitt område", "Follow my area"),
    "area": ("Albyberget", "Albyberget"),
    "yellow": (
        "/gul Någon känner på källardörrarna på Albyvägen",
        "/yellow Somebody is trying the cellar doors on Albyvägen",
    ),
    "red": ("/rod Rök ur ett fönster på Albyvägen 10", "/red Smoke from a window at Albyvägen 10"),
    "resolve": ("/klart", "/resolve"),
    "quiet": ("/tyst", "/quiet"),
    "night": ("från 22 till 7", "from 22 to 7"),
    "digest": ("/sammanfattning", "/digest"),
    "daily": ("Varje dag 18:00", "Every day 18:00"),
    "glass": ("/gul Glas på cykelbanan vid skolan", "/yellow Broken glass by the school"),
    "paint": ("/gul Klotter i tunneln vid centrum", "/yellow Graffiti in the tunnel"),
    "together": ("Det här har hänt sedan sist", "This has happened since last time"),
    "listed": ("/bevakningar", "/subscriptions"),
    "pause": ("/paus", "/pause"),
    "week": ("7 dagar", "7 days"),
}
"""What somebody writes, presses and reads, in each language."""


def main() -> None:
    """Take all of them."""
    with chromium() as browser:
        for number, language in enumerate(LANGUAGES):
            said = {key: both[number] for key, both in SAID.items()}
            with tempfile.TemporaryDirectory() as folder:
                program = Program(Path(folder), ("run",))
                program.start()
                _take_all(language, said, program, browser)
                program.stop()


def _take_all(language: str, said: Said, program: Program, browser: Browser) -> None:
    reader = _comes(said["name"], language, program, browser)
    neighbour = _comes("Anna", language, program, browser, ROOM)
    for screen in (reader, neighbour):
        screen.entry(PRIVATE).click()
        screen.page.wait_for_timeout(SETTLES_MS)
    neighbour.writes("/start")
    neighbour.taps(said["yes"])
    neighbour.page.wait_for_timeout(SETTLES_MS)
    neighbour.entry(TITLE).click()
    neighbour.page.wait_for_timeout(SETTLES_MS)
    for number, shown in enumerate(_story(said, reader, neighbour), start=1):
        shoot(shown, FOLDER / f"{language}-{number:02}.png")


def _story(said: Said, reader: Screen, neighbour: Screen) -> Iterator[Locator]:
    """Yield what the newcomer sees, one message after the other."""
    reader.writes("/start")
    yield _latest(reader)
    reader.taps(said["yes"])
    yield _latest(reader)
    reader.taps(said["follow"])
    yield _latest(reader)
    reader.writes(said["area"])
    yield _latest(reader)
    neighbour.writes(said["yellow"])
    yield _latest(reader)
    neighbour.writes(said["red"])
    yield _latest(reader)
    neighbour.writes(f"{said['resolve']} {_id_on(_latest(reader))}")
    yield _latest(reader)
    reader.writes(said["quiet"])
    _latest(reader)
    reader.writes(said["night"])
    yield _latest(reader)
    reader.writes(said["digest"])
    _latest(reader)
    reader.taps(said["daily"])
    yield _latest(reader)
    reader.writes(said["listed"])
    yield _latest(reader)
    # A minute or two from now, as the clock on the wall shows it.
    reader.writes(f"{said['digest']} {datetime.now(ZONE) + timedelta(seconds=80):%H:%M}")
    _latest(reader)
    for line in ("glass", "paint"):
        neighbour.writes(said[line])
    expect(reader.line(said["together"])).to_be_visible()
    yield _latest(reader)
    reader.writes(said["pause"])
    _latest(reader)
    reader.taps(said["week"])
    yield _latest(reader)


def _comes(name: str, language: str, program: Program, browser: Browser, *rooms: str) -> Screen:
    let_into = [word for room in rooms or ("alby-backen",) for word in ("--room", room)]
    link = program.says(
        "web", "invite", name.casefold(), "--name", name, "--language", language, *let_into
    )
    return open_screen(browser, link.splitlines()[-1], locale=language)


def _latest(screen: Screen) -> Locator:
    """Return the latest message once nothing changes any more."""
    screen.page.wait_for_timeout(SETTLES_MS)
    latest = screen.page.get_by_role("article").last
    expect(latest).to_be_visible()
    return latest


def _id_on(card: Locator) -> str:
    return card.inner_text().split("#")[1][:3]


if __name__ == "__main__":
    main()
