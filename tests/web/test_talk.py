"""Talk between neighbours in a real browser: what is typed, attached, answered and changed."""

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.pictures import CAMERA, jpeg
from tests.web.screen import PHONE, Screen

pytestmark = pytest.mark.slow

TORGET, BACKEN = "Alby grannar · torget", "Alby grannar · backen"


@pytest.fixture
def torget(screen: Screen) -> Screen:
    """Anna on the square."""
    screen.opens(TORGET)
    return screen


HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "'\"><b onmouseover=alert(1)>bold</b>",
    "[link](javascript:document.title='taken')",
    "{{ document }} ${document}",
    "</textarea></div></script>",
)


def test_injection_is_shown_as_text(torget: Screen):
    """In the room, in the other room, in the list, as a quote and as a card."""
    for text in HOSTILE:
        torget.writes(f"{text} här")
        shown = torget.line(text.removeprefix("[link](").removesuffix(")"))
        expect(shown).to_be_visible()
        torget.chooses(shown, "Svara")
        torget.writes("Vad menar du?")
    torget.writes(f"/gron {' '.join(HOSTILE)}")
    expect(torget.card(HOSTILE[0])).to_contain_text(HOSTILE[-1])
    torget.opens(BACKEN)
    expect(torget.card(HOSTILE[0])).to_contain_text(HOSTILE[-1])

    assert torget.page.title() == "Grannbro"
    assert torget.page.locator("a[href^=javascript], .gb-lines img, .gb-lines script").count() == 0


def test_direction_marks_turn_nothing_around(torget: Screen):
    """Nobody makes a neighbour read something else than what was sent."""
    torget.writes("Ring \u202e211\u202c nu, שלום och مرحبا")
    torget.opens(BACKEN)
    line = torget.line("שלום och مرحبا")

    expect(line).to_contain_text("Ring 211 nu, שלום")


def test_very_long_line_arrives_whole_and_fits_a_phone(torget: Screen):
    """20,000 characters without a space push nothing over the edge."""
    long = "å" * 19_990
    torget.writes(f"Lång {long}")
    expect(torget.line(long)).to_be_visible()
    torget.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    torget.opens(BACKEN)

    expect(torget.line(long)).to_be_visible()
    torget.has_no_trouble()


def test_photo_loses_its_camera_and_its_place(torget: Screen):
    """What a picture tells of its maker is gone before anybody can load it."""
    torget.attaches(FilePayload(name="hus.jpg", mimeType="image/jpeg", buffer=jpeg()))
    expect(torget.page.get_by_text("Bifogat: hus.jpg")).to_be_visible()
    torget.writes("Mitt hus")
    torget.opens(BACKEN)
    photo = torget.line("Mitt hus").get_by_role("img", name="Bild")
    expect(photo).to_be_visible()

    data = torget.page.request.get(torget.address_of(photo)).body()

    assert CAMERA not in data
    assert not Image.open(io.BytesIO(data)).getexif()
    assert photo.evaluate("image => image.naturalWidth") == 64


def test_file_can_be_fetched_in_the_other_room(torget: Screen):
    """Under its name, without words of its own."""
    torget.attaches(FilePayload(name="schema.txt", mimeType="text/plain", buffer=b"tvatt 7-22"))
    expect(torget.page.get_by_text("Bifogat: schema.txt")).to_be_visible()
    torget.page.get_by_role("button", name="Skicka", exact=True).click()
    torget.opens(BACKEN)
    link = torget.line("schema.txt").get_by_role("link", name="schema.txt")
    with torget.page.expect_download() as download:
        link.click()

    assert download.value.suggested_filename == "schema.txt"
    assert download.value.path().read_bytes() == b"tvatt 7-22"


def test_attachment_that_is_no_picture_is_refused_with_a_word(torget: Screen):
    """And what was typed stays."""
    torget.writing.fill("Titta")
    torget.attaches(FilePayload(name="x.jpg", mimeType="image/jpeg", buffer=b"no picture"))

    expect(torget.page.get_by_role("alert")).to_be_visible()
    expect(torget.writing).to_have_value("Titta")


def test_place_is_sent_and_named_not_shown_to_the_metre(torget: Screen):
    """The other room hears of the area."""
    context = torget.page.context
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 59.2414, "longitude": 17.8471})
    torget.page.get_by_role("button", name="Dela din plats").click()
    expect(torget.line("📍 Albyberget")).to_be_visible()
    torget.opens(BACKEN)

    expect(torget.line("📍 Albyberget")).to_be_visible()
    expect(torget.line("59.2414")).to_have_count(0)


def test_browser_that_tells_no_place_says_what_to_do_instead(torget: Screen):
    """Nothing is sent."""
    torget.page.context.clear_permissions()
    torget.page.get_by_role("button", name="Dela din plats").click()

    expect(torget.page.get_by_text("Skriv namnet på området i stället")).to_be_visible()


def test_reaction_reply_edit_and_deletion_cross_over(torget: Screen):
    """What happens to a line happens to its copy."""
    torget.writes("Har nån en stege?")
    line = torget.line("Har nån en stege?")
    torget.chooses(line, "👍")
    expect(line.get_by_role("button", name="👍 1")).to_have_attribute("aria-pressed", "true")
    torget.chooses(line, "Ändra")
    expect(torget.writing).to_have_value("Har nån en stege?")
    torget.writes("Har nån en lång stege?")
    expect(torget.line("Har nån en lång stege?")).to_contain_text("ändrat")
    torget.opens(BACKEN)
    torget.becomes("Bosse")
    copy = torget.line("Har nån en lång stege?")
    expect(copy).to_contain_text("Granne")
    torget.chooses(copy, "Svara")
    expect(torget.page.get_by_text("Du svarar på")).to_be_visible()
    torget.writes("Ja, hämta den när du vill.")
    torget.opens(TORGET)
    answer = torget.line("Ja, hämta den när du vill.")
    expect(answer.locator(".gb-quote")).to_contain_text("lång stege")

    torget.chooses(torget.page.locator(".gb-line.mine").filter(has_text="stege").last, "Ta bort")

    torget.opens(BACKEN)
    expect(torget.page.locator(".gb-bubble").filter(has_text="lång stege?")).to_have_count(0)


def test_draft_stays_in_its_room(torget: Screen):
    """Looking into another room sends nothing to the wrong one and loses nothing."""
    torget.writing.fill("Halvskrivet")
    torget.opens(BACKEN)
    expect(torget.writing).to_have_value("")
    torget.opens(TORGET)

    expect(torget.writing).to_have_value("Halvskrivet")


def test_what_is_typed_after_enter_is_not_lost(torget: Screen):
    """Fast typists write on while the line is on its way."""
    torget.writing.press_sequentially("Ett")
    torget.writing.press("Enter")
    torget.writing.press_sequentially("två")
    expect(torget.line("Ett")).to_be_visible()

    expect(torget.writing).to_have_value("två")
