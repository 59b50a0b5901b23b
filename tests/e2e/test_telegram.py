"""`grannbro run` against an emulated Telegram, with nothing but a token and a group."""

import pytest

from tests.e2e.conftest import Alby

pytestmark = pytest.mark.slow


async def test_line_of_one_chat_is_read_in_the_other(alby: Alby) -> None:
    """The bridge, and who wrote it."""
    await alby.program.start()
    alby.anna.writes(alby.here, "Hej på er!")

    found = await alby.bo.sees(alby.there, "Hej på er!")
    assert "Granne" in found.text


async def test_red_report_goes_out_and_lives_on(alby: Alby) -> None:
    """The main job: a line, its card in both chats, a press, and the card says so."""
    await alby.program.start()
    alby.anna.starts(alby.bot)
    asked = await alby.anna.sees(alby.bot, "Är det okej?")
    alby.anna.presses(asked, "Ja, det är okej")
    await alby.anna.sees(alby.bot, "Då är vi igång")
    alby.anna.writes(alby.here, "/rod rök ur ett fönster")

    card = await alby.bo.sees(alby.there, "rök ur ett fönster")
    await alby.bo.sees(alby.here, "rök ur ett fönster")
    assert "🔴" in card.text
    assert "Ring 112" in card.text
    alby.bo.presses(card, "Ser det också")
    await alby.anna.sees(alby.here, "1 ser det också")


async def test_newcomer_is_asked_in(alby: Alby) -> None:
    """The bot can't write first; its question in the room leads to the private chat."""
    await alby.program.start()
    alby.anna.writes(alby.here, "/gul glas på marken")
    knock = await alby.anna.sees(alby.here, "Jag har ett svar")
    alby.anna.starts(alby.bot, "hej")
    asked = await alby.anna.sees(alby.bot, "Är det okej?")
    alby.anna.presses(asked, "Ja, det är okej")

    assert f"https://t.me/{alby.bot.user.username}?start=hej" in str(knock.to_json())
    await alby.bo.sees(alby.there, "glas på marken")


async def test_menus_speak_the_readers_language(alby: Alby) -> None:
    """So that nobody has to know a command by heart."""
    await alby.program.start()
    await alby.emulator.town.until(lambda: alby.bot.calls["setMyCommands"] == 9)

    assert alby.bot.refusals == {}
