"""Updates as Telegram sends them, with invented people."""

import json
from pathlib import Path

from bot.bridges.telegram.inbound import read
from bot.bridges.telegram.rooms import Account
from bot.domain.incoming import Incoming, IncomingEdit, IncomingMessage
from bot.domain.richtext_json import Json

FOLDER = Path(__file__).parent / "payloads"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
ME = Account(id=7100000042, username="grannbro_bot")


def payload(name: str) -> bytes:
    """One update, byte by byte."""
    return (FOLDER / f"{name}.json").read_bytes()


def update(name: str) -> Json:
    """One update as JSON values."""
    value: Json = json.loads(payload(name))
    return value


def told(name: str) -> Incoming | None:
    """What an update tells the bot."""
    return read(payload(name), ME)


def message(name: str) -> IncomingMessage:
    """The message that an update tells of."""
    found = told(name)
    assert isinstance(found, IncomingMessage)
    return found


def edit(name: str) -> IncomingEdit:
    """The edit that an update tells of."""
    found = told(name)
    assert isinstance(found, IncomingEdit)
    return found
