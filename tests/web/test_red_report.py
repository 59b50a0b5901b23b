"""A red report, from the line somebody writes to the word that it is over, in a real browser."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import NewScreen
from tests.web.program import Program
from tests.web.screen import PHONE, WIDE, Screen

pytestmark = pytest.mark.slow

IS_RED = re.compile(r"\bred\b")
PLACES = ("Alby grannar · backen", "Polisens desk", "Bosse", "Amina")


def called_button(line: Locator) -> Locator:
    """What only a red card has that is not over."""
    return line.get_by_role("button", name="☎")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_one_line_reaches_everybody_and_so_does_its_end(
    size: tuple[int, int], new_screen: NewScreen, demo: Program
):
    """The other room, the police desk and who follows the area; pressed once, it is over."""
    screen = new_screen(size)
    screen.comes_to(demo.address)
    expect(screen.entry("Pia")).to_contain_text("igång")  # the last of those who live there
    text = f"Rök ur ett fönster på Albyvägen {size[0]}"
    screen.opens("Alby grannar · torget")
    screen.writes(f"/rod {text}")
    card = screen.card(text)
    expect(card).to_contain_text("Ring 112 först")
    expect(card).to_have_class(IS_RED)
    for place in PLACES:
        screen.opens(place)
        expect(called_button(screen.card(text))).to_be_visible()
    screen.opens("Anna")
    expect(screen.line("Den går till")).to_contain_text("Du visas som Granne")

    screen.opens("Alby grannar · torget")
    screen.presses(card, "Klart")

    expect(card).to_contain_text("Löst")
    for place in PLACES:
        screen.opens(place)
        over = screen.card(text)
        expect(over).to_contain_text(re.compile("Löst|Resolved"))
        expect(over).not_to_have_class(IS_RED)
        expect(called_button(over)).to_have_count(0)


def test_nothing_is_sent_before_its_preview_is_confirmed(screen: Screen):
    """Step by step in private: who will see it, and how, stands there before it goes out."""
    text = "Någon sparkar in dörren till cykelrummet"
    screen.opens("Alby grannar · backen")
    screen.becomes("Bosse")
    screen.writes("Vad är det som låter?")
    screen.opens("Bosse")
    screen.writes("/report")
    for label in ("🔴 Röd", "Misstänkt", "Albyberget"):
        screen.taps(label)
    screen.writes(text)
    screen.taps("Alla i Albyberget")
    preview = screen.line("Så här ser andra det")
    expect(preview).to_contain_text(text)
    expect(preview).to_contain_text("Ring 112 först")
    expect(preview).to_contain_text("Du visas som")
    screen.opens("Amina")
    expect(screen.card(text)).to_have_count(0)

    screen.opens("Bosse")
    screen.presses(preview, "Skicka")

    expect(screen.line("Skickat")).to_be_visible()
    screen.opens("Amina")
    expect(called_button(screen.card(text))).to_be_visible()


def test_second_press_and_the_wrong_person_change_nothing(screen: Screen):
    """One press is enough, and who has no right to end it is told what to do instead."""
    text = "Bil på cykelbanan vid Albysjön"
    screen.opens("Alby grannar · torget")
    screen.writes(f"/gul {text}")
    card = screen.card(text)
    screen.presses(card, "Sett")
    expect(card).to_contain_text("sett av 1")
    screen.presses(card, "Sett")
    screen.opens("Anna")
    expect(screen.line("redan noterat")).to_be_visible()

    screen.opens("Alby grannar · backen")
    screen.becomes("Bosse")
    screen.presses(screen.card(text), "Klart")

    expect(screen.card(text)).to_contain_text("1 säger att det är klart")
    expect(screen.card(text)).not_to_contain_text("Löst")
    screen.opens("Alby grannar · torget")
    expect(screen.card(text)).to_contain_text("sett av 1")


def test_map_shows_what_matters_and_lets_go_of_it(screen: Screen):
    """A report stands in the list and colours its area; over, it is calm again."""
    screen.opens("Butikerna i Gamla stan")
    screen.writes("/rod Fyra personer tömmer parfymhyllan")
    card = screen.card("Fyra personer")
    number = (card.text_content() or "").split("#")[1][:3]
    listed = screen.page.get_by_role("complementary", name="Karta").get_by_role(
        "button", name=number
    )
    expect(listed).to_contain_text("Gamla stan")
    expect(screen.page.locator('path[stroke="#c8372d"]').first).to_be_in_viewport()
    listed.click()

    screen.presses(card, "Klart")

    expect(listed).to_have_count(0)


def test_phone_shows_that_another_room_has_a_new_red_report(
    new_screen: NewScreen, screen: Screen, demo: Program
):
    """Only one column is seen at a time there: the tab of the rooms bears the mark."""
    phone = new_screen(PHONE)
    phone.comes_to(demo.address)
    phone.opens("Alby grannar · torget")
    expect(phone.tab("Rum")).to_have_accessible_name("Rum")
    screen.opens("Butikerna i Gamla stan")
    screen.writes("/gul Stulen väska")
    screen.writes("/rod Tre personer tömmer smyckesdisken")

    expect(phone.tab("Rum")).to_have_accessible_name("Rum ny röd rapport")
    expect(phone.tab("Rum").locator(".gb-tab-red")).to_be_visible()
    expect(phone.tab("Chatt").locator(".gb-tab-red")).to_have_count(0)
    expect(screen.page.locator(".gb-tab-red")).to_have_count(0)
    phone.opens("Butikerna i Gamla stan")

    expect(phone.tab("Rum")).to_have_accessible_name("Rum")


def test_mark_on_the_phone_goes_when_the_report_is_over(
    new_screen: NewScreen, screen: Screen, demo: Program
):
    """It is read by nobody, and no longer urgent."""
    phone = new_screen(PHONE)
    phone.comes_to(demo.address)
    phone.opens("Alby grannar · torget")
    screen.opens("Butikerna i Gamla stan")
    screen.writes("/rod Rån i guldbutiken")
    expect(phone.tab("Rum").locator(".gb-tab-red")).to_be_visible()

    screen.presses(screen.card("Rån i guldbutiken"), "Klart")

    expect(phone.tab("Rum").locator(".gb-tab-red")).to_have_count(0)
