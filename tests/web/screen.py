"""What somebody does before a screen, and what they see there."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import (
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

WIDE, PHONE = (1280, 800), (390, 844)
_NO_ROOM_TO_SPARE = """
() => [...document.querySelectorAll("body *")]
  .filter(e => e.checkVisibility() && !e.closest(".leaflet-container"))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.className)
"""

_IS_FOCUS_SEEN = """
() => {
  const seen = element => ["outlineStyle", "boxShadow"].some(
    part => getComputedStyle(element)[part] !== "none");
  const focused = document.activeElement;
  return seen(focused) || seen(focused.closest(".q-field__control") || focused);
}
"""
_NAMELESS = re.compile(r"\s*- (button|textbox|link|combobox|checkbox)(:|$|\s*\[)")


@dataclass
class Screen:
    """One open page. Words are looked for as a reader, or a screen reader, finds them."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    def comes_to(self, address: str) -> None:
        """Open an address and wait until the page lives."""
        self.page.goto(address)
        self.is_ready()

    def is_ready(self) -> None:
        """Wait until what stands on the page has come from the bot."""
        expect(self.page.locator(".gb-room-name").first).to_be_attached()

    def opens(self, room: str) -> None:
        """Open a room from the list, by how its name begins."""
        if self.is_small:
            self.turns_to("Rum")
        self.entry(room).click()
        expect(self.page.locator(".gb-talk-title")).to_contain_text(room)

    def turns_to(self, tab: str) -> None:
        """Press a tab at the foot of a small screen."""
        self.tab(tab).click()

    def tab(self, name: str) -> Locator:
        """A tab at the foot of a small screen, marked or not."""
        return self.page.get_by_role("button", name=re.compile(rf"^{name}\b"))

    def becomes(self, name: str) -> None:
        """Act as another of the people in the open room."""
        self.page.get_by_label("Du är").click()
        self.page.get_by_role("option", name=name).click()

    def writes(self, text: str) -> None:
        """Write a line in the open room."""
        self.writing.fill(text)
        self.writing.press("Enter")
        expect(self.writing).to_have_value("")

    def presses(self, line: Locator, label: str) -> None:
        """Press a button under a message, or in its menu."""
        line.get_by_role("button", name=label).click()

    def taps(self, label: str) -> None:
        """Press a button of the latest message that has it."""
        button = self.page.get_by_role("button", name=label)
        self.presses(self.page.get_by_role("article").filter(has=button).last, label)

    def chooses(self, line: Locator, choice: str) -> None:
        """Choose something from a message's menu."""
        line.get_by_role("button", name="Mer").click()
        self.page.get_by_role("menu").get_by_text(choice, exact=True).click()
        expect(self.page.get_by_role("menu")).to_be_hidden()

    def attaches(self, file: FilePayload) -> None:
        """Pick a file for the next line."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Bifoga bild eller fil").click()
        chooser.value.set_files(file)

    def address_of(self, picture: Locator) -> str:
        """Where a picture is loaded from."""
        return str(picture.evaluate("image => image.src"))

    @property
    def writing(self) -> Locator:
        """Where one types."""
        return self.page.get_by_role("textbox")

    @property
    def is_small(self) -> bool:
        """Whether one column is seen at a time."""
        return self.tab("Rum").is_visible()

    def entry(self, room: str) -> Locator:
        """A room in the list."""
        begins = re.compile(f"^{re.escape(room)}")
        name = self.page.locator(".gb-room-name").filter(has_text=begins)
        return self.page.locator(".gb-room").filter(has=name).first

    def line(self, text: str) -> Locator:
        """The latest message in the open room that holds these words."""
        return self.page.get_by_role("article").filter(has_text=text).last

    def card(self, text: str) -> Locator:
        """The latest card in the open room that holds these words."""
        return self.page.locator(".gb-line.card").filter(has_text=text).last

    def shows_focus(self) -> bool:
        """Whether one sees where the focus is."""
        return bool(self.page.evaluate(_IS_FOCUS_SEEN))

    def nameless(self) -> list[str]:
        """What can be pressed or filled in and has no name for a screen reader."""
        snapshot = self.page.locator("body").aria_snapshot()
        return [row for row in snapshot.splitlines() if _NAMELESS.match(row)]

    def has_no_trouble(self) -> None:
        """Nothing on the console, no failed request, nothing beyond the right edge."""
        assert self.troubles == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert self.page.evaluate(_NO_ROOM_TO_SPARE) == []

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(message.text)

    def _on_failure(self, request: Request) -> None:
        self.troubles.append(f"{request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status} {response.url}")
