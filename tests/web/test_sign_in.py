"""`grannbro run`: the chat for those who have a personal link."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.conftest import NewScreen
from tests.web.program import Program
from tests.web.screen import PHONE, Screen

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A running installation."""
    program = Program(tmp_path_factory.mktemp("chat"), ("run",))
    program.start()
    yield program
    program.stop()


def invite(chat: Program, account: str, name: str, *rooms: str) -> str:
    """Make a personal link, as the operator does."""
    let_into = [word for room in rooms for word in ("--room", room)]
    return chat.says("web", "invite", account, "--name", name, *let_into).splitlines()[-1]


def is_outside(screen: Screen, words: str) -> None:
    """See the page that says how to come in, and nothing of the chat."""
    expect(screen.page.get_by_role("main")).to_contain_text(words)
    expect(screen.page.get_by_role("textbox")).to_have_count(0)


def test_link_opens_the_chat_as_often_as_one_likes(new_screen: NewScreen, chat: Program):
    """On the till and on a phone; each sees what the other writes, and a stranger nothing."""
    link = invite(chat, "kassa-3", "Kassa 3", "butikerna")
    till, phone = new_screen(), new_screen(PHONE)
    for screen in (till, phone):
        screen.comes_to(link)
        screen.opens("Butikerna i Gamla stan")
    assert link.rsplit("/", 1)[1] not in till.page.url
    till.writes("Hej från kassan")

    expect(phone.line("Hej från kassan")).to_be_visible()
    till.page.reload()
    expect(till.line("Hej från kassan")).to_be_visible()
    expect(till.page.locator(".gb-room")).to_have_count(2)


def test_new_link_ends_the_old_one_wherever_it_is_open(new_screen: NewScreen, chat: Program):
    """A phone was lost: its link and its session are worth nothing any more."""
    old = invite(chat, "kassa-4", "Kassa 4", "butikerna")
    lost = new_screen()
    lost.comes_to(old)
    new = invite(chat, "kassa-4", "Kassa 4", "butikerna")
    lost.page.reload()
    is_outside(lost, "personliga länk")
    lost.page.goto(old)
    is_outside(lost, "gäller inte längre")

    found = new_screen()
    found.comes_to(new)
    expect(found.writing).to_be_visible()


@pytest.mark.parametrize("path", ["/i/gissat", "/i/%00", "/i/" + "x" * 4000])
def test_wrong_link_says_where_to_get_one(path: str, new_screen: NewScreen, chat: Program):
    """And no more."""
    screen = new_screen()
    screen.page.goto(chat.address + path)

    is_outside(screen, "Be gruppens kontaktperson")


def test_stranger_is_told_how_to_come_in(new_screen: NewScreen, chat: Program):
    """At every address; pictures and files are for members."""
    screen = new_screen(PHONE)
    for path in ("/", "/chat", "/chat?room=butikerna"):
        screen.page.goto(chat.address + path)
        is_outside(screen, "personliga länk")

    assert chat.get("/media/abcdef") == 404
    assert chat.get("/healthz") == 200
    assert chat.get("/readyz") == 200
    assert chat.get("/metrics") == 200
