"""Takes the pictures of README.md, docs/tips.md, official.md, notices.md and verification.md anew.

`python -m tests.web.take_demo_pictures`, a minute or two. The five people of the demo, in Swedish.
"""

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from tests.web.camera import PICTURES, chromium, open_screen, shoot
from tests.web.program import Program
from tests.web.screen import WIDE, Screen

SIZE = (1280, 1100)
SQUARE, DESK = "alby-torget", "polisen-desk"
NOTICE = """/meddelande gul, albyberget
sv: Vattnet stängs av kl. 13–15. Tappa upp i en kanna.
en: The water is turned off from 1 to 3 pm. Fill a jug."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The demo, with its day paused."""

    program: Program
    browser: Browser

    def as_one(self, who: str, room: str | None = None) -> Screen:
        """Look at a room, or at a private chat, as one of the people."""
        address = f"{self.program.address}/?room={room or '@' + who}&as={who}"
        screen = open_screen(self.browser, address, locale="sv-SE", size=SIZE)
        if room is None:
            _comes(screen, "Då är vi igång")
        return screen


def main() -> None:
    """Take all of them."""
    with chromium() as browser:
        _take_all((_take_whole,), browser)
        _take_all(TAKES, browser)


def _take_all(takes: Sequence[Callable[[Stage], None]], browser: Browser) -> None:
    """Take some in a demo of their own."""
    with tempfile.TemporaryDirectory() as folder:
        program = Program(Path(folder), ("demo", "--paused"))
        program.start()
        try:
            for take in takes:
                take(Stage(program=program, browser=browser))
        finally:
            program.stop()


def _take_whole(stage: Stage) -> None:
    """The page at a quarter past nine of the written day, with something red going on."""
    address = f"{stage.program.address}/?room=alby-backen&as=bosse"
    screen = open_screen(stage.browser, address, locale="sv-SE", size=WIDE)
    page = screen.page
    for _ in range(2):
        page.get_by_role("button", name="Hastighet").click()
    page.get_by_role("button", name="Spela dagen").click()
    expect(page.locator(".gb-clock")).to_have_text("09:18")
    page.get_by_role("button", name="Pausa dagen").click()
    expect(screen.card("rycker i dörrarna")).to_contain_text("sett av 1")
    screen.line("mörka jackor").scroll_into_view_if_needed()
    shoot(page.locator("body"), PICTURES / "demo.png")


def _take_tip(stage: Stage) -> None:
    anna, desk = stage.as_one("anna"), stage.as_one("pia", DESK)
    square = stage.as_one("anna", SQUARE)
    square.writes("/tips polisen Varje dag vid tretiden säljs det något ur en bil bakom skolan")
    shoot(_comes(anna, "Jag tog bort ditt meddelande"), PICTURES / "tips" / "asked.png")
    anna.taps("Skicka till Polisen")
    shoot(_comes(desk, "Tips T-1"), PICTURES / "tips" / "desk.png")


def _take_official(stage: Stage) -> None:
    square, pia = stage.as_one("anna", SQUARE), stage.as_one("pia")
    square.writes("/gul De säger att Albyskolan utryms för ett bombhot")
    card = square.card("Albyskolan utryms")
    expect(card).to_be_visible()
    report = _named(r"#(\w{3})\b", card)
    pia.writes(f"/official {report} false Det är en planerad brandövning. Alla är trygga.")
    _comes(pia, "Så här läser de det")
    pia.taps("Skicka svaret")
    expect(card).to_contain_text("Det stämmer inte")
    expect(card).to_contain_text("svaret har gått till")
    shoot(card, PICTURES / "official" / "answer.png")
    anna = stage.as_one("anna")
    code = _named(r"/kolla (\w{4,6})", card)
    anna.writes(f"/kolla {code}")
    shoot(_comes(anna, "är äkta"), PICTURES / "official" / "check.png")


def _take_notice(stage: Stage) -> None:
    bosse = stage.as_one("bosse")
    bosse.writes(NOTICE)
    shoot(_comes(bosse, "Så här ser det ut"), PICTURES / "notices" / "preview.png")
    bosse.taps("Skicka")
    shoot(_comes(bosse, "är ute"), PICTURES / "notices" / "progress.png")


def _take_verification(stage: Stage) -> None:
    bosse, desk = stage.as_one("bosse"), stage.as_one("pia", DESK)
    bosse.writes("/verify polisen bosse.berg@polisen.se")
    mail = _comes(bosse, "Din kod är")
    shoot(mail, PICTURES / "verification" / "mail.png")
    bosse.writes(_named(r"Din kod är ([\d ]+)\.", mail))
    shoot(_comes(desk, "vill tala för"), PICTURES / "verification" / "approval.png")


def _comes(screen: Screen, words: str) -> Locator:
    """Return the latest message with these words, once it is there."""
    line = screen.line(words)
    expect(line).to_be_visible()
    return line


def _named(pattern: str, line: Locator) -> str:
    found = re.search(pattern, line.inner_text())
    assert found is not None, line.inner_text()
    return found[1]


TAKES: tuple[Callable[[Stage], None], ...] = (
    _take_tip,
    _take_official,
    _take_notice,
    _take_verification,
)


if __name__ == "__main__":
    main()
