"""The demo as a newcomer meets it: the day that plays, any screen, no mouse, a broken line."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import NewScreen
from tests.web.program import Program
from tests.web.screen import PHONE, WIDE, Screen

pytestmark = pytest.mark.slow

TORGET, BACKEN = "Alby grannar · torget", "Alby grannar · backen"
SMALLEST_FOR_A_THUMB = 40


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Program]:
    """A demo for one test alone, with its day paused."""
    program = Program(tmp_path, ("demo", "--paused"))
    program.start()
    yield program
    program.stop()


def test_day_plays_pauses_and_hurries(new_screen: NewScreen, own_demo: Program):
    """What is told stands at the top; paused, nothing happens by itself."""
    screen = new_screen()
    screen.comes_to(own_demo.address)
    page = screen.page
    expect(page.get_by_text("En dag i Alby och Gamla stan börjar")).to_be_visible()
    expect(page.get_by_text("Här är det lugnt")).to_be_visible()
    expect(page.get_by_text("Lugnt just nu")).to_be_visible()
    speed = page.get_by_role("button", name="Hastighet")
    for wanted in ("×2", "×4", "×1", "×2", "×4"):
        speed.click()
        expect(speed).to_have_text(wanted)

    page.get_by_role("button", name="Spela dagen").click()
    expect(page.get_by_text("Morgon i Albyberget")).to_be_visible()
    page.get_by_role("button", name="Pausa dagen").click()

    expect(page.get_by_role("button", name="Spela dagen")).to_be_visible()
    expect(screen.line("God morgon!")).to_be_visible()


def test_one_may_be_anybody(screen: Screen):
    """The lines of whom one is stand at the right; others see them under an alias."""
    screen.opens(TORGET)
    screen.writes("Jag är Anna")
    expect(screen.line("Jag är Anna")).to_have_class(re.compile("mine"))
    screen.becomes("Pia")
    expect(screen.line("Jag är Anna")).not_to_have_class(re.compile("mine"))
    expect(screen.line("Jag är Anna").get_by_text("Anna", exact=True)).to_be_visible()
    screen.opens(BACKEN)

    expect(screen.line("Jag är Anna")).to_contain_text("Granne")


def test_reload_keeps_the_room_the_person_and_the_draft(screen: Screen):
    """As if nothing had happened."""
    screen.opens(TORGET)
    screen.becomes("Pia")
    screen.writes("Före omladdningen")
    expect(screen.line("Före omladdningen")).to_be_visible()
    screen.writing.press_sequentially("Halvskrivet")
    screen.page.reload()
    screen.is_ready()

    expect(screen.page.locator(".gb-talk-title")).to_have_text(TORGET)
    expect(screen.line("Före omladdningen")).to_have_class(re.compile("mine"))
    expect(screen.writing).to_have_value("Halvskrivet")
    screen.writing.press("Enter")
    expect(screen.line("Halvskrivet")).to_be_visible()
    screen.page.reload()
    screen.is_ready()
    expect(screen.line("Halvskrivet")).to_be_visible()
    expect(screen.writing).to_have_value("")


def test_address_of_a_room_that_one_is_not_in_opens_another(new_screen: NewScreen, demo: Program):
    """Nobody is let in by a line in the address."""
    screen = new_screen()
    screen.comes_to(f"{demo.address}/?room=polisen-desk&as=anna")

    expect(screen.page.locator(".gb-talk-title")).to_have_text(TORGET)


def test_killed_in_the_middle_nothing_is_lost(new_screen: NewScreen, own_demo: Program):
    """The page says so, keeps what is typed, and finds its room again by itself."""
    screen = new_screen()
    screen.comes_to(own_demo.address)
    expect(screen.entry("Pia")).to_contain_text("igång")
    screen.opens(TORGET)
    screen.writes("/rod Före avbrottet")
    expect(screen.card("Före avbrottet")).to_be_visible()
    own_demo.freeze()
    screen.writes("Aldrig mottaget")
    own_demo.kill()
    expect(screen.page.get_by_text("Ingen kontakt just nu")).to_be_visible()
    screen.writing.press_sequentially("Under avbrottet")
    screen.writing.press("Enter")
    expect(screen.writing).to_have_value("Under avbrottet")
    own_demo.start()

    expect(screen.page.get_by_text("Ingen kontakt just nu")).to_be_hidden()
    expect(screen.card("Före avbrottet")).to_be_visible()
    expect(screen.writing).to_have_value("Aldrig mottaget\nUnder avbrottet")
    screen.writing.press("Enter")
    expect(screen.line("Under avbrottet")).to_contain_text("Aldrig mottaget")
    screen.opens(BACKEN)
    expect(screen.page.locator(".gb-line.card", has_text="Före avbrottet")).to_have_count(1)
    expect(screen.page.get_by_role("article").filter(has_text="Under")).to_have_count(1)
    screen.troubles.clear()  # a browser tells the console of each try to reconnect


def test_everything_can_be_done_without_a_mouse(screen: Screen):
    """Focus is seen wherever it is, and stays on a card that is drawn anew."""
    page = screen.page
    tab_to(screen, screen.entry(BACKEN))
    page.keyboard.press("Enter")
    expect(page.locator(".gb-talk-title")).to_have_text(BACKEN)
    tab_to(screen, screen.writing)
    page.keyboard.type("/gul Nycklar funna vid porten")
    page.keyboard.press("Enter")
    seen = screen.card("Nycklar funna").get_by_role("button", name="Sett")
    expect(seen).to_be_visible()
    tab_to(screen, seen, backwards=True)
    page.keyboard.press("Enter")

    expect(screen.card("Nycklar funna")).to_contain_text("sett av 1")
    expect(seen).to_be_focused()
    page.keyboard.press("Tab")
    expect(screen.card("Nycklar funna").get_by_role("button", name="Ser det")).to_be_focused()


def tab_to(screen: Screen, wanted: Locator, *, backwards: bool = False) -> None:
    """Press Tab until something has the focus; it must be visible all the way."""
    for _ in range(80):
        screen.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert screen.shows_focus()
            return
    raise AssertionError(f"no way to {wanted} by Tab")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_everything_has_a_name(size: tuple[int, int], new_screen: NewScreen, demo: Program):
    """A screen reader has something to say of each button, and landmarks to go by."""
    screen = new_screen(size)
    screen.comes_to(demo.address)
    screen.opens(BACKEN)
    screen.writes("/gul Något att höra om")
    expect(screen.card("Något att höra om")).to_be_visible()

    assert screen.nameless() == []
    assert screen.page.evaluate("document.documentElement.lang") == "sv"
    expect(screen.page.get_by_role("main")).to_have_count(1)
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Grannbro")
    expect(screen.page.get_by_role("log", name="Chatt")).to_be_visible()


def test_phone_has_every_column_and_room_for_a_thumb(new_screen: NewScreen, demo: Program):
    """One column at a time, nothing beyond the edge, buttons large enough."""
    screen = new_screen(PHONE)
    screen.comes_to(demo.address)
    screen.opens(TORGET)
    screen.writes("/rod Stökigt vid tunnelbanan")
    card = screen.card("Stökigt vid tunnelbanan")
    for label in ("Sett", "Klart", "112 ringt"):
        box = card.get_by_role("button", name=label).bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST_FOR_A_THUMB
    for tab, column in (("Rum", "navigation"), ("Chatt", "log"), ("Karta", "complementary")):
        screen.turns_to(tab)
        expect(screen.page.get_by_role(column, name=tab)).to_be_visible()  # type: ignore[arg-type]
        screen.has_no_trouble()
    expect(screen.page.locator(".gb-place", has_text="Albyberget")).to_be_in_viewport()


def test_dark_is_dark_and_readable(new_screen: NewScreen, demo: Program):
    """For those who asked their machine for it."""
    screen = new_screen(color_scheme="dark")
    screen.comes_to(demo.address)

    assert brightness(screen, "body", "backgroundColor") < 60
    assert brightness(screen, ".gb-talk-title", "color") > 190


def brightness(screen: Screen, selector: str, part: str) -> float:
    """The mean of red, green and blue."""
    told = screen.page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{part}")
    numbers = [float(number) for number in re.findall(r"[\d.]+", str(told))[:3]]
    return sum(numbers) / 3


def test_map_does_not_repeat_what_is_officially_false(own_demo: Program, new_screen: NewScreen):
    """The list beside the chat names a claim as the card does."""
    anna, pia = new_screen(), new_screen()
    anna.comes_to(f"{own_demo.address}/?room=alby-torget&as=anna")
    pia.comes_to(f"{own_demo.address}/?room=@pia&as=pia")
    expect(pia.line("Då är vi igång")).to_be_visible()
    anna.writes("/gul De säger att skolan utryms för ett bombhot")
    entry = anna.page.locator(".gb-report")
    expect(entry).to_contain_text("Hot")
    report = entry.inner_text().split("#")[1][:3]
    pia.writes(f"/official {report} false Det är en övning")
    pia.taps("Skicka svaret")

    expect(entry).to_contain_text("Uppgift")


def test_english_reader_gets_an_english_page(new_screen: NewScreen, demo: Program):
    """Whole, and told to the screen reader."""
    screen = new_screen(locale="en-GB")
    screen.comes_to(demo.address)

    expect(screen.page.get_by_role("button", name="Attach a picture or file")).to_be_visible()
    expect(screen.page.get_by_role("heading", name="In private with Grannbro")).to_be_visible()
    assert screen.page.evaluate("document.documentElement.lang") == "en"
