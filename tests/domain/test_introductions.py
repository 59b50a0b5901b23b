"""How the bot presents itself: within what platforms show, and true."""

import re
from zoneinfo import ZoneInfo

import pytest

from bot.domain.commands import parse_command
from bot.domain.introductions import FOR_ADMINISTRATORS, IN_PRIVATE, IN_ROOMS
from bot.domain.richtext import rich
from bot.handlers import COMMANDS
from bot.introductions import introductions
from bot.texts import load_texts

TEXTS = load_texts(zone=ZoneInfo("Europe/Stockholm"))
ALL = list(introductions(TEXTS, usual="sv"))


@pytest.mark.parametrize("shown", ALL, ids=lambda shown: shown.language or "everybody")
def test_introduction_fits_where_it_is_shown(shown):
    """Telegram takes 512 and 120 characters, and commands of small letters.

    Source: Bot API, setMyDescription, setMyShortDescription, BotCommand.
    """
    offers = (*shown.in_private, *shown.in_rooms, *shown.for_administrators)

    assert len(shown.about) <= 512
    assert len(shown.in_short) <= 120
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", offer.command) for offer in offers)
    assert all(1 <= len(offer.says) <= 256 for offer in offers)


@pytest.mark.parametrize("shown", ALL, ids=lambda shown: shown.language or "everybody")
def test_every_offered_command_is_understood(shown):
    """Under the name that the reader sees."""
    for offers, meant in (
        (shown.in_private, IN_PRIVATE),
        (shown.in_rooms, IN_ROOMS),
        (shown.for_administrators, FOR_ADMINISTRATORS),
    ):
        read = [parse_command(rich(f"/{offer.command}"), prefixes=("/",)) for offer in offers]
        assert tuple(command.name for command in read if command) == meant
        assert set(meant) <= set(COMMANDS)


def test_every_language_has_its_own_beside_the_one_for_all():
    """Who reads another language gets the installation's."""
    assert [shown.language for shown in ALL] == [None, *TEXTS.languages]
    assert ALL[0].about == next(s.about for s in ALL if s.language == "sv")
